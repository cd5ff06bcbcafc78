from datetime import UTC, datetime, timedelta

from coach.feedback.feedback import Asked
from coach.interview.choice import copied, scores_by_subject, standing, weakest_principle
from coach.interview.events import Assessed
from coach.interview.questions import CodingQuestion, load_questions
from coach.settings import DATA

from .fakes import SUBJECTS, feedback_on, question, small_bank


def assessed(text: str, overall: float | None, minute: int = 0) -> Assessed:
    feedback = feedback_on(Asked(question=text), "So.").model_copy(update={"overall": overall})
    at = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minute)
    return Assessed(at=at, turn=0, feedback=feedback, complete=True)


def test_scores_are_the_mean_of_the_last_feedback_on_each_question() -> None:
    asked = [copied(question(number, SUBJECTS[0])) for number in (1, 2)]
    asked.append(copied(question(1, "trees", "technical")))
    first, second, third = (one.question for one in asked)
    found = scores_by_subject(
        asked,
        [
            assessed(first, 4.0, minute=2),
            assessed(first, 1.0, minute=1),
            assessed(second, 2.0),
            assessed(third, None),
            assessed("Another question?", 5.0),
        ],
    )
    assert found == {SUBJECTS[0]: 3.0}


def test_the_weak_come_before_the_new_and_those_before_the_strong() -> None:
    scores = {"a": 4.0, "b": 2.5, "c": 1.5, "d": 3.2}
    assert sorted([*scores, "new"], key=lambda name: standing(scores, name)) == ["c", "b", "new", "d", "a"]


def test_the_weakest_principle_is_one_of_the_bank() -> None:
    assert (
        weakest_principle(small_bank(), {SUBJECTS[1]: 2.0, "trees": 1.0, "Frugality": 1.0}, 1) == SUBJECTS[1]
    )
    assert {weakest_principle(small_bank(), {}, seed) for seed in range(20)} == set(SUBJECTS)


def test_a_coding_question_brings_examples_and_nothing_hidden() -> None:
    bank = load_questions(DATA / "corpus" / "questions").questions
    for one in (q for q in bank if isinstance(q, CodingQuestion)):
        event = copied(one)
        assert event.question.endswith(one.task)
        assert 1 <= len(event.facts) <= 2
        assert f"{one.function}(" in event.facts[0]
        told = " ".join((event.question, *event.facts))
        shown = {(case.input, case.output) for case in one.examples}
        for case in one.hidden:
            assert (case.input, case.output) in shown or f"{case.input} gives" not in told
        assert one.solution not in told
