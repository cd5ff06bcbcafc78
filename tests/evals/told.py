"""Rated answers in words, for what is made of them."""

from typing import Any

from coach.evals.rated import QUALITIES, Rated, Reading
from coach.feedback.network import SCORED

RATINGS = {name: 0.5 if name in QUALITIES else 1.5 for name in SCORED} | {"overall": 4.0}
EMPTY, REMARK = "It is what it is.", "I like tea."


def answer(
    name: str = "a",
    *sentences: str,
    tags: str = "SAR",
    source: str = "own",
    **numbers: float,
) -> Rated:
    said = sentences or ("My tests broke in May.", "I mended them.", "It took me three days.")
    given: dict[str, Any] = {
        "id": name,
        "source": source,
        "cluster": name,
        "question": "Why?",
        "principle": None,
        "answer": " ".join(said),
        "sentences": said,
        "mean": Reading(numbers=RATINGS | numbers, tags=tags),
        "raters": (),
    }
    return Rated(**given)


def practice(overall: float, *sentences: str, tags: str) -> Rated:
    return answer(f"p{overall}", *sentences, tags=tags, source="practice", overall=overall)
