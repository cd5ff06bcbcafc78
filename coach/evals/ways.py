"""The ways in which a rated answer may come in, and what its rating is then: what the assessment learns beside it.

As a speech recogniser writes it or with slips of the keyboard, padded with empty sentences, in other orders, in other
words, told as the team's, without its numbers, without the sentences of a component. Where a way takes something away,
the rating of just that is lowered, and the overall rating is not known any more.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from coach.evals.perturb import as_heard, has_quantity, i_to_we, with_typos, without_quantity
from coach.evals.rated import Rated
from coach.evals.reworded import Reworded

_TEAM_OWNERSHIP = 0.2  # at most, of 1, when nothing but "we" is left
_LEFT = 0.1  # what is left of a component, of 1, when its sentences are gone: others may hint at it
_GONE = {"S": "situation", "T": "task", "A": "action", "R": "result", "L": "reflection"}
_LEAST = 2  # sentences that still make an answer
_PADDING = 4  # one empty sentence for so many
_ORDERS = 3


@dataclass(frozen=True)
class Way:
    """Sentences with a tag each; scores (of 1) are `at_most` that, and those that are `unknown` teach nothing."""

    sentences: tuple[str, ...]
    tags: str
    at_most: Mapping[str, float] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def rated(self) -> bool:
        """Whether the rating of the plain answer holds."""
        return not self.at_most


def ways_of(row: Rated, empty: Sequence[str], reworded: Sequence[Reworded] = ()) -> Iterator[Way]:
    """Give the plain answer first. The same row gives the same ways.

    Args:
        row: the answer.
        empty: sentences that tell nothing.
        reworded: the same answer said anew.
    """
    said, tags = row.sentences, row.mean.tags
    chance = random.Random(row.id)  # noqa: S311
    yield Way(said, tags)
    if chance.random() < 0.5:
        yield Way(tuple(as_heard(sentence) or sentence for sentence in said), tags)
    else:
        yield Way(tuple(with_typos(sentence, row.id) for sentence in said), tags)
    if empty:
        yield _padded(said, tags, empty, chance)
    for _ in range(_ORDERS):
        order = chance.sample(range(len(said)), len(said))
        yield Way(tuple(said[place] for place in order), "".join(tags[place] for place in order))
    for one in reworded:
        yield Way(one.sentences, one.tags)
    yield Way(tuple(i_to_we(sentence) for sentence in said), tags, {"ownership": _TEAM_OWNERSHIP})
    if present := components_in(tags):
        yield without_component(Way(said, tags), chance.choice(present))
    if row.mean.numbers["measured"] and (left := _without_numbers(said, tags)):
        yield left


def components_in(tags: str) -> list[str]:
    """Return the tags whose sentences can be left out so that enough of them, and not all, are left."""
    return [tag for tag in _GONE if _LEAST <= len(tags) - tags.count(tag) < len(tags)]


def without_component(way: Way, tag: str) -> Way:
    """Return an answer without the sentences of one tag."""
    kept = [place for place, other in enumerate(way.tags) if other != tag]
    return Way(
        tuple(way.sentences[place] for place in kept),
        "".join(way.tags[place] for place in kept),
        {**way.at_most, **gone_with(tag)},
        (*way.unknown, *unknown_without(tag)),
    )


def gone_with(tag: str) -> dict[str, float]:
    """Return what scores (of 1) are at most without the sentences of a tag."""
    return {_GONE[tag]: _LEFT, **({"measured": 0.0} if tag == "R" else {})}


def unknown_without(tag: str) -> tuple[str, ...]:
    """Return the scores that can't be known without the sentences of a tag."""
    return ("ownership",) if tag == "A" else ()


def _padded(said: Sequence[str], tags: str, empty: Sequence[str], chance: random.Random) -> Way:
    padded = list(said)
    for _ in range(max(1, round(len(said) / _PADDING))):
        place = chance.randrange(len(padded) + 1)
        padded.insert(place, chance.choice(empty))
        tags = f"{tags[:place]}O{tags[place:]}"
    return Way(tuple(padded), tags)


def _without_numbers(said: Sequence[str], tags: str) -> Way | None:
    """The outcome told without a quantity; None where nothing would be left of it."""
    told = [
        (without_quantity(sentence) if tag == "R" and has_quantity(sentence) else sentence, tag)
        for sentence, tag in zip(said, tags, strict=True)
    ]
    kept = [(sentence, tag) for sentence, tag in told if sentence]
    if len(kept) < _LEAST or not any(tag == "R" for _, tag in kept):
        return None
    return Way(
        tuple(sentence for sentence, _ in kept),
        "".join(tag for _, tag in kept),
        {"measured": 0.0},
        ("result",),
    )
