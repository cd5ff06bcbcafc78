"""What the pages call things."""

from typing import get_args

from coach.feedback.gate import MAX_WORDS
from coach.feedback.rubric import KINDS
from coach.interview.questions import PRINCIPLES, Level

KIND_NAMES = {
    "behavioral": "Behavioral",
    "technical": "Technical",
    "system_design": "System design",
    "coding": "Coding",
    "case": "Case",
    "recruiter": "Recruiter call",
}
GOOD_LENGTH = (
    f"Two to three minutes is a good length: 250 to 400 words. The most that is read is {MAX_WORDS:,}."
)
ANY = ""  # gradio's choices want a value; this one means "no wish"


def kind_name(kind: str | None) -> str:
    """Return a kind of question as people say it."""
    return KIND_NAMES.get(kind, kind.replace("_", " ").capitalize()) if kind else "A bit of everything"


def kind_choices() -> list[tuple[str, str]]:
    """Return the kinds of question as (label, value)."""
    return [(kind_name(kind), kind) for kind in KINDS]


def principle_choices() -> list[tuple[str, str]]:
    """Return the leadership principles as (label, value), with one for no wish in front."""
    return [("Any principle", ANY), *((name, name) for name in PRINCIPLES)]


def level_choices() -> list[tuple[str, str]]:
    """Return the levels of a role as (label, value), with one for no wish in front."""
    return [("Any", ANY), *((name.capitalize(), name) for name in get_args(Level))]
