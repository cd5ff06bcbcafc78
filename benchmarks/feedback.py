"""How long does a person wait for feedback? The assessment alone, the model's first word, and all of it.

Beside it, in the same run: the bare embedding of the same answer, and what others do, which is one free-form
critique and one grading prompt by the same model with the same answer, each sent cold. Then, for each text
that the model was asked for, how much of its prompt the server had read before. `--answers N` limits the run.
"""

import argparse
import statistics
import time

from common import CORPUS, build_in, show

from coach.evals.rated import load_rated
from coach.feedback.feedback import Asked, Feedback
from coach.models.chat import Message
from coach.models.connect import connect, warm_up
from coach.models.openai_chat import Usage
from coach.settings import load_settings

ANSWERS = 5
WORDS = (150, 250)  # answers of about 200 words
COLD = {
    "one free-form critique, cold": ("Critique this interview answer.", 600),
    "one grading prompt, cold": (
        "Grade this interview answer from 1 to 5 for situation, task, action and result, with a reason each. "
        "Answer as JSON.",
        300,
    ),
}


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=ANSWERS)
    wanted = parser.parse_args().answers
    rows = [row for row in load_rated(None) if WORDS[0] <= len(row.answer.split()) <= WORDS[1]]
    # One of every quality: strong answers have little to say about.
    rows = sorted(rows, key=lambda row: row.mean.numbers["overall"])[:: max(1, len(rows) // wanted)][:wanted]
    seconds: dict[str, list[float]] = {}
    calls: list[list[Usage]] = []
    said: list[tuple[Feedback, Feedback]] = []

    def took(name: str, begun: float) -> None:
        seconds.setdefault(name, []).append(time.perf_counter() - begun)

    with build_in(CORPUS) as coach:
        settings, told = load_settings(), list[Usage]()
        coach.model = connect(settings.model, settings, on_usage=told.append)
        assert coach.model is not None
        coach.assessor.warm_up()
        warm_up(coach.model, [Message("system", coach.advice_prompt.system)])
        for row in rows:
            asked = Asked(question=row.question, principle=row.principle)
            begun = time.perf_counter()
            coach.assessor.embedder.embed([row.question, row.answer, *row.sentences])
            took("bare embedding", begun)
            told.clear()
            begun = time.perf_counter()
            assessed = coach.assess(asked, row.answer)
            took("assessment", begun)
            growing = coach.advise(asked, assessed)
            feedback = next(growing)
            if feedback.model:
                took("first word of the model", begun)
            *_, feedback = [feedback, *growing]
            took("all of the feedback", begun)
            calls.append(list(told))
            said.append((assessed, feedback))
        # After all feedback, since each of these makes the server forget what every text begins with.
        for row in rows:
            for name, (prompt, tokens) in COLD.items():
                begun = time.perf_counter()
                text = f"{prompt}\nQuestion: {row.question}\nAnswer: {row.answer}"
                list(coach.model.stream([Message("user", text)], max_tokens=tokens))
                took(name, begun)
    print(f"{len(rows)} answers of {WORDS[0]} to {WORDS[1]} words, model {coach.model.name}\n")
    pairs = zip(*(seconds[name] for name in COLD), strict=True)
    cold = seconds["both of these"] = [sum(pair) for pair in pairs]
    show(
        ["what", "n", "median, s", "slowest, s", "times faster than both, at the median"],
        [
            [
                name,
                str(len(taken)),
                f"{statistics.median(taken):.2f}",
                f"{max(taken):.2f}",
                f"{statistics.median(cold) / statistics.median(taken):.1f}",
            ]
            for name, taken in seconds.items()
        ],
    )
    print()
    show(
        ["text", "n", "tokens of the prompt", "of these read before", "share", "tokens written"],
        shares(calls),
    )
    used = sum(worded(*pair) for pair in said)
    refused = sum(sum(after.refused.values()) for _, after in said)
    print(
        f"\n{used + refused} texts asked for, {used} used; one that adds something is stopped and not counted above"
    )


def worded(before: Feedback, after: Feedback) -> int:
    """How many texts of the model are in use."""
    plain = {gap.text for gap in before.gaps} | {one.question for one in before.follow_ups}
    return len(({gap.text for gap in after.gaps} | {one.question for one in after.follow_ups}) - plain)


def shares(calls: list[list[Usage]]) -> list[list[str]]:
    """One line for the first text of an answer, the second and so on: medians of what the server reports."""
    lines = []
    for place in range(max(map(len, calls), default=0)):
        some = [usage[place] for usage in calls if len(usage) > place]
        prompt, cached, answer = (
            statistics.median(getattr(usage, name) for usage in some)
            for name in ("prompt", "cached", "answer")
        )
        lines.append(
            [
                str(place + 1),
                str(len(some)),
                f"{prompt:.0f}",
                f"{cached:.0f}",
                f"{cached / prompt:.0%}",
                f"{answer:.0f}",
            ]
        )
    return lines


if __name__ == "__main__":
    main()
