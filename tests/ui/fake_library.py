"""What a library finds and says, as plain data."""

from coach.library.reply import Cited, Reply
from coach.library.retrieval import Hit

FILE = "corpus/guides/telling-failures-and-conflicts.md"


def hit(
    rank: int,
    text: str = "A number beside its starting point lets a stranger judge the size of the change. "
    "Give both, and say who measured them.",
) -> Hit:
    return Hit(
        rank,
        1 - rank / 10,
        FILE,
        "Telling failures > Numbers that carry a story",
        "Telling failures",
        text,
        0,
        len(text),
        f"p{rank}",
    )


def reply(question: str, answer: str, *, done: bool = False, abstained: bool = False) -> Reply:
    cited = (
        Cited(
            source=FILE,
            heading="Numbers that carry a story",
            quote="A number beside its starting point lets a stranger judge the size of the change.",
        ),
        Cited(
            source="corpus/principles/earn-trust.md",
            heading="What it sounds like",
            quote="Say what you would change, before you are asked.",
        ),
    )
    return Reply(
        question=question,
        answer=answer,
        abstained=abstained,
        citations=cited[: answer.count("[")],
        model="fake-1b",
        timings_ms={"total": 3100} if done else {},
        passages=(hit(1), hit(2)),
        done=done,
    )
