from pathlib import Path

from coach.library.files import find_files


def touch(*files: Path) -> None:
    for file in files:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(file.name)


def names(*paths: Path, known: dict[Path, str] | None = None) -> list[str]:
    return [file.source for file in find_files(paths, known or {}).files]


def test_a_folder_gives_its_files_in_order_under_its_own_name(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    touch(corpus / "b.txt", corpus / "principles" / "dive-deep.md", corpus / "a.PDF", corpus / "a" / "z.md")
    expected = ["corpus/a.PDF", "corpus/b.txt", "corpus/a/z.md", "corpus/principles/dive-deep.md"]
    assert names(corpus) == expected
    assert names(corpus, corpus / "principles", corpus / "b.txt") == expected


def test_other_kinds_are_skipped_in_a_folder_and_refused_by_themselves(tmp_path: Path) -> None:
    touch(tmp_path / "g" / ".hidden.md", tmp_path / "g" / ".git" / "x.md", tmp_path / "g" / "q.yaml")
    assert find_files([tmp_path / "g"], {}).skipped == ["g/q.yaml"]
    found = find_files([tmp_path / "g" / "q.yaml", tmp_path / "none.md"], {})
    assert found.files == []
    assert found.skipped == []
    assert [(name, reason.split(";")[0]) for name, reason in found.refused] == [
        ("q.yaml", ".yaml files are not read"),
        (str(tmp_path / "none.md"), "no such file or folder"),
    ]


def test_files_given_by_themselves_have_as_short_a_name_as_tells_them_apart(tmp_path: Path) -> None:
    files = [tmp_path / "a" / "notes.md", tmp_path / "b" / "notes.md", tmp_path / "c" / "b" / "notes.md"]
    touch(*files)
    assert names(*files) == ["notes.md", "b/notes.md", files[2].as_posix()]


def test_a_known_file_keeps_its_name_and_a_lost_one_gives_it_up(tmp_path: Path) -> None:
    old, new = tmp_path / "old" / "corpus" / "a.md", tmp_path / "new" / "corpus" / "a.md"
    touch(old, new)
    assert names(old, known={old: "corpus/a.md"}) == ["corpus/a.md"]
    assert names(new.parent, known={old: "corpus/a.md"}) == [new.as_posix()]
    old.unlink()
    assert names(new.parent, known={old: "corpus/a.md"}) == ["corpus/a.md"]


def test_links_to_folders_are_followed_but_never_in_circles(tmp_path: Path) -> None:
    folder = tmp_path / "g"
    touch(folder / "a.md", tmp_path / "elsewhere" / "b.md")
    (folder / "circle").symlink_to(folder)
    (folder / "other").symlink_to(tmp_path / "elsewhere")
    (folder / "broken.md").symlink_to(tmp_path / "nowhere")
    assert names(folder) == ["g/a.md", "g/broken.md", "g/other/b.md"]


def test_covers_tells_which_files_were_looked_for(tmp_path: Path) -> None:
    touch(tmp_path / "g" / "a.md", tmp_path / "one.md")
    found = find_files([tmp_path / "g", tmp_path / "one.md", tmp_path / "missing"], {})
    assert found.covers(tmp_path / "g" / "deep" / "gone.md")
    assert found.covers(tmp_path / "one.md")
    assert not found.covers(tmp_path / "two.md")
    assert not found.covers(tmp_path / "missing" / "a.md")
