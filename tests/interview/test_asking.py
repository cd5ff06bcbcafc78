from collections.abc import Sequence

import pytest

from coach.errors import IndexMissing
from coach.feedback.feedback import Asked, Mistake
from coach.interview.asking import asked_from, complete
from coach.interview.lookup import QuestionFinder
from coach.interview.questions import Correction, Question, QuestionBank
from coach.library.embedder import HashedWords
from coach.library.retrieval import Hit, Mode

from .fakes import question

KNOWN: Question = question(1, "trees", "technical", "mid").model_copy(
    update={
        "question": "How does a tree choose a split?",
        "also": (("in other words",), (), (), ()),
        "corrections": (
            Correction(mistake=2, point=4, right="Not all."),
            Correction(mistake=1, point=1, right="Some."),
        ),
    }
)
FINDER = QuestionFinder(QuestionBank((KNOWN,)), HashedWords())
STRANGE = Asked(question="What does a bagging ensemble average out?", kind="technical")


class Shelf:
    """A library of one passage, or of none."""

    def __init__(self, text: str | None = None) -> None:
        self._text = text
        self.asked: list[str] = []

    def search(self, query: str, top: int = 5, mode: Mode = "fused") -> Sequence[Hit]:
        self.asked.append(query)
        if self._text is None:
            raise IndexMissing("Nothing has been ingested yet.")
        return [
            Hit(
                rank=1,
                score=1.0,
                cosine=0.9,
                source="corpus/guides/a.md",
                heading="Ensembles > Bagging",
                title="T",
                text=self._text,
                start=0,
                end=len(self._text),
                passage_id="p",
            )
        ]


def test_all_that_the_bank_knows_comes_with_its_question() -> None:
    found = complete(Asked(question="how does a tree choose a split", kind="technical"), FINDER, Shelf())
    assert found.question == "how does a tree choose a split"
    assert found.key_points == KNOWN.key_points
    assert found.also == KNOWN.also
    assert found.passages == (("corpus/guides/a.md", "A"),)
    assert (found.meant, found.drawn) == (KNOWN.question, False)


def test_corrections_are_counted_from_one_in_the_bank_and_from_zero_here() -> None:
    assert asked_from(KNOWN, STRANGE).mistakes == (
        Mistake(said="all", right="Not all.", point=3),
        Mistake(said="none", right="Some.", point=0),
    )


def test_what_was_known_of_the_question_stays() -> None:
    asked = Asked(question="x", kind="technical", given=("measured",))
    assert asked_from(KNOWN, asked).model_dump(include={"question", "kind", "given"}) == asked.model_dump(
        include={"question", "kind", "given"}
    )


@pytest.mark.parametrize(
    "asked",
    [
        Asked(question=KNOWN.question, kind="behavioral"),
        Asked(question=KNOWN.question, kind="technical", passages=(("b.md", "B"),)),
        Asked(question=KNOWN.question, kind="technical", key_points=("my own", "two")),
    ],
)
def test_what_is_told_or_complete_is_left_as_it_is(asked: Asked) -> None:
    shelf = Shelf("Nobody should look here for anything at all.")
    assert complete(asked, FINDER, shelf) is asked
    assert shelf.asked == []


def test_key_points_of_the_bank_bring_the_rest_whatever_the_question_is_called() -> None:
    asked = Asked(question="Task\n\ndef f()", kind="coding", key_points=KNOWN.key_points)
    found = complete(asked, FINDER, Shelf())
    assert (found.question, found.kind) == (asked.question, "coding")
    assert len(found.mistakes) == 2
    assert found.meant == KNOWN.question


def test_what_the_bank_does_not_have_is_drawn_from_the_library() -> None:
    first = "A bagging ensemble does average out the variance of its trees."
    second = "What a bagging ensemble cannot average out is the shared bias."
    shelf = Shelf(f"{first} {second}")
    found = complete(STRANGE, FINDER, shelf)
    assert shelf.asked == [STRANGE.question]
    assert set(found.key_points) == {first, second}
    assert found.passages == (("corpus/guides/a.md", "Bagging"),)
    assert (found.meant, found.drawn) == (None, True)


def test_without_a_library_there_are_no_key_points() -> None:
    shelf = Shelf()
    assert complete(STRANGE, FINDER, shelf) == STRANGE
    assert shelf.asked == [STRANGE.question]
