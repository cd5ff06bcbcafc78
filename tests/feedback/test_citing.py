from collections.abc import Sequence
from typing import get_args

import pytest

from coach.errors import IndexMissing
from coach.feedback.citing import cite
from coach.feedback.feedback import Asked, Criterion, Gap
from coach.library.retrieval import Hit, Mode


class Shelf:
    """A library of a few passages; `queries` remembers what was looked for."""

    def __init__(self, *hits: Hit) -> None:
        self.hits = hits
        self.queries: list[str] = []

    def search(self, query: str, top: int = 5, mode: Mode = "fused") -> Sequence[Hit]:
        self.queries.append(query)
        best = sorted(self.hits, key=lambda hit: hit.title not in query)
        return best[:top]


def hit(title: str, cosine: float | None = 0.6) -> Hit:
    text = f"All about {title}."
    return Hit(1, 1.0, f"{title}.md", title, title, text, 0, len(text), title, cosine=cosine)


def gap(criterion: Criterion, text: str = "x") -> Gap:
    return Gap(criterion=criterion, text=text, sentences=(0,))


def test_the_first_gap_and_the_asked_principle_are_cited() -> None:
    shelf = Shelf(hit("result"), hit("Dive Deep"), hit("situation"))
    cited = cite(shelf, Asked(question="Why?", principle="Dive Deep"), [gap("result"), gap("situation")])
    assert [(one.source, one.heading, one.quote) for one in cited] == [
        ("result.md", "result", "All about result."),
        ("Dive Deep.md", "Dive Deep", "All about Dive Deep."),
    ]


def test_the_section_of_that_very_name_is_cited_though_another_is_nearer() -> None:
    named = hit("How answers about Dive Deep fail", 0.4)
    asked = Asked(question="Why?", principle="Dive Deep")
    assert [one.heading for one in cite(Shelf(hit("Dive Deep", 0.9), named), asked, [])] == [named.heading]
    assert [one.heading for one in cite(Shelf(hit("Dive Deep", 0.9)), asked, [])] == ["Dive Deep"]


def test_one_passage_is_cited_once() -> None:
    assert len(cite(Shelf(hit("STAR")), Asked(question="Why?", principle="Dive Deep"), [gap("task")])) == 1


@pytest.mark.parametrize("cosine", [0.1, None])
def test_what_is_not_near_is_not_cited(cosine: float | None) -> None:
    assert cite(Shelf(hit("result", cosine)), Asked(question="Why?"), [gap("result")]) == ()


def test_nothing_is_looked_for_where_nothing_is_missing() -> None:
    shelf = Shelf(hit("result"))
    assert cite(shelf, Asked(question="Why?"), []) == ()
    assert shelf.queries == []


def test_a_key_point_is_looked_for_by_its_own_words() -> None:
    shelf = Shelf(hit("drift"))
    cite(shelf, Asked(question="Why?", kind="technical"), [gap("key_point", "Not said: watch for drift")])
    assert "watch for drift" in shelf.queries[0]


@pytest.mark.parametrize("criterion", get_args(Criterion))
def test_every_criterion_can_be_looked_for(criterion: Criterion) -> None:
    shelf = Shelf()
    assert cite(shelf, Asked(question="Why?"), [gap(criterion)]) == ()
    assert shelf.queries[0].strip()


def test_a_library_that_fails_says_so() -> None:
    class Empty(Shelf):
        def search(self, query: str, top: int = 5, mode: Mode = "fused") -> Sequence[Hit]:
            raise IndexMissing("Nothing has been ingested yet.")

    with pytest.raises(IndexMissing):
        cite(Empty(), Asked(question="Why?"), [gap("result")])
