"""Have a language model pick the sentences of the library that answer a question, and quote them.

A small model that answers in its own words leaves half of the answer out, copies a whole passage or gives nothing but a
heading. Which sentences answer it sees well (docs/retrieval.md has the table), so that is all it is asked for: no
word of the answer is the model's.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from pydantic import BaseModel, Field

from coach.library.reply import Reply, cited
from coach.library.retrieval import Hit
from coach.models.chat import ChatModel
from coach.prompts import Prompt, fence

_MOST_PICKED = 4
# Letters; a shorter line without an end mark is a heading, and no sentence goes on behind it.
_SHORT_LINE = 40
# A list of which two items answer is the answer as a whole, up to so many items.
_LONGEST_LIST = 12
_ITEM = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")
# What shows how not to do it is quoted only to who asks for that.
_WARNING = re.compile(r"\b(?:weak|bad|poor) answer\b", re.IGNORECASE)
_ASKS_FOR_WARNINGS = re.compile(r"\b(?:weak|bad|poor|wrong|fail\w*|examples?)\b", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?:(?<=[.!?])|(?<=[.!?][\"”)]))(?<![ .][A-Z]\.)(?<!e\.g\.)(?<!i\.e\.)(?<!vs\.)\s+(?=[A-Z0-9\"“(*])"
)


@dataclass(frozen=True)
class Quotable:
    """A sentence or an item of a list, as it stands in a passage (from 0); `part` counts paragraphs and lists."""

    passage: int
    part: int
    text: str
    item: bool = False


class _Picked(BaseModel):
    sentences: list[int] = Field(max_length=_MOST_PICKED)


def pick(
    model: ChatModel, prompt: Prompt, question: str, hits: Sequence[Hit]
) -> Generator[Reply, None, None]:
    """Yield the answer, once: what the model picked, in the passages' own words.

    Raises:
        ModelError: the model failed.
    """
    offered = _offered(question, hits)
    messages = prompt.messages(sentences=_numbered(offered, hits), question=fence(question))
    picked = model.structured(messages, _Picked, max_tokens=40).sentences
    picks = list(dict.fromkeys(number - 1 for number in picked if 1 <= number <= len(offered)))
    order = list(dict.fromkeys(offered[place].passage for place in picks))
    chosen = _with_their_lists(picks, offered)
    answers = [
        f"{_quote([one for one in chosen if one.passage == passage], hits[passage].heading)} [{number}]"
        for number, passage in enumerate(order, 1)
    ]
    yield Reply(
        question=question,
        answer="\n\n".join(answers),
        abstained=False,
        citations=tuple(cited(hits[passage]) for passage in order),
        passages=tuple(hits),
        verbatim=True,
    )


def _offered(question: str, hits: Sequence[Hit]) -> list[Quotable]:
    fair = [place for place, hit in enumerate(hits) if not _WARNING.search(hit.heading)]
    places = range(len(hits)) if _ASKS_FOR_WARNINGS.search(question) or not fair else fair
    return [one for place in places for one in quotables(place, hits[place].text)]


def quotables(passage: int, text: str) -> Iterator[Quotable]:
    """Cut a passage into what can be quoted: the sentences of its paragraphs, and its lists item by item."""
    part = 0
    for item, run in groupby(_paragraphs(text), key=lambda paragraph: bool(_ITEM.match(paragraph))):
        if item:
            yield from (Quotable(passage, part, paragraph, item=True) for paragraph in run)
            part += 1
            continue
        for paragraph in run:
            yield from (
                Quotable(passage, part, sentence) for sentence in _BETWEEN.split(paragraph) if sentence
            )
            part += 1


def _paragraphs(text: str) -> list[str]:
    """Paragraphs and items with their lines put together: guides are often wrapped at a width."""
    found: list[str] = []
    last = ""  # the line before
    for raw in text.splitlines():
        line = raw.strip()
        heading = len(last) < _SHORT_LINE and not last.endswith((".", "!", "?", ":", ",", ";"))
        if not line or not last or _ITEM.match(line) or (heading and not raw[0].isspace()):
            found.append(line)
        else:
            found[-1] += f" {line}"
        last = line
    return [paragraph for paragraph in found if paragraph]


def _numbered(offered: Sequence[Quotable], hits: Sequence[Hit]) -> str:
    lines: list[str] = []
    for number, one in enumerate(offered, 1):
        if number == 1 or one.passage != offered[number - 2].passage:
            hit = hits[one.passage]
            lines.append(f"# {fence(hit.title)} > {fence(hit.heading)}")
        lines.append(f"{number} {fence(_ITEM.sub('', one.text) if one.item else one.text)}")
    return "\n".join(lines)


def _with_their_lists(picks: Sequence[int], offered: Sequence[Quotable]) -> list[Quotable]:
    """What was picked, in the order in which it stands; a list that was picked from twice, or announced, is whole."""
    wanted = set(picks)
    for items in _lists(offered):
        leads = items[0] - 1  # the line above, such as "Bring three things:"
        announced = (
            leads in wanted
            and offered[leads].passage == offered[items[0]].passage
            and offered[leads].text.endswith(":")
        )
        if len(items) <= _LONGEST_LIST and (announced or len(wanted.intersection(items)) > 1):
            wanted.update(items)
    return [offered[place] for place in sorted(wanted)]


def _lists(offered: Sequence[Quotable]) -> Iterator[list[int]]:
    """The places of each list's items."""
    for _, run in groupby(
        range(len(offered)), key=lambda place: (offered[place].passage, offered[place].part)
    ):
        items = list(run)
        if offered[items[0]].item:
            yield items


def _quote(chosen: Sequence[Quotable], heading: str) -> str:
    """Sentences of a paragraph one after the other; a list item by item, below the heading if no line leads to it."""
    lines: list[str] = []
    for _, run in groupby(chosen, key=lambda one: one.part):
        texts = [one.text for one in run]
        lines += texts if _ITEM.match(texts[0]) else [" ".join(texts)]
    if len(lines) == 1:
        return _ITEM.sub("", lines[0])
    lead = [f"{heading.rsplit(' > ', 1)[-1]}:"] if _ITEM.match(lines[0]) else []
    return "\n".join(lead + lines)
