"""The command as people and scripts use it: what it prints, and how it ends."""

import io
import json
import os
import pty
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple, cast

import pytest

from coach.build import build_bank
from coach.cli import main
from coach.evals.result import Case, Context, Row, Suite, SuiteResult
from coach.evals.run import SUITES
from coach.feedback.feedback import Feedback
from coach.interview.store import open_store
from coach.library.embedder import MiniLM
from coach.library.library import Library
from coach.settings import Settings
from tests.feedback.builders import STRONG

ROOT = Path(__file__).parents[1]
GUIDES = {
    "metrics.md": "# Metrics\n\n## Precision and recall\n\nPrecision is how much of what was flagged was right. "
    "Recall is how much of what there was we found.\n\n"
    "## Calibration\n\nA calibrated 70% comes true in 7 of 10 cases.\n",
    "stories.md": "# Stories\n\n## The result of a STAR answer\n\nSay what changed, seen from outside.\n",
}
QUESTION = "Tell me about a time you found the cause of a hard problem."
ANSWER = " ".join(text for _, text in STRONG)


class Ended(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line in which a command that could not do its work says why."""
        assert self.code == 1
        assert self.out == ""
        assert self.err.startswith("coach: ")
        assert self.err.count("\n") == 1
        return self.err

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output."""
        assert self.code == 0, self.err
        found: dict[str, Any] = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One object a line."""
        assert self.code == 0, self.err
        return [json.loads(line) for line in self.out.splitlines()]


Coach = Callable[..., Ended]


@pytest.fixture(scope="module")
def home(minilm: MiniLM, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a small library."""
    folder = tmp_path_factory.mktemp("home")
    for name, text in GUIDES.items():
        (folder / name).write_text(text, encoding="utf-8")
    library = Library(Settings(home=folder), minilm)
    library.ingest([folder / name for name in GUIDES])
    library.close()
    return folder


@pytest.fixture
def coach(
    home: Path,
    minilm: MiniLM,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Coach:
    """Run the command in this process, where the embedder is loaded already; no language model by default."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_HOME", str(home))
    monkeypatch.setenv("COACH_MODEL", "none")
    monkeypatch.setattr("coach.build.build_embedder", lambda settings: minilm)

    def run(*argv: str | Path, stdin: str | bytes = "") -> Ended:
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        try:
            code = main([str(arg) for arg in argv])
        except SystemExit as ended:
            code = int(str(ended.code))
        return Ended(code, *capsys.readouterr())

    return run


def rows_file(folder: Path, *rows: object) -> Path:
    """A batch file: bytes and texts are lines as they stand, anything else is dumped."""
    lines = [
        row if isinstance(row, bytes) else (row if isinstance(row, str) else json.dumps(row)).encode()
        for row in rows
    ]
    file = folder / "rows.jsonl"
    file.write_bytes(b"\n".join(lines) + b"\n")
    return file


def real(*argv: str, **options: Any) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "coach", *argv],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


# How it starts and ends


def test_help_answers_without_any_heavy_library() -> None:
    script = (
        "import sys\nfrom coach.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit as ended:\n    print(ended.code, file=sys.stderr)\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    code, modules = done.stderr.splitlines()
    assert code == "0"
    heavy = "torch transformers sentence_transformers gradio chromadb xllamacpp openai langchain numpy sqlalchemy rich"
    assert not set(heavy.split()) & {name.partition(".")[0] for name in modules.split()}
    names = "ingest search ask feedback question interview sessions eval models doctor app"
    listed = [line.split()[0] for line in done.stdout.splitlines() if line.startswith("    ")]
    assert set(names.split()) <= set(listed)


@pytest.mark.parametrize(
    "argv",
    [
        [],
        ["nosuch"],
        ["search"],
        ["search", "x", "--batch", "f"],
        ["search", "x", "--top", "0"],
        ["search", "x", "--top", "many"],
        ["ask"],
        ["feedback"],
        ["feedback", "--question", "q", "--kind", "poem"],
        ["feedback", "answer.txt", "--batch", "f"],
        ["sessions", "show"],
        ["interview", "--plan", "quick-drill", "--resume", "x"],
        ["interview", "--plan", "quick-drill", "--kind", "coding"],
        ["interview", "--posting", "p.txt", "--resume", "x"],
        ["sessions", "export"],
        ["sessions", "import"],
        ["sessions", "delete", "--all"],
        ["sessions", "export", "x", "--all"],
        ["sessions", "export", "--all", "--format", "pdf"],
        ["sessions", "show", "x", "--out", "f"],
        ["app", "--port", "99999"],
        ["search", "x", "--to", "3"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2(coach: Coach, argv: list[str]) -> None:
    ended = coach(*argv)
    assert (ended.code, ended.out) == (2, "")
    assert "usage: coach" in ended.err


def test_a_real_process_ends_with_1_and_one_line(tmp_path: Path) -> None:
    process = real("--home", str(tmp_path), "ask", "What is recall?", "--model", "nosuch")
    out, err = process.communicate(timeout=60)
    assert "qwen2.5-coder-1.5b" in Ended(process.returncode, out, err).line
    assert "'nosuch'" in err


def test_an_interrupt_is_130(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    process = real("--home", str(tmp_path), "feedback", "--question", "Why?", "--fast", stdin=theirs)
    try:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("Paste the answer")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
        os.close(ours)
        os.close(theirs)
    assert (process.returncode, out, err) == (130, "", "coach: interrupted\n")


def test_a_reader_that_has_enough_is_no_error() -> None:
    process = real("models", "list", "--json")
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr:
        assert process.stderr.read() == ""
    assert process.wait(60) == 0


def test_an_eval_below_its_baseline_is_3(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    report = SimpleNamespace(model_dump=lambda mode: {"suites": []})
    fell = SimpleNamespace(report=report, text="It fell.", files=[Path("report.md")], exit_code=3)
    monkeypatch.setattr("coach.evals.run.run_evals", lambda *args, **options: fell)
    ended = coach("eval")
    assert (ended.code, ended.out) == (3, "It fell.\n")
    assert "report.md" in ended.err


# What can't be done


@pytest.mark.parametrize("argv", [["search", "recall"], ["ask", "What is recall?"]], ids=" ".join)
def test_without_an_index_it_says_what_to_do(coach: Coach, tmp_path: Path, argv: list[str]) -> None:
    assert "coach ingest" in coach("--home", tmp_path / "empty", *argv).line


@pytest.mark.parametrize("name", ["nosuch", "", "local:/nosuch.gguf", "http://127.0.0.1:1/v1"])
def test_no_such_model(coach: Coach, name: str) -> None:
    assert coach("ask", "What is recall?", "--model", name).line


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--question", QUESTION, "missing.txt"], "missing.txt can't be read: No such file"),
        (["--question", QUESTION, "."], ". can't be read: Is a directory"),
        (["--question", QUESTION, "latin.txt"], "latin.txt can't be read: it is not UTF-8 text"),
        (["--batch", "missing.txt"], "missing.txt can't be read: No such file"),
        (["--batch", "."], ". can't be read: Is a directory"),
    ],
)
def test_a_file_that_can_not_be_read_is_named(
    coach: Coach, tmp_path: Path, arguments: list[str], reason: str
) -> None:
    (tmp_path / "latin.txt").write_bytes("Ich löste es, und es hielt.".encode("latin-1"))
    assert reason in coach("feedback", *arguments).line


def test_standard_input_that_is_no_text(coach: Coach) -> None:
    line = coach("feedback", "--question", QUESTION, stdin="größer".encode("latin-1")).line
    assert "Standard input can't be read: it is not UTF-8 text" in line


def test_an_answer_without_end_is_refused(coach: Coach) -> None:
    assert "20,000 words" in coach("feedback", "--question", QUESTION, stdin="word " * 20_000).line


@pytest.mark.parametrize(
    "argv", [["search", " "], ["ask", ""], ["feedback", "--question", " "], ["question", "--principle", "x"]]
)
def test_nothing_is_asked_with_nothing(coach: Coach, argv: list[str]) -> None:
    assert coach(*argv).line


def test_a_setting_that_does_not_exist_is_refused(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_CHROMA_ULR", "x")
    assert "COACH_CHROMA_URL" in coach("models", "list").line


# search


def test_search_finds_exact_passages(coach: Coach, home: Path, minilm: MiniLM) -> None:
    found = coach("search", "what is recall", "--json", "--top", "2").json
    assert found.keys() == {"id", "query", "hits"}
    assert [hit["rank"] for hit in found["hits"]] == [1, 2]
    assert found["hits"][0]["heading"] == "Precision and recall"
    library = Library(Settings(home=home), minilm)
    for hit in found["hits"]:
        assert hit.keys() >= {"rank", "score", "source", "heading", "text", "start", "end"}
        assert library.text(hit["source"])[hit["start"] : hit["end"]] == hit["text"]
    library.close()


@pytest.mark.parametrize("mode", ["fused", "dense", "lexical"])
def test_search_for_people(coach: Coach, mode: str) -> None:
    ended = coach("search", "calibrated", "--mode", mode)
    assert ended.code == 0
    assert ended.out.startswith("1. metrics.md > Calibration  [")


def test_a_batch_goes_on_behind_a_bad_line(coach: Coach, tmp_path: Path) -> None:
    rows = rows_file(
        tmp_path,
        b'\xef\xbb\xbf{"id": "a", "query": "recall"}',
        "",
        '{"id": "b", "query": ',
        {"id": "c"},
        {"id": "d", "query": 7},
        ["e"],
        '{"id": "f", "query": "gr\xf6sse"}'.encode("latin-1"),
        "[" * 100_000,
        '{"id": 1' + "0" * 5000 + "}",
        {"id": "\ud800", "query": "\ud800"},
        "null",
        {"id": 8, "query": "recall 🙂"},
    )
    found = coach("search", "--batch", rows).rows
    assert [row["id"] for row in found] == ["a", None, "c", "d", None, None, None, None, "\ud800", None, 8]
    good = (0, 10)
    for number, row in enumerate(found):
        assert row.keys() == ({"id", "query", "hits"} if number in good else {"id", "error"})
    assert found[0]["hits"][0]["heading"] == "Precision and recall"
    assert [found[n]["error"].partition(" is ")[0] for n in (1, 4, 5)] == ["Line 3", "Line 6", "Line 7"]


# ask


def test_ask_answers_with_its_sources(coach: Coach, home: Path) -> None:
    reply = coach("ask", "What is the difference of precision and recall?", "--json").json
    assert reply.keys() >= {"id", "question", "answer", "abstained", "citations", "model", "timings_ms"}
    assert (reply["abstained"], reply["model"]) == (False, None)
    assert reply["citations"]
    for citation in reply["citations"]:
        assert citation.keys() == {"source", "heading", "quote"}
        assert citation["quote"] in GUIDES[citation["source"]]


def test_ask_abstains(coach: Coach, tmp_path: Path) -> None:
    rows = rows_file(
        tmp_path, {"id": 1, "question": "How do I bake sourdough bread?"}, {"id": 2, "question": None}
    )
    first, second = coach("ask", "--batch", rows, "--model", "none").rows
    assert (first["id"], first["abstained"], first["citations"]) == (1, True, [])
    assert second == {"id": 2, "error": "There is no question: give it as text."}


def test_ask_for_people(coach: Coach) -> None:
    out = coach("ask", "What is the difference of precision and recall?").out
    assert "[1]" in out
    assert "metrics.md > Precision and recall" in out


# feedback


def test_feedback_has_every_field_that_was_promised(coach: Coach) -> None:
    found = coach("feedback", "--question", QUESTION, "--principle", "dive deep", "--json", stdin=ANSWER).json
    promised = """id question kind graded why_not overall low high components ownership relevance measured reflection
    hypothetical sentences principles key_points strengths gaps follow_ups rewrite citations model prompts
    timings_ms"""
    assert found.keys() >= set(promised.split())
    assert (found["graded"], found["kind"], found["why_not"]) == (True, "behavioral", None)
    assert 1 <= found["low"] <= found["overall"] <= found["high"] <= 5
    assert found["components"].keys() == {"situation", "task", "action", "result"}
    for sentence in found["sentences"]:
        assert sentence.keys() == {"index", "start", "end", "text", "tag", "confidence"}
        assert ANSWER[sentence["start"] : sentence["end"]] == sentence["text"]
    assert [sentence["tag"] for sentence in found["sentences"]] == [tag for tag, _ in STRONG]
    assert "Dive Deep" in [one["name"] for one in found["principles"]]
    assert found["follow_ups"]
    assert (found["model"], found["prompts"]) == (None, {})
    assert "total" in found["timings_ms"]
    Feedback.model_validate(found)


def test_feedback_on_a_file_is_feedback_on_its_text(coach: Coach, tmp_path: Path) -> None:
    text = ANSWER.replace(". I ", ".\n\n  \nI ") + "\n"
    (tmp_path / "answer.txt").write_text(text, encoding="utf-8")
    arguments = ("feedback", "--question", QUESTION, "--json", "--fast")
    of_file = coach(*arguments, "answer.txt").json
    for sentence in of_file["sentences"]:
        assert text[sentence["start"] : sentence["end"]] == sentence["text"]
    for other in (coach(*arguments, stdin=text), coach(*arguments, "-", stdin=text)):
        assert other.json | {"timings_ms": {}} == of_file | {"timings_ms": {}}


def test_feedback_for_people(coach: Coach) -> None:
    out = coach("feedback", "--question", QUESTION, stdin=ANSWER.rpartition("As a result")[0]).out
    assert out.startswith("Overall ")
    assert "\nGaps:\n- result: " in out
    assert "[0] S  In March 2023" in out
    assert coach("feedback", "--question", QUESTION, stdin="").out == "Not graded: empty.\n"


def test_feedback_in_a_batch(coach: Coach, tmp_path: Path) -> None:
    rows = rows_file(
        tmp_path,
        {"id": "a", "question": QUESTION, "answer": ANSWER, "principle": ""},
        {"id": "b", "question": QUESTION, "answer": ANSWER, "kind": 3},
        {"id": "c", "question": QUESTION, "answer": ANSWER, "kind": "poem"},
        {"id": "d", "question": QUESTION, "answer": ANSWER, "principle": ["Dive Deep"]},
        {"id": "e", "question": QUESTION, "answer": {"text": ANSWER}},
        {"id": "f", "question": QUESTION},
        {"id": "g", "answer": ANSWER},
        {"id": "h", "question": QUESTION, "answer": ANSWER + " \udcff"},
        {"id": "i", "question": QUESTION, "answer": "word " * 4000},
        {"id": {"j": 1}, "question": QUESTION, "answer": ""},
    )
    found = coach("feedback", "--batch", rows).rows
    assert [row["id"] for row in found] == [*"abcdefghi", {"j": 1}]
    assert ["error" in row for row in found] == [False, *[True] * 8, False]
    assert found[0]["graded"]
    assert (found[-1]["graded"], found[-1]["why_not"]) == (False, "empty")


def test_flags_hold_for_every_row_that_does_not_say_otherwise(coach: Coach, tmp_path: Path) -> None:
    rows = rows_file(tmp_path, {"id": 1, "answer": ANSWER}, {"id": 2, "answer": ANSWER, "question": "Why?"})
    found = coach("feedback", "--fast", "--question", QUESTION, "--batch", rows).rows
    assert [row["question"] for row in found] == [QUESTION, "Why?"]


def test_a_question_of_the_bank_is_judged_as_its_kind(coach: Coach) -> None:
    known = build_bank().select(kind="technical", seed=1)
    found = coach("feedback", "--question", known.question, "--json", stdin=ANSWER).json
    assert found["kind"] == "technical"
    assert [point["point"] for point in found["key_points"]] == list(known.key_points)


# question, ingest, sessions, models


def test_the_next_question_comes_with_its_probes(coach: Coach) -> None:
    found = coach("question", "--kind", "coding", "--seed", "5", "--json").json
    assert found["kind"] == "coding"
    assert len(found["probes"]) >= 3
    assert not {"hidden", "solution"} & found.keys()
    assert coach("question", "--kind", "coding", "--seed", "5", "--json").json == found
    assert found["question"] in coach("question", "--kind", "coding", "--seed", "5").out


POSTING = """Senior Machine Learning Engineer

What you'll do
- Own the forecasts of our shop
- Run the models that you train, and answer for them when they fail at night
- Mentor two junior engineers

Minimum qualifications
- 6+ years of experience with forecasting and time series
- Experience with learning to rank
"""


@pytest.fixture
def no_embedder(coach: Coach, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("coach.build.build_embedder", lambda settings: MiniLM(tmp_path / "none"))


def test_a_posting_decides_the_question(coach: Coach, no_embedder: None, tmp_path: Path) -> None:
    (tmp_path / "job.txt").write_text(POSTING, encoding="utf-8")
    asked = ("question", "--posting", "job.txt", "--seed", "3")
    ended = coach(*asked, "--json")
    assert "by its words alone" in ended.err
    why = ended.json["posting"]
    assert set(why) == {"skill", "wanted", "quote"}
    assert POSTING[why["quote"]["start"] : why["quote"]["end"]] == why["quote"]["text"]
    assert not {"hidden", "solution"} & ended.json.keys()
    for_people = coach(*asked).out
    assert why["quote"]["text"] in for_people
    assert ended.json["question"] in for_people
    mentoring = coach("question", "--posting", "job.txt", "--principle", "hire and develop", "--json").json
    assert mentoring["posting"]["quote"]["text"] == "Mentor two junior engineers"
    assert "leave the posting out" in coach(*asked, "--principle", "frugality").err
    (tmp_path / "soup.txt").write_text("Cut six onions into rings.", encoding="utf-8")
    assert coach("question", "--posting", "soup.txt").line.startswith("coach: soup.txt: ")
    assert "no such file" in coach("question", "--posting", "none.txt").line


def test_a_question_for_a_posting_by_its_meaning(coach: Coach, tmp_path: Path) -> None:
    stale = "Ability to spot when predictions go stale"
    (tmp_path / "job.txt").write_text(f"{POSTING}- {stale}\n", encoding="utf-8")
    ended = coach("question", "--posting", "job.txt", "--topic", "drift", "--json")
    assert ended.json["posting"]["skill"] == "Monitoring and drift"
    assert ended.json["posting"]["quote"]["text"] == stale
    assert ended.err == ""


def test_an_interview_for_a_posting_outlives_its_file(
    coach: Coach, no_embedder: None, tmp_path: Path
) -> None:
    job = tmp_path / "job.txt"
    job.write_text(POSTING, encoding="utf-8")
    at = ("--home", tmp_path / "own")
    held = coach(*at, "interview", "--posting", job, "--seed", "2", "--json", stdin="/skip\n/skip\n/end\n")
    assert "by its words alone" in held.err
    job.unlink()
    (one,) = coach(*at, "sessions", "list", "--json").json["sessions"]
    assert one == held.json
    assert [turn["question_id"] in one["posting"]["questions"] for turn in one["turns"]] == [True] * 3
    assert "job.txt" in coach(*at, "interview", "--posting", "job.txt").line


def test_interviews_are_exported_and_imported(coach: Coach, tmp_path: Path) -> None:
    at = ("--home", tmp_path / "own")
    coach(*at, "interview", "--kind", "coding", "--seed", "2", stdin="/end\n")
    (one,) = coach(*at, "sessions", "list", "--json").json["sessions"]
    assert coach(*at, "sessions", "export", one["id"], "--format", "pdf", "--out", "one.pdf").code == 0
    assert (tmp_path / "one.pdf").read_bytes().startswith(b"%PDF-")
    assert coach(*at, "sessions", "export", "--all", "--out", "all.json").code == 0
    came = coach("--home", tmp_path / "new", "sessions", "import", "all.json")
    assert came.out == "The file holds 1 interview and 0 stories.\n"
    assert coach("--home", tmp_path / "new", "sessions", "list", "--json").json["sessions"] == [one]


def test_ingest_says_what_it_did(coach: Coach, home: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_text("", encoding="utf-8")
    arguments = ("--home", tmp_path / "new", "ingest", "--json")
    first = coach(*arguments, home / "metrics.md", tmp_path / "empty.md").json
    assert first["added"] == ["metrics.md"]
    assert [name for name, _ in first["refused"]] == ["empty.md"]
    again = coach(*arguments, home / "metrics.md").json
    assert (again["unchanged"], again["added"], again["removed"]) == (["metrics.md"], [], [])
    shown = coach("--home", tmp_path / "new", "ingest", tmp_path / "nosuch")
    assert shown.code == 1
    assert f"! {tmp_path / 'nosuch'}: no such file or folder" in shown.out


def test_an_interview_can_be_held_listed_and_deleted(coach: Coach, tmp_path: Path) -> None:
    at = ("--home", tmp_path / "own")
    held = coach(*at, "interview", "--kind", "behavioral", "--seed", "2", stdin="/skip\n/end\n")
    assert held.code == 0, held.err
    (one,) = coach(*at, "sessions", "list", "--json").json["sessions"]
    assert [turn["skipped"] for turn in one["turns"]] == [True, False]
    assert one["turns"][0]["question"] in coach(*at, "sessions", "export", one["id"]).out
    assert coach(*at, "sessions", "delete", one["id"]).code == 0
    assert one["id"] in coach(*at, "sessions", "show", one["id"]).line


def test_a_plan_can_be_listed_held_and_exported(coach: Coach, tmp_path: Path) -> None:
    at = ("--home", tmp_path / "own")
    plans = coach(*at, "interview", "--plan", "list", "--json").json["plans"]
    assert {"full-loop", "quick-drill", "work-simulation"} <= {plan["id"] for plan in plans}
    assert "full-loop" in coach(*at, "interview", "--plan", "list").out
    assert "full-loop" in coach(*at, "interview", "--plan", "marathon").line
    held = coach(*at, "interview", "--plan", "full-loop", "--seed", "2", stdin="/skip\n/leave\n/end\n")
    assert held.code == 0, held.err
    assert "== Round 2 of 4" in held.out
    (one,) = coach(*at, "sessions", "list", "--json").json["sessions"]
    assert [part["why"] for part in one["rounds"]] == ["left early"] * 2
    shown = coach(*at, "sessions", "show", one["id"]).out
    assert "## Round 1 of 4: Coding and data structures" in shown
    assert "## Round 2 of 4: Machine learning system design" in shown


def test_models_that_are_here_are_not_fetched(coach: Coach) -> None:
    encoders = ["all-minilm-l6-v2", "all-mpnet-base-v2"]
    for argv in (["pull"], ["list", *encoders], ["check", *encoders]):
        rows = coach("models", *argv, "--json").json["models"]
        assert [(row["name"], row["status"]) for row in rows] == [(name, "present") for name in encoders]
    assert coach("models", "pull", "nosuch").line


def test_a_model_that_is_missing_fails_the_check(
    coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACH_MODELS", str(tmp_path))
    ended = coach("models", "check")
    assert ended.code == 1
    assert "missing" in ended.out


# eval


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A suite `toy` that speaks; it scores 0.5, and 0.4 with the model of the list that it fails with."""
    worse: list[str] = []

    def measured(context: Context) -> SuiteResult:
        if worse == ["interrupt"]:
            raise KeyboardInterrupt
        score = 0.4 if context.model in worse else 0.5
        cases = tuple(Case(id=str(n), cluster=str(n), scores={"all": score}, detail={}) for n in range(9))
        rows = (Row(metric="all", system="toy", subset="all", value=score, low=0.3, high=0.6, n=9),)
        return SuiteResult(
            name="toy", model=context.model, facts={}, rows=rows, guarded=("all",), cases=cases
        )

    monkeypatch.setitem(cast(dict[str, Suite], SUITES), "toy", Suite(measured, speaks=True))
    return worse


OTHER = "http://127.0.0.1:1/v1#other"


def test_an_eval_shows_models_side_by_side(coach: Coach, toy: list[str]) -> None:
    toy.append(OTHER)
    shown = coach("eval", "toy", "--model", "none", "--model", OTHER).out
    assert any("0.500" in line and "0.400" in line for line in shown.splitlines())
    found = coach("eval", "toy", "--model", "none", "--model", OTHER, "--json").json
    assert [(suite["name"], suite["model"]) for suite in found["suites"]] == [("toy", "none"), ("toy", OTHER)]
    assert [change["value"] for change in found["between"]] == [pytest.approx(-0.1)]


def test_an_eval_that_fell_is_3(coach: Coach, toy: list[str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    ended = coach("eval", "toy", "--out", out)
    assert ended.code == 0
    assert all(f"wrote {out / name}" in ended.err for name in ("report.html", "report.md", "report.json"))
    assert coach("eval", "toy", "--baseline", out / "toy.json").code == 0
    toy.append("none")
    assert coach("eval", "toy", "--baseline", out / "toy.json").code == 3


def test_an_eval_that_is_interrupted_says_how_to_go_on(coach: Coach, toy: list[str], tmp_path: Path) -> None:
    toy.append("interrupt")
    ended = coach("eval", "toy", "--out", tmp_path)
    assert (ended.code, ended.out) == (130, "")
    assert "the same command goes on from there" in ended.err
    assert str(tmp_path) in ended.err
    assert "--out" in coach("eval", "toy").err
    toy.clear()
    assert coach("eval", "toy", "--out", tmp_path).code == 0


def test_an_eval_refuses_what_is_not_there(coach: Coach, tmp_path: Path) -> None:
    assert "retrieval" in coach("eval", "nosuch").line
    assert "nosuch" in coach("eval", "assessment", "--public", tmp_path / "nosuch").line


# doctor


def test_the_doctor_finds_nothing_wrong(coach: Coach, home: Path) -> None:
    found = coach("doctor", "--json").json
    assert found["healthy"]
    assert [check["name"] for check in found["checks"]] == [
        "packages",
        "embedder",
        "sentence encoder",
        "library",
        "model",
        "interviews",
    ]
    assert found["settings"]["COACH_HOME"] == str(home)
    assert found["settings"]["COACH_MODEL"] == "none"
    assert found["settings"].keys() == {f"COACH_{name.upper()}" for name in Settings.model_fields}


def test_the_doctor_says_what_would_fail(coach: Coach, tmp_path: Path) -> None:
    ended = coach("--home", tmp_path / "new", "doctor", "--model", "nosuch")
    assert ended.code == 1
    failed = [line.split()[1] for line in ended.out.splitlines() if line.startswith("FAIL")]
    assert failed == ["library:", "model:"]
    assert "coach ingest" in ended.out


def test_the_doctor_changes_nothing(coach: Coach, tmp_path: Path) -> None:
    coach("--home", tmp_path / "new", "doctor")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address",
    [
        "http://me:hush-hush@127.0.0.1:1/v1#m",
        "http://me:hush-hush@x/@127.0.0.1:1/v1#m",
        "http://me:x@hush-hush@127.0.0.1:1/v1#m",
        "http://127.0.0.1:1/v1?user=me&api_key=hush-hush#m",
    ],
)
@pytest.mark.parametrize("flag", [[], ["--json"]], ids=["text", "json"])
def test_the_doctor_shows_no_key(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, flag: list[str], address: str
) -> None:
    monkeypatch.setenv("COACH_MODEL_KEY", "hush-hush")
    monkeypatch.setenv("COACH_MODEL", address)
    ended = coach("doctor", *flag)
    assert "hush-hush" not in ended.out + ended.err
    assert "COACH_MODEL_KEY" in ended.out
    assert "127.0.0.1:1/v1" in ended.out


def test_the_interviews_of_a_home_are_counted(coach: Coach, tmp_path: Path) -> None:
    open_store(Settings(home=tmp_path / "own")).close()
    checks = coach("--home", tmp_path / "own", "doctor", "--json")
    interviews = next(c for c in json.loads(checks.out)["checks"] if c["name"] == "interviews")
    assert interviews == {"name": "interviews", "ok": True, "found": "0 stored"}
