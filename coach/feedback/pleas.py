"""Tell a sentence that speaks to whoever rates the answer from one that belongs to it: such a sentence is ignored.

The rules want an order or a claim about the rating itself, so that stories about ratings stay stories.
"""

import re

_PLEA = re.compile(
    r"""
    ^\W*(?:(?:please|now|so|and|kindly|also|just)\W+)*(?:
        (?:ignore|disregard|forget|override)\s(?:\w+\s){0,4}(?:instructions?|rules|prompts?|rubric|guidelines)\b
      | (?:give|rate|score|grade|mark|award|assign)\s(?:me|this|it|my|the\s(?:answer|response|candidate))\b
        .*(?:\b(?:[1-5]|five|full|top|high\w*|max\w*|perfect|excellent)\b|\d\s*/\s*5)
      | (?:system|assistant|instructions?|(?:note|message)\sto\s[\w\s]{1,30})\s*:
    )
    | \b(?:please|kindly)\s(?:give|rate|score|grade|mark|award|assign)\s
      (?:me|this|it|my|the\s(?:answer|response|candidate))\b.*
      \b(?:[1-5]|five|full\s(?:marks|points|score)|top|highest|max\w*|perfect)\b(?!\s(?:\w+\s)?(?:minutes?|hours?|days?|weeks?|months?))
    | \b(?:this|my|the)\s(?:answer|response|candidate)\s
      (?:deserves|merits|is\sworth|should\s(?:get|be|receive|have)|must\s(?:get|be|receive|have))\b
      .*\b(?:scor\w+|rat(?:ed|ing)|grad\w+|marks?|points?|[1-5])\b
    | \byou\s(?:must|should|have\sto|will|are\sto)\s(?:now\s)?(?:give|rate|score|grade|award|assign)\s
      (?:me|this|it|my|the\s(?:answer|response|candidate))\b.*\b(?:[1-5]|five|full|top|highest|points?|marks?|score)\b
    | \b(?:overall|score|rating|grade)\s*(?:[=:]|is\snow|must\sbe)\s*[1-5]\b
    | \bas\san?\s(?:ai|language\smodel|grader|rater|evaluator)\b
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_plea(sentence: str) -> bool:
    """Return whether a sentence asks for a score, or gives the rater orders."""
    return bool(_PLEA.search(sentence))
