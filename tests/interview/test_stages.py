import json

import pytest

from coach.feedback.feedback import KeyPoint
from coach.interview.questions import load_questions
from coach.interview.stages import _ASKS, STAGES, Stage, answers_about, ask_for, touched
from coach.settings import DATA

STRONG = """First I would ask what we optimize, clicks or purchases, how many queries a second there are and how
much latency we have; let me assume 200 milliseconds and purchases per search. The query is normalized in 20 of them.
Retrieval takes 50: an inverted index for exact words, and a vector index for queries whose words are not in the title.
A light model cuts the two thousand candidates to two hundred, and a heavy ranker orders those, which is slower but more
exact. When the ranker times out, the page falls back to the light order."""
WEAK = """I would use Elasticsearch for the products and put a deep neural network on top of it that scores the
results for each user. It would run on Kubernetes so that it scales. We would log everything and look at dashboards."""
MIDDLING = """A stream processor keeps counts for each card and each device over the last minutes and the last day, in
a key-value store next to the service. The service reads them and scores the payment with a gradient boosted model. If
the feature store does not answer in 30 milliseconds we fall back to simple rules."""


@pytest.mark.parametrize(
    ("answer", "stages"),
    [
        (STRONG, STAGES),
        (WEAK, ("design",)),
        (MIDDLING, ("design", "failure")),
        ("", ()),
        ("I would use machine learning for it and make it scale well.", ()),
    ],
)
def test_whole_answers(answer: str, stages: tuple[Stage, ...]) -> None:
    assert touched(answer) == stages


@pytest.mark.parametrize(
    ("sentence", "stages"),
    [
        ("Who is going to use it, and is a wrong promise worse than a late one?", {"requirements"}),
        ("The requirements are freshness within a day and no downtime.", {"requirements"}),
        ("I'd clarify whether sellers see it as well.", {"requirements"}),
        ("It must never show a product that is sold out.", {"requirements"}),
        ("Payments in other currencies are out of scope for me.", {"requirements"}),
        ("Ten million users with five requests a day make 600 requests a second.", {"estimates"}),
        ("Rough numbers: each vector takes 3 KB, so a billion vectors take 3 TB.", {"estimates"}),
        ("At peak load that comes to 40 gigabytes an hour.", {"estimates"}),
        ("A client calls the gateway, which writes to a queue that workers read from.", {"design"}),
        ("Events go into Kafka, a job aggregates them into a table, and the API reads a cache.", {"design"}),
        ("I would rather recompute nightly, since streaming is more expensive to run.", {"trade-offs"}),
        ("That gives up consistency for speed.", {"trade-offs"}),
        ("The drawback is that new items have no vector for an hour.", {"trade-offs"}),
        ("When the vendor is unavailable, calls are retried and then go to a smaller one.", {"failure"}),
        ("An alarm rings when the score distribution drifts.", {"failure"}),
        ("If a worker crashes halfway, the job starts again from its last checkpoint.", {"failure"}),
        ("There is a model and there is an index.", set()),
        ("I once built such a thing with a friend at university.", set()),
    ],
)
def test_sentences(sentence: str, stages: set[Stage]) -> None:
    assert set(touched(sentence)) == stages


def test_a_key_point_that_was_hit_counts_for_what_it_names() -> None:
    point = KeyPoint(
        point="Gives a fallback for when features are unavailable", verdict="hit", sentences=(0,)
    )
    assert touched("Simple rules decide then.", [point]) == ("failure",)
    missed = point.model_copy(update={"verdict": "partial"})
    assert touched("Simple rules decide then.", [missed]) == ()


def test_the_first_stage_that_is_missing_is_asked_for_about_this_very_design() -> None:
    found = ask_for(("requirements", "design"), ["Design it."], "fraud scoring")
    assert found is not None
    stage, question = found
    assert stage == "estimates"
    assert "fraud scoring" in question
    assert question.count("?") == 1


def test_one_stage_is_asked_for_once_and_no_form_comes_twice() -> None:
    asked: list[str] = []
    for subject in ("fraud scoring", "search", "forecasts"):
        found = ask_for((), asked, subject)
        assert found is not None
        assert found[0] == "requirements"
        asked.append(found[1])
    assert ask_for((), asked, "labels", tried=STAGES) is None
    fourth = ask_for((), asked, "labels")
    assert fourth is not None
    assert fourth[0] == "estimates"
    assert ask_for(STAGES, [], "labels") is None


def test_every_form_asks_one_thing_about_the_subject() -> None:
    for forms in _ASKS.values():
        assert len(forms) == 3
        for form in forms:
            assert form.count("$s") == 1
            assert form.count("?") == 1


@pytest.mark.parametrize(
    ("reply", "counts"),
    [
        ("The sellers, and above all it must never lose a listing that somebody has paid for.", True),
        ("Everybody.", False),
        ("The goal is fewer refunds.", True),
    ],
)
def test_a_reply_that_says_something_raises_what_it_was_asked_for(reply: str, counts: bool) -> None:
    assert answers_about("requirements", reply) is counts


def test_the_key_points_of_most_questions_name_a_stage() -> None:
    questions = [
        q for q in load_questions(DATA / "corpus" / "questions").questions if q.kind == "system_design"
    ]
    named = [
        touched("", [KeyPoint(point=p, verdict="hit", sentences=()) for p in q.key_points]) for q in questions
    ]
    assert sum(bool(stages) for stages in named) >= 0.75 * len(questions), json.dumps(named)
