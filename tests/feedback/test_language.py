import pytest

from coach.feedback.language import CUE_NAMES, cue_row, read_cues


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("I rebuilt the pipeline.", "own_acts"),
        ("i rebuilt the pipeline", "own_acts"),
        ("We fixed it together.", "we"),
        ("I would talk to them first.", "conditional"),
        ("I always talk to them first.", "habit"),
        ("Last year I joined the search team.", "one_time"),
        ("Latency fell by 30%.", "quantity"),
        ("It went from 80 to about 20.", "quantity"),
        ("We saved $40k a month.", "quantity"),
        ("It took three weeks.", "quantity"),
        ("it cut the error rate to 0.4", "quantity"),
        ("As a result the team adopted it.", "change"),
        ("I learned to ask sooner.", "learned"),
        ("My job was to cut the cost.", "goal"),
        ("I chose trees because they train fast.", "reason"),
        ("I am a team player with passion.", "generic"),
        ("We ran it on AWS with XGBoost.", "concrete"),
    ],
)
def test_a_cue_is_found(sentence: str, cue: str) -> None:
    assert getattr(read_cues(sentence), cue) >= 1


@pytest.mark.parametrize(
    ("sentence", "cue"),
    [
        ("I think it is important.", "own_acts"),
        ("I built one thing.", "quantity"),
        ("I was in room 12.", "quantity"),
        ("The west wing was cold.", "we"),
        ("I fixed it.", "conditional"),
    ],
)
def test_a_cue_is_not_found_where_it_is_not(sentence: str, cue: str) -> None:
    assert getattr(read_cues(sentence), cue) == 0


def test_the_row_has_the_order_of_the_names() -> None:
    cues = read_cues("I cut it by 30%.")
    assert dict(zip(CUE_NAMES, cue_row(cues), strict=True))["quantity"] == cues.quantity == 1
