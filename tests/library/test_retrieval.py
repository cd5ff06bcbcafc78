import pytest

from coach.library.retrieval import BESIDE, beside, fuse


def test_fusion_adds_the_cosine_and_the_share_of_the_words() -> None:
    fused = fuse([(7, 0.9), (3, 0.5), (1, 0.1)], [(3, 8.0), (5, 2.0)], ceiling=10.0, weight=0.6)
    assert [row for row, _ in fused] == [3, 7, 5, 1]
    assert [score for _, score in fused] == pytest.approx([0.62, 0.54, 0.08, 0.06])


def test_the_weight_decides_between_the_lists() -> None:
    dense, lexical = [(1, 0.9), (2, 0.1)], [(2, 5.0), (1, 1.0)]
    assert fuse(dense, lexical, 5.0, weight=1.0)[0] == (1, 0.9)
    assert fuse(dense, lexical, 5.0, weight=0.0)[0] == (2, 1.0)


def test_a_poor_match_by_words_stays_poor_though_it_is_the_best_there_is() -> None:
    assert fuse([(1, 0.5), (2, 0.4)], [(2, 1.0)], ceiling=20.0)[0][0] == 1
    assert fuse([(1, 0.5), (2, 0.4)], [(2, 15.0)], ceiling=20.0)[0][0] == 2


def test_one_list_or_none() -> None:
    assert fuse([], [], 1.0) == []
    assert [row for row, _ in fuse([(4, 0.2), (2, 0.1)], [], 1.0)] == [4, 2]
    assert [row for row, _ in fuse([], [(9, 3.0), (8, 1.0)], 1.0)] == [9, 8]


def test_ties_go_to_the_lower_row() -> None:
    assert [row for row, _ in fuse([(5, 0.3), (2, 0.3)], [], 1.0)] == [2, 5]


def test_from_the_fourth_place_on_sources_without_questions_pass_those_a_little_better() -> None:
    ranked = [(1, 0.9), (2, 0.8), (3, 0.7), (4, 0.6), (5, 0.6 - BESIDE / 2), (6, 0.6 - 2 * BESIDE)]

    def order(own: set[int]) -> list[int]:
        return [row for row, _ in beside(ranked, lambda row: row not in own)]

    assert order({5, 6}) == [1, 2, 3, 5, 4, 6]
    assert order({3}) == [1, 2, 3, 4, 5, 6], "the best three go by the score alone"
    assert order(set()) == order({1, 2, 3, 4, 5, 6}) == [1, 2, 3, 4, 5, 6]
    assert beside([], lambda row: True) == []
