from tests.feedback.builders import STRONG, evidence


def without(tag: str) -> dict[str, float]:
    return {
        name: check.value for name, check in evidence(*[pair for pair in STRONG if pair[0] != tag]).items()
    }


def test_a_strong_answer_passes_every_check_but_the_hypothetical() -> None:
    values = {name: check.value for name, check in evidence(*STRONG).items()}
    assert values.pop("hypothetical") < 0.2
    weak = {name: value for name, value in values.items() if value < 0.5}
    assert weak == {}


def test_taking_a_part_away_lowers_its_own_checks() -> None:
    whole = {name: check.value for name, check in evidence(*STRONG).items()}
    for tag, names in {
        "S": ["setting", "setting_specific"],
        "A": ["action", "own_action", "steps", "action_detail"],
        "R": ["outcome", "outcome_concrete", "measured"],
        "L": ["learned"],
    }.items():
        for name in names:
            assert without(tag)[name] < whole[name] - 0.3, (tag, name)


def test_checks_point_at_the_sentences_that_show_them() -> None:
    checks = evidence(*STRONG)
    assert checks["setting"].sentences == (0,)
    assert checks["own_action"].sentences == (2, 3)
    assert checks["measured"].sentences == (4,)
    assert checks["learned"].sentences == (5,)


def test_we_takes_ownership_away_and_nothing_of_the_outcome() -> None:
    ours = [(tag, text.replace("I ", "we ").replace("My", "Our")) for tag, text in STRONG]
    mine, together = evidence(*STRONG), evidence(*ours)
    assert mine["ownership"].value > 0.9
    assert together["ownership"].value == 0.0
    assert together["outcome"].value == mine["outcome"].value
    assert together["setting"].value == mine["setting"].value


def test_what_one_would_do_is_hypothetical() -> None:
    talk = evidence(
        ("O", "I would talk to them first."), ("O", "I always make sure that everybody is heard.")
    )
    assert talk["hypothetical"].value > 0.9
    assert talk["one_event"].value < 0.3


def test_a_number_in_the_setting_does_not_measure_the_outcome() -> None:
    decorated = evidence(
        ("S", "We had 40 people and 3 offices in 2023."),
        ("A", "I wrote it."),
        ("R", "It went well in the end."),
    )
    assert decorated["measured"].value < 0.35


def test_distance_is_what_relevance_sees() -> None:
    assert evidence(*STRONG, closeness=0.0)["relevant"].value == 0.0
    assert evidence(*STRONG, closeness=0.9)["relevant"].value == 1.0


def test_saying_everything_twice_adds_no_new_part() -> None:
    once = evidence(("S", "In 2023 the team at work had a slow model."), ("O", "It was important."))
    twice = evidence(*[("S", "In 2023 the team at work had a slow model."), ("O", "It was important.")] * 2)
    for name in ("task", "own_action", "outcome_concrete", "measured", "ownership", "hypothetical"):
        assert abs(twice[name].value - once[name].value) < 0.1, name
