"""How the command starts and ends, and what it says when it can't do its work."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .running import QUESTION, ROOT, Coach, Ended, real


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
