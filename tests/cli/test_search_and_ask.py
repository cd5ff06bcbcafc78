"""`coach search` and `coach ask`: what they print, one by one and in a batch."""

from pathlib import Path

import pytest

from coach.library.embedder import MiniLM
from coach.library.library import Library
from coach.settings import Settings

from .running import GUIDES, Coach, rows_file


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
