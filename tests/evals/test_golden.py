"""The golden queries keep their promises: gold that exists, and paraphrases that really are ones."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from coach.errors import UsageError
from coach.evals.golden import Gold, Kind, Query, load_queries
from coach.library.documents import parse
from coach.settings import DATA

RARE = 0.02  # of the corpus's sections
_SUFFIXES = ("ations", "ation", "ings", "ing", "edly", "ed", "ers", "er", "ies", "es", "s", "ly", "y", "e")


def stem(word: str) -> str:
    """A crude stem: one suffix off, and a doubled consonant halved, so that stopped meets stop."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            word = word.removesuffix(suffix)
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def stems(texts: Iterable[str]) -> set[str]:
    return {stem(word) for text in texts for word in re.findall(r"\w+", text.casefold())}


class Corpus:
    """Every section of the corpus: what is said below each heading, with the headings above it."""

    def __init__(self) -> None:
        self.sections: list[tuple[str, tuple[str, ...], set[str]]] = []
        for file in sorted((DATA / "corpus").rglob("*.md")):
            source = file.relative_to(DATA).as_posix()
            document = parse(file.read_bytes(), source)
            for section in document.sections:
                path = section.path or (document.title,)
                text = document.text[section.start : section.end]
                self.sections.append((source, path, stems([document.title, *path, text])))
        counts = Counter(word for _, _, words in self.sections for word in words)
        self.rare = {word for word, count in counts.items() if count < RARE * len(self.sections)}

    def words(self, gold: Gold) -> set[str]:
        """The stems of a section and of the sections below it; empty when there is no such section."""
        found = (
            words for source, path, words in self.sections if source == gold.source and gold.heading in path
        )
        return set().union(*found)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus()


@pytest.fixture(scope="module")
def queries() -> list[Query]:
    return load_queries()


def test_every_gold_section_exists(corpus: Corpus, queries: list[Query]) -> None:
    missing = [(query.id, gold) for query in queries for gold in query.gold if not corpus.words(gold)]
    assert missing == []


def test_hard_queries_share_no_rare_word_with_their_gold(corpus: Corpus, queries: list[Query]) -> None:
    shared = {
        query.id: sorted(words)
        for query in queries
        if query.kind == "hard"
        and (words := stems([query.query]) & corpus.rare & set().union(*map(corpus.words, query.gold)))
    }
    assert shared == {}


def test_there_are_enough_queries_of_each_kind(queries: list[Query]) -> None:
    kinds = Counter(query.kind for query in queries)
    assert sum(query.typed for query in queries) >= 250
    assert {kind: kinds[kind] for kind in get_args(Kind) if kinds[kind] < 30} == {}


def test_no_query_comes_twice(queries: list[Query]) -> None:
    assert len({query.query.casefold() for query in queries}) == len(queries)


def test_every_file_of_the_corpus_answers_at_least_two_queries(corpus: Corpus, queries: list[Query]) -> None:
    asked = Counter(source for query in queries for source in {gold.source for gold in query.gold})
    sources = {source for source, _, _ in corpus.sections}
    assert sorted(source for source in sources if asked[source] < 2) == []


def test_a_broken_line_names_its_number(tmp_path: Path) -> None:
    good = '{"id": "a", "query": "q", "kind": "vague", "gold": [{"source": "s", "heading": "h"}]}'
    path = tmp_path / "cases.jsonl"
    path.write_text(good + "\n" + good.replace("vague", "odd").replace('"a"', '"b"'))
    with pytest.raises(UsageError, match="line 2"):
        load_queries(path)
    path.write_text(good + "\n" + good)
    with pytest.raises(UsageError, match=r"line 2.*twice"):
        load_queries(path)


@pytest.mark.parametrize(
    ("kind", "parts", "message"),
    [
        ("multi", [], "two or more parts"),
        ("multi", [[0, 1]], "two or more parts"),
        ("vague", [[0], [1]], "two or more parts"),
        ("multi", [[0], [0]], "all of the gold"),
        ("multi", [[0], [1, 2]], "all of the gold"),
    ],
)
def test_only_multi_queries_have_parts_and_they_point_at_all_gold(
    kind: Any, parts: Any, message: str
) -> None:
    gold = (Gold(source="a.md", heading="A"), Gold(source="a.md", heading="B"))
    assert Query(id="q", query="both?", kind="multi", gold=gold, parts=((0,), (1,))).typed
    with pytest.raises(ValidationError, match=message):
        Query(id="q", query="both?", kind=kind, gold=gold, parts=parts)
