"""Stored interviews as files, and back from them."""

import argparse
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from coach.errors import StoreError, UsageError
from coach.interview.export import to_json, to_markdown
from coach.interview.interviews import Interviews
from coach.interview.session import InterviewState
from coach.interview.store import open_store
from coach.settings import Settings
from coach.stored import bring_back, export

from .interview.fakes import FakeJudge, small_bank


def open_interviews(home: Path) -> Interviews:
    return Interviews(open_store(Settings(home=home, database_url=None)), small_bank(), FakeJudge())


@pytest.fixture
def interviews(tmp_path: Path) -> Iterator[Interviews]:
    interviews = open_interviews(tmp_path / "home")
    yield interviews
    interviews.store.close()


def given(
    interview: object = None,
    *,
    to: str | None = None,
    everything: bool = False,
    out: Path | None = None,
    as_json: bool = False,
) -> argparse.Namespace:
    return argparse.Namespace(id=interview, format=to, all=everything, out=out, json=as_json)


def test_one_interview_in_each_format(
    interviews: Interviews, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    state = interviews.start(seed=1)
    list(interviews.answer(state.id, "I cut it – größer 🎉."))
    state = interviews.get(state.id)
    assert export(given(state.id), interviews) == 0
    assert capsysbinary.readouterr().out.decode() == to_markdown(state) + "\n"
    for asked in (given(state.id, to="json"), given(state.id, as_json=True)):
        export(asked, interviews)
        assert InterviewState.model_validate_json(capsysbinary.readouterr().out) == state
    export(given(state.id, to="pdf"), interviews)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(capsysbinary.readouterr().out)).pages)
    assert state.turns[0].question in " ".join(text.split())
    for to, begins in ((None, b"# Interview"), ("json", b"{"), ("pdf", b"%PDF-")):
        out = tmp_path / f"out.{to}"
        export(given(state.id, to=to, out=out), interviews)
        assert out.read_bytes().startswith(begins)
        assert capsysbinary.readouterr().err.decode() == f"wrote {out}\n"
    assert (tmp_path / "out.json").read_text(encoding="utf-8").strip() == to_json(state)


def test_what_cannot_be_written_or_is_not_there(interviews: Interviews, tmp_path: Path) -> None:
    state = interviews.start()
    with pytest.raises(UsageError, match="can't be written: No such file"):
        export(given(state.id, out=tmp_path / "none" / "a.md"), interviews)
    with pytest.raises(StoreError, match="no interview"):
        export(given("x", to="pdf"), interviews)


def test_a_terminal_gets_no_pdf(interviews: Interviews, monkeypatch: pytest.MonkeyPatch) -> None:
    state = interviews.start()
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(UsageError, match="--out"):
        export(given(state.id, to="pdf"), interviews)


def test_all_of_it_goes_out_and_comes_back(
    interviews: Interviews, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    states = [interviews.start(seed=seed) for seed in (1, 2)]
    file = tmp_path / "all.json"
    export(given(everything=True, out=file), interviews)
    export(given(everything=True), interviews)
    printed = json.loads(capsys.readouterr().out)
    assert printed["interviews"] == json.loads(file.read_text(encoding="utf-8"))["interviews"]

    interviews.delete(states[0].id)
    assert bring_back(given(file), interviews) == 0
    assert (
        capsys.readouterr().out
        == "The file holds 2 interviews and 0 stories; 1 of them were here already and stay as they are.\n"
    )
    assert {one.id: one for one in interviews.list()} == {one.id: one for one in states}

    other = open_interviews(tmp_path / "other")
    bring_back(given(file, as_json=True), other)
    assert set(json.loads(capsys.readouterr().out)["interviews"]) == {one.id for one in states}
    assert other.list() == interviews.list()
    other.store.close()


def test_a_file_that_is_no_archive_changes_nothing(interviews: Interviews, tmp_path: Path) -> None:
    kept = interviews.start()
    with pytest.raises(UsageError, match=r"none\.json can't be read"):
        bring_back(given(tmp_path / "none.json"), interviews)
    (tmp_path / "notes.json").write_text("[1, 2]", encoding="utf-8")
    with pytest.raises(UsageError):
        bring_back(given(tmp_path / "notes.json"), interviews)
    assert list(interviews.list()) == [kept]
