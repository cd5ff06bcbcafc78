import json

import pytest

from coach.evals.golden import CASES, load_queries
from coach.library.asked import ASKED, load_asked
from coach.library.personal import asks_for_own_facts


@pytest.mark.parametrize(
    "question",
    [
        "When is my interview?",
        "what’s my recruiter’s phone number",
        "Did I pass the phone screen?",
        "What did my interviewer think of me yesterday?",
        "how many other people applied for my position",
        "Can you tell me what time my phone screen starts on Monday?",
        "which  team am I interviewing with",
    ],
)
def test_facts_of_somebodys_own_process(question: str) -> None:
    assert asks_for_own_facts(question)


@pytest.mark.parametrize(
    "question",
    [
        "How should I prepare my stories?",
        "how long until I hear back after my onsite",
        "what will my recruiter ask me",
        "When is my interview, and how do I prepare for it?",
        "who is the bar raiser in my loop and what does he do",
        "My interview is tomorrow, what should I do in the morning?",
        "",
    ],
)
def test_advice_and_what_holds_for_everybody(question: str) -> None:
    assert not asks_for_own_facts(question)


def test_hardly_anything_that_the_corpus_answers_is_taken_for_it() -> None:
    asked = [
        text
        for file in sorted(ASKED.rglob("*.yaml"))
        for section in load_asked(file)
        for text in section.asked
    ]
    assert [query.query for query in load_queries() if asks_for_own_facts(query.query)] == []
    assert sum(map(asks_for_own_facts, asked)) <= 0.001 * len(asked)


def test_most_of_the_personal_cases_are_known() -> None:
    stored = [json.loads(line) for line in (CASES / "abstention.jsonl").read_text("utf-8").splitlines()]
    personal = [one["question"] for one in stored if one["family"] == "personal"]
    assert sum(map(asks_for_own_facts, personal)) >= 0.8 * len(personal)
    assert not [
        one["question"]
        for one in stored
        if one["family"] == "about_me" and asks_for_own_facts(one["question"])
    ]
