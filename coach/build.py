"""Put the coach together from the settings. Nothing heavy is loaded here; the first use, or `warm_up`, does that."""

from coach.coach import Coach
from coach.errors import ModelError
from coach.feedback.assessor import load_assessor
from coach.feedback.encoding import Mpnet
from coach.interview.questions import QuestionBank, load_questions
from coach.interview.store import open_store
from coach.library.embedder import MiniLM
from coach.library.library import Library
from coach.models.catalog import find, path_of
from coach.models.chat import ChatModel
from coach.models.connect import connect, words_freely
from coach.prompts import load_prompts
from coach.settings import DATA, Settings

CORPUS = DATA / "corpus"


def build_embedder(settings: Settings) -> MiniLM:
    """The embedder of the library, not loaded yet."""
    return MiniLM(path_of(find(MiniLM.name), settings.models))


def build_library(settings: Settings) -> Library:
    """The library in the settings' home."""
    return Library(settings, build_embedder(settings))


def build_bank() -> QuestionBank:
    """The question bank that comes with the coach."""
    return load_questions(CORPUS / "questions")


def build_coach(settings: Settings, *, model_needed: bool = True) -> Coach:
    """Put everything together. A model that isn't needed and can't be had is a note in the coach's status.

    Raises:
        ModelError: there is no such model, or not on this machine.
        StoreError: the interviews can't be opened.
        PromptError, UsageError: a prompt or a question file can't be read.
    """
    embedder = build_embedder(settings)
    model, why_no_model = _model(settings, model_needed)
    return Coach(
        library=Library(settings, embedder),
        bank=build_bank(),
        assessor=load_assessor(embedder, Mpnet(path_of(find(Mpnet.name), settings.models))),
        prompts=load_prompts(DATA / "prompts"),
        model=model,
        words_freely=words_freely(settings.model),
        store=open_store(settings),
        why_no_model=why_no_model,
    )


def _model(settings: Settings, needed: bool) -> tuple[ChatModel | None, str]:
    try:
        return connect(settings.model, settings), ""
    except ModelError as error:
        if needed:
            raise
        return None, str(error)
