"""The rubric of a behavioural answer, as data: what is rated, on which scale, in which words."""

from typing import Literal, get_args

Tag = Literal["S", "T", "A", "R", "L", "O"]
TAGS: tuple[Tag, ...] = get_args(Tag)
TAG_NAMES: dict[Tag, str] = {
    "S": "Situation",
    "T": "Task",
    "A": "Action",
    "R": "Result",
    "L": "Learning",
    "O": "Other",
}

Component = Literal["situation", "task", "action", "result"]
COMPONENTS: tuple[Component, ...] = get_args(Component)
COMPONENT_TAG: dict[Component, Tag] = {"situation": "S", "task": "T", "action": "A", "result": "R"}

Kind = Literal["behavioral", "technical", "system_design", "coding", "case"]
KINDS: tuple[Kind, ...] = get_args(Kind)
