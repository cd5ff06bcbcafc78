from collections.abc import Sequence

import numpy as np
import pytest

from coach.feedback.assessor import Assessor
from coach.feedback.encoding import DIMENSION, LAYERS, Encoded
from coach.feedback.evidence import gather_evidence
from coach.feedback.language import read_cues
from coach.feedback.network import SCORED
from coach.feedback.reader import Reading
from coach.feedback.rubric import TAGS
from tests.feedback.builders import STRONG

QUESTION = "Tell me about a time you found the cause of a hard problem."


def reading(name: str, shares: Sequence[float]) -> Reading:
    """A reading in which all that one criterion has to do with is known."""
    blank = np.zeros((len(shares), len(LAYERS), DIMENSION), dtype=np.float32)
    return Reading(
        cues=[read_cues("I ran.")] * len(shares),
        encoded=Encoded(blank[0], blank),
        tags=np.full((len(shares), len(TAGS)), 1 / len(TAGS), dtype=np.float32),
        scores={name: 1.25},
        evidence={name: np.array(shares, dtype=np.float32)},
        match=0.0,
    )


def shown(name: str, *shares: float) -> tuple[int, ...]:
    return gather_evidence(reading(name, shares))[name].sentences


def test_a_sentence_shows_a_component_that_it_alone_brings_far_enough() -> None:
    assert shown("action", 0.05, 0.6, 0.2, 0.4) == (1, 3)
    assert shown("action", 0.1, 0.2) == ()


@pytest.mark.parametrize("name", ["ownership", "relevance", "hypothetical"])
def test_where_attention_is_shared_out_twice_ones_share_is_enough(name: str) -> None:
    assert shown(name, 0.25, 0.25, 0.25, 0.25) == ()
    assert shown(name, 0.6, 0.2, 0.1, 0.1) == (0,)
    # Ten sentences, a fifth for two of them: not enough for a component, enough for a share.
    assert shown(name, 0.21, 0.21, *[0.0725] * 8) == (0, 1)
    assert shown("result", 0.21, 0.21, *[0.0725] * 8) == ()


def test_the_only_sentence_shows_what_is_shared_out() -> None:
    assert shown("ownership", 1.0) == (0,)


def test_a_check_has_the_score_on_the_rubrics_scale() -> None:
    check = gather_evidence(reading("result", [0.5]))["result"]
    assert (check.name, check.value) == ("result", 1.25)


def test_a_real_story_shows_each_part_where_it_is_told(assessor: Assessor) -> None:
    read = assessor.reader.read(QUESTION, [text for _, text in STRONG])
    checks = gather_evidence(read)
    assert checks.keys() == set(SCORED)
    for name, place in {"situation": 0, "task": 1, "result": 4, "measured": 4, "reflection": 5}.items():
        assert place in checks[name].sentences, name
    assert {2, 3} & set(checks["action"].sentences)
    assert all(checks[name].value == read.scores[name] for name in SCORED)
