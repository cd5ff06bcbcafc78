"""The command, run in this process or in one of its own, and what it is given."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from tests.feedback.builders import STRONG

ROOT = Path(__file__).parents[2]
GUIDES = {
    "metrics.md": "# Metrics\n\n## Precision and recall\n\nPrecision is how much of what was flagged was right. "
    "Recall is how much of what there was we found.\n\n"
    "## Calibration\n\nA calibrated 70% comes true in 7 of 10 cases.\n",
    "stories.md": "# Stories\n\n## The result of a STAR answer\n\nSay what changed, seen from outside.\n",
}
QUESTION = "Tell me about a time you found the cause of a hard problem."
ANSWER = " ".join(text for _, text in STRONG)
POSTING = """Senior Machine Learning Engineer

What you'll do
- Own the forecasts of our shop
- Run the models that you train, and answer for them when they fail at night
- Mentor two junior engineers

Minimum qualifications
- 6+ years of experience with forecasting and time series
- Experience with learning to rank
"""


class Ended(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def line(self) -> str:
        """The one line in which a command that could not do its work says why."""
        assert self.code == 1
        assert self.out == ""
        assert self.err.startswith("coach: ")
        assert self.err.count("\n") == 1
        return self.err

    @property
    def json(self) -> dict[str, Any]:
        """The one object on standard output."""
        assert self.code == 0, self.err
        found: dict[str, Any] = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One object a line."""
        assert self.code == 0, self.err
        return [json.loads(line) for line in self.out.splitlines()]


Coach = Callable[..., Ended]


def rows_file(folder: Path, *rows: object) -> Path:
    """A batch file: bytes and texts are lines as they stand, anything else is dumped."""
    lines = [
        row if isinstance(row, bytes) else (row if isinstance(row, str) else json.dumps(row)).encode()
        for row in rows
    ]
    file = folder / "rows.jsonl"
    file.write_bytes(b"\n".join(lines) + b"\n")
    return file


def real(*argv: str, **options: Any) -> subprocess.Popen[str]:
    """The command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "coach", *argv],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )
