"""What came of the code in an interview's answers, as a debrief counts it."""

from coach.interview.debrief.model import Code
from coach.interview.handed_in import handed_in
from coach.interview.session import InterviewState


def code_of(state: InterviewState) -> tuple[Code, ...]:
    """Return how many cases the code passed that was handed in and run, by its turn."""
    found = [(number, handed_in(turn.answer or "")) for number, turn in enumerate(state.turns)]
    return tuple(
        Code(
            turn=number,
            passed=one.passed,
            cases=one.cases,
            text=f"The code passed {one.passed} of {one.cases} cases.",
        )
        for number, one in found
        if one is not None and one.passed is not None and one.cases
    )
