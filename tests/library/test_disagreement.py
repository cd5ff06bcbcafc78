"""The texts are of the forms that guides and postings have, as people paste them."""

import pytest

from coach.library.disagreement import date_of, disagreements
from coach.library.retrieval import Hit

GUIDE = "What an MLE there earns in salary: $155-228K a year with bonus and stock."
POSTING = "What the salary is, by place:\nSeattle \\- 143,700\\.00 \\- 194,400\\.00 USD in a year"
CORPUS = (
    "One posting for Seattle, for a software development engineer II, listed a base salary from 143,700 to 194,400 "
    "US dollars a year. One guide gives 155,000 to 228,000 dollars a year for Amazon machine learning engineers."
)
LOOP = "after which come three or four 55-minute interviews on"
WEEKS = "From the first screen to the offer it is 2 to 6 weeks, as calendars allow."
YEARS = "They mostly want 3-5+ years of field experience, more for a senior."


def found(*texts: str, heading: str = "Salary") -> list[Hit]:
    return [
        Hit(rank, 1.0, f"guide-{rank}.txt", heading, "A guide", text, 0, len(text), str(rank))
        for rank, text in enumerate(texts, start=1)
    ]


@pytest.mark.parametrize(
    ("question", "heading", "texts"),
    [
        ("what does an L5 MLE earn", "Salary", (GUIDE, POSTING)),
        ("What is the salary at Amazon?", "Compensation", (GUIDE, "The median salary is $240K.")),
        ("how many rounds are in the loop", "The loop", (LOOP, "The loop has 5 to 6 rounds.")),
        ("how long does it take from the first screen to an offer", "Screen to offer", (WEEKS, "It took 3 months.")),
        ("how many years of experience do they want", "Experience", (YEARS, "They ask for at least 8 years.")),
    ],
)  # fmt: skip
def test_different_numbers_for_the_same_are_shown_with_both_sources(
    question: str, heading: str, texts: tuple[str, str]
) -> None:
    (line,) = disagreements(question, found(*texts, heading=heading))
    assert line.startswith("Sources disagree: guide-1.txt (no date) says “")
    assert "; guide-2.txt (no date) says “" in line


@pytest.mark.parametrize(
    ("question", "heading", "texts"),
    [
        ("what does an MLE earn with stock", "Salary", (GUIDE, CORPUS)),
        ("what is the base salary in Seattle", "Salary", (POSTING, CORPUS)),
        ("how long does it take from the first screen to an offer", "Timeline to offer",
         (WEEKS, "One guide gives two to six weeks from first screen to offer.")),
        ("how many rounds are in the loop", "The loop", (LOOP, "Three or four interviews of 55 minutes.")),
        ("how many years of experience do they want", "Experience", (YEARS, "Three or more years in the field.")),
        ("how long is the coding test", "The coding test", ("90 minutes for two questions", "Ask for a week off.")),
        ("what does an L5 earn", "Salary", ("An L5 earns $200K.", "An L6 earns $300K.")),
        ("how do I tell a story with numbers", "Salary", (GUIDE, POSTING)),
        ("what does an MLE earn", "Salary", (GUIDE, "A sign-on bonus of $500 was paid.")),
    ],
)  # fmt: skip
def test_the_same_numbers_and_numbers_for_something_else_are_no_disagreement(
    question: str, heading: str, texts: tuple[str, str]
) -> None:
    assert disagreements(question, found(*texts, heading=heading)) == ()


def test_one_source_may_say_several_things_and_a_third_that_agrees_is_not_shown() -> None:
    (line,) = disagreements("what salary does an MLE earn", found(CORPUS, GUIDE, "Salary: $300-350K."))
    assert "guide-1.txt" in line
    assert "guide-2.txt" not in line
    assert "guide-3.txt (no date) says “Salary: $300-350K”" in line
    first, second = found(GUIDE, POSTING)
    same = [first, Hit(2, 1, first.source, "Salary", "A guide", POSTING, 0, 9, "2")]
    assert disagreements("what salary does an MLE earn", same) == ()
    assert disagreements("what salary does an MLE earn", [second]) == ()


def test_a_long_sentence_is_cut_between_words() -> None:
    (line,) = disagreements(
        "what salary does an MLE earn", found("Salary is $1,000K " + "and so on " * 40, GUIDE)
    )
    assert "so on …”" in line or "and …”" in line or "so …”" in line
    assert len(line) < 450


@pytest.mark.parametrize(
    ("text", "source", "expected"),
    [
        ("As of March 2026, pay is 1.", "a.txt", "March 2026"),
        ("Pay is 1. Updated on 2025-11-02.", "a.txt", "2025-11-02"),
        ("a posting read in 2026 without a date", "a.txt", "2026"),
        ("a target of 2030 items", "loop-guide-2024.pdf", "2024"),
        ("a target of 2030 items", "guide.pdf", ""),
    ],
)
def test_the_date_is_the_texts_own_or_the_files(text: str, source: str, expected: str) -> None:
    assert date_of(Hit(1, 1.0, source, "H", "T", text, 0, len(text), "p")) == expected
