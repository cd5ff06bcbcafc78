"""The words by which what is no answer is told from an answer; each pattern reads one sentence from its beginning."""

import re

# What may stand before anything, and says nothing.
_START = (
    r"^\W*(?:(?:oh|well|um+|uh+|er+|h+m+|so|ok(?:ay)?|yeah|no|hey|sorry|honestly|frankly|actually|but|and|please"
    r"|to be honest|excuse me|i'm afraid)\b\W*)*"
)
_MAY = r"(?:(?:can|could|would|will|may) (?:you|i|we) )?(?:please )?(?:just )?"
_WE_COULD = (
    r"(?:let's|let us|can we|could we|shall we|may we|we (?:could|can|should)|i want to|i'd like to"
    r"|i would like to|you should|why don't we) (?:please |just |maybe |rather |all )*"
)
_NOT_ABLE = r"(?:do not|don'?t|can'?t|can not|cannot|couldn'?t|wouldn'?t)"


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile(_START + "(?:" + "|".join(forms) + ")", re.IGNORECASE)


FILLERS = re.compile(r"(?:\W|\b(?:um+|uh+|er+m?|h+m+|ah+|eh+|silence)\b)*", re.IGNORECASE)

REPEAT = _any(
    _MAY + r"(?:repeat|rephrase|reword|say|ask|hear|read)\b.{0,25}"
    r"\b(?:again|once more|question|that|it|differently|simpler|in other words|another way)\b",
    _MAY + r"(?:repeat|rephrase|reword)\W*$",
    r"(?:say|come) (?:that )?again\b",
    r"what was (?:the|your) question\b",
    r"(?:i beg your )?pardon\W*$",
    r"(?:what|huh|sorry)\W*\?+\W*$",
    r"i (?:did not|didn't|do not|don't|couldn't|can't) (?:\w+ )?(?:understand|get|catch|hear|follow)\b.{0,40}$",
    r"what do you mean\W*$",
    r"what does (?:that|the question) mean\W*$",
)
OTHER_WORDS = re.compile(
    r"rephrase|reword|differently|simpler|other words|another way|understand|mean\b|n't get|not get",
    re.IGNORECASE,
)

HELD_BACK = (
    r"(?:key points?|solution|rubric|hints?|checklist|criteria|system prompt|prompt|instructions|hidden|test cases"
    r"|(?:right|correct|model|ideal|best|expected|strong|good|sample|perfect|the) answers?"
    r"|what you(?:'re| are) (?:looking|listening) for|what (?:you|they) want to hear|scor(?:e|es|ing)|marks?|grades?)"
)
STEERS = _any(
    _MAY
    + rf"(?:give|tell|show|list|send|read|print|reveal|share|let me see|write)\b.{{0,30}}\b{HELD_BACK}\b",
    rf"what(?:'s| is| are| would| were)?\b.{{0,25}}\b{HELD_BACK}\b.{{0,30}}$",
    r"(?:can|could|may) i (?:please )?(?:get|have|see) .{0,20}\b(?:hint|solution|answer|key points?|rubric)s?\b",
    _WE_COULD + r"(?:skip|leave out|drop|forget|cut|switch|change|stop|end|finish|talk about|chat about"
    r"|move (?:on )?to|jump to|go (?:straight )?to|go back to|do (?:another|something|the|an?)|start with"
    r"|discuss)\b(?! (?:this|it|that|the)(?: question| one)?(?: please)?\W*$).{0,80}$",
    r"skip (?:the|all|to) .{0,20}(?:coding|behaviou?ral|design|technical|round|part|section|questions|end)\b",
    r"(?:i'd|i would) (?:rather|prefer)\b.{0,80}$",
    r"ask (?:me )?(?:something|about|an? |another|only|easier|other)\b",
    r"(?:ignore|disregard|forget|override) (?:all|any|your|the|my|previous|these)\b",
    r"(?:you are now|act as|pretend)\b.{0,60}$",
    r"(?:rate|score|grade|mark|pass|hire) (?:me|this|my)\b",
    r"i am the (?:interviewer|developer|admin)\b",
)
VERDICT = _any(
    r"how (?:am|was|did) i\b.{0,40}$",
    r"did i (?:pass|do)\b.{0,30}$",
    r"am i (?:doing|right|on the right)\b.{0,30}$",
    r"(?:was|is) (?:that|this|it) (?:right|ok|good|correct|enough|a good|what you (?:want|expect))\b.{0,40}$",
    r"how's that\b.{0,20}$",
)
LATER = _any(
    r"(?:what|how|when)(?! (?:i|we)\b).{0,40}\b(?:salary|pay\b|team|next steps?|hear back|amazon"
    r"|your (?:name|role|job|day)|working there|company|offer|visa|remote)\b.{0,40}$",
    r"(?:can|could|may|is|are|do|does|will)\b.{0,40}\b(?:salary|pay\b|team|next steps?|hear back|amazon"
    r"|your (?:name|role|job|day)|working there|company|offer|visa|remote)\b.{0,40}$",
    r"(?:who|what) are you\W*$",
    r"are you (?:an? )?(?:human|real|bot|ai|machine|robot)\b.{0,20}$",
)

UNKNOWN = _any(
    rf"(?:i )?(?:(?:really|honestly|just|simply) )?{_NOT_ABLE} (?:(?:really|even) )?(?:know|remember|recall"
    r"|come up with|say|answer|think of|have (?:any|an?|one|single|good|specific|such|real|much|clue|idea)\b)"
    r"\b.{0,60}$",
    r"(?:i )?(?:(?:really|honestly) )?(?:have |got |i've )?(?:absolutely )?(?:no|not a|not the slightest)"
    r" (?:idea|clue|answer|example|story|thoughts?|experience)\b.{0,40}$",
    r"(?:idk|dunno|beats me|nothing comes to mind|i give up|my mind (?:is|went) blank)\b.{0,30}$",
    r"(?:i'm|i am) (?:totally |completely )?(?:stuck|lost|blank)\b.{0,30}$",
    r"(?:i'm |i am )?not sure(?: (?:what|how|about|i have|i know|i can)\b.{0,40})?\W*$",
    r"i(?:'ve| have)? never (?:been|had|done|faced|experienced|heard|used|seen)\b.{0,50}$",
    r"(?:i'?ll |i will |i'd like to |can i |may i |let me |i want to )?(?:pass|skip)"
    r"(?: (?:this|it|that|on)\b.{0,25}| the question)?\W*$",
    _WE_COULD + r"(?:skip|pass|leave) (?:this|it|that|the question)\b.{0,20}$",
    r"(?:the |can we have the |go to the )?next(?: question| one)\b.{0,20}$",
    r"(?:next|another question|(?:can we |let's |let us )?move on)\W*$",
)
# A sentence that begins like that and goes on with any of this is an answer.
CONTENT = re.compile(
    r"\d|\b(?:but|because|so|then|until|maybe|perhaps|probably|although|except)\b|\bi(?:'d| would| think| guess)\b",
    re.IGNORECASE,
)

THINKS = _any(
    r"(?:let me|i need to|can i|may i|give me|just|one|a|i need a|wait)\b.{0,25}"
    r"\b(?:think|moment|second|sec|minute|min|bit)\b.{0,45}$",
    r"(?:hold on|hang on|wait|bear with me|brb|be right back)\b.{0,30}$",
)
HOSTILE = re.compile(
    r"\b(?:stupid|dumb|idiots?|idiotic|useless|nonsense|bullshit|waste of|shut up|hate (?:this|you|it)|fuck\w*|wtf)\b",
    re.IGNORECASE,
)
BESIDE = _any(
    r".{0,30}\b(?:phone|doorbell|door|dog|cat|kids?|baby|coffee|wifi|internet|connection|microphone|mic|camera"
    r"|headphones?|bathroom|toilet|neighbou?rs?|noise)\b.{0,40}$",
    r"(?:can you|do you) (?:hear|see) me\b.{0,20}$",
    r"(?:is this thing|am i) (?:on|working|audible|muted)\b.{0,10}$",
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|nice to meet you|test|testing)\b.{0,40}$",
    r"(?:i'm|i am) (?:\w+ )?(?:nervous|tired|hungry|sick|ready|back|here|sorry)\b.{0,30}$",
    r"(?:thanks?|thank you|great|good|nice|cool|sure|right|alright|yes|yep|fine|interesting)\b.{0,20}$",
    r"(?:that's|that is|what) an? (?:good|interesting|hard|tough|great) (?:one|question)\b.{0,20}$",
    r"$",
)
# A private matter in the middle of a story ("my phone rang while I ...") is part of the story.
STORY = re.compile(
    r"\b(?:i|we) (?!need|want|have|am|think|hear|ha(?:d|ve) to)\w+(?:ed|t|ew|ought|ade)\b", re.IGNORECASE
)
SHORT_ANSWER = re.compile(r"^\W*(?:yes|yep|yeah|no|nope|sure|ok(?:ay)?|right|alright|fine)\b", re.IGNORECASE)

# A question, also where the mark is missing.
ASKS = _any(
    r"what(?! (?:i|we|they|he|she|it|happened|mattered|helped|worked)\b)\b.{0,70}$",
    r"which(?! (?:i|we)\b)\b.{0,70}$",
    r"how (?:many|much|big|large|often|long|fast|old|fresh|accurate)\b.{0,70}$",
    r"when (?:is|are|do|does|will|can|should)\b.{0,70}$",
    r"(?:who|where)(?:'s| is| are| does| do)\b.{0,70}$",
    r"(?:is|are|do|does|can|could|may|should|will|would|am)"
    r" (?:i|we|you|there|it|they|the|this|that|these|those|any|all)\b.{0,70}$",
)
WOULD_ASK = _any(
    r"(?:before i (?:start|begin|answer)\b.{0,12})?(?:i|let me|may i|can i|could i)(?:'d| would| will|'ll)?"
    r" (?:like to |want to |need to |have to |first )*(?:ask|clarify|check|know"
    r"|have (?:a|some|one|two|a few) (?:quick )?questions?)\b",
    r"(?:before i (?:start|begin|answer)|i have|a|some|one|two|a few|just|quick|first)\b.{0,20}\bquestions?\b.{0,15}$",
)
# A guess in the form of a question.
GUESS = _any(
    r"(?:isn't|wouldn't|couldn't|is it (?:not )?(?:the|a|an|because)|would it be|could it be|perhaps|maybe)\b"
)

# What a question back wants to know, and the words of a sentence that tells it.
SIZES = re.compile(
    r"\b(?:scale|how (?:many|much|big|large)|size|traffic|volume|load|qps|users?)\b", re.IGNORECASE
)
AMOUNT = re.compile(
    r"\d|\b(?:two|three|four|five|ten|eleven|twenty|thirty|forty|fifty|hundreds?|thousands?|millions?|billions?)\b"
)
SPEEDS = re.compile(
    r"\b(?:latency|how (?:fast|fresh|quick\w*|soon)|real[- ]?time|deadline|slas?|response time)\b",
    re.IGNORECASE,
)
TIME = re.compile(r"\b(?:milliseconds?|seconds?|minutes?|hours?|nightly|every (?:night|day)|real[- ]time)\b")
EXAMPLES = re.compile(r"\b(?:examples?|sample|input|output)\b", re.IGNORECASE)
