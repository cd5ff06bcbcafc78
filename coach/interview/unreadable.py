"""A stored interview that can't be read: named with the reason, and saved as it lies in the database."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Unreadable:
    """`started_at` is as the database has it (ISO 8601), `why` one line that says what to do."""

    id: str
    started_at: str
    why: str


def to_raw(interview_id: str, rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the rows of an interview as JSON, to send to whoever can mend them; `Store.raw` gives the rows.

    Unlike an export it can't be brought back: it holds what is damaged just as it is.
    """
    return json.dumps({"interview": interview_id, "rows": list(rows)}, ensure_ascii=False, indent=1)
