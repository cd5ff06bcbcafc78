from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from coach.evals.dialogue import Held, Trial, hold
from coach.evals.personas import Persona, personas
from coach.feedback.feedback import Asked, Feedback, FollowUp
from coach.feedback.followup import SoFar
from coach.interview.interviews import Interviews
from coach.interview.store import Store, open_store
from coach.settings import Settings
from tests.interview.fakes import FakeJudge, small_bank

HONEST = Persona("honest", lambda turn, number: f"I answered number {number}.", gives=True)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", database_url=None)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = open_store(settings)
    yield store
    store.close()


class Nagging(FakeJudge):
    """Asks the same thing in the same words but one, and always for the same criterion."""

    def follow_up(self, asked: Asked, feedback: Feedback, so_far: SoFar) -> FollowUp | None:
        number = len(so_far.questions)
        question = f"You did it, so tell me in numbers by how much it fell after that {number}?"
        return FollowUp(question=question, criterion="measured", sentences=(0,))


class Varied(FakeJudge):
    """Asks for something else each time."""

    def follow_up(self, asked: Asked, feedback: Feedback, so_far: SoFar) -> FollowUp | None:
        wanted = (
            FollowUp(question="Who else was there that day?", criterion="situation", sentences=(0,)),
            FollowUp(question="By how much did sales grow?", criterion="measured", sentences=(0,)),
            FollowUp(question="Looking back, what would you change?", criterion="reflection", sentences=(0,)),
        )
        return next((one for one in wanted if one.question not in so_far.questions), None)


def held(store: Store, settings: Settings, judge: FakeJudge, persona: Persona = HONEST) -> dict[str, bool]:
    found: Held = hold(Interviews(store, small_bank(), judge), settings, Trial("t", persona, "behavioral", 2))
    return {check.name: check.holds for check in found.checks}


def test_a_good_interviewer_passes_every_check(store: Store, settings: Settings) -> None:
    checks = held(store, settings, Varied())
    assert checks == dict.fromkeys(checks, True)
    assert set(checks) == {
        "never repeats a question",
        "keeps to its caps",
        "gives feedback on every answer",
        "never asks for what was given",
        "closes properly",
        "can be resumed",
    }


def test_asking_again_for_what_was_given_is_found(store: Store, settings: Settings) -> None:
    checks = held(store, settings, Nagging())
    assert not checks["never asks for what was given"]
    assert not checks["never repeats a question"]


class Digging(FakeJudge):
    """Asks for numbers, and then about the numbers."""

    def follow_up(self, asked: Asked, feedback: Feedback, so_far: SoFar) -> FollowUp | None:
        wanted = (
            FollowUp(question="By how much did it fall?", criterion="measured", sentences=(0,)),
            FollowUp(
                question="You said “I answered number”. Who counted?", criterion="measured", sentences=(0,)
            ),
        )
        return next((one for one in wanted if one.question not in so_far.questions), None)


def test_digging_into_what_was_given_is_no_asking_again(store: Store, settings: Settings) -> None:
    assert held(store, settings, Digging())["never asks for what was given"]


def test_who_gives_nothing_may_be_asked_again(store: Store, settings: Settings) -> None:
    assert held(store, settings, Nagging(), replace(HONEST, gives=False))["never asks for what was given"]


def test_the_interview_is_gone_afterwards(store: Store, settings: Settings) -> None:
    held(store, settings, Varied())
    assert list(store.load_all()) == []


def test_the_candidates_differ_and_always_say_the_same(store: Store, settings: Settings) -> None:
    interviews = Interviews(store, small_bank(), Varied())
    turn = interviews.start("behavioral", seed=1).turns[0]
    said = [persona.says(turn, 0) for persona in personas()]
    assert said == [persona.says(turn, 0) for persona in personas()]
    assert len(set(said)) >= 7
    assert len(personas()) == 9
