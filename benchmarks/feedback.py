"""How long does a person wait for feedback? The assessment alone, the model's first word, and all of it.

Beside it, in the same run: the bare embedding of the same answer, and one free-form critique by the same
model with the same answer, sent cold.
"""

import statistics
import time

from common import CORPUS, build_in, show

from coach.evals.fit import CASES, read_rated
from coach.feedback.feedback import Asked
from coach.models.chat import Message

ANSWERS = 5
WORDS = (150, 250)  # answers of about 200 words


def main() -> None:
    """Run and print."""
    rows = [row for row in read_rated([CASES]) if WORDS[0] <= len(row.answer.split()) <= WORDS[1]][:ANSWERS]
    seconds: dict[str, list[float]] = {}

    def took(name: str, begun: float) -> None:
        seconds.setdefault(name, []).append(time.perf_counter() - begun)

    with build_in(CORPUS) as coach:
        coach.assessor.warm_up()
        assert coach.model is not None
        list(coach.feedback(Asked(question=rows[0].question), rows[0].answer))
        for row in rows:
            asked = Asked(question=row.question)
            begun = time.perf_counter()
            coach.assessor.embedder.embed([row.question, row.answer, *row.sentences])
            took("bare embedding", begun)
            begun = time.perf_counter()
            growing = coach.feedback(asked, row.answer)
            next(growing)
            took("assessment", begun)
            for number, _ in enumerate(growing):
                if number == 0:
                    took("first word of the model", begun)
            took("all of the feedback", begun)
        # After all feedback, since each of these makes the server forget what every critique begins with.
        for row in rows:
            begun = time.perf_counter()
            plain = f"Critique this interview answer.\nQuestion: {row.question}\nAnswer: {row.answer}"
            list(coach.model.stream([Message("user", plain)], max_tokens=600))
            took("one free-form critique, cold", begun)
    print(f"{len(rows)} answers of {WORDS[0]} to {WORDS[1]} words, model {coach.model.name}\n")
    cold = statistics.median(seconds["one free-form critique, cold"])
    show(
        ["what", "median, s", "slowest, s", "ratio to the critique"],
        [
            [
                name,
                f"{statistics.median(taken):.2f}",
                f"{max(taken):.2f}",
                f"{statistics.median(taken) / cold:.3f}",
            ]
            for name, taken in seconds.items()
        ],
    )


if __name__ == "__main__":
    main()
