"""The follow-ups suite on questions whose faults are known."""

import json
from pathlib import Path
from typing import Any

import pytest

from coach.errors import UsageError
from coach.evals.followups import DEPTH, Held, Session, Turn, Unrated, evaluate, followups
from coach.evals.rated import Rated, load_rated
from coach.evals.result import Context, Row, SuiteResult
from coach.feedback.feedback import Asked, Criterion, Feedback, FollowUp, TaggedSentence
from coach.feedback.followup import SoFar
from coach.feedback.quoting import quoted
from coach.feedback.sentences import split_sentences
from coach.settings import Settings

RATED = load_rated(None)
WEAK = next(
    rated for rated in RATED if rated.mean.numbers["result"] < 1 and rated.mean.numbers["overall"] <= 2
)


def turn(rated: Rated, question: str, criterion: Criterion = "result", **changed: Any) -> Turn:
    sentences = tuple(
        TaggedSentence(index=s.index, start=s.start, end=s.end, text=s.text, tag="A", confidence=0.9)
        for s in split_sentences(rated.answer)
    )
    found = FollowUp(question=question, criterion=criterion, sentences=(0,))
    plain = Turn(root=rated.id, depth=1, follow_up=found, story=rated.answer, sentences=sentences, earlier=())
    return plain.model_copy(update=changed)


def good(rated: Rated = WEAK) -> str:
    return f"After {quoted(rated.sentences[-1])}, what was different, and how could an outsider tell?"


def suite(*turns: Turn) -> SuiteResult:
    sessions = [Session(rated.id, (rated,)) for rated in RATED]
    held = [(one, Held(turns=tuple(t for t in turns if t.root == one.id))) for one in sessions]
    return evaluate(held, [], [], "none")


def row(result: SuiteResult, metric: str, subset: str = "own", system: str = "coach") -> Row:
    return next(
        one for one in result.rows if (one.metric, one.subset, one.system) == (metric, subset, system)
    )


def test_a_good_question_passes_every_check() -> None:
    result = suite(turn(WEAK, good()))
    assert {one.value for one in result.rows} == {1.0}
    assert row(result, "all of these").n == 1


@pytest.mark.parametrize(
    ("question", "criterion", "failed"),
    [
        ("What was different afterwards?", "result", "only here"),
        (good(), "measured", "asks for its aim"),
        (good() + " Why?", "result", "one question"),
        (good().replace("?", "."), "result", "one question"),
        (good().replace("outsider", "investor"), "result", "nothing invented"),
        (good().replace("what was different", "what was 40% different"), "result", "nothing invented"),
        (good().replace("After “", "After “once "), "result", "nothing invented"),
    ],
)
def test_a_bad_question_is_found_out(question: str, criterion: Criterion, failed: str) -> None:
    result = suite(turn(WEAK, question, criterion))
    assert row(result, failed).value == 0.0
    assert row(result, "all of these").value == 0.0


def test_what_the_raters_say_is_there_is_no_target() -> None:
    strong = next(one for one in RATED if one.mean.numbers["measured"] == 1 and one.mean.numbers["task"] <= 1)
    question = f"{quoted(strong.sentences[-1])}: how much was it, measured how, and compared with what?"
    result = suite(turn(strong, question, "measured"))
    assert row(result, "on target").value == 0.0
    assert row(result, "unanswered").value == 0.0


def test_a_question_that_comes_again_is_found_out() -> None:
    for earlier in (good(), good(RATED[5]), good().upper()):
        result = suite(turn(WEAK, good(), earlier=("Tell me about a time.", earlier)))
        assert row(result, "new in the session").value == 0.0


def test_a_thread_that_ends_early_is_counted() -> None:
    result = suite(turn(WEAK, good()), turn(WEAK, "", depth=2, follow_up=None))
    assert row(result, "three deep").value == 0.5
    assert result.unscored == {"nothing was left to ask": 1}
    assert row(result, "three deep", "depth 2").value == 0.0


def test_people_are_put_through_the_same_checks() -> None:
    unrated = [
        Unrated(
            "a", "Do you like it?", "I like the piano at home a lot.", ("Since when the piano?", "Why? How?")
        )
    ]
    held = [(Session(rated.id, (rated,)), Held(turns=())) for rated in RATED[:60]]
    held[0] = (held[0][0], Held(turns=(turn(RATED[0], good(RATED[0])),)))
    result = evaluate(held, [], unrated, "none")
    assert row(result, "one question", "unrated", "people").value == 0.5
    assert row(result, "one question", "unrated", "people").n == 2


class Coach:
    """Assesses nothing, and asks about the last sentence; `heard` is what it was told of each session."""

    def __init__(self) -> None:
        self.heard: list[tuple[Asked, SoFar]] = []

    def assess(self, asked: Asked, answer: str) -> Feedback:
        sentences = tuple(
            TaggedSentence(index=s.index, start=s.start, end=s.end, text=s.text, tag="A", confidence=0.9)
            for s in split_sentences(answer)
        )
        return Feedback(question=asked.question, kind="behavioral", graded=True, sentences=sentences)

    def advise(self, asked: Asked, assessed: Feedback, so_far: SoFar) -> Any:
        yield assessed

    def follow_up(self, asked: Asked, feedback: Feedback, so_far: SoFar) -> FollowUp | None:
        self.heard.append((asked, so_far))
        last = feedback.sentences[-1]
        return FollowUp(
            question=f"{quoted(last.text)}: and then?", criterion="result", sentences=(last.index,)
        )


def test_sessions_are_held_three_deep_with_what_was_asked_before(tmp_path: Path) -> None:
    coach: Any = Coach()
    row_of = {"id": "x", "question": "Why?", "answer": "I like the piano.", "follow_ups": ["Since when?"]}
    (tmp_path / "followups.jsonl").write_text(json.dumps(row_of) + "\n", encoding="utf-8")
    result = followups(Context(Settings(), "none", tmp_path, lambda: coach))
    assert result.facts["turns"] == DEPTH * len(RATED) + 1
    first = coach.heard[:DEPTH]
    assert [len(so_far.aims) for _, so_far in first] == [0, 1, 2]
    assert [bool(so_far.fresh_from) for _, so_far in first] == [False, True, True]
    assert first[1][0].given == ("result",)
    second_answer = coach.heard[DEPTH][1]
    assert second_answer.aims == ()
    assert set(second_answer.questions) >= {so_far.questions[-1] for _, so_far in first}
    assert coach.heard[3 * DEPTH][1].questions == (RATED[3].question,)


def test_a_public_line_that_is_none_says_where(tmp_path: Path) -> None:
    (tmp_path / "followups.jsonl").write_text('{"id": "x"}\n', encoding="utf-8")
    coach: Any = Coach()
    with pytest.raises(UsageError, match="line 1"):
        followups(Context(Settings(), "none", tmp_path, lambda: coach))
