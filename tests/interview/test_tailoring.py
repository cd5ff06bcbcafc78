"""What a posting asks for decides what is asked."""

from collections import Counter

import pytest

from coach.errors import UsageError
from coach.interview.posting import read_posting
from coach.interview.posting_found import Posting
from coach.interview.questions import QuestionBank, load_questions
from coach.interview.tailoring import aims, next_tailored, tailored
from coach.library.embedder import MiniLM
from coach.settings import DATA

SEARCH = """\
Senior Machine Learning Engineer, Search

What you'll do
- Own the ranking models of our shop
- Mentor two junior engineers

Minimum qualifications
- 6+ years of experience with machine learning
- Experience with learning to rank and recommender systems

Preferred qualifications
- Forecasting
"""
PRIVACY = """\
Software Development Engineer II

What you'll do
- Take ownership of data deletion and of opt-out, end to end
- Design access controls and audit trails

Minimum qualifications
- 3+ years of experience with software development
- Experience with privacy, encryption and PII handling in production systems
"""


@pytest.fixture(scope="module")
def bank() -> QuestionBank:
    return load_questions(DATA / "corpus" / "questions")


@pytest.fixture(scope="module")
def search() -> Posting:
    return read_posting(SEARCH)


@pytest.fixture(scope="module")
def privacy() -> Posting:
    return read_posting(PRIVACY)


def picks(bank: QuestionBank, posting: Posting, count: int = 60) -> Counter[str]:
    return Counter(tailored(bank, posting, seed=seed).skill for seed in range(count))


def test_each_pick_names_the_skill_and_the_sentence_that_decided(bank: QuestionBank, search: Posting) -> None:
    for seed in range(20):
        one = tailored(bank, search, seed=seed)
        assert SEARCH[one.quote.start : one.quote.end] == one.quote.text
        assert one.skill in {s.name for s in search.skills} | {v.principle for v in search.values}
        assert one.wanted in {"required", "preferred", "duty", "mentioned", "principle"}
        assert one.question.kind != "recruiter"


def test_what_is_demanded_is_asked_more_often_than_what_is_wished_for(
    bank: QuestionBank, search: Posting
) -> None:
    counts = picks(bank, search, 150)
    assert (
        counts["Search and ranking"] + counts["Recommender systems"]
        > 2 * counts["Forecasting and time series"]
        > 0
    )


def test_two_postings_lead_to_different_questions(
    bank: QuestionBank, search: Posting, privacy: Posting
) -> None:
    first = {tailored(bank, search, kind="system_design", seed=seed).question.id for seed in range(25)}
    second = {tailored(bank, privacy, kind="system_design", seed=seed).question.id for seed in range(25)}
    assert "system-design-product-search-ranking-01" in first
    assert "system-design-deletion-across-a-machine-learning-pipeline-01" in second
    assert first != second
    assert picks(bank, privacy).most_common(1)[0][0] in {
        "Data deletion and opt-out", "Privacy and personal data", "Security and access control", "Ownership",
        "Data lineage and audit",
    }  # fmt: skip


def test_one_seed_one_question_and_limits_hold(bank: QuestionBank, search: Posting) -> None:
    assert tailored(bank, search, seed=7) == tailored(bank, search, seed=7)
    mentoring = tailored(bank, search, principle="hire and develop", seed=1)
    assert mentoring.question.principle == "Hire and Develop the Best"
    assert mentoring.quote.text == "Mentor two junior engineers"
    first = tailored(bank, search, seed=7).question.id
    assert tailored(bank, search, seed=7, exclude={first}).question.id != first
    with pytest.raises(UsageError, match="no question"):
        tailored(bank, search, kind="origami")
    with pytest.raises(UsageError, match="leave the posting out"):
        tailored(bank, search, kind="recruiter")
    with pytest.raises(UsageError, match="leave the posting out"):
        tailored(bank, search, principle="frugality")


def test_the_level_is_the_postings_unless_it_is_given(bank: QuestionBank, search: Posting) -> None:
    for seed in range(15):
        assert "senior" in tailored(bank, search, seed=seed).question.level
        assert "entry" in tailored(bank, search, level="entry", seed=seed).question.level


def test_an_interview_covers_the_posting_before_it_comes_back(bank: QuestionBank, search: Posting) -> None:
    found = aims(bank, search)
    asked: list[str] = []
    for _ in range(6):
        fresh = [one for one in bank.questions if one.id not in asked]
        one = next_tailored(fresh, found, asked, seed=3)
        assert one is not None
        asked.append(one.id)
    assert len({found[name].skill for name in asked}) >= 4
    assert next_tailored([], found, asked, seed=3) is None
    assert next_tailored([one for one in bank.questions if one.id not in found], found, (), seed=3) is None


def test_how_much_the_bank_has_about_a_skill_does_not_matter(bank: QuestionBank, search: Posting) -> None:
    found = aims(bank, search)
    weight: Counter[str] = Counter()
    for one in found.values():
        weight[one.skill] += one.weight
    assert all(one.weight > 0 for one in found.values())
    # "Machine learning" fits every technical question a little, and still weighs no more than its one sentence.
    assert weight["Machine learning"] < 1.6


def test_with_meaning_a_duty_finds_its_question(bank: QuestionBank, minilm: MiniLM) -> None:
    posting = read_posting(SEARCH.replace("Mentor two", "Help the company's new colleagues grow, and guide"))
    without, found = aims(bank, posting), aims(bank, posting, minilm)
    assert without.keys() <= found.keys()
    duties = {name for name, one in found.items() if one.skill == "what you would do"}
    assert any(name.startswith("behavioral-hire-and-develop") for name in duties)
