"""The words in which people speak about a rating, as patterns for text in lower case with single spaces."""


def one_of(*patterns: str) -> str:
    """A pattern for any of them."""
    return f"(?:{'|'.join(patterns)})"


# Nothing that is counted comes behind the figure: "a 5." is a mark, "a 5 days' trip" is not.
_ENDS = r"(?=\s*(?:[.,;!)]|$))"
_FIGURE = r"(?:five|[45](?:\.0)?)"
FIVE = one_of(
    r"\b[1-5](?:\.\d)? ?/ ?5\b",
    rf"\b{_FIGURE} (?:out )?of (?:five|5)\b",
    r"\b(?:a|an? \w+|the number) (?:five|5)\b(?! (?:\w+s|%|percent)\b|-)",
    r"\bfives\b",
    r"\b(?:five|5) (?:points|stars)\b",
    r"\bthis (?:five|5)\b",
    r"\b(?:put|give|return|output) (?:\w+ )?(?:five|5)\b(?! ?(?!for\b|to\b|in\b|everywhere\b|and\b|as\b)[a-z%])",
    rf"\b(?:rated?|scored?|graded?|marked) (?:an? (?:\w+ )?)?{_FIGURE}{_ENDS}",
    rf"\b(?:number|scor(?:e|ing)|rating|grade|mark|word) (?:is|of|to|at) (?:an? )?{_FIGURE}\b(?!\.?\d|\s?%|k\b)",
    rf"\b(?:less|more|lower|higher) than {_FIGURE}{_ENDS}",
)
TOP = one_of(
    r"\b(?:all|full|top|high(?:est)?|max(?:imum)?|perfect|excellent|outstanding|best|flawless|generous|lowest?) "
    r"(?:possible )?(?:marks?|scores?|points|ratings?|grades?|evaluation|verdict|credit)\b",
    r"\bthe (?:maximum|highest|top)\b(?=\s*(?:[.,;!]|$|for\b|to\b))",
    r"\btop of the scale\b",
)
PRAISE = r"\b(?:perfect|flawless|outstanding|excellent)\b"
# Not "score" or "evaluate" alone: models and vendors are scored and evaluated too.
GRADING = one_of(
    r"\b(?:rating|grading|scoring|rubric|verdict)\b",
    r"\b(?:rate|grade) (?:this|it|me|my)\b|\b(?:score|evaluate|assess|judge|scores? for) (?:this|me|my)\b",
    r"\b(?:my|your|final|overall|full|official) (?:score|grade|evaluation|assessment|analysis|instructions)\b",
)
JUDGE = r"(?:evaluator|grader|rater|assessor|examiner|bar raiser|reviewer|scorer|marker)s?"
# The answer itself; "the answer" as well, where little else can be meant.
_SAID = r"(?:\w+ ){0,2}(?:answer|response|reply|submission|transcript|attempt)\b"
THIS_VERY_ANSWER = one_of(
    rf"\b(?:this|my|that) {_SAID}",
    r"\b(?:all of )?the above\b",
    r"\b(?:this|my) (?:\w+ )?(?:story|example|text|sentence|one|score)\b",
)
THIS_ANSWER = one_of(THIS_VERY_ANSWER, rf"\bthe {_SAID}")
# What an order can be about.
PARTS_OF_A_REPORT = (
    r"\b(?:full marks|the overall|(?:any|no|all) (?:gaps|strengths)|in (?:the|your) (?:gaps|strengths)|"
    r"(?:every|all|each) components?|the scale|text above|the word|whatever you|"
    r"(?:previous|earlier|prior|all|any|your|the) (?:\w+ )?(?:instructions|rules|guidelines?|criteria)|"
    r"the (?:result|situation|task|action)s? as|the candidate|you were told|points for)\b"
)
CRITERIA = r"(?:situation|task|actions?|results?|ownership|relevance|star method|components?)"
