import pytest

from coach.library.retrieval import fuse


def test_fusion_scales_both_lists_and_adds_their_shares() -> None:
    fused = fuse([(7, 0.9), (3, 0.5), (1, 0.1)], [(3, 8.0), (5, 2.0)], weight=0.6)
    assert [row for row, _ in fused] == [3, 7, 5, 1]
    assert [score for _, score in fused] == pytest.approx([0.7, 0.6, 0.1, 0.0])


def test_the_weight_decides_between_the_lists() -> None:
    dense, lexical = [(1, 0.9), (2, 0.1)], [(2, 5.0), (1, 1.0)]
    assert fuse(dense, lexical, weight=1.0)[0] == (1, 1.0)
    assert fuse(dense, lexical, weight=0.0)[0] == (2, 1.0)


def test_one_list_or_none() -> None:
    assert fuse([], []) == []
    assert [row for row, _ in fuse([(4, 0.2), (2, 0.1)], [])] == [4, 2]
    assert [row for row, _ in fuse([], [(9, 3.0), (8, 1.0)])] == [9, 8]


def test_ties_go_to_the_lower_row() -> None:
    assert [row for row, _ in fuse([(5, 0.3), (2, 0.3)], [])] == [2, 5]
