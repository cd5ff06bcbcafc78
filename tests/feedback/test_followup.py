import re

import pytest

from coach.feedback.aim import aims_at
from coach.feedback.faithful import added, given_by
from coach.feedback.feedback import Criterion, Feedback, FollowUp, Gap, TaggedSentence
from coach.feedback.followup import (
    NOTHING_YET,
    SoFar,
    next_follow_up,
    plain_follow_ups,
    said_already,
    weakest,
)
from coach.feedback.phrases import ABOUT, DEEPER
from coach.feedback.quoting import without_quotes
from coach.interview.session import MAX_DEPTH
from tests.feedback.builders import STRONG, tagged

SENTENCES = tagged(*STRONG[:4], ("R", "In the end the team was happier with the model."))
GAPS = (
    Gap(criterion="result", text="...", sentences=(4,)),
    Gap(criterion="situation", text="...", sentences=(0,)),
)


def feedback(
    sentences: tuple[TaggedSentence, ...] = SENTENCES, gaps: tuple[Gap, ...] = GAPS, **more: object
) -> Feedback:
    told = {"question": "q", "kind": "behavioral", "graded": True, "sentences": sentences, "gaps": gaps}
    plain = Feedback.model_validate(told | more)
    shown = plain_follow_ups(sentences, gaps, said_already(plain), plain.kind)
    return plain.model_copy(update={"follow_ups": shown})


def all_of(given: Feedback, so_far: SoFar = NOTHING_YET) -> list[FollowUp]:
    """Everything that could be asked one after the other, if no answer came."""
    found: list[FollowUp] = []
    while True:
        asked = SoFar(
            questions=(*so_far.questions, *(one.question for one in found)),
            aims=(*so_far.aims, *(one.criterion for one in found)),
            fresh_from=so_far.fresh_from,
        )
        one = next_follow_up(given, asked)
        if one is None:
            return found
        found.append(one)


def test_the_first_aims_at_the_first_gap_and_quotes_its_sentence() -> None:
    first = plain_follow_ups(SENTENCES, GAPS)[0]
    assert (first.criterion, first.sentences) == ("result", (4,))
    assert "“In the end the team was happier with the model”" in first.question


def test_every_one_quotes_this_answer_asks_one_thing_and_no_two_are_the_same() -> None:
    asked = plain_follow_ups(SENTENCES, GAPS)
    assert len({one.question for one in asked}) == len(asked) >= 6
    for one in asked:
        (quote,) = re.findall(r"“([^”]+)”", one.question)
        assert any(quote in SENTENCES[place].text for place in one.sentences)
        assert one.question.count("?") == 1


PHRASES = [(criterion, form) for forms in (ABOUT, DEEPER) for criterion in forms for form in forms[criterion]]


@pytest.mark.parametrize(("criterion", "form"), PHRASES)
def test_every_phrase_is_after_its_aim_and_adds_nothing(criterion: Criterion, form: str) -> None:
    question = form.replace("$q", "“I split the data by time”")
    assert aims_at(criterion, question)
    assert added(question, given_by("")) == ()
    assert question.count("?") == 1
    assert sum(one == form for _, one in PHRASES) == 1


def test_what_is_answered_already_is_not_probed() -> None:
    asked = plain_follow_ups(SENTENCES, (), answered=("measured", "reflection"))
    assert {one.criterion for one in asked} == {"ownership", "action", "result"}


def test_an_answer_without_gaps_is_probed_at_an_act_of_its_own() -> None:
    for one in plain_follow_ups(SENTENCES, ()):
        assert one.sentences in (((4,),) if one.criterion == "result" else ((2,), (3,)))


def test_nobody_asks_for_what_an_answer_without_gaps_has_told() -> None:
    parts = {"situation": 1.9, "task": 1.9, "action": 1.9, "result": 1.9}
    strong = feedback(gaps=(), components=parts, ownership=1.9, measured=True, reflection=True)
    asked = all_of(strong.model_copy(update={"follow_ups": ()}))
    assert {one.criterion for one in asked} == {"action", "ownership", "result"}
    told = {ABOUT[criterion][0].replace("$q", "“”") for criterion in ("action", "ownership", "result")}
    assert not told & {without_quotes(one.question) for one in asked[:MAX_DEPTH]}
    shown = plain_follow_ups(strong.sentences, (), said_already(strong), "behavioral", weakest(strong))
    assert not told & {without_quotes(one.question) for one in shown}


def test_a_strong_answer_is_probed_at_its_weakest_part() -> None:
    parts = {"situation": 1.9, "task": 1.4, "action": 1.8, "result": 2.0}
    strong = feedback(gaps=(), components=parts, ownership=1.6, measured=True, reflection=True)
    assert weakest(strong) == ("reflection", "measured", "task", "ownership", "action", "result")
    one = next_follow_up(strong.model_copy(update={"follow_ups": ()}), NOTHING_YET)
    assert one is not None
    assert one.criterion == "task"


def test_a_key_point_that_was_left_out_is_asked_for_at_the_heart_of_the_answer() -> None:
    gap = Gap(criterion="key_point", text="Not said: watch for drift", sentences=())
    asked = plain_follow_ups(SENTENCES, (gap,), kind="technical")
    assert asked
    assert {one.criterion for one in asked} == {"key_point"}
    assert all(one.sentences for one in asked)


def test_the_weakest_comes_first_then_the_next() -> None:
    aims: tuple[Criterion, ...] = ()
    for wanted in ("result", "situation"):
        one = next_follow_up(feedback(), SoFar(aims=aims))
        assert one is not None
        assert one.criterion == wanted
        aims += (one.criterion,)


def test_nothing_is_asked_twice_and_in_the_end_nothing_is_left() -> None:
    found = [one.question for one in all_of(feedback())]
    assert len({question.lower() for question in found}) == len(found) > 10
    upper = SoFar(questions=tuple(question.upper().replace("?", " ?") for question in found))
    assert next_follow_up(feedback(), upper) is None


def test_another_answer_in_the_session_hears_other_phrases() -> None:
    first = next_follow_up(feedback(), NOTHING_YET)
    assert first is not None
    other = tagged(("S", "At the bakery we lost bread."), ("R", "The bakery was calmer in the end."))
    gaps = (Gap(criterion="result", text="...", sentences=(1,)),)
    second = next_follow_up(feedback(other, gaps), SoFar(questions=(first.question,)))
    assert second is not None
    assert second.criterion == first.criterion
    assert without_quotes(second.question) != without_quotes(first.question)


def test_when_the_gaps_have_been_asked_about_what_was_just_said_is_dug_into() -> None:
    reply = ("A", "I asked the depot lead for the shift plan and compared it with the scanner log.")
    sentences = tagged(*STRONG, reply)
    so_far = SoFar(aims=("result", "situation"), fresh_from=sentences[-1].start)
    one = next_follow_up(feedback(sentences), so_far)
    assert one is not None
    assert (one.criterion, one.sentences) == ("action", (len(STRONG),))
    assert "I asked the depot lead for the shift plan" in one.question


@pytest.mark.parametrize("reply", ["I don't remember exactly.", "No idea.", "Fine."])
def test_a_reply_that_says_nothing_is_not_dug_into(reply: str) -> None:
    sentences = tagged(*STRONG, ("O", reply))
    so_far = SoFar(aims=("result", "situation"), fresh_from=sentences[-1].start)
    for one in all_of(feedback(sentences), so_far):
        assert len(STRONG) not in one.sentences


def test_a_question_of_the_model_comes_before_the_coachs_own() -> None:
    said = FollowUp(question="What did the cards do then?", criterion="result", sentences=(4,))
    worded = feedback()
    worded = worded.model_copy(update={"follow_ups": (said, *worded.follow_ups)})
    assert next_follow_up(worded, NOTHING_YET) == said
    after = next_follow_up(worded, SoFar(questions=(said.question,), aims=("result",)))
    assert after is not None
    assert after.criterion == "situation"


def test_what_the_answer_says_is_not_asked() -> None:
    sentences = tagged(("A", "I chose trees because the trees were cheap."), ("R", "It went well."))
    assert all("and why?" not in one.question for one in all_of(feedback(sentences, ())))
