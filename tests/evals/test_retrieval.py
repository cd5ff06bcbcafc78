"""The retrieval suite: how hits are judged. A real run beside the stored baseline is in `test_baselines`."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from coach.coach import Coach
from coach.evals.golden import Gold, Kind, Query
from coach.evals.result import Context, Row, SuiteResult
from coach.evals.retrieval import evaluate, rank_of_gold, recall
from coach.library.retrieval import Hit, Mode
from coach.settings import load_settings


def hit(source: str, heading: str, rank: int = 1) -> Hit:
    return Hit(
        rank=rank,
        score=1.0,
        source=source,
        heading=heading,
        title="T",
        text="t",
        start=0,
        end=1,
        passage_id="p",
    )


def query(name: str, kind: Kind = "factual", *gold: Gold) -> Query:
    return Query(
        id=name, query=f"what is {name}?", kind=kind, gold=gold or (Gold(source="a.md", heading="A"),)
    )


@pytest.fixture
def context(tmp_path: Path) -> Context:
    def no_coach() -> Coach:
        raise AssertionError("what is given is enough")

    return Context(load_settings(home=tmp_path), "none", None, no_coach)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ([("a.md", "A")], 1),
        ([("a.md", "B"), ("b.md", "A"), ("a.md", "Top > A")], 3),
        ([("a.md", "A > Follow-ups")], 1),
        ([("a.md", "AA"), ("a.md", "A and B")], None),
        ([], None),
    ],
)
def test_a_hit_counts_in_the_gold_section_and_below_it(
    found: list[tuple[str, str]], expected: int | None
) -> None:
    assert rank_of_gold(query("x"), [hit(source, heading) for source, heading in found]) == expected


def test_any_gold_section_will_do() -> None:
    asked = query("x", "vague", Gold(source="a.md", heading="A"), Gold(source="b.md", heading="B"))
    assert rank_of_gold(asked, [hit("c.md", "C"), hit("b.md", "B")]) == 2


def test_of_a_query_in_parts_each_must_be_found() -> None:
    gold = tuple(Gold(source="a.md", heading=name) for name in "ABC")
    both = Query(id="m", query="A or B, and C?", kind="multi", gold=gold, parts=((0, 1), (2,)))
    hits = [hit("a.md", "X"), hit("a.md", "B"), hit("a.md", "A"), hit("a.md", "C")]
    assert [recall(both, hits, k) for k in (1, 2, 3, 4)] == [0, 0.5, 0.5, 1]
    assert rank_of_gold(both, hits) == 2
    assert recall(query("x"), hits, 2) == 0
    assert recall(query("x"), hits, 3) == 1


def value(result: SuiteResult, metric: str, system: str, subset: str = "all") -> float:
    return _row(result, metric, system, subset).value


def _row(result: SuiteResult, metric: str, system: str, subset: str) -> Row:
    (row,) = [row for row in result.rows if (row.metric, row.system, row.subset) == (metric, system, subset)]
    return row


def test_modes_and_kinds_are_scored_apart_and_the_worst_case_comes_first(context: Context) -> None:
    queries = [query("one"), query("two", "hard"), query("three", "hard")]
    ranks: dict[tuple[str, Mode], int] = {
        ("one", "fused"): 1, ("two", "fused"): 2, ("one", "dense"): 4, ("three", "dense"): 1, ("one", "lexical"): 1,
    }  # fmt: skip

    def search(text: str, top: int, mode: Mode) -> Sequence[Hit]:
        name = next(one.id for one in queries if one.query == text)
        right = ranks.get((name, mode), 0)
        return [hit("a.md", "A" if rank == right else "other", rank) for rank in range(1, top + 1)]

    result = evaluate(search, queries, {}, context)
    assert value(result, "recall@1", "fused") == pytest.approx(1 / 3)
    assert value(result, "recall@3", "fused") == pytest.approx(2 / 3)
    assert value(result, "mrr", "fused") == pytest.approx((1 + 1 / 2) / 3)
    assert value(result, "mrr", "dense") == pytest.approx((1 / 4 + 1) / 3)
    assert value(result, "mrr", "fused", "hard") == pytest.approx(1 / 4)
    assert value(result, "mrr", "fused", "typed") == 1
    assert value(result, "mrr", "fused - lexical") == pytest.approx(1 / 6)
    assert _row(result, "recall@5", "dense", "factual").n == 1
    assert [case.id for case in result.cases] == ["three", "two", "one"]
    assert result.cases[0].detail["fused rank"] is None
    assert result.cases[0].detail["dense rank"] == 1
    assert result.cases[0].detail["top hit"] == "a.md: other"
    assert result.cases[0].scores.keys() >= {"hard fused recall@5", "hard fused mrr"}
    assert set(result.guarded) == {
        f"{subset} fused {metric}" for subset in ("typed", "hard") for metric in ("recall@5", "mrr")
    }
