"""The user's own material as text: nothing of it becomes markup, and what was given becomes a file."""

from pathlib import Path

from test_render import EVIL, Tags

from coach.interview.posting import read_posting
from coach.library.documents import LARGEST_FILE
from coach.library.embedder import HashedWords
from coach.library.library import Library
from coach.library.material import Given, Held, Material
from coach.settings import Settings
from coach.ui import render_material
from coach.ui.material_given import is_posting, pasted, uploaded

HELD = Held(source=EVIL, title=EVIL, passages=1, added="2026-03-02T10:00:00+00:00", own=True, posting=True)
POSTING = f"""\
Senior Machine Learning Engineer

What you'll do
- Mentor engineers {EVIL}

Minimum requirements
- 6\\+ years of experience with Python {EVIL}
- Something quite unheard of {EVIL}

Preferred qualifications
- Forecasting, and a long sentence behind it that goes on for some time
"""


def test_no_text_becomes_markup(tmp_path: Path) -> None:
    library = Library(Settings(home=tmp_path), HashedWords())
    material = Material(library)
    (source,) = material.add([Given("evil.md", f"# {EVIL}\n\n## {EVIL}\n\n{EVIL}\n".encode())]).sources
    taken = material.look(source)
    library.close()
    everything = [
        render_material.taken(taken),
        render_material.passages(taken, 20),
        render_material.posting(read_posting(POSTING)),
        render_material.really(HELD),
        render_material.removed(HELD),
        render_material.added([HELD], [(EVIL, EVIL)], stopped=False),
        render_material.refused([(EVIL, EVIL)]),
        render_material.progress(EVIL, 1, 3),
    ]
    for shown in everything:
        found = Tags(shown)
        assert not found.seen & {"script", "img"}, shown
        assert not {name for name in found.attributes if name.startswith("on")}, shown
        assert "alert(1)" in found.text.casefold()


def test_a_posting_shows_each_skill_with_its_sentence_and_how_sure() -> None:
    shown = render_material.posting(read_posting(POSTING))
    assert "<b>Python</b> <small>sure</small>" in shown
    assert "6+ years of experience with Python" in shown  # Markdown's escape is no part of the words
    assert shown.index("What it demands") < shown.index("Python</b>") < shown.index("What it would like")
    assert "Asked for, and not on my list of skills (1)" in shown
    assert "Level: <b>senior</b>, 6 or more years" in shown


def test_a_line_in_the_list_is_short_and_tells_what_it_is() -> None:
    line = render_material.one_line(Held("a.md", "word " * 60, 12, "2026-03-02T10:00:00+00:00", True, True))
    assert len(line) < 120
    assert "posting, 12 passages, 02 Mar 2026" in line


def test_only_some_passages_are_shown_at_a_time(tmp_path: Path) -> None:
    library = Library(Settings(home=tmp_path), HashedWords())
    text = "\n\n".join(f"# Part {number}\n\nWords of part {number}." for number in range(30))
    (source,) = Material(library).add([Given("long.md", text.encode())]).sources
    taken = Material(library).look(source)
    library.close()
    assert render_material.passages(taken, 20).count("<li>") == 20
    assert "The first 20 of 30 passages" in render_material.passages(taken, 20)
    assert "Its passages" in render_material.passages(taken, 40)


def test_nothing_to_tell_shows_nothing() -> None:
    assert render_material.refused([]) == ""
    assert render_material.added([], [], stopped=False) == ""
    assert "Nothing was added" in render_material.added([], [], stopped=True)


def test_pasted_text_gets_a_name_and_the_kind_that_it_has() -> None:
    assert pasted("My story", "Words.") == Given("My story.txt", b"Words.")
    assert pasted("", "\n# On drift\n\nWords.").name == "On drift.md"
    assert pasted("../../etc/passwd", "Words.").name == ".. .. etc passwd.txt"
    assert pasted("", "#hashtag, and no heading").name.endswith(".txt")


def test_an_upload_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    refused: list[tuple[str, str]] = []
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert uploaded(huge, refused) is None
    assert uploaded(tmp_path / "gone.md", refused) is None
    assert [name for name, _ in refused] == ["huge.txt", "gone.md"]
    assert "20 MB" in refused[0][1]


def test_what_is_no_posting_is_refused_as_one() -> None:
    refused: list[tuple[str, str]] = []
    assert is_posting(Given("job.txt", POSTING.encode()), refused)
    assert not is_posting(Given("soup.txt", b"Peel six onions and cut them. " * 20), refused)
    assert not is_posting(Given("liar.pdf", POSTING.encode()), refused)
    assert [name for name, _ in refused] == ["soup.txt", "liar.pdf"]
    assert "doesn't read like a job posting" in refused[0][1]
