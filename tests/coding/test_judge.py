"""What is said of an attempt, where it points, and what is asked next."""

import pytest

from coach.coding.attempt import Attempt, CodeJudgment
from coach.coding.judge import judge
from coach.coding.show import attempt_markdown, judgment_markdown, result_markdown
from coach.feedback.assessor import Assessor
from coach.feedback.feedback import Asked, Feedback, KeyPoint
from tests.coding.solutions import first
from tests.coding.tasks import CODING, body, run_all, task
from tests.coding.test_bank import RIGHT

AUC = CODING["coding-roc-auc-01"]
PAIRS = first.WRONG[1].code
EXPLAINED = (
    "I compare every positive with every negative, which is linear. "
    "A tied pair should count one half of a point, since the order of the two is not decided."
)


class Points:
    """Says that the first key point is made in the second sentence, and the rest not."""

    def assess(self, asked: Asked, answer: str) -> Feedback:
        assert asked.kind == "coding"
        points = [
            KeyPoint(
                point=point, verdict="hit" if place == 0 else "miss", sentences=(1,) if place == 0 else ()
            )
            for place, point in enumerate(asked.key_points)
        ]
        return Feedback(question=asked.question, kind="coding", graded=True, key_points=tuple(points))


def attempt_of(code: str, explanation: str = "") -> Attempt:
    return Attempt(question_id=AUC.id, code=code, explanation=explanation, result=run_all(code, AUC))


@pytest.fixture(scope="module")
def pairs() -> tuple[Attempt, CodeJudgment]:
    attempt = attempt_of(PAIRS, EXPLAINED)
    return attempt, judge(AUC, attempt, Points())


def test_a_slow_and_wrong_answer(pairs: tuple[Attempt, CodeJudgment]) -> None:
    _, judgment = pairs
    assert any("hidden case" in remark.text and remark.cases for remark in judgment.about("result"))
    assert judgment.growth is not None
    assert judgment.growth.words == "quadratic"
    slow = judgment.about("complexity")
    assert [remark.tone for remark in slow] == ["bad", "bad", "bad"]
    assert all(remark.lines for remark in slow)
    assert slow[-1].sentences == (0,)
    assert "linear" in slow[-1].text
    assert [remark.sentences for remark in judgment.about("explanation") if remark.tone == "good"] == [(1,)]
    assert [point.verdict for point in judgment.key_points] == ["hit", "miss", "miss", "miss", "miss"]


def test_every_statement_points_somewhere_unless_something_is_missing(
    pairs: tuple[Attempt, CodeJudgment],
) -> None:
    attempt, judgment = pairs
    last = len(attempt.code.splitlines())
    for remark in judgment.remarks:
        assert remark.lines or remark.sentences or remark.cases or remark.text.startswith(("Not said", "No "))
        assert all(1 <= line <= last for line in remark.lines)


def test_what_is_asked_next_is_about_this_answer(pairs: tuple[Attempt, CodeJudgment]) -> None:
    _, judgment = pairs
    assert [one.aspect for one in judgment.next_questions] == ["result", "complexity", "tests"]
    assert "equal values" in judgment.next_questions[0].question


def test_a_good_answer_is_praised_and_probed() -> None:
    code = first.RIGHT[AUC.id] + "\n\nassert roc_auc([1], [0.5]) is None\n"
    judgment = judge(AUC, attempt_of(code, "Sorting decides, so it takes O(n log n) time, and linear space."))
    assert [remark.tone for remark in judgment.about("result")] == ["good"]
    assert judgment.about("tests")[0].tone == "good"
    assert judgment.about("complexity")[-1].tone == "good"
    assert [one.question for one in judgment.next_questions] == list(AUC.probes[:2])
    assert not any(remark.tone == "bad" for remark in judgment.remarks)


@pytest.mark.parametrize("name", sorted(CODING))
def test_two_or_three_questions_for_every_right_answer_and_no_key_point_in_them(name: str) -> None:
    question = CODING[name]
    code = RIGHT[name]
    judgment = judge(question, Attempt(question_id=name, code=code))
    asked = [one.question for one in judgment.next_questions]
    assert 2 <= len(asked) <= 3
    assert len(set(asked)) == len(asked)
    assert not any(point.lower() in one.lower() for point in question.key_points for one in asked)
    assert not any(remark.tone == "bad" for remark in judgment.about("complexity"))


def test_an_exception_is_told_once_with_its_line() -> None:
    question = task(examples=[("([1],)", "1"), ("([2],)", "2")])
    code = body("return values + 1")
    judgment = judge(question, Attempt(question_id=question.id, code=code, result=run_all(code, question)))
    raised = [remark for remark in judgment.about("result") if "exception" in remark.text]
    assert [(remark.lines, remark.cases) for remark in raised] == [((2,), (1,))]


def test_code_that_can_not_be_parsed_is_judged_by_its_run_alone() -> None:
    question = task()
    judgment = judge(
        question, Attempt(question_id=question.id, code="def total(", result=run_all("def total(", question))
    )
    assert judgment.growth is None
    assert len(judgment.about("approach")) == 1
    assert judgment.about("style") == ()
    assert 2 <= len(judgment.next_questions) <= 3


def test_attempt_and_judgment_go_through_json(pairs: tuple[Attempt, CodeJudgment]) -> None:
    attempt, judgment = pairs
    assert Attempt.model_validate_json(attempt.model_dump_json()) == attempt
    assert CodeJudgment.model_validate_json(judgment.model_dump_json()) == judgment


def test_markdown_has_all_parts_and_hides_hidden_inputs(pairs: tuple[Attempt, CodeJudgment]) -> None:
    attempt, judgment = pairs
    text = attempt_markdown(attempt, judgment)
    titles = [line for line in text.splitlines() if line.startswith("###")]
    assert titles == [
        "### Code", "### Explanation", "### Cases", "#### Result", "#### Approach", "#### Complexity", "#### Tests",
        "#### Style", "#### Explanation", "#### What a bar raiser would ask next",
    ]  # fmt: skip
    assert attempt.result is not None
    assert "cases passed" in result_markdown(attempt.result)
    assert not any(case.input in text for case in AUC.hidden)


def test_nothing_of_the_candidate_s_is_taken_for_markup() -> None:
    code = "# ```\n" + body("raise ValueError('<b>*x*</b>')")
    question = task()
    attempt = Attempt(
        question_id=question.id, code=code, explanation="<i>so</i>\n# big", result=run_all(code, question)
    )
    text = attempt_markdown(attempt, judge(question, attempt))
    assert text.splitlines()[2] == "````python"
    outside = text.split("````")[2]
    assert "<b>" not in outside.replace("\\<b", "")
    assert "> \\# big" in outside


def test_the_real_assessor_judges_the_explanation(assessor: Assessor) -> None:
    said = (
        "I sort all the rows by their score and work with ranks, so it takes n log n time. "
        "Rows with the same score share the average of their ranks. "
        "If there is no positive or no negative the value is undefined, and I return None."
    )
    judgment = judge(AUC, Attempt(question_id=AUC.id, code=AUC.solution, explanation=said), assessor)
    assert judgment.explained is not None
    assert judgment.explained.graded
    verdicts = [point.verdict for point in judgment.key_points]
    assert verdicts.count("hit") + verdicts.count("partial") >= 2
    assert any(remark.sentences for remark in judgment.about("explanation"))
    assert "#### Explanation" in judgment_markdown(judgment)


@pytest.mark.parametrize(
    ("said", "tone"),
    [
        ("It takes O(n) time.", "bad"),
        ("It takes O(n log n) time.", "good"),
        ("It takes O(n^2) time.", "bad"),
        ("It takes O(n log n) time and O(n) memory.", "good"),
    ],
)
def test_a_claim_is_held_against_the_code(said: str, tone: str) -> None:
    judgment = judge(AUC, Attempt(question_id=AUC.id, code=AUC.solution, explanation=said))
    assert [remark.tone for remark in judgment.about("complexity") if remark.sentences] == [tone]


def test_numpy_is_not_held_against_a_plain_loop() -> None:
    question = CODING["coding-logistic-regression-training-01"]
    plain = judge(question, Attempt(question_id=question.id, code=RIGHT[question.id]))
    assert not any(remark.tone == "bad" for remark in plain.about("complexity"))
