"""Find what a text about an answer adds to it: numbers, names and claims that nobody gave.

The check is strict on purpose. What it refuses is replaced by words that only quote, so a false alarm costs
a nicer sentence, and a miss would put words into the candidate's mouth.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.feedback.numbers import UNIT_WORDS, Number, numbers_in
from coach.feedback.quoting import without_quotes
from coach.feedback.words import stem, stems, words_of

# What a coach may say about any answer without claiming anything about this one.
_NEUTRAL = """
    able about above account across actual actually add after afterwards again against ago agree agreed alone along
    already also although always amount and another answer any anybody anyone anything apart approach around aside
    asked away back based because become been before began begin beginning behind being believe below beside best
    better between beyond both bring brought call called came case cause caused certain challenge chance change
    changed check checked choice choose chose clear clearly close closely come compare compared complete concrete
    concretely consider considered convince could count country course date day deadline decide decided decision
    depend depended describe detail details did difference different differently difficult doing done down
    during each earlier early easier either else end ended enough even event every everybody everyone everything
    exact exactly example expect expected explain fact far feel felt few figure fill final finally find finish first
    follow followed for form forward found four from gave general get give given goal going gone good got great had
    half hand happen happened hard harder has have having hear help helped here hold how however idea important
    improve improved improvement include instead into involve involved just keep kept kind knew know known large last
    later lead learn learned least leave leaves left less let level like line listener long look lost made main make
    many matter mattered may mean meant measure measured mention might mind minute missing moment month more most
    move much must name named near need needed never new next nobody none not nothing notice now number object
    occasion off often once one only open option order other others otherwise out outcome outside over own part
    people percent perhaps person picture place plan point possible present probably problem prove put quarter
    question quite rather reach reached reaction read ready real really reason remain repeat repeated resolve
    respond response rest result right role said same saw say says scene second see seen sentence set setting several
    show showed side similar simple since single situation size small solve solved some somebody someone something
    sometimes soon sort specific specifically spend spent stand start started state step steps still stop stopped
    story stranger such suppose supposed sure take taken talk task team tell tells than that the their them then
    there these they thing things think this those though thought three through time times together told too took
    toward tried true try trying turn turned two under understand until upon use used using usual usually various
    very wait walk want wanted was way week well went were what when where whether which while who whole whom whose
    why will with within without won word words work worked would year yes yet you your yours yourself
    accept achieve achieved aim bigger broke broken change convinced deal disagree disagreed effect fail failed
    fewer greater happier higher hour hours increase increased decrease decreased rise rose fall fell faster slower
    longer shorter lower biggest hardest success successful worse worst wrong risk trade-off alternative alternatives
    progress purpose piece pieces share situation doubt proof evidence responsible responsibility weigh weighed
    ruled meanwhile previous previously vague hint hints general imagine outsider debrief interviewer compared
    ensure organize prepare handle create contribute cover current length total amount average duration
    loosely tied inside today worth link fit hide affect
"""
_SHORTEST_CLAIM = 4  # letters
_NEUTRAL_STEMS = frozenset(stems(_NEUTRAL, 1))
# With these words, and those that end on -ing, -ly or -ed, a coach begins a sentence; another one may be a name.
_OPENERS = frozenset(
    """
    a about add after again all also although always an and another any are as ask at be because before behind
    being between both bring but by can close compare complete consider could decide describe despite did do does during
    each either else end even every everyone everything explain few fill finally find first focus for from get give
    go had has have he hear her here his how however i if imagine in instead into is it its just keep last lead leave
    less let like list look make many may maybe mention might more most much must my name near neither never next no
    nobody none nor not nothing now of off often on once one only open or other our out over people perhaps pick
    please point prove put quote rather really remember say second see set she should show since so some somebody
    someone something start state still such take talk tell than that the their them then there these they think this
    those though three through to try turn two under unless until up use very walk was we well were what whatever when
    where whether which while who whole whom whose why will with within without would write yes yet you your
    """.split()
)
_SENTENCE_START = re.compile(r"(?:^|[.!?:…]\s*[\"'“”‘’)\]]*\s+|[\"“‘(]\s*)$")
_WORD = re.compile(r"[^\W_]+(?:['’.&+#-][^\W_]+)*[+#]*")


@dataclass(frozen=True)
class Given:
    """What may be said: the numbers, words (lower case) and stems of the answer and of its question."""

    numbers: tuple[Number, ...]
    words: frozenset[str]
    stems: frozenset[str]


def given_by(*texts: str) -> Given:
    """Collect what these texts hold."""
    whole = "\n".join(texts)
    words = {word for found in _WORD.findall(whole.lower()) for word in (found, *re.split(r"['’.&-]", found))}
    return Given(numbers_in(whole), frozenset(words), frozenset(stems(whole, 1)))


def added(text: str, given: Given) -> tuple[str, ...]:
    """Return what the text adds, in the order numbers, names, claims; nothing for a faithful one.

    What stands in “these” quotation marks has to be word for word in the answer, which `misquoted` looks at.
    A claim is a word that carries meaning and that neither the answer nor a coach's own vocabulary has.
    """
    own = without_quotes(text)
    numbers = [n.text for n in numbers_in(own) if not any(n.same(other) for other in given.numbers)]
    names = list(_names(own, given))
    claims = [word for word in _claims(own, given) if word not in names]
    return tuple(dict.fromkeys([*numbers, *names, *claims]))


def misquoted(text: str, answer: str) -> tuple[str, ...]:
    """Return the quotes in a text that are not in the answer word for word."""
    return tuple(quote for quote in re.findall(r"“([^”]*)”", text) if quote not in answer)


def _names(text: str, given: Given) -> Iterator[str]:
    for found in _WORD.finditer(text):
        word = found[0].removesuffix("'s").removesuffix("’s")
        plain = word.lower()
        if plain in given.words or all(part in given.words for part in re.split(r"['’.&-]", plain)):
            continue
        if _is_code(word):
            yield word
        elif word[0].isupper() and plain.split("'")[0].split("’")[0] not in {"i", "ok"}:
            initial = bool(_SENTENCE_START.search(text[: found.start()]))
            if not initial or not _begins_a_sentence(plain):
                yield word


def _is_code(word: str) -> bool:
    """AWS, S3, p95, PyTorch: a name wherever it stands."""
    letters = [letter for letter in word if letter.isalpha()]
    mixed = (
        any(letter.isdigit() for letter in word)
        and bool(letters)
        and not re.fullmatch(
            r"\d+(?:[.,]\d+)*(?:%|k|m|mn|bn|ms|s|h|x|gb|tb|mb|st|nd|rd|th)?", word, re.IGNORECASE
        )
    )
    return mixed or (len(letters) > 1 and any(letter.isupper() for letter in word[1:]) and word != "OK")


def _begins_a_sentence(plain: str) -> bool:
    return plain.split("'")[0].split("’")[0] in _OPENERS or plain.endswith(("ing", "ly", "ed"))


def _claims(text: str, given: Given) -> Iterator[str]:
    for word in words_of(text):
        root = stem(word)
        if (
            len(word) < _SHORTEST_CLAIM
            or root in given.stems
            or root in _NEUTRAL_STEMS
            or word.lower() in UNIT_WORDS
        ):
            continue
        if not numbers_in(word):
            yield word
