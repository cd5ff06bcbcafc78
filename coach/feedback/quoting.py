"""Pick the candidate's own words that a remark hangs on: a clause, word for word as it was said."""

import re

from coach.feedback.words import telling

LONGEST = 12  # words of a quote
_SHORTEST = 3
_GOOD = 8
_ENOUGH = 3  # words that not every answer has

# How people begin to speak; the clause means the same without it.
_LEAD_IN = re.compile(
    r"(?:(?:so|and|but|or|well|yeah|yes|ok|okay|um+|uh+|then|also|anyway|basically|actually|honestly|therefore|i mean|"
    r"you know)\b[\s,]*|(?:situation|task|actions?|results?|outcome|learning)\s*:\s*|[-–—*•,;:\s]+|\d+[.)]\s+)+",
    re.IGNORECASE,
)
# Where a clause may end, the better places first: at a mark, before the next clause, before a further detail.
_BOUNDARY = re.compile(
    r"(?P<mark>\s*[;:()]\s*|\s*[,–—]\s+|\s+-\s+)|"
    r"\s+(?=(?P<next>(?:and|but|so|because|which|who|when|while|where|until|after|before|since|although|though)\b))|"
    r"\s+(?=(?P<detail>(?:by|for|from|with|in|on|at|instead)\b))",
    re.IGNORECASE,
)
_KINDS = ("mark", "next", "detail")
# A quote that ends on one of these sounds cut off.
_DANGLING = frozenset(
    """
    a an the and or but so of to in on at for from with by as that which who when while where because if my
    our your his her its their this these those i we he she they is was were are be been had has have very
    just not no than into about over under what how would should could will can may might must
    """.split()
)
# The rest of a sentence that begins so says nothing by itself: "what I don't know".
_RELATIVE = re.compile(
    r"(?:(?:and|but|or|so)\s+)?(?:what|which|who|whom|whose|where|how|why)\b", re.IGNORECASE
)
_SUBORDINATE = re.compile(
    r"(?:when|while|after|before|since|although|though|as|if|because|until|once|at|in|on|for|to|with|from|by|during|"
    r"instead|for example|and|but|or)\b",
    re.IGNORECASE,
)


def clause(sentence: str, around: tuple[int, int] | None = None) -> str:
    """Return a part of the sentence that can stand in quotation marks: verbatim, at most `LONGEST` words.

    Args:
        sentence: what was said; at least one word.
        around: the place (start, end) in `sentence` that has to be in the quote; None: the main clause.
    """
    lead = _LEAD_IN.match(sentence)
    begin = lead.end() if lead and re.search(r"\w", sentence[lead.end() :]) else 0
    if around and around[0] < begin:
        begin = 0
    end = len(sentence.rstrip(" \n\t.!?…,;:-–—"))
    if end <= begin:
        begin, end = 0, len(sentence)
    if _count(sentence[begin:end]) <= LONGEST:
        return sentence[begin:end].strip()
    cuts = {begin: 0, **_cuts(sentence, begin, end), end: 0}
    spans = [
        (one, other)
        for one in cuts
        for other in cuts
        if _SHORTEST <= _count(sentence[one:other]) <= LONGEST
        and (around is None or (one <= around[0] and around[1] <= other))
        and not _dangles(sentence[one:other])
        and not (around is None and one > begin and _RELATIVE.match(sentence, one))
    ]
    if spans:
        one, other = min(
            spans,
            key=lambda span: (
                *_awkwardness(sentence, span, begin),
                cuts[span[1]],
                abs(_count(sentence[span[0] : span[1]]) - _GOOD),
            ),
        )
        return _trimmed(sentence[one:other])
    return _window(sentence, begin, end, around)


def quoted(sentence: str, around: tuple[int, int] | None = None) -> str:
    """Return the clause in quotation marks."""
    return f"“{clause(sentence, around)}”"


def without_quotes(text: str) -> str:
    """Return a remark without what it quotes: what is left is the coach's."""
    return re.sub(r"“[^”]*”", "“”", text)


def _cuts(sentence: str, begin: int, end: int) -> dict[int, int]:
    """Each place where a clause may end or begin, with how good a place that is (0 the best)."""
    return {
        boundary.end(): next(n for n, kind in enumerate(_KINDS) if boundary[kind] is not None)
        for boundary in _BOUNDARY.finditer(sentence, begin, end)
        if boundary.start() > begin
    }


def _awkwardness(sentence: str, span: tuple[int, int], begin: int) -> tuple[bool, bool, bool, int]:
    """Clauses that tell who did something come first, among them those that say enough, "I" and "we", the earlier."""
    text = sentence[span[0] : span[1]].lstrip()
    own = bool(re.match(r"(?:i|we|my|our)\b", text, re.IGNORECASE))
    starts = own or bool(re.match(r"(?:he|she|they|it|you|the|this|there)\b", text, re.IGNORECASE))
    sound = starts or (span[0] == begin and not _SUBORDINATE.match(text))
    return not sound, len(telling(text)) < _ENOUGH, not own, span[0]


def _window(sentence: str, begin: int, end: int, around: tuple[int, int] | None) -> str:
    """The first words, or those up to the place that has to be there."""
    words = [(match.start(), match.end()) for match in re.finditer(r"\S+", sentence[:end])]
    words = [(start, stop) for start, stop in words if start >= begin]
    first = 0
    if around:
        last = next((n for n, (_, stop) in enumerate(words) if stop >= around[1]), len(words) - 1)
        first = max(0, last - LONGEST + 1)
    kept = words[first : first + LONGEST]
    while len(kept) > _SHORTEST and _dangles(sentence[kept[0][0] : kept[-1][1]]) and not around:
        kept.pop()
    return _trimmed(sentence[kept[0][0] : kept[-1][1]])


def _dangles(text: str) -> bool:
    words = re.findall(r"[\w']+", text.lower())
    return bool(words) and words[-1] in _DANGLING


def _trimmed(text: str) -> str:
    text = re.sub(r"^\W*(?:and|but|or|so)\s+", "", text, flags=re.IGNORECASE)
    return text.strip().rstrip(".!?…,;:-–— ").lstrip(",;:-–— ")


def _count(text: str) -> int:
    return len(text.split())
