"""Entries of a question bank, as its files have them."""

from typing import Any


def entry(**changes: Any) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "id": "technical-leakage-01",
        "kind": "technical",
        "topic": "leakage",
        "level": ["mid"],
        "question": "What is leakage?",
        "key_points": ["a", "b", "c", "d"],
        "mistakes": ["a", "b"],
        "probes": ["a", "b", "c"],
        "passages": [{"source": "corpus/guides/x.md", "heading": "Leakage"}],
    }
    return {name: value for name, value in (fields | changes).items() if value is not None}


CODING_FIELDS: dict[str, Any] = {
    "id": "coding-add-01",
    "kind": "coding",
    "topic": "adding",
    "task": "def add(a, b)\n\nAdd them.",
    "examples": [{"input": "(1, 2)", "output": "3"}],
    "hidden": [{"input": f"({number}, 1)", "output": f"{number + 1}"} for number in range(5)],
    "solution": "def add(a, b):\n    return a + b\n",
    "complexity": "Constant.",
}
