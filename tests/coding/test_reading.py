"""Facts that a piece of code shows, and what an explanation claims of its time."""

import pytest

from coach.coding.claims import claims_of_time
from coach.coding.reading import read_code
from coach.feedback.sentences import split_sentences

CODE = """\
import math
import heapq


def helper(x):
    return x


def f(values):
    heap = []
    zz = 3
    unused = 4
    for v in sorted(values):
        heapq.heappush(heap, v)
    return heap
    print("never")


def test_f():
    assert f([2, 1]) == [1, 2]


assert f([]) == []
list = f([zz])
"""


def test_facts_have_their_lines() -> None:
    reading = read_code(CODE, "f")
    assert reading is not None
    assert reading.defined == 9
    assert {(fact.text, fact.lines) for fact in reading.approach} == {
        ("sorts", (13,)),
        ("keeps a heap", (14,)),
    }
    assert reading.tests == (20, 23, 24)
    assert {(fact.text, fact.lines) for fact in reading.poor_names} == {
        ("the name `zz` says little", (11,)),
        ("the name `list` hides Python's own", (24,)),
    }
    assert {(fact.text, fact.lines) for fact in reading.dead} == {
        ("`math` is imported and not used", (1,)),
        ("`helper` is defined and not used", (5,)),
        ("`unused` is assigned and not used", (12,)),
        ("`list` is assigned and not used", (24,)),
        ("never reached", (16,)),
    }


@pytest.mark.parametrize("code", ["def f(:", "f" + "(" * 300 + ")" * 300, "x = " + "-" * 5000 + "1", "a\0"])
def test_code_that_nobody_can_read_is_none(code: str) -> None:
    assert read_code(code, "f") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("It runs in O(n log n) time.", [("O(n log n)", (1, 1))]),
        ("Time is O(n), and space is O(n^2).", [("O(n)", (1, 0))]),
        ("This is quadratic in the worst case.", [("quadratic", (2, 0))]),
        ("O(n * k) overall.", [("O(n * k)", (2, 0))]),
        ("O(n + k log k) here.", [("O(n + k log k)", (1, 1))]),
        ("Lookups take constant time.", [("constant time", (0, 0))]),
        ("It uses linear space.", []),
        ("I sort first.", []),
    ],
)
def test_claims(text: str, said: list[tuple[str, tuple[int, int]]]) -> None:
    assert [(claim.said, claim.rank) for claim in claims_of_time(split_sentences(text))] == said
