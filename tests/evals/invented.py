"""Rated answers without words: each tag lies along a direction of its own, with some noise, and what is rated
follows from the tags."""

import numpy as np

from coach.evals.examples import Learned, example
from coach.evals.rated import QUALITIES, Rated, Reading
from coach.evals.ways import Way
from coach.feedback.encoding import DIMENSION, LAYERS, Encoded
from coach.feedback.network import SCORED
from coach.feedback.rubric import TAGS

_SHOWN_BY = {
    "situation": "S",
    "task": "T",
    "action": "A",
    "result": "R",
    "measured": "R",
    "reflection": "L",
    "ownership": "A",
}
WORDS = "It fell by 14 percent."  # every sentence has a number, so that only its tag decides
PRINCIPLES = ("Dive Deep", "Ownership", "Think Big")


def rated(number: int, tags: str, principle: str | None = None) -> Rated:
    """An answer that is rated by which tags it has."""
    full = {name: 1.0 if _SHOWN_BY[name] in tags else 0.0 for name in SCORED if name in _SHOWN_BY} | {
        "relevance": 1.0,
        "hypothetical": 0.0,
    }
    ratings = {name: value * (1 if name in QUALITIES else 2) for name, value in full.items()}
    overall = 1.0 + 4.0 * len(set(tags) & set("STARL")) / 5
    return Rated(
        id=f"a{number}",
        source="own" if number % 2 else "practice",
        cluster=f"g{number // 2}",
        question=f"Question {number % 12}?",
        principle=principle,
        answer=" ".join([WORDS] * len(tags)),
        sentences=(WORDS,) * len(tags),
        mean=Reading(numbers=ratings | {"overall": overall}, tags=tags),
        raters=(),
    )


def rerated(row: Rated, **numbers: float) -> Rated:
    """The same answer with some other ratings."""
    mean = Reading(numbers=row.mean.numbers | numbers, tags=row.mean.tags)
    return row.model_copy(update={"mean": mean})


def encoded(row: Rated, chance: np.random.Generator, topic: int = 0) -> Encoded:
    """Its sentences: the direction of the tag, a little of the topic's, and noise."""
    directions = np.random.default_rng(1).normal(size=(len(TAGS), len(LAYERS), DIMENSION))
    topics = np.random.default_rng(2).normal(size=(9, len(LAYERS), DIMENSION))
    told = directions[[TAGS.index(tag) for tag in row.mean.tags]] + topics[topic]
    noise = chance.normal(size=(len(row.mean.tags) + 1, len(LAYERS), DIMENSION))
    vectors = np.concatenate([topics[topic][None], told]) + 0.5 * noise
    unit = (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)
    return Encoded(unit[0], unit[1:])


def answers(count: int, seed: int = 0) -> list[Learned]:
    """Many of them, each with a random half of the tags or more."""
    chance = np.random.default_rng(seed)
    out = []
    for number in range(count):
        kept = [tag for tag in "STARL" if chance.random() < 0.7] or ["A"]
        topic = number % len(PRINCIPLES)
        row = rated(number, "".join([*kept, "O"]), PRINCIPLES[topic])
        read = encoded(row, chance, topic)
        plain = example(row, Way(row.sentences, row.mean.tags), read)
        out.append(Learned(row, read, (plain, plain)))
    return out
