"""What can be read off a sentence by rule: who acts, in which mood, with which quantities.

Every rule works on lower-cased words, so that an answer from a speech recogniser, without capitals and
commas, reads the same as a typed one.
"""

import re
from dataclasses import astuple, dataclass, fields

_I = re.compile(r"\b(?:i|i'm|i've|i'd|i'll|me|my|mine|myself)\b")
_I_ACT = re.compile(
    r"\b(?:i|i've|i'd)\b(?!\s+(?:am|was|were|think|believe|feel|would|will|can|could|should)\b)"
)
_WE = re.compile(r"\b(?:we|we're|we've|we'd|us|our|ours|ourselves|the team|my team|our team|everyone)\b")
_OTHERS = re.compile(
    r"\b(?:he|she|they|him|her|them|his|their|manager|boss|director|colleague|lead|customer)s?\b"
)

_CONDITIONAL = re.compile(
    r"\b(?:would|i'd (?!had|been)|would've|i will|i'll|if i (?:were|had to|ever)|i might|i should|should be|"
    r"you (?:should|have to|need to|must|can)|one should)\b"
)
_HABIT = re.compile(
    r"\b(?:always|usually|typically|normally|generally|often|whenever|every time|tend to|in general|"
    r"as a rule|i try to|i like to|i make sure|i am (?:a|an|very|someone)|i'm (?:a|an|very|someone))\b"
)
_PAST = re.compile(
    r"\b(?:was|were|had|did|went|got|made|took|found|built|wrote|led|ran|saw|told|gave|came|began|kept|"
    r"brought|thought|chose|spoke|sent|set|put|met|left|held|drew|fell|rose|grew|cut|won|lost|felt|knew|"
    r"taught|caught|sat|read|paid|spent|said|asked|understood|\w{3,}ed)\b"
)
_ONE_TIME = re.compile(
    r"\b(?:last (?:year|month|week|quarter|spring|summer|fall|autumn|winter)|(?:a|one|two|three|few) "
    r"(?:years?|months?|weeks?) ago|in (?:19|20)\d\d|once|one (?:time|day|evening|night|morning)|at my "
    r"(?:last|previous|first|current|old)|during (?:my|the|a|our)|when i (?:was|worked|joined|started)|"
    r"for example|for instance|there was|while (?:i|we|working))\b"
)

_NUMBER = (
    r"(?:\d+(?:[.,]\d+)*|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|a third|a quarter|"
    r"dozens?)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine|hundred|thousand|million|billion))*)"
)
_UNIT = (
    r"(?:%|percent(?:age)?(?: points?)?|per cent|points?|ms|milliseconds?|seconds?|secs?|minutes?|mins?|hours?|"
    r"hrs?|days?|weeks?|months?|years?|x|times|fold|dollars?|euros?|pounds?|rupees?|usd|k|m|million|thousand|"
    r"gb|tb|mb|requests?|queries|users?|customers?|people|tickets?|orders?|calls?|complaints?|errors?|bugs?|"
    r"incidents?|pages?|models?|teams?|engineers?|stars?|basis points|bps|qps|patients?|students?|items?|"
    r"sales?|units?|cases?|labels?|rows?|files?|releases?|hires?|members?|seats?|tables?|meals?|visits?|marks?)"
)
_ABOUT = r"(?:about |around |roughly |nearly |under |over )?"
_QUANTITY = re.compile(
    rf"[$€£]\s?\d[\d.,]*\s?(?:k|m|bn|million|thousand)?|\b{_NUMBER}\s?-?{_UNIT}(?!\w)|\b\d+(?:\.\d+)?\s?%|"
    rf"\bfrom {_ABOUT}[$€£]?{_NUMBER}\b.{{0,30}}?\bto {_ABOUT}[$€£]?{_NUMBER}\b|"
    r"\b0?\.\d+\b|\b(?:doubled|tripled|halved|quadrupled|twice|zero (?:\w+ ){0,2}(?:incidents|errors|complaints))\b"
)
# Any number at all, also one without a unit: "down to a third", "halved", "both of the 14".
_ANY_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    r"seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|"
    r"millions?|billions?|dozens?|half|halved|quarters?|thirds?|zero|twice|doubled?|tripled?|quadrupled|percent)\b"
)
_CHANGE = re.compile(
    r"\b(?:result(?:ed|s|ing)?|outcome|as a result|in the end|ended up|finally|led to|which (?:meant|let|"
    r"allowed|gave|cut|saved)|(?:in|de)creas\w+|reduc\w+|improv\w+|dropp?\w*|fell|rose|grew|went (?:up|down|from|live)|"
    r"saved|cut|gain\w*|launch\w*|shipp?ed|adopted|approved|promot\w+|success\w*|solved|resolved|paid off|"
    r"no longer|still (?:in use|used|runs)|worked out|thanked|won|passed|on time|back (?:to|on))\b"
)
_LEARNED = re.compile(
    r"\b(?:learn(?:ed|t|ing)?|lesson|taught me|since then|ever since|from then on|looking back|in hindsight|"
    r"in retrospect|next time|i now|now i|these days i|i (?:still|always) do|differently|i realized|i realised|"
    r"made me (?:realize|understand|see)|takeaway|i should have|changed (?:how|the way) i)\b"
)
_GOAL = re.compile(
    r"\b(?:my (?:task|job|role|goal|responsibility|part|manager asked)|goal|i was (?:asked|responsible|in charge|"
    r"tasked|assigned|given|supposed|expected)|needed to|had to|wanted to|i owned|our (?:goal|task|target)|"
    r"the (?:goal|target|task|deadline|aim|challenge|problem)|responsible for|so that we could|in order to|"
    r"deadline|by (?:monday|friday|the end)|i decided (?:that )?(?:i|we) )\b"
)
_REASON = re.compile(
    r"\b(?:because|since|so that|instead of|rather than|trade-?offs?|weighed|compared|versus|vs|the reason|"
    r"considered|option|alternative|although|even though|at the cost|risk|i chose|i decided|i ruled out|"
    r"in exchange|worth|hypothes\w+|suspected|root cause)\b"
)
_GENERIC = re.compile(
    r"\b(?:communicat\w+|collaborat\w+|team ?work|hard work|hard-?working|passion\w*|detail-oriented|team player|"
    r"problem.solver|think outside|best practices|synerg\w+|proactive|results?-driven|dedicated|motivated|"
    r"stakeholders?|leverag\w+|positive attitude|give 110|above and beyond|everything worked out|it went well|"
    r"very important|is key|key to|strong (?:believer|communicator))\b"
)
_CONCRETE = re.compile(r"\b\w*\d\w*\b|\b[a-z]+[A-Z]\w*\b|\b[A-Z]{2,}\b|(?<=[a-z,] )[A-Z][a-z]+")


@dataclass(frozen=True)
class Cues:
    """Counts of what a rule finds in one sentence; every field is a whole number from 0 up."""

    words: int
    first_person: int
    own_acts: int
    we: int
    others: int
    conditional: int
    habit: int
    past: int
    one_time: int
    quantity: int
    change: int
    learned: int
    goal: int
    reason: int
    generic: int
    concrete: int
    number: int


CUE_NAMES: tuple[str, ...] = tuple(field.name for field in fields(Cues))


def read_cues(sentence: str) -> Cues:
    """Apply every rule to one sentence."""
    text = sentence.lower().replace("’", "'")

    def count(rule: re.Pattern[str]) -> int:
        return len(rule.findall(text))

    return Cues(
        words=len(re.findall(r"[\w']+", text)),
        first_person=count(_I),
        own_acts=count(_I_ACT),
        we=count(_WE),
        others=count(_OTHERS),
        conditional=count(_CONDITIONAL),
        habit=count(_HABIT),
        past=count(_PAST),
        one_time=count(_ONE_TIME),
        quantity=count(_QUANTITY),
        change=count(_CHANGE),
        learned=count(_LEARNED),
        goal=count(_GOAL),
        reason=count(_REASON),
        generic=count(_GENERIC),
        concrete=len(_CONCRETE.findall(sentence)),
        number=count(_ANY_NUMBER),
    )


def cue_row(cues: Cues) -> tuple[int, ...]:
    """The cues as numbers, in the order of `CUE_NAMES`."""
    return astuple(cues)
