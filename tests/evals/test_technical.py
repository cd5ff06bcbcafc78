"""The numbers of the technical suite by hand, and what it asks of a coach that a test has made up."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from coach.coach import Coach
from coach.evals.graded import FILE
from coach.evals.result import Context, Row, SuiteResult
from coach.evals.technical import PADDING, evaluate, technical
from coach.evals.technical_cases import Found, Judged, Level, TechnicalCase, Wording, load_technical
from coach.evals.technical_rows import OWN, PUBLIC
from coach.feedback.feedback import Asked, Citation, Feedback, Gap, KeyPoint, Verdict
from coach.interview.lookup import QuestionFinder
from coach.interview.questions import load_questions
from coach.library.embedder import HashedWords
from coach.settings import DATA, load_settings

Pair = tuple[TechnicalCase, Judged]
ASKED = Asked(question="How does a tree split?", kind="technical")


def feedback(overall: float | None, *said: Verdict, width: float = 0.5, **changes: Any) -> Feedback:
    fields: dict[str, Any] = {
        "question": ASKED.question,
        "kind": "technical",
        "graded": overall is not None,
        "overall": overall,
        "low": None if overall is None else overall - width,
        "high": None if overall is None else overall + width,
        "key_points": tuple(
            KeyPoint(point=f"p{n}.", verdict=one, sentences=(), right=f"r{n}." if one == "wrong" else None)
            for n, one in enumerate(said)
        ),
    }
    return Feedback(**fields | changes)


def own(name: str, overall: float, level: Level, wanted: str = "", said: str = "", words: int = 3) -> Pair:
    """Verdicts are given by their first letters."""
    short: dict[str, Verdict] = {"h": "hit", "p": "partial", "m": "miss", "w": "wrong"}
    case = TechnicalCase(
        name, name, ASKED, "word " * words, tuple(short[one] for one in wanted or "hmw"), level
    )
    verdicts = [short[one] for one in said or wanted or "hmw"]
    gaps = (Gap(criterion="key_point", text="Not right.", sentences=()),) if "wrong" in verdicts else ()
    return case, Judged(feedback=feedback(overall, *verdicts, gaps=gaps))


def graded(number: int, overall: float, grade: float, words: int = 5, width: float = 0.5) -> Pair:
    case = TechnicalCase(f"g{number}", f"s{number}", ASKED, "word " * words, grade=grade)
    return case, Judged(feedback=feedback(overall, width=width))


LEVELS = [own("strong", 4.5, "strong"), own("fair", 3.0, "middling"), own("weak", 1.5, "weak")]


def row(result: SuiteResult, metric: str, system: str = "coach", subset: str = OWN) -> Row:
    (found,) = [
        one for one in result.rows if (one.metric, one.system, one.subset) == (metric, system, subset)
    ]
    return found


def has(result: SuiteResult, metric: str) -> bool:
    return any(one.metric == metric for one in result.rows)


def test_verdicts_that_agree_are_all_there_is() -> None:
    result = evaluate("none", LEVELS, [], [])
    for metric in ("verdict kappa", "verdict agreement", "wrong F1", "wrong kappa"):
        assert row(result, metric).value == pytest.approx(1.0)
    assert row(result, "verdict agreement").n == 9


def test_other_verdicts_cost_agreement_and_a_mistake_is_a_miss_to_the_kappa() -> None:
    judged = [own("a", 3.0, "strong", "hhmw", "hpmm"), own("b", 2.0, "weak", "mmhh", "mmhh")]
    result = evaluate("none", judged, [], [])
    assert row(result, "verdict agreement").value == pytest.approx(6 / 8)
    # Ranks 2 2 0 0 0 0 2 2 against 2 1 0 0 0 0 2 2: one of 8 is off by 1. Of the 64 pairs that chance would make,
    # 4 x 4 and 4 x 3 are off by 2, which counts 4, and 4 x 1 and 4 x 1 by 1.
    assert row(result, "verdict kappa").value == pytest.approx(1 - (1 / 8) / ((16 * 4 + 12 * 4 + 8) / 64))
    assert row(result, "wrong F1").value == 0.0


def test_a_mistake_counts_as_corrected_when_what_is_right_comes_with_a_section_that_is_cited() -> None:
    cited = (Citation(source="a.md", heading="Top > Trees", quote="q"),)
    texts = [
        "Not so: r0. See “Trees” in a.md.",
        "Not so: r0. See “Trees” in b.md.",
        "Not so: x. See “Trees” in a.md.",
    ]
    judged = []
    for number, text in enumerate(texts):
        gaps = (Gap(criterion="key_point", text=text, sentences=()),)
        case = TechnicalCase(f"c{number}", "c", ASKED, "word", ("wrong",), "weak")
        judged.append((case, Judged(feedback=feedback(2.0, "wrong", gaps=gaps, citations=cited))))
    found = row(
        evaluate("none", [*judged, own("d", 4.0, "strong", "hh")], [], []), "mistake corrected and cited"
    )
    assert found.n == 3
    assert found.value == pytest.approx(1 / 3)
    assert not has(evaluate("none", [own("d", 4.0, "strong", "hm")], [], []), "mistake corrected and cited")


def test_levels_are_ranked_beside_what_length_would_give() -> None:
    judged = [own(str(n), score, level, words=10 - n) for n, (score, level) in enumerate(
        cast("list[tuple[float, Level]]", [(1.0, "wrong"), (1.0, "weak"), (3.0, "middling"), (4.0, "strong")])
    )]  # fmt: skip
    result = evaluate("none", judged, [], [])
    assert row(result, "level rho").value == pytest.approx(1.0)
    assert row(result, "level rho", "word count").value < -0.9


def others(shift: float = 0.0, width: float = 0.5) -> list[Pair]:
    return [graded(n, grade + shift, grade, 5 + n % 4, width) for n, grade in enumerate([1.0, 3.0, 5.0] * 8)]


def test_grades_are_compared_with_their_bias_and_the_interval() -> None:
    result = evaluate("none", [*LEVELS, *others(shift=0.75)], [], [])
    assert row(result, "rho", subset=PUBLIC).value == pytest.approx(1.0)
    assert row(result, "qwk", subset=PUBLIC).value == pytest.approx(1.0)
    assert row(result, "bias", subset=PUBLIC).value == pytest.approx(0.75)
    assert row(result, "80% interval covers", subset=PUBLIC).value == 0.0
    wider = evaluate("none", [*LEVELS, *others(shift=0.75, width=1.0)], [], [])
    assert row(wider, "80% interval covers", subset=PUBLIC).value == 1.0
    assert row(wider, "qwk", "word count", PUBLIC).value < 0.5
    off = evaluate("none", [*LEVELS, *others(shift=1.25)], [], [])
    assert row(off, "qwk", subset=PUBLIC).value < 0.8


def test_without_graded_answers_nothing_is_said_of_people() -> None:
    result = evaluate("none", LEVELS, [], [])
    assert {one.subset for one in result.rows} == {OWN}
    assert result.plots == ()
    assert result.facts["graded answers"] == 0


@pytest.mark.parametrize("turn", [1, -1])
def test_length_at_equal_grade_is_seen_whatever_the_order_of_the_answers(turn: int) -> None:
    long = [graded(n, grade + 0.01 * (n // 3), grade, 5 + n) for n, grade in enumerate([1.0, 3.0, 5.0] * 8)]
    lifted = evaluate("none", [*LEVELS, *long[::turn]], [], [])
    assert row(lifted, "length lift: rho with words at equal grade", subset=PUBLIC).value > 0.95
    # All are long or short alike and scored alike, so people's grades can't have gone by length.
    draw = [graded(n, 3.0, grade, 5 + n) for n, grade in enumerate([3.0] * 23 + [1.0])]
    left = evaluate("none", [*LEVELS, *draw[::turn]], [], [])
    assert row(left, "length left: rho with words at equal score", "people", PUBLIC).value == pytest.approx(
        -0.346, abs=0.01
    )


def test_the_lift_is_what_padding_and_repetition_add() -> None:
    (case, plain), *rest = LEVELS
    changed = Judged(feedback=plain.feedback, padded=5.0, repeated=4.25)
    result = evaluate("none", [(case, changed), *rest], [], [])
    assert (row(result, "lift when padded").value, row(result, "lift when padded").n) == (0.5, 1)
    assert row(result, "lift when repeated").value == -0.25
    (shown,) = [one for one in result.cases if "unmoved by padding" in one.scores]
    assert (shown.id, shown.scores["unmoved by padding"]) == ("strong", 1 - 0.5 / 4)
    assert not has(evaluate("none", LEVELS, [], []), "lift when padded")


def test_a_repeated_question_should_hit_nothing() -> None:
    echoed = [own("a", 1.0, "weak", "hm", "mp"), own("b", 1.0, "weak", "hm", "mh")]
    found = row(evaluate("none", LEVELS, echoed, []), "a hit for the question repeated")
    assert (found.value, found.n) == (0.5, 2)


def test_a_question_is_found_or_rightly_not() -> None:
    wordings = [
        Wording(id=f"w{n}", question="?", kind="technical", means=means) for n, means in enumerate("ab")
    ]
    none = Wording(id="w2", question="?", kind="technical", means=None)
    found = [(wordings[0], Found(id="a")), (wordings[1], Found(id=None)), (none, Found(id=None))]
    result = evaluate("none", LEVELS, [], [*found, (none.model_copy(update={"id": "w3"}), Found(id="a"))])
    assert row(result, "question found").value == 0.5
    scores = {
        one.id: one.scores["question found"] for one in result.cases if one.id != "weak" and one.id[0] == "w"
    }
    assert scores == {"w0": 1.0, "w1": 0.0, "w2": 1.0, "w3": 0.0}


def test_the_worst_case_comes_first_and_shows_what_was_said_instead() -> None:
    worst = own("worst", 2.0, "weak", "hmw", "mmw")
    result = evaluate("none", [*LEVELS, worst, graded(1, 4.0, 3.0), graded(2, 1.0, 1.0, words=9)], [], [])
    assert result.cases[0].id == "worst"
    assert result.cases[0].scores == {"verdicts": pytest.approx(2 / 3)}
    assert result.cases[0].detail["other verdicts"] == "miss for hit: p0."
    (close,) = [one for one in result.cases if one.id == "g1"]
    assert close.scores == {"closeness": 0.75}
    assert close.cluster == "s1"
    assert close.detail["wanted"] == 3.0


def test_what_is_not_graded_is_counted_and_left_out_of_the_numbers() -> None:
    case, _ = own("short", 1.0, "weak")
    refused = Judged(feedback=feedback(None, why_not="too short"))
    result = evaluate("none", [*LEVELS, (case, refused)], [], [])
    assert result.unscored == {"answers: too short": 1}
    assert result.facts["own answers"] == 3
    (shown,) = [one for one in result.cases if one.id == "short"]
    assert (shown.scores, shown.detail["scored"]) == ({}, "not graded: too short")


class Invented:
    """A coach that says the same of every answer."""

    def __init__(self) -> None:
        self.bank = load_questions(DATA / "corpus" / "questions")
        self.finder = SimpleNamespace(find=self.find)
        self.answers: list[str] = []

    def find(self, text: str, kind: str) -> Any:
        return self.bank.by_text(text)

    def assess(self, asked: Asked, answer: str) -> Feedback:
        self.answers.append(answer)
        question = self.bank.by_text(asked.question)
        assert question is not None
        verdict: Verdict = "hit" if len(answer) % 3 else "miss"
        return feedback(3.0 + len(answer) % 2, *[verdict] * len(question.key_points))


def ran(coach: Invented, folder: Path, public: Path | None = None) -> SuiteResult:
    return technical(Context(load_settings(home=folder), "none", public, lambda: cast("Coach", coach)))


def test_our_own_answers_are_all_judged_as_they_are_padded_and_repeated(tmp_path: Path) -> None:
    coach = Invented()
    result = ran(coach, tmp_path, tmp_path)  # a folder without the file is no folder
    answers = [case.answer for case in load_technical(coach.bank)]
    for answer in answers:
        for form in (answer, f"{answer}\n\n{PADDING}", f"{answer}\n\n{answer}"):
            assert coach.answers.count(form) == 1
    assert len(coach.answers) == 4 * len(answers)  # and the question repeated
    assert row(result, "a hit for the question repeated").n == len(answers)
    named = {f"{one.system} {one.metric}" for one in result.rows}
    named |= {name for case in result.cases for name in case.scores}
    assert set(result.guarded) <= named
    assert result.facts["graded answers"] == 0


def test_of_the_graded_ones_every_fourth_is_changed_too(tmp_path: Path) -> None:
    coach = Invented()
    coach.finder = cast("Any", QuestionFinder(coach.bank, HashedWords()))
    question = next(one.question for one in coach.bank.questions if one.kind == "technical")
    rows: list[dict[str, Any]] = [
        {
            "id": f"g{n}",
            "student": f"s{n}",
            "question": question,
            "answer": f"Answer {n} {'x' * n}",
            "grade": n % 3,
        }
        for n in range(12)
    ]
    (tmp_path / FILE).write_text("\n".join(map(json.dumps, rows)))
    result = ran(coach, tmp_path, tmp_path)
    assert result.facts["graded answers"] == 12
    assert sum(PADDING in answer and answer.startswith("Answer ") for answer in coach.answers) == 3
    assert row(result, "lift when padded", subset=PUBLIC).n == 3
    (plot,) = result.plots
    assert [(point.x, point.y) for point in plot.series[0].points] == [
        (1.0 + 2 * (n % 3), 3.0 + len(one["answer"]) % 2) for n, one in enumerate(rows)
    ]
