"""From a question, in whatever words, to what the assessor needs to know of it."""

from coach.errors import LibraryError
from coach.feedback.explaining import draw_points
from coach.feedback.feedback import Asked, Mistake
from coach.interview.lookup import QuestionFinder
from coach.interview.questions import Question
from coach.library.ask import Searcher


def complete(asked: Asked, finder: QuestionFinder, library: Searcher) -> Asked:
    """Return the question with its key points, mistakes and passages, where they are not there yet.

    They are those of the bank's question that is meant; of one that the bank does not have, sentences of the
    library's passages. Without either, it comes back as it is.

    Raises:
        ModelMissing: the embedder's files are not on this machine.
    """
    if asked.kind == "behavioral" or asked.passages:
        return asked
    known = (
        finder.with_points(asked.key_points) if asked.key_points else finder.find(asked.question, asked.kind)
    )
    if known is not None:
        return asked_from(known, asked)
    if asked.key_points:
        return asked
    try:
        return draw_points(library, finder.embedder, asked)
    except LibraryError:
        return asked  # nothing is ingested: the assessor says that there are no key points


def asked_from(known: Question, asked: Asked) -> Asked:
    """Return what was asked with all that the bank knows of it."""
    mistakes = tuple(
        Mistake(said=known.mistakes[one.mistake - 1], right=one.right, point=one.point - 1)
        for one in known.corrections
    )
    return asked.model_copy(
        update={
            "key_points": known.key_points,
            "also": known.also,
            "mistakes": mistakes,
            "passages": tuple((passage.source, passage.heading) for passage in known.passages),
            "meant": known.question,
        }
    )
