"""Change an answer in one known way, so that it is known what must follow. Pure functions; chance has a seed."""

import random
import re
from collections.abc import Collection, Sequence

_PERSON = {
    "i": "we",
    "i'm": "we're",
    "i've": "we've",
    "i'd": "we'd",
    "i'll": "we'll",
    "me": "us",
    "my": "our",
    "mine": "ours",
    "myself": "ourselves",
}
_PERSON_WORD = re.compile(r"\b(?:i'(?:m|ve|d|ll)|i|me|my|mine|myself)\b(?!-)", re.IGNORECASE | re.ASCII)
_VERB_OF_I = {"am": "are", "was": "were", "wasn't": "weren't"}

_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|"
    "dozen|half|quarter|third|thirds|zero|twice|double|triple|halved|doubled|tripled|percent|one"
)
_QUANTITY = re.compile(rf"\d|\b(?:{_NUMBER_WORDS})s?\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;:]\s+(?:and |but |so |which |that )?|\s+and\s+|\s+but\s+", re.IGNORECASE)
_CLAUSE_WORDS = 4

# Sentences that would fit any answer and say nothing about it.
FLUFF = (
    "Communication is something that has always been close to my heart.",
    "I see every challenge as an opportunity to grow.",
    "At the end of the day it is people who make the difference.",
    "I am known for being passionate and reliable in everything that I do.",
    "In today's fast moving world one has to stay flexible.",
    "Quality and teamwork are values that I live by.",
    "I think that a positive attitude goes a very long way.",
    "It goes without saying that I gave it my very best.",
    "Such moments really bring out the best in a professional.",
    "I take a lot of pride in going the extra mile.",
    "Being proactive is simply part of who I am.",
    "As we all know, success is a journey and not a destination.",
    "A good mix of strategy and hands-on thinking is key.",
    "I believe that trust is the foundation of all good work.",
)
_KEYS_BESIDE = {
    "a": "s", "b": "v", "c": "x", "d": "f", "e": "r", "f": "d", "g": "h", "h": "g", "i": "o", "j": "k", "k": "j",
    "l": "k", "m": "n", "n": "m", "o": "p", "p": "o", "q": "w", "r": "t", "s": "a", "t": "r", "u": "y", "v": "b",
    "w": "e", "x": "c", "y": "u", "z": "x",
}  # fmt: skip


def without(answer: str, sentences: Sequence[str], gone: Collection[int]) -> str:
    """The answer without the sentences whose numbers are in `gone`; what is between the others stays."""
    kept, at = [], 0
    for number, sentence in enumerate(sentences):
        begin = answer.index(sentence, at)
        kept.append(answer[at:begin])
        if number not in gone:
            kept.append(sentence)
        at = begin + len(sentence)
    kept.append(answer[at:])
    told = re.sub(r"[ \t]+(?=\n)", "", re.sub(r"[ \t]{2,}", " ", "".join(kept)))
    return re.sub(r"\n{3,}", "\n\n", told).strip()


def i_to_we(answer: str) -> str:
    """The same story told as the team's: every I, me and my becomes we, us and our, and the verb goes along."""

    def swap(found: re.Match[str]) -> str:
        new = _PERSON[found.group().lower()]
        begins = not answer[: found.start()].strip() or answer[: found.start()].rstrip()[-1] in '.!?"\n'
        typed = found.group() != "i" and not found.group().startswith("i'")
        return new.capitalize() if begins and typed else new

    told = _PERSON_WORD.sub(swap, answer.replace("’", "'"))
    told = re.sub(
        r"\b(we) (am|was|wasn't)\b", lambda m: f"{m[1]} {_VERB_OF_I[m[2].lower()]}", told, flags=re.IGNORECASE
    )
    return re.sub(r"\b(am|was) (we)\b", lambda m: f"{_VERB_OF_I[m[1].lower()]} {m[2]}", told)


def has_quantity(text: str) -> bool:
    """Whether a number, a numeral in words, or a word like halved is in it."""
    return bool(_QUANTITY.search(text))


def without_quantities(answer: str, sentences: Sequence[str], outcome: Collection[int]) -> str:
    """The answer with no quantity left in the sentences numbered in `outcome`; see `without_quantity`."""
    told = answer
    gone = set()
    for number in sorted(outcome, reverse=True):
        if not has_quantity(sentences[number]):
            continue
        rest = without_quantity(sentences[number])
        if not rest:
            gone.add(number)
            continue
        begin = _place(answer, sentences, number)
        told = told[:begin] + rest + told[begin + len(sentences[number]) :]
    places = sorted(gone, key=lambda number: _place(answer, sentences, number), reverse=True)
    for number in places:
        told = told.replace(sentences[number], "", 1)
    return re.sub(r"[ \t]{2,}", " ", told).strip()


def without_quantity(sentence: str) -> str:
    """The sentence cut at its commas, semicolons, "and" and "but", without the clauses that have a quantity.

    Where fewer than four words would be left, nothing is.
    """
    clauses = [clause for clause in _CLAUSE_END.split(sentence) if not has_quantity(clause)]
    rest = ", ".join(clause.strip() for clause in clauses)
    if len(rest.split()) < _CLAUSE_WORDS:
        return ""
    mark = "." if sentence[-1] in ".!?" and rest[-1] not in ".!?" else ""
    first = rest[0].upper() if sentence[0].isupper() else rest[0]
    return first + rest[1:] + mark


def _place(answer: str, sentences: Sequence[str], number: int) -> int:
    at = 0
    for sentence in sentences[:number]:
        at = answer.index(sentence, at) + len(sentence)
    return answer.index(sentences[number], at)


def with_fluff(answer: str, sentences: Sequence[str], seed: str, share: float = 0.25) -> str:
    """The answer with empty sentences in it: `share` of its words more, at the start, the end and between."""
    chance = random.Random(seed)  # noqa: S311
    wanted = share * len(answer.split())
    told = list(sentences)
    for sentence in chance.sample(FLUFF, len(FLUFF)):
        if wanted <= 0:
            break
        told.insert(chance.randrange(len(told) + 1), sentence)
        wanted -= len(sentence.split())
    return " ".join(told)


def said_twice(answer: str) -> str:
    """The whole answer, and once more."""
    return f"{answer}\n\n{answer}"


def as_heard(answer: str) -> str:
    """As a speech recogniser writes it: lower case, one line, no punctuation but what is inside a number or word."""
    told = re.sub(r"(?<!\w)['’]|['’](?!\w)", " ", answer.lower())
    told = re.sub(r"(?<=\d)[.,:](?=\d)", "\x00\\g<0>", told)
    told = re.sub(r"(?<!\x00)[.,;:!?…\"“”()\[\]–—]|(?<=\s)-(?=\s)", " ", told)
    return " ".join(told.replace("\x00", "").split())


def with_typos(answer: str, seed: str, share: float = 0.05) -> str:
    """Slips of the keyboard in `share` of the words of four letters or more, in two of them at least."""
    chance = random.Random(seed)  # noqa: S311
    words = [match.span() for match in re.finditer(r"\b[a-z]{4,}\b", answer)]
    count = min(max(2, round(share * len(words))), len(words))
    told = answer
    for begin, end in sorted(chance.sample(words, count), reverse=True):
        told = told[:begin] + _slip(told[begin:end], chance) + told[end:]
    return told


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + _KEYS_BESIDE[word[at]] + word[at + 1 :],
        )
    )


def shuffled(sentences: Sequence[str], seed: str) -> str:
    """The sentences in another order."""
    order = list(range(len(sentences)))
    while order == sorted(order) and len(order) > 1:
        random.Random(seed).shuffle(order)  # noqa: S311
        seed += "'"
    return " ".join(sentences[number] for number in order)
