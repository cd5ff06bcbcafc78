"""Questions for a fact about the asker's own process: who called, when it is, how it went. No book can know it.

What holds for everybody is another matter, and so is advice: "how long until I hear back" and "how should I prepare
my stories" have answers. English only, as the corpus is.
"""

import re

_PEOPLE = (
    r"(?:recruiter|recruiting partner|interviewers?|hiring manager|bar raiser|coordinator|manager|boss|panel|team|"
    r"friend|colleague|referrer|contact)"
)
_EVENT = (
    r"(?:interviews?|loop|on-?site|screen|call|assessment|debrief|flight|appointment|deadline|start date|offer|"
    r"decision|results?)"
)
_DAY = (
    r"\b(?:tomorrow|today|tonight|yesterday|(?:next|this|last) (?:week|month|year|time)|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
# Whoever says these wants to know what to do, or what holds for everybody.
_ADVICE = re.compile(
    r"\b(?:should|could|might|prepare|practi[cs]e|advice|tips?|allowed|supposed|expected|worth|mean|usually|typically|"
    r"normally|if|because|how (?:do|can|to)|(?:what|which \w+) (?:do|can|could) i|(?:do|did) i (?:have|need)|"
    r"and (?:what|how) (?:do|does|can|is))\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(
    "|".join(
        (
            # What has happened to them.
            rf"^(?:so )?(?:did|has|have|had|was|were) (?:i|they|anyone|(?:my|the)(?: \w+)* (?:{_PEOPLE}|{_EVENT}))\b",
            r"^(?:did|has|have|was|were) my (?:\w+ ){0,2}(?:application|resume|referral|references?|answers?|solution|"
            r"feedback|portfolio)\b",
            r"\b(?:what|when|where|who|why|how|which)\b.* (?:did|have|had) (?:i|they)\b(?! (?:\w+ )?(?:forget|miss|"
            r"neglect|convince|do$|do\?))|\bhow did i do\b",
            r"\b(?:what|when|why) (?:did|has) .+ (?:think|thought|say|said|write|written|tell|told|ask|asked|"
            r"call|called|decide|decided)\b.*\b(?:me|my)\b",
            r"\b(?:called|emailed|contacted|referred|rejected|interviewed|interviewing) me\b",
            r"\b(?:how|what) (?:is|was) my (?:\w+ )?(?:interview|loop|screen|application|assessment|test) going\b",
            # What stands only in their own papers.
            r"\b(?:name|phone|number|e-?mail|address|contact|linkedin|id|password|log ?in|access code|status|outcome|"
            r"verdict|score|rating)\b.*\bmy (?:\w+ )?"
            rf"(?:{_PEOPLE}|role|position|application|job|candidacy|interview|loop)\b",
            rf"\bmy (?:\w+ )?{_PEOPLE}'s (?:\w+ )?(?:name|phone|number|e-?mail|address|contact|linkedin)\b",
            r"\bwhat(?:'s| is| was| were| are) (?:the )?(?:feedback|result|score) (?:of|on|for|from|in) my\b",
            r"\b(?:what|how)(?:'s| is| was| were| are) my (?:\w+ )?(?:score|grade|rating|result|feedback|level|"
            r"salary)s?\b",
            r"\bmy (?:\w+ )?(?:application status|candidate id|id|password|login|access code|start date|offer "
            r"letter|hotel)\b",
            r"^is my (?:\w+ )?(?:referral|application|offer|candidacy|background check)\b",
            # When, where and with whom it is.
            rf"\b(?:when|where|what time|wh(?:at|ich) (?:day|date|room|building|floor|team))\b.*\b(?:is|are|does|will|"
            rf"was) (?:mine|(?:my|our)(?: \w+){{0,2}} {_EVENT})\b",
            rf"\b(?:when|where|what time) my (?:\w+ ){{0,2}}{_EVENT} (?:is|starts?|begins?|ends?|takes place|will)\b",
            r"\b(?:which|what) (?:room|building|floor|team|office) (?:is|am|are|will) (?:my|i)\b",
            rf"\b(?:how long|how many (?:days|hours)|how much time) (?:is it )?(?:until|till|before) "
            rf"my (?:\w+ )?{_EVENT}\b",
            rf"\bwho(?:'s| is| are| was| will)\b.*\b(?:me|my(?: \w+){{0,2}} (?:{_PEOPLE}|{_EVENT}))\b",
            rf"\bwhich (?:one )?of my {_PEOPLE}\b",
            rf"\bwhat (?:is|are|was|were|will) (?:my|the) (?:\w+ )?{_PEOPLE}\b.* like\b",
            rf"^(?:is|are|was) (?:(?:my|our) (?:\w+ )?{_PEOPLE}|the (?:\w+ )?{_PEOPLE}\b.*\bmy)\b",
            rf"\b(?:will|did|was|am|is|does|have) (?:i|me|my|mine|they)\b.*{_DAY}",
            # How it will end, and against whom.
            r"^(?:am|will) i (?:going to |still )?(?:be (?:hired|rejected)|get (?:the|an) |pass|hired|in the running)",
            r"\b(?:will|do|have) they (?:\w+ )?(?:put|hire|take|pick|choose|offer|pay|place) (?:me|in my)\b",
            r"\bhow many (?:other )?(?:people|candidates|applicants|others)\b.*\b(?:my (?:role|position|job|opening)|"
            r"(?:as|besides|with|against) me)\b",
            rf"\bhow much (?:does|did|do|is) my (?:{_PEOPLE}|brother|sister|wife|husband)\b",
        )
    ),
    re.IGNORECASE,
)


def asks_for_own_facts(question: str) -> bool:
    """Whether somebody asks for what only they or the people they deal with can know."""
    text = " ".join(question.replace("’", "'").split())
    return bool(_PERSONAL.search(text)) and not _ADVICE.search(text)
