"""What an interview holds as evidence: its questions with the last feedback on each, and what came of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from coach.feedback.feedback import Feedback
from coach.feedback.sentences import split_sentences
from coach.feedback.words import telling
from coach.interview.debrief.model import Reused, Tally
from coach.interview.debrief.weighing import Score, Weight, weigh

if TYPE_CHECKING:  # the state of an interview tells its mean by what stands here
    from coach.interview.session import InterviewState, Turn

_LOWEST = 1.0  # of 5: what somebody who has nothing to tell has shown
_SAME_STORY = 0.6  # of the shorter story's telling words, when two are the same one
_SHORTEST_STORY = 12  # telling words; shorter ones are alike by chance
_SAME_SENTENCES = 0.5


@dataclass(frozen=True)
class Thread:
    """A question of the bank with its follow-ups: the number of its turn, and of the last one answered.

    `feedback` is the last one that was graded, else the last; it is about the story up to turn number `told_to`.
    `story` is the same number for threads that tell the same story.
    """

    turn: int
    root: Turn
    turns: tuple[int, ...]
    told_to: int | None
    feedback: Feedback | None
    story: int

    @property
    def graded(self) -> bool:
        """Whether it says something about the candidate: a judged answer, or none to give."""
        return self.root.passed or (self.feedback is not None and self.feedback.graded)

    @property
    def score(self) -> Score | None:
        """The overall score with its interval; the lowest where the candidate had nothing to tell."""
        if self.root.passed:
            return Score(_LOWEST, _LOWEST, _LOWEST)
        if self.feedback is None or self.feedback.overall is None:
            return None
        value = self.feedback.overall
        low, high = self.feedback.low, self.feedback.high
        return Score(value, value if low is None else low, value if high is None else high)


def threads_of(state: InterviewState, of: int | None = None) -> tuple[Thread, ...]:
    """Return the questions of round number `of` (from 0), or with None all of them, in order."""
    numbers = [n for n, turn in enumerate(state.turns) if turn.question_id and of in (None, turn.round)]
    found: list[Thread] = []
    stories: list[_Told] = []  # "" for other kinds: two designs may share their words
    for number in numbers:
        rest = state.turns[number + 1 :]
        length = next((n for n, turn in enumerate(rest) if turn.question_id), len(rest))
        turns = tuple(range(number, number + 1 + length))
        judged = [n for n in turns if state.turns[n].feedback is not None]
        graded = [n for n in judged if (made := state.turns[n].feedback) and made.graded]
        told_to = graded[-1] if graded else judged[-1] if judged else None
        feedback = None if told_to is None else state.turns[told_to].feedback
        behavioral = state.turns[number].kind == "behavioral"
        told = _Told("\n\n".join(answer for n in turns if behavioral and (answer := state.turns[n].answer)))
        story = next((n for n, other in enumerate(stories) if told.same(other)), len(found))
        stories.append(told)
        found.append(Thread(number, state.turns[number], turns, told_to, feedback, story))
    return tuple(found)


@dataclass(frozen=True)
class _Told:
    """A text that is compared with many others, and read only once for that."""

    text: str

    @cached_property
    def words(self) -> set[str]:
        return telling(self.text)

    @cached_property
    def sentences(self) -> set[str]:
        return {sentence.text.casefold() for sentence in split_sentences(self.text)}

    def same(self, other: _Told) -> bool:
        """Whether both tell one story: most of their words that mean something are the same, or whole sentences."""
        fewest = min(len(self.words), len(other.words))
        if fewest < _SHORTEST_STORY:
            return False
        if len(self.words & other.words) >= _SAME_STORY * fewest:
            return True
        shorter = min(len(self.sentences), len(other.sentences))
        return len(self.sentences & other.sentences) >= _SAME_SENTENCES * shorter


def weight_of(threads: Sequence[Thread]) -> Weight | None:
    """Return what the questions come to as they were finally answered, each story once; None: nothing was judged."""
    return weigh([score for one in distinct(threads) if (score := one.score)])


def distinct(threads: Sequence[Thread]) -> tuple[Thread, ...]:
    """Return the threads that say something, each story once, as it was told best."""
    best: dict[tuple[str, int], Thread] = {}
    for thread in threads:
        if not thread.graded or (score := thread.score) is None:
            continue
        # Having nothing to tell is no story that could be told again.
        key = ("passed", thread.turn) if thread.root.passed else ("told", thread.story)
        held = best.get(key)
        if held is None or held.score is None or score.value > held.score.value:
            best[key] = thread
    return tuple(sorted(best.values(), key=lambda thread: thread.turn))


def reused(threads: Sequence[Thread]) -> tuple[Reused, ...]:
    """Return the stories that were told for more than one behavioral question."""
    told: dict[int, list[Thread]] = {}
    for thread in threads:
        if thread.root.kind == "behavioral" and thread.root.answer is not None:
            told.setdefault(thread.story, []).append(thread)
    return tuple(
        Reused(
            turns=tuple(one.turn for one in same),
            principles=tuple(dict.fromkeys(one.root.principle for one in same if one.root.principle)),
        )
        for same in told.values()
        if len(same) > 1
    )


def tally_of(state: InterviewState, threads: Sequence[Thread], of: int | None = None) -> Tally:
    """Count what came of the questions."""
    planned = None
    if state.plan is not None:
        planned = sum(one.questions for n, one in enumerate(state.plan.rounds) if of in (None, n))
    open_ones = [one for one in threads if one.root.waiting]
    late = {one.number for one in state.rounds if one.why == "out of time"}
    timed_out = sum(one.root.round in late for one in open_ones)
    everything = [state.turns[n] for one in threads for n in one.turns]
    answered = [one for one in threads if one.root.answer is not None]
    return Tally(
        planned=planned,
        asked=len(threads),
        answered=len(answered),
        graded=sum(one.feedback is not None and one.feedback.graded for one in answered),
        not_graded=sum(one.feedback is not None and not one.feedback.graded for one in answered),
        not_assessed=sum(one.feedback is None for one in answered),
        passed=sum(one.root.passed for one in threads),
        skipped=sum(one.root.skipped and not one.root.passed for one in threads),
        timed_out=timed_out,
        left=len(open_ones) - timed_out,
        follow_ups=sum(turn.follow_up_depth > 0 and turn.answer is not None for turn in everything),
        asides=dict(Counter(aside.what for turn in everything for aside in turn.asides)),
    )
