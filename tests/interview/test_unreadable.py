"""One interview that can't be read stops no other, and can still be saved as it lies, or deleted."""

import json

import pytest
import sqlalchemy as sa

from coach.errors import StoreError
from coach.interview.events import Answered
from coach.interview.interviews import Interviews
from coach.interview.store import Store
from coach.interview.tables import EVENTS
from coach.interview.unreadable import to_raw


def damage(store: Store, interview_id: str, seq: int = 1) -> None:
    here = (EVENTS.c.interview_id == interview_id, EVENTS.c.seq == seq)
    with store.database.work() as connection:
        payload = connection.scalar(sa.select(EVENTS.c.payload).where(*here))
        connection.execute(EVENTS.update().where(*here).values(payload=str(payload)[1:]))


def test_it_is_named_and_the_others_are_listed(interviews: Interviews, store: Store) -> None:
    first, damaged, unfitting, last = (interviews.start(seed=n) for n in range(4))
    damage(store, damaged.id)
    store.append(unfitting.id, 2, [Answered(answer="one"), Answered(answer="two")])
    states, unreadable = interviews.records.sorted_out()
    assert [one.id for one in states] == [last.id, first.id]
    assert interviews.list() == states
    assert [one.id for one in unreadable] == [unfitting.id, damaged.id]
    assert "don't fit together" in unreadable[0].why
    assert f"Interview {damaged.id} can't be read. An event in it is damaged" in unreadable[1].why
    assert unreadable[1].started_at.startswith(f"{damaged.started_at:%Y-%m-%d}")


def test_another_interview_can_be_started_and_answered(interviews: Interviews, store: Store) -> None:
    damaged = interviews.start()
    list(interviews.answer(damaged.id, "SECRET words"))
    damage(store, damaged.id)
    state = interviews.start()
    list(interviews.answer(state.id, "words"))
    assert interviews.next(state.id).current


def test_what_is_stored_of_it_is_saved_as_it_lies(interviews: Interviews, store: Store) -> None:
    state = interviews.start()
    list(interviews.answer(state.id, "SECRET größer"))
    damage(store, state.id)
    raw = json.loads(to_raw(state.id, store.raw(state.id)))
    assert raw["interview"] == state.id
    assert [row["seq"] for row in raw["rows"]] == list(range(len(raw["rows"])))
    assert json.loads(raw["rows"][2]["payload"])["answer"] == "SECRET größer"
    with pytest.raises(ValueError, match="Extra data"):
        json.loads(raw["rows"][1]["payload"])
    with pytest.raises(StoreError, match="no interview 'nope'"):
        store.raw("nope")


def test_it_can_be_deleted(interviews: Interviews, store: Store) -> None:
    state = interviews.start()
    damage(store, state.id)
    interviews.delete(state.id)
    assert interviews.records.sorted_out() == ((), ())
