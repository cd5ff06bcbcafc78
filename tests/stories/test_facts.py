from collections.abc import Sequence

import pytest

from coach.errors import AnswerRefused, UsageError
from coach.feedback.advice import in_plain_words
from coach.feedback.assessor import Assessor
from coach.feedback.feedback import Asked, Criterion, Feedback
from coach.stories.facts import Wanted, completeness, finish, give, next_fact, revise
from coach.stories.shelf import Shelf
from coach.stories.story import Story

from .builders import draft, feedback

TEXT = "I cut latency. It was slow."
BLANKS: dict[str, Criterion] = {"by how much?": "measured", "when was it?": "situation"}


class Judge:
    """Gives its feedbacks one after the other, and keeps what it was asked."""

    def __init__(self, *given: Feedback) -> None:
        self.given = list(given)
        self.asked: list[tuple[Asked, str]] = []

    def __call__(self, asked: Asked, text: str) -> Feedback:
        self.asked.append((asked, text))
        return self.given.pop(0)


def saved(shelf: Shelf, gaps: Sequence[Criterion] = ()) -> Story:
    return shelf.save(draft(TEXT, feedback(TEXT, blanks=BLANKS, gaps=gaps)))


def test_blanks_come_first_and_then_gaps_without_one_each_once(shelf: Shelf) -> None:
    story = saved(shelf, gaps=("reflection", "measured", "relevance", "key_point"))
    assert completeness(story).wanted == (
        Wanted("measured", "by how much?"),
        Wanted("situation", "when was it?"),
        Wanted("reflection", "What about the reflection?"),
    )
    assert not completeness(story).complete


def test_facts_are_asked_one_by_one_and_make_a_new_version(shelf: Shelf) -> None:
    story = saved(shelf)
    for words in ("from 2 s to 40 ms", "in March [of 2024] or so"):
        wanted = next_fact(story)
        assert wanted is not None
        story = give(shelf, story, wanted, words)
    assert next_fact(story) is None
    assert not completeness(story).complete
    judge = Judge(feedback("New.", overall=4.5))
    done = finish(shelf, story, judge)
    asked, text = judge.asked[0]
    assert text == f"{TEXT} From 2 s to 40 ms. In March (of 2024) or so."
    assert asked.given == ("measured", "situation")
    assert (asked.question, asked.principle, asked.kind) == ("Why?", "Dive Deep", "behavioral")
    assert [one.overall for one in done.versions] == [3.0, 4.5]
    assert [(one.question, one.words) for one in done.facts] == [
        ("by how much?", "from 2 s to 40 ms"),
        ("when was it?", "in March [of 2024] or so"),
    ]
    assert completeness(done).complete
    assert shelf.get(done.id) == done


def test_nothing_is_asked_twice_even_if_the_new_feedback_lacks_it_again(shelf: Shelf) -> None:
    story = saved(shelf)
    story = give(shelf, story, Wanted("measured", "by how much?"), "a lot, I think")
    story = give(shelf, story, Wanted("situation", "when was it?"), "I don't remember")
    again = feedback(
        "New.", blanks={"by how much, then?": "measured", "and when?": "situation"}, gaps=("task",)
    )
    story = finish(shelf, story, Judge(again))
    assert completeness(story).wanted == (Wanted("task", "What about the task?"),)
    assert [one.criterion for one in completeness(story).open] == ["measured", "situation"]


def test_what_nobody_knew_may_be_given_later(shelf: Shelf) -> None:
    story = shelf.save(draft(TEXT, feedback(TEXT, blanks={"by how much?": "measured"})))
    wanted = next_fact(story)
    assert wanted is not None
    story = give(shelf, story, wanted, "")
    assert next_fact(story) is None
    assert completeness(story).open == (wanted,)
    with pytest.raises(UsageError, match="no new fact"):
        finish(shelf, story, Judge())
    story = give(shelf, story, wanted, "by 40%")
    story = finish(shelf, story, Judge(feedback("New.")))
    assert story.text == f"{TEXT} By 40%."
    assert completeness(story).complete


def test_a_fact_without_a_blank_stands_at_the_end(shelf: Shelf) -> None:
    story = shelf.save(draft(TEXT, feedback(TEXT, gaps=("reflection",))))
    wanted = next_fact(story)
    assert wanted is not None
    story = finish(shelf, give(shelf, story, wanted, "I measure first now"), Judge(feedback("New.")))
    assert story.text == f"{TEXT} I measure first now."


def test_some_facts_may_go_in_before_the_others(shelf: Shelf) -> None:
    story = give(shelf, saved(shelf), Wanted("measured", "by how much?"), "by 40%")
    story = finish(shelf, story, Judge(feedback("New.", blanks={"when, exactly?": "situation"})))
    assert story.text == f"{TEXT} By 40%."
    assert next_fact(story) == Wanted("situation", "when, exactly?")


def test_what_is_not_missing_can_not_be_given(shelf: Shelf) -> None:
    story = give(shelf, saved(shelf), Wanted("measured", "by how much?"), "by 40%")
    for wanted in (Wanted("measured", "by how much?"), Wanted("reflection", "what now?")):
        with pytest.raises(UsageError, match="does not lack"):
            give(shelf, story, wanted, "again")
    assert len(shelf.get(story.id).facts) == 1


def test_a_judge_that_fails_changes_nothing(shelf: Shelf) -> None:
    story = give(shelf, saved(shelf), Wanted("measured", "by how much?"), "by 40%")

    def refuse(asked: Asked, text: str) -> Feedback:
        raise AnswerRefused("too long")

    with pytest.raises(AnswerRefused):
        finish(shelf, story, refuse)
    assert shelf.get(story.id) == story


def test_a_story_that_nobody_judged_is_not_complete(shelf: Shelf) -> None:
    story = shelf.save(draft())
    assert next_fact(story) is None
    assert not completeness(story).complete
    assert not completeness(story).graded


def test_a_text_of_ones_own_is_a_version_too(shelf: Shelf) -> None:
    story = revise(
        shelf, saved(shelf), "I cut it by half.", Judge(feedback("I cut it by half.", overall=4.0))
    )
    assert story.text == "I cut it by half."
    assert story.latest.overall == 4.0
    with pytest.raises(UsageError, match="reads as before"):
        revise(shelf, story, " I cut it by half. ", Judge())


def test_with_the_real_assessor_a_thin_story_grows_until_nothing_is_missing(
    shelf: Shelf, assessor: Assessor
) -> None:
    def assess(asked: Asked, text: str) -> Feedback:
        return in_plain_words(asked, assessor.assess(asked, text))

    question = "Tell me about a time you found the cause of a hard problem."
    text = (
        "Our ranking service began to time out for some customers. I looked at the traces and sorted them by "
        "size, and I saw that every slow call carried many candidates. I rewrote the lookup as one batched read. "
        "After that the timeouts went away."
    )
    first = assess(Asked(question=question, principle="Dive Deep"), text)
    story = shelf.save(draft(text, first).model_copy(update={"question": question, "principle": "Dive Deep"}))
    words = {
        "situation": "this was in March 2024 at a parcel company with 2 million requests a day",
        "task": "I was on call and had to bring timeouts below 0.1% before the peak season in November",
        "measured": "timeouts fell from 2% to 0.04% of requests within one day",
        "result": "customers got their results again and the sales team withdrew its complaint",
        "reflection": "since then I sort by input before I sort by time",
        "action": "first I took two weeks of traces, then I replayed the slow ones, and last I rewrote the lookup",
        "ownership": "I did the tracing and the rewrite alone",
        "hypothetical": "this really happened in March 2024",
    }
    asked: list[str] = []
    while (wanted := next_fact(story)) is not None or completeness(story).pending:
        if wanted is None:
            story = finish(shelf, story, assess)
            continue
        asked.append(wanted.criterion)
        assert wanted.question.strip()
        story = give(shelf, story, wanted, words[wanted.criterion])
    assert "measured" in asked
    assert len(asked) == len(set(asked))
    assert len(story.versions) > 1
    for criterion in asked:
        assert words[criterion][1:] in story.text
    before, after = story.versions[0].overall, story.latest.overall
    assert before is not None
    assert after is not None
    assert after > before
