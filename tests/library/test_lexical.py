from pathlib import Path

import pytest

from coach.library.lexical import open_lexical, words, write_lexical


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The STAR method", ["star", "method"]),
        ("p99 latencies, C++ and C#.", ["p99", "latency", "c++", "c#"]),
        ("A/B tests", ["ab", "test"]),
        ("trade-offs", ["tradeoff", "trade", "off"]),
        ("Amazon’s candidate's", ["amazon", "candidate"]),
        ("don't", ["dont"]),
        ("$143,700 at 3.5%", ["143700", "35"]),
        ("classes analysis metrics boss status", ["class", "analysis", "metric", "boss", "status"]),
        ("Ｆｕｌｌｗｉｄｔｈ CAFÉ", ["fullwidth", "café"]),
        ("… — !?", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_best_rows_first_and_only_those_with_a_word_in_common(tmp_path: Path) -> None:
    write_lexical(tmp_path, ["the STAR method", "star star stars", "nothing", "an A/B test"])
    lexical = open_lexical(tmp_path, 4)
    found = lexical.best("stars", 10)
    assert [row for row, _ in found] == [1, 0]
    assert found[0][1] > found[1][1] > 0
    assert lexical.best("AB testing of a/b", 10)[0][0] == 3
    assert lexical.best("stars", 1) == found[:1]
    assert lexical.best("the of", 10) == lexical.best("zebra", 10) == lexical.best("", 10) == []


def test_the_best_few_are_the_first_of_all_and_of_equals_the_upper_rows(tmp_path: Path) -> None:
    write_lexical(
        tmp_path, [f"star {'star ' * (row % 3)}{'method' if row % 2 else 'x'}" for row in range(60)]
    )
    lexical = open_lexical(tmp_path, 60)
    everything = lexical.best("star method", 60)
    assert len(everything) == 60
    assert everything == sorted(everything, key=lambda one: (-one[1], one[0]))
    for limit in (1, 7, 25, 59):
        assert lexical.best("star method", limit) == everything[:limit]


def test_texts_without_words(tmp_path: Path) -> None:
    write_lexical(tmp_path, ["!!!", "the"])
    assert open_lexical(tmp_path, 2).best("star", 5) == []


def test_no_passage_scores_more_than_the_ceiling_and_unknown_words_raise_it(tmp_path: Path) -> None:
    write_lexical(tmp_path, ["star method", "star " * 50, "an A/B test", "nothing"])
    lexical = open_lexical(tmp_path, 4)
    best = lexical.best("star method", 1)[0][1]
    assert best < lexical.ceiling("star method") < lexical.ceiling("star method zebra")
    assert lexical.ceiling("the of") == 1.0
