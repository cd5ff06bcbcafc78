"""What our stories answer of some common questions: the files are whole, and say what they should."""

from coach.evals.answered import load_answered, load_common
from coach.evals.rated import load_practice


def test_every_judged_story_is_one_of_ours_and_every_question_is_there() -> None:
    stories, questions = {row.id for row in load_practice()}, {one.id for one in load_common()}
    answered = load_answered()
    assert len(answered) > 600
    assert answered.keys() <= stories
    for one in answered.values():
        assert {*one.yes, *one.partly} <= questions
        assert not {*one.yes} & {*one.partly}


def test_every_question_is_asked_in_three_ways_and_answered_by_some_story() -> None:
    questions = load_common()
    assert all(len({*one.wordings}) == 3 for one in questions)
    wordings = [wording for one in questions for wording in one.wordings]
    assert len({*wordings}) == len(wordings)
    told = {name for one in load_answered().values() for name in one.yes}
    assert told == {one.id for one in questions}


def test_what_is_touched_is_neither_answered_nor_not() -> None:
    one = next(one for one in load_answered().values() if one.yes and one.partly)
    other = next(name for name in (q.id for q in load_common()) if name not in {*one.yes, *one.partly})
    assert one.answers(one.yes[0]) == 1
    assert one.answers(one.partly[0]) is None
    assert one.answers(other) == 0
