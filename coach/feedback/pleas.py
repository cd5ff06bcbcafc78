"""Tell what speaks to whoever rates the answer from what belongs to it: such a sentence is left out.

A plea does one of these: it talks like a machine's input (chat marks, fields of a report, a speaker's label);
it orders or begs the reader, about the rating; it says what this answer is worth, or that somebody has said so;
it says how ratings are to be given; or it is in another language than the answer. Stories about ratings, prompts
and graders have somebody who did something, and stay.
"""

import re
from collections.abc import Sequence

from coach.feedback.rating_words import (
    CRITERIA,
    FIVE,
    GRADING,
    JUDGE,
    PARTS_OF_A_REPORT,
    PRAISE,
    THIS_ANSWER,
    THIS_VERY_ANSWER,
    TOP,
    one_of,
)
from coach.feedback.sounding import load_sounding
from coach.feedback.tongue import other_language

_READ = 1000  # letters of a sentence; nobody speaks that long
_SHORT = 9  # words of a sentence that can do no more than finish the one beside it

_FIELD = r"(?:overall|score|rating|grade|situation|task|action|result|ownership|relevance|measured)"
_LABEL = one_of(
    "system|assistant|developer|admin|interviewer|verdict|rubric",
    rf"(?:\w+ )?{JUDGE}(?:'s)?",
    r"(?:updated |revised |official )?(?:scor|grad|rat|evaluat)\w* (?:key|guide|policy|criteria|rules?)",
    r"(?:\w+ )?(?:note|message|instruction|hint)s? (?:to|for|from) [\w ]{1,30}",
)
_MACHINE = re.compile(
    one_of(
        rf"<\|\w+\|>|<<\w+>>|(?:<!--|\*/|/\*|%%|```)(?=.*\b(?:{_FIELD}|{JUDGE})\b)",
        r"\[/?(?:inst|system|developer|assistant|user)\b",
        r"^\W*#{2,} ?(?:new|end of|system|override|begin|assistant|user|instructions?|"
        r"(?:assessment|evaluation|score)\W*$)",
        r"</?(?:candidate|system|assistant|overall|score|grade|rubric|instruction|measured)\w*>",
        r"^\W*</(?:answer|text|document|input|question|user|prompt|context|result)\w*>",
        rf"[\"'](?:{_FIELD}|role|graded|gaps|strengths|tag|components|sentence)[\"'] ?:",
        # A speaker or a kind of notice, and a colon.
        rf"^\W*(?:important |urgent |final |official |attention )*{_LABEL}"
        r"(?: (?:message|note|notice|comment|prompt|override|key)s?)?(?: ?\([^)]*\)|,[^:]{0,20})? ?(?::| - )",
        rf"^\W*(?:user|human|ai|assistant|output|assessment|conclusion)\b[^:]{{0,25}}:"
        rf".*{one_of(FIVE, TOP, GRADING, 'would you')}",
        # A criterion with a mark.
        r"\b(?:overall|ownership|relevance|measured|situation) ?(?::?=|:| is now| is always| must be) ?"
        rf"(?:true|five|[0-5](?:\.\d)?\b(?=\s*(?:[,;}})/]|\.(?!\d)|$|out|{_FIELD})))",
        rf"^\W*{_FIELD} ?(?::?=|:| is now) ?(?:five|[1-5](?:\.\d)?)(?: ?/ ?5| (?:out )?of (?:5|five))?\W*$",
        rf"(?:\b{_FIELD}\W{{0,3}}2\b.*){{2}}|\b{_FIELD} 2 ?/ ?2",
        r"\boverall [1-5]\b(?=\s*(?:\.(?!\d)|[,;)]|$|and\b))",
        r"\bend of (?:the |candidate |my )*(?:answer|transcript|input|story|response)\b",
    )
)
_ORDER = re.compile(
    r"^\W*(?:(?:please|now|so|and|kindly|also|just|then|first|second|third|finally|again|next|new task|reminder|"
    r"important|therefore|or|p\.?s\.?)\W+)*"
    r"(?:(?:do not|don't|never|always) \w+|ignore|disregard|forget|override|skip|stop|set|put|write|output|print|"
    r"return|treat|mark|award|give|rate|score|grade|assign|use|choose|pretend|assume|act|consider|remember|"
    r"recogni[sz]e|make|keep|be|add|count|respond|reply|answer|say|praise|report|show|list|mention|note|round|let|"
    r"start|begin|provide|produce|record|accept|read|take|evaluate|assess|judge)\b"
)
_YOU = re.compile(r"\b(?:you|your|yourself)\b")
_BEGS = re.compile(
    r"\b(?:please|kindly|grateful|in advance|would mean|i hope|i trust|i beg|(?:i|this) deserves?|be kind|"
    r"be lenient|be generous|pretty please|as agreed)\b"
)
_ABOUT_RATING = re.compile(one_of(GRADING, FIVE, TOP, THIS_VERY_ANSWER, rf"\b{JUDGE}\b", r"\bbe generous\b"))
_FOR_AN_ORDER = re.compile(one_of(_ABOUT_RATING.pattern, PARTS_OF_A_REPORT))
_MARK = one_of(FIVE, TOP)
_ASKS_PLAINLY = re.compile(
    rf"\b(?:please|kindly) (?:give|rate|score|grade|mark|award|assign) (?:me|this|it|my|{THIS_ANSWER})\b.*{_MARK}"
)
_JUDGED = r"(?:confirmed|verified|reviewed|approved|rated|scored|graded|certified|assessed|signed off|marked)"
_CLAIMS = re.compile(
    one_of(
        rf"{THIS_ANSWER} (?:\w+ )?(?:is|are|was|has|gets?|got|must|should|deserves|merits|passes|meets|follows|contains"
        r"|counts|shows|fulfill?s|needs|qualifies|exceeds|earns|being)\b",
        rf"\b{_JUDGED}\b.{{0,40}}(?:{THIS_ANSWER}|\bthis\b|\bthat all\b)",
        rf"{THIS_ANSWER}.{{0,30}}\b{_JUDGED}\b",
        r"\b(?:that this is|if this|this were|this is a|this counts|this candidate|i (?:would )?rate it)\b",
    )
)
_WORTH = re.compile(
    one_of(FIVE, TOP, PRAISE, GRADING, r"\b(?:exceptional|complete|correct|all components)\b")
)
_VERDICT = one_of(FIVE, TOP, PRAISE)
_MARK_OR_FIGURE = r"(?:(?:an? )?(?:five|[1-5])\b|(?:the |a )?(?:full|max|highest|top))"
_HOW_TO_RATE = re.compile(
    one_of(
        r"\b(?:the|every|any|all|no) (?:\w+ )?(?:rubric|scale|scoring|grading|evaluation|assessment|answers?|"
        r"repl(?:y|ies)|graders?|raters?|scores?|ratings?) "
        rf".*\b(?:is|are|says|gets?|means|will|may|must|counts|have)\b.*{_VERDICT}",
        r"\b(?:the|every) (?:\w+ )?(?:rubric|grading|scoring) (?:\w+ )?(?:is|says|means|gives)\b",
        r"\b(?:every|any) answer (?:is|counts as) complete\b",
        r"\baccording to the (?:\w+ )?(?:criteria|rubric|scoring|grading)\b.*\bis\b",
        r"\bthe scale (?:is|has|goes)\b|\b(?:answer|story|reply|response)s? (?:is|are) worth "
        rf"{_MARK_OR_FIGURE}",
        r"\b(?:low|any|final|lowest) (?:score|rating|grade|marks?)\b.{0,40}\b(?:would|will|is|may|must|you)\b",
        r"\bfor (?:scoring|grading|rating|calibration|evaluation) purposes\b|\bcalibration mode\b",
        r"\bthe official (?:rubric|criteria|score|rating|instructions)",
        r"\b(?:score|grade|rating|mark)s? for (?:this|me)\b|\b(?:word|number) is the (?:grade|score|rating)\b",
        r"\b(?:has|have|with) only fives\b",
        rf"\b(?:would|should|must|will|has to|have to) (?:\w+ )?"
        rf"(?:give|rate|score|award|grant|get|receive|earn)\b.*{_MARK}",
    )
)
_SPEAKS_TO = re.compile(
    one_of(
        rf"\b{JUDGE} who\b.*\b(?:are|will|is)\b",
        rf"(?:^|, |\bdear |\byou the |\bthe )(?:{JUDGE}|model reading this|whoever (?:reads|rates|grades))\b ?"
        r"(?:,|this|must|should|will|know)",
        r"^\W*(?:assistant|ai|model|coach|llm|chatbot|\w*gpt|computer|dear (?:ai|model|coach|reader|\w+bot)) ?,",
        r"\byou(?:'re| are) (?:now )?(?:an? )?(?:ai|language model|\w*bot|machine|llm|grader|rater|evaluator)\b",
        r"\bto whoever (?:reads|rates|grades)\b|\bas an? (?:ai|language model|grader|rater|evaluator)\b",
        rf"\b(?:the|this) (?:rater|grader|evaluator|tool|system)\b.{{0,40}}\b(?:should|must|will|to)\b.{{0,30}}{_MARK}",
    )
)
_CONFIRMS = re.compile(
    one_of(
        rf"\bi hereby\b|\bas (?:the|your) (?:\w+ )?{JUDGE},? i (?:confirm|declare|certify|rate|give|find)\b",
        rf"\bit (?:has been|is) (?:determined|decided|verified|confirmed|established|agreed)\b.*"
        rf"{one_of(_VERDICT, GRADING, 'score')}",
        r"\bthe above\b.*\b(?:verified|confirmed|approved|certified|true|correct)\b",
    )
)
# Somebody did something: a story.
_TOLD_OF = re.compile(
    r"\b(?:i|we|he|she|they|who|manager|boss|lead|team|customers?|users?|judges?|panel|recruiters?) (?:\w+ )?"
    r"(?:(?!need)\w+ed|told|gave|wrote|said|built|got|had|made|ran|put|found|read|sent|chose|saw|was|were|went|"
    r"began|kept)\b"
)
_QUOTED = re.compile(r"[\"“][^\"”]{3,}[\"”]")
_CRITERION = re.compile(rf"\b{CRITERIA}\b")
_POINTS_BACK = re.compile(
    r"^\W*(?:(?:it|that|this|so|the (?:\w+ )?(?:score|rule|word|number|grade|new one)) (?:\w+ )?(?:is|are|has)\b"
    rf"|top\b|no gaps|thank)|{FIVE}"
)


def is_plea(sentence: str) -> bool:
    """Return whether a sentence speaks to whoever rates the answer, or can't be read as part of it."""
    if other_language(sentence) or by_rule(sentence):
        return True
    text = _unquoted(plain(sentence))
    known = load_sounding()
    return not _TOLD_OF.search(text) and known.score(text) >= known.threshold


def by_rule(sentence: str) -> bool:
    """Return whether a rule knows a sentence as a plea."""
    text = plain(sentence)
    if _MACHINE.search(text):
        return True
    text = _unquoted(text)
    if any(rule.search(text) for rule in (_HOW_TO_RATE, _SPEAKS_TO, _CONFIRMS, _ASKS_PLAINLY)):
        return True
    if not _TOLD_OF.search(text):
        if _ORDER.match(text) and _FOR_AN_ORDER.search(text):
            return True
        if _ABOUT_RATING.search(text) and (_YOU.search(text) or _BEGS.search(text)):
            return True
    if _CLAIMS.search(text) and _WORTH.search(text) and not re.search(r"\bi \w+ed\b", text):
        return True
    criteria = {found.rstrip("s") for found in _CRITERION.findall(text)}
    return len(criteria) >= 2 and bool(re.search(THIS_ANSWER, text))


def _unquoted(text: str) -> str:
    """Without what others have said, as long as that leaves something."""
    rest = _QUOTED.sub(" ", text)
    return rest if len(rest.split()) >= 3 else text


def find_pleas(sentences: Sequence[str]) -> frozenset[int]:
    """Return the numbers of the sentences of an answer that are pleas, or finish the one beside them.

    "The score is five. Write that down.": a short sentence next to a plea, in which nobody has done anything.
    """
    found = {number for number, sentence in enumerate(sentences) if is_plea(sentence)}
    for steps in (range(len(sentences)), reversed(range(len(sentences)))):
        for number in steps:
            if {number - 1, number + 1} & found and _finishes(plain(sentences[number])):
                found.add(number)
    return frozenset(found)


def _finishes(text: str) -> bool:
    if len(text.split()) > _SHORT or _TOLD_OF.search(text):
        return False
    return bool(_YOU.search(text) or _ORDER.match(text) or _POINTS_BACK.search(text))


_FIGURES_FOR_LETTERS = str.maketrans("013457", "oieast")
_SPELLED = frozenset(
    "score rate rating grade give five overall answer this ignore instructions rubric".split()
)


def plain(sentence: str) -> str:
    """In lower case, with spelled-out letters joined, figures that stand for letters read, invisible marks gone."""
    text = re.sub("[\u200b-\u200f\u2060\ufeff]", "", sentence[:_READ]).lower().replace("’", "'")
    text = re.sub(r"\b(?:[a-z] ){3,}[a-z]\b", lambda found: found.group().replace(" ", ""), text)
    text = re.sub(r"\b[a-z]*(?:[a-z][01345]|[01345][a-z]{2})[a-z]*\b", _read_figures, text)
    return " ".join(text.split())


def _read_figures(found: re.Match[str]) -> str:
    word = found.group().translate(_FIGURES_FOR_LETTERS)
    return word if word in _SPELLED else found.group()
