"""Load and fill the prompts: one Markdown file each, front matter first, then what the model is told.

    ---
    id: critique
    version: 1
    variables: [question, answer]
    ---
    # System
    ...
    # User
    ... $question ... $answer ...

The system part has no variables, so that a server can keep it read between calls.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template

import yaml

from coach.errors import PromptError
from coach.models.chat import Message

_FORM = re.compile(r"\A---\n(?P<front>.*?)\n---\n\s*# System\n(?P<system>.*?)\n# User\n(?P<user>.*)\Z", re.S)


@dataclass(frozen=True)
class Prompt:
    """One prompt. `stamp` (version:hash) goes into every result that was made with it."""

    id: str
    version: int
    stamp: str
    variables: frozenset[str]
    system: str
    user: Template

    def messages(self, **values: str) -> list[Message]:
        """Fill in the variables.

        Raises:
            PromptError: a variable is missing, or one too many was given.
        """
        if wrong := self.variables ^ values.keys():
            raise PromptError(
                f"The prompt {self.id!r} was given other variables than it has: {sorted(wrong)}."
            )
        return [Message("system", self.system), Message("user", self.user.substitute(values))]


def load_prompts(folder: Path) -> Mapping[str, Prompt]:
    """Read every `*.md` of a folder, by id.

    Raises:
        PromptError: a file has not the form above, or two have the same id.
    """
    prompts: dict[str, Prompt] = {}
    for path in sorted(folder.glob("*.md")):
        prompt = _read(path)
        if prompt.id in prompts:
            raise PromptError(f"Two prompts in {folder} are called {prompt.id!r}: rename one of them.")
        prompts[prompt.id] = prompt
    if not prompts:
        raise PromptError(
            f"There are no prompts in {folder}: install the coach again, or restore the folder."
        )
    return prompts


def fence(text: str) -> str:
    """Make text from outside harmless inside a fenced part of a prompt: it can't close the fence."""
    return text.replace("<", "‹").replace(">", "›")


def _read(path: Path) -> Prompt:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise PromptError(f"{path} can't be read: {reason}.") from None
    form = _FORM.match(text)
    if not form:
        raise PromptError(f"{path} is not a prompt: it needs front matter, then `# System` and `# User`.")
    user = Template(form["user"].strip())
    if not user.is_valid():
        raise PromptError(f"{path}: a `$` in the text begins no variable; write `$$` for a dollar.")
    try:
        front = yaml.safe_load(form["front"])
        name, version, variables = str(front["id"]), int(front["version"]), frozenset(front["variables"])
    except (KeyError, TypeError, ValueError, yaml.YAMLError):
        raise PromptError(f"{path}: the front matter needs id, version and variables.") from None
    if variables != set(user.get_identifiers()):
        raise PromptError(f"{path}: `variables` and the text disagree.")
    stamp = f"{version}:{hashlib.sha256(text.encode()).hexdigest()[:4]}"
    return Prompt(name, version, stamp, variables, form["system"].strip(), user)
