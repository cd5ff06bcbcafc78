"""Words compared by what they are about: stems, and which of them tie a text to one answer."""

import re
from functools import cache

_SUFFIX = re.compile(
    r"(?:ations?|ings?|edly|ied|ies|ed|ments?|ions?|es|ly|s|d|y|e)$",
)
_SHORTEST_STEM, _LONGEST_STEM = 3, 7
# Forms that share no beginning with their verb, or too little.
_FORMS = """
    write wrote written; build built; buy bought; bring brought; think thought; teach taught; catch caught; sell sold;
    tell told; find found; leave left; lose lost; hold held; keep kept; meet met; pay paid; send sent; spend spent;
    lead led; run ran; begin began begun; fall fell fallen; rise rose risen; grow grew grown; know knew known;
    draw drew drawn; choose chose chosen; speak spoke spoken; break broke broken; drive drove driven; give gave given;
    take took taken; see saw seen; go went gone; come came; become became; get got gotten; stand stood;
    understand understood; win won; feel felt; mean meant; deal dealt; sleep slept; fight fought; seek sought;
    shrink shrank shrunk; sink sank sunk; say said; make made; do did done does; have had has; eat ate eaten;
    hear heard; wear wore worn; throw threw thrown; ride rode; hide hid hidden; fly flew flown; freeze froze frozen;
    shake shook shaken; steal stole stolen; child children; man men; woman women; person people;
    use used using user users; try tries tried trying; lie lying lay; die died dying; half halve halved halves
"""
_IRREGULAR = {form: verb for line in _FORMS.split(";") for verb, *forms in [line.split()] for form in forms}
# Words of the trade and of every question: sharing one of them does not tie a text to an answer.
_EVERYDAY = """
    what when where which with that this have your from they them then than into about after before would could
    should were will been being does didn doing make made more most much many some such very just like also only
    time times work worked working team teams result results outcome outcomes step steps action actions task goal
    goals situation setting example story answer question say said tell told describe specific missing general add
    learn learned learning happen happened change changed different differently important because each other there
    their these those thing things something someone people really always never first next last myself yourself
    every both same own over under still even well good better best here come came back take took taken gave give
    know knew want wanted need needed able through during while until again around between without within
"""


@cache
def stem(word: str) -> str:
    """Return what a word has in common with its other forms: "deployed" and "deployment" are the same."""
    plain = word.lower().replace("’", "'").removesuffix("'s").strip("'")
    plain = _IRREGULAR.get(plain, plain)
    if plain.startswith("re"):
        plain = "re" + _IRREGULAR.get(plain[2:], plain[2:])
    while len(plain) > _SHORTEST_STEM:
        shorter = _SUFFIX.sub("", plain)
        if shorter == plain or len(shorter) < _SHORTEST_STEM:
            break
        plain = shorter
    if len(plain) > _SHORTEST_STEM and plain[-1] == plain[-2]:
        plain = plain[:-1]
    return plain[:_LONGEST_STEM]


def words_of(text: str) -> list[str]:
    """Return the words of a text; numbers are none."""
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", text)


def stems(text: str, shortest: int = 4) -> set[str]:
    """Return the stems of all words of at least so many letters."""
    return {stem(word) for word in words_of(text) if len(word) >= shortest}


_EVERYDAY_STEMS = frozenset(stems(_EVERYDAY))


def telling(text: str) -> set[str]:
    """Return the stems that carry meaning of their own: not every answer has them."""
    return stems(text) - _EVERYDAY_STEMS
