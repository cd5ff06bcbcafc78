"""Estimates of time read off the code."""

import ast

import pytest

from coach.coding.grown import Growth
from coach.coding.growth import estimate


def grown(body: str, signature: str = "def f(values: list[int], k: int) -> int") -> Growth:
    lines = "".join(f"    {line}\n" for line in body.strip("\n").splitlines())
    found = estimate(ast.parse(f"def f(values, k):\n{lines}"), "f", signature)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("body", "notation"),
    [
        ("return k + 1", "O(1)"),
        ("for _ in range(10): k += 1", "O(1)"),
        ("return sum(values)", "O(values)"),
        ("for v in values:\n    k += v", "O(values)"),
        ("for i in range(len(values)):\n    for j in range(i):\n        k += 1", "O(values × values)"),
        ("return [a * b for a in values for b in values]", "O(values × values)"),
        ("for v in values:\n    for _ in range(k): pass", "O(values × k)"),
        ("return sorted(values)[0]", "O(values × log values)"),
        ("values.sort()", "O(values × log values)"),
        ("for v in values:\n    if v in values: k += 1", "O(values × values)"),
        ("seen = set()\nfor v in values:\n    if v in seen: k += 1\n    seen.add(v)", "O(values)"),
        ("seen = []\nfor v in values:\n    if v in seen: k += 1\n    seen.append(v)", "O(values × values)"),
        ("while values:\n    values.pop(0)", "O(values × values)"),
        (
            "low, high = 0, len(values)\nwhile low < high:\n    mid = (low + high) // 2\n"
            "    if values[mid] < k: low = mid + 1\n    else: high = mid",
            "O(log n)",
        ),
        ("i = 0\nfor v in values:\n    while values[i] < v:\n        i += 1", "O(values)"),
        ("for v in values:\n    i = 0\n    while i < len(values):\n        i += 1", "O(values × values)"),
        ("for v in values:\n    sorted(values)", "O(values × values × log values)"),
        ("groups = {}\nfor v in values: groups.setdefault(v, []).append(v)\n"
         "for group in groups.values():\n    for v in group: k += v", "O(values)"),
        ("import heapq\nheap = []\nfor v in values: heapq.heappush(heap, v)", "O(values × log values)"),
    ],
)  # fmt: skip
def test_notation(body: str, notation: str) -> None:
    assert grown(body).notation == notation


def test_branching_recursion_is_exponential_unless_it_remembers() -> None:
    code = "def f(k):\n    return 1 if k < 2 else f(k - 1) + f(k - 2)\n"
    found = estimate(ast.parse(code), "f")
    assert found is not None
    assert found.exponential
    assert found.unsure == (2,)
    kept = estimate(ast.parse("import functools\n@functools.lru_cache\n" + code), "f")
    assert kept is not None
    assert not kept.exponential


def test_a_loop_without_a_visible_end_is_unsure() -> None:
    assert grown("while True:\n    if k > 10: break\n    k *= 2").unsure == (2,)


def test_reasons_point_at_lines_and_helpers_are_read() -> None:
    helper = "def helper(rows):\n    for row in rows:\n        print(row)\n\n"
    code = helper + "def f(values):\n    for v in values:\n        helper(values)\n"
    found = estimate(ast.parse(code), "f")
    assert found is not None
    assert found.notation == "O(values × values)"
    assert found.words == "quadratic"
    assert [one.line for one in found.reasons] == [2, 6]


def test_a_missing_function_has_no_growth() -> None:
    assert estimate(ast.parse("x = 1"), "f") is None


def test_items_of_the_input_are_not_counted_where_two_are_compared() -> None:
    found = grown(
        "for row in values:\n    for x in row: k += x", "def f(values: list[list[int]], k: int) -> int"
    )
    assert found.notation == "O(values × values[i])"
    assert (found.rank, found.compared) == ((False, 2, 0), (False, 1, 0))
