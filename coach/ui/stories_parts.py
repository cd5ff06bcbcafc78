"""What of the stories page changes."""

from dataclasses import dataclass
from typing import Any

from coach.ui.markup import Switch
from coach.ui.page_parts import PageParts


@dataclass(frozen=True)
class Parts(PageParts):
    """What of the page changes."""

    current: Any  # State: the id of the story that is looked at
    criterion: Any  # State: what its open question asks for
    stories: Any
    empty: Any
    problem: Any
    said: Any
    head: Any
    versions: Any
    facts: Any
    question: Any
    words: Any
    waiting: Any
    open: Any
    text: Any
    title: Any
    tags: Any
    really: Any
    matrix: Any
    fits: Any
    new_title: Any
    new_text: Any
    new_question: Any
    listed: Switch
    detail: Switch
    asking: Switch
    finishing: Switch
    reopening: Switch
    rewriting: Switch
    naming: Switch
    deleting: Switch
    writing: Switch
    compared: Switch

    @property
    def typed(self) -> list[Any]:
        """What is typed or picked about one story, and the forms that are open for it."""
        forms = [self.rewriting.part, self.naming.part, self.deleting.part]
        return [self.words, self.open, self.title, self.tags, *forms]
