"""The stages of a system design: which of them an answer has touched, and how to ask for one that it has not.

Decided by words alone, so that it is the same every time and costs nothing.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal, get_args

from coach.feedback.feedback import KeyPoint

Stage = Literal["requirements", "estimates", "design", "trade-offs", "failure"]
STAGES: tuple[Stage, ...] = get_args(Stage)  # in the order in which a round goes through them

_FEWEST_PARTS = 3  # components that make a design
_FEWEST_QUANTITIES = 2  # numbers with a unit that make an estimate
_FEWEST_WORDS = 8  # of a reply to a question about a stage, for it to count as raised

_NUMBER = (
    r"(?:\d[\d.,]*\s?[kmb]?|an?|one|two|three|four|five|six|seven|eight|nine|ten|twenty|fifty|hundred|few)"
)
_MANY = r"(?:\s?(?:hundred|thousand|million|billion|trillion)s?)*"
_UNIT = (
    r"(?:ms|milliseconds?|seconds?|qps|rps|tps|[kmgtp]i?b|(?:kilo|mega|giga|tera|peta)?bytes?|requests?|queries|"
    r"events?|calls?|writes?|reads?|users?|customers?|viewers?|sellers?|items?|products?|rows?|records?|vectors?|"
    r"images?|documents?|messages?|payments?|transactions?|cores?|machines?|servers?|hosts?|nodes?|gpus?|shards?|"
    r"partitions?|replicas?|tokens?|features?|dimensions?|candidates?)"
)
_QUANTITY = re.compile(
    rf"\b{_NUMBER}{_MANY}\s?(?:\w+\s)?{_UNIT}\b|\b\d[\d.,]*\s?(?:%|percent\b)", re.IGNORECASE
)
_JUST_ONE = re.compile(r"\b(?:a|an|one)\s(?:\w+\s)?\w+\b(?<!s)", re.IGNORECASE)
_ESTIMATES = re.compile(
    r"\b(?:back[- ]of[- ]the[- ]envelope|rough(?:ly)? (?:numbers?|estimates?|count|calculation)|in numbers|"
    r"(?:let me|i) (?:\w+ )?(?:estimate|calculate|work out)\b|orders? of magnitude|"
    r"times a (?:thousand|million|billion)|"
    r"(?:per|a|each|every) second\b.{0,60}\b(?:per|a|each|every) (?:day|year|month)|peak (?:load|traffic|rate)|"
    r"(?:makes?|gives?|comes? to|adds? up to|that is|equals?) (?:about |around |roughly |some )?\d)",
    re.IGNORECASE,
)
_REQUIREMENTS = re.compile(
    r"\b(?:requirements?|(?:non-?)?functional\b|use cases?|who (?:is|are|will|would) (?:the |our |using|use|going to)|"
    r"what (?:we|do we|they|are we) (?:\w+ )?(?:optimi[sz]e|optimi[sz]ing|want|need|measure)|"
    r"(?:i|we)(?:'d| would| will|'ll)? (?:first |also |then )?(?:ask|clarify|need to know|want to know|like to know)|"
    r"(?:let me|i will|i'll|i would|i) (?:\w+ )?(?:assume|clarify)|assum(?:ptions?|ing) that|"
    r"(?:in|out of) scope|must (?:not |be|have|support|handle|answer|never)|"
    r"(?:success|goal|objective|north star|target metric) (?:is|means|would be|here)|"
    r"(?:the|our|main|business) (?:goal|objective)|service level|\bslas?\b|\bslos?\b|constraints?)",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"\b(?:services?|apis?|queues?|topics?|kafka|kinesis|streams?|stream processor|stores?|storage|databases?|dynamodb|"
    r"postgres|redis|s3|cache[sd]?|(?:inverted |vector )?ind(?:ex|exes|ices)|pipelines?|models?|rankers?|reranker|"
    r"retriev(?:al|er|es)|candidates? (?:generation|generator)|elasticsearch|embeddings?|batch(?:es)? jobs?|workers?|"
    r"schedulers?|orchestrators?|gateways?|load balancers?|endpoints?|tables?|schemas?|partitions?|registry|catalog|"
    r"feature stores?|key-value|data lake|warehouse|servers?|frontend|backend|dashboards?|logs?|consumers?|producers?|"
    r"classifiers?|encoders?|rules? engine|human review|labell?ing|trainer|training job|serving layer)\b",
    re.IGNORECASE,
)
_TRADE_OFFS = re.compile(
    r"\b(?:trade-?\s?offs?|trad(?:e|es|ing) (?:\w+ ){1,4}(?:for|against)|instead of|rather than|at the (?:cost|price|"
    r"expense) of|in exchange|down-?sides?|drawbacks?|pros and cons|versus|vs\b|the alternative|alternatives?\b|"
    r"on the other hand|sacrific\w+|giv(?:e|es|ing) up|in return|we pay for|(?:is|are|would be) (?:\w+ )?(?:cheaper|"
    r"simpler|slower|faster|fresher|more expensive|more accurate|less accurate|harder to)|"
    r"(?:i|we)(?:'d| would| will|'ll)? (?:rather|choose|pick|prefer|accept)\b|"
    r"(?:chose|picked|decided) .{1,60}\b(?:over|because))",
    re.IGNORECASE,
)
_FAILURE = re.compile(
    r"\b(?:fail(?:s|ed|ure|ures|over|ing)?|fall(?:s|ing)? ?backs?|outages?|(?:goes|go|is|are|went) down|crash\w*|"
    r"retr(?:y|ies|ied)|time(?:s|d)? ?outs?|does not answer|doesn't answer|unavailable|unreachable|degrad\w+|stale|"
    r"circuit breakers?|redundan\w+|backups?|disaster|roll(?:s|ed|ing)? ?back|alert(?:s|ing)?|alarms?|drift\w*|"
    r"dead[- ]letter|idempoten\w+|recover\w*|bottlenecks?|overload\w*|spikes?|lost (?:messages|events|data)|"
    r"late (?:data|events)|corrupt\w*|poison\w*|goes wrong|went wrong|breaks|data loss|shed(?:ding)? load|"
    r"safe default|kill switch)\b",
    re.IGNORECASE,
)
# Key points say what a strong answer does, in verbs that candidates don't use about themselves.
_POINTS: Mapping[Stage, re.Pattern[str]] = {
    "requirements": re.compile(
        r"^(?:Clarifies|Asks|Starts from|Defines what|States the costs?|Chooses an objective)\b"
    ),
    "estimates": re.compile(
        r"^(?:Estimates|Budgets|Sizes|Computes the|Sets a budget)\b"
        r"|\bestimates?\b|\bwith numbers\b|\b(?:latency|load) budget\b|\bcapacity\b"
    ),
    "design": re.compile(
        r"^(?:Splits|Combines|Describes|Carries|Separates|Stages|Routes|Maps|Propagates|Collects|Assigns|Spreads"
        r"|Streams|Builds|Compresses|Divides|Writes|Compacts|Puts|Stores|Serves)\b"
    ),
    "trade-offs": re.compile(r"^(?:Weighs|Avoids)\b|\b(?:against|argues for)\b|\bexplains what each\b"),
    "failure": re.compile(
        r"^Handles\b|\b(?:late|attacks|retri(?:es|ed)|loses|is lost|missed|coming back|rollback|automatic stop)\b"
    ),
}
# $s is what is being designed. Three forms a stage, since one interview may have several designs.
_ASKS: Mapping[Stage, tuple[str, ...]] = {
    "requirements": (
        "Before we go deeper into $s: who depends on it, and what must it do for them above all?",
        "Let us step back for a moment. What would have to be true for $s to count as a success?",
        "Which wishes would you leave out of a first version of $s, and which can't you leave out?",
    ),
    "estimates": (
        "Put rough figures on $s for me: how much comes in, how much is kept, how quickly must it answer?",
        "How large does $s get at its busiest hour, and what follows from that for your machines?",
        "Do a quick calculation for $s aloud: what load and what volume are you planning with?",
    ),
    "design": (
        "Walk me through $s from the input to the answer: which parts are there, and what passes between them?",
        "Which components would you draw on the board for $s, and where does the data live?",
        "Follow one single record through $s for me: where does it go first, and where does it end up?",
    ),
    "trade-offs": (
        "Which decision in $s could have gone the other way, and what did yours cost you?",
        "Suppose that a colleague wants $s to be much simpler: what would you let go, and what would you defend?",
        "Where in $s do you pay for speed with something else, and is that price right?",
    ),
    "failure": (
        "Now something in $s stops working at night: what do users see, and who finds out first?",
        "Which part of $s would you expect to break first, and what happens then?",
        "The data that reaches $s is suddenly wrong or late: how does it show, and how do you get back?",
    ),
}


def touched(text: str, points: Sequence[KeyPoint] = ()) -> tuple[Stage, ...]:
    """Return the stages that an answer has touched, in order.

    A key point that was hit counts for the stages that it names itself.
    """
    found = set(_in(text))
    for point in points:
        if point.verdict == "hit":
            found |= {*_in(point.point), *(stage for stage in STAGES if _POINTS[stage].search(point.point))}
    return tuple(stage for stage in STAGES if stage in found)


def answers_about(stage: Stage, reply: str) -> bool:
    """Return whether a reply to a question about a stage says enough to count as having raised it."""
    return stage in _in(reply) or len(reply.split()) >= _FEWEST_WORDS


def ask_for(
    raised: Collection[Stage], asked: Sequence[str], subject: str, tried: Collection[Stage] = ()
) -> tuple[Stage, str] | None:
    """Return the first stage that is not raised yet and was not asked for, and the question to ask for it.

    Args:
        raised: the stages that the answer has touched.
        asked: all questions of the interview; none of them, and none of their forms, comes again.
        subject: what is being designed.
        tried: the stages that this answer was asked about before.
    """
    for stage in STAGES:
        if stage in raised or stage in tried:
            continue
        for form in _ASKS[stage]:
            begin, _, end = form.partition("$s")
            if not any(one.startswith(begin) and one.endswith(end) for one in asked):
                return stage, form.replace("$s", _named(subject))
    return None


def _named(subject: str) -> str:
    return f"the design for {subject}" if subject else "this design"


def _in(text: str) -> Iterator[Stage]:
    if _REQUIREMENTS.search(text):
        yield "requirements"
    if _ESTIMATES.search(text) or len(set(_quantities(text))) >= _FEWEST_QUANTITIES:
        yield "estimates"
    if len({found.lower().rstrip("s") for found in _PARTS.findall(text)}) >= _FEWEST_PARTS:
        yield "design"
    if _TRADE_OFFS.search(text):
        yield "trade-offs"
    if _FAILURE.search(text):
        yield "failure"


def _quantities(text: str) -> Iterator[str]:
    """Numbers with a unit; "a model" and "one index" are none."""
    for found in _QUANTITY.finditer(text):
        words = found.group().lower()
        if not _JUST_ONE.fullmatch(words) or re.search(r"hundred|thousand|million|billion", words):
            yield words
