from collections import Counter
from pathlib import Path

from coach.coach import Coach
from coach.evals.abstention import ABSTAINS, ANSWERS, ANSWERS_HARD, evaluate, load_questions
from coach.evals.result import Context
from coach.library.reply import Reply
from coach.settings import Settings


def no_coach() -> Coach:
    raise AssertionError("evaluating needs no coach")


def test_the_two_rates_stand_apart(tmp_path: Path) -> None:
    questions = load_questions()

    def silent(question: str) -> Reply:
        return Reply(question=question, answer="It isn't here.", abstained=True, done=True)

    found = evaluate(Context(Settings(home=tmp_path), "none", None, no_coach), silent, questions)
    rows = {(row.metric, row.subset): row.value for row in found.rows}
    assert rows[ABSTAINS, "all"] == 1
    assert rows[ANSWERS, "all"] == 0
    assert rows[ABSTAINS, "near_ml"] == 1
    assert rows[ANSWERS_HARD, "hard"] == 0
    assert (ANSWERS, "hard") not in rows
    assert len(found.cases) == len(questions)
    assert {
        score for case in found.cases if not case.scores.get(f"coach {ABSTAINS}") for score in case.scores
    } == {
        f"coach {ANSWERS}",
        f"coach {ANSWERS_HARD}",
    }
    assert set(found.guarded) == {f"coach {ABSTAINS}", f"coach {ANSWERS}"}


def test_there_are_enough_questions_of_both_kinds() -> None:
    questions = load_questions()
    families = Counter((one.family, one.answerable) for one in questions)
    assert families["personal", False] >= 70
    assert families["about_me", True] >= 60
    assert sum(not one.answerable for one in questions) >= 100
    assert sum(one.answerable for one in questions) >= 60
    assert len({one.question for one in questions}) == len(questions)
