import re

from coach.feedback.feedback import Gap
from coach.feedback.rewrite import rewrite
from tests.feedback.builders import STRONG, tagged


def gap(criterion: str, *sentences: int) -> Gap:
    return Gap.model_validate({"criterion": criterion, "text": "...", "sentences": sentences})


def test_an_answer_in_order_without_gaps_needs_no_rewrite() -> None:
    assert rewrite(tagged(*STRONG), ()) is None


def test_sentences_come_in_telling_order_and_talk_is_left_out() -> None:
    shuffled = (STRONG[4], ("O", "It was a great time."), STRONG[0], STRONG[2], STRONG[1])
    told = rewrite(tagged(*shuffled), ())  # type: ignore[arg-type]
    assert told is not None
    assert told.text == " ".join(STRONG[i][1] for i in (0, 1, 2, 4))


def test_a_gap_becomes_a_blank_at_its_place_and_nothing_else_is_added() -> None:
    told = rewrite(tagged(*STRONG[:4]), (gap("result", 3), gap("task", 1)))
    assert told is not None
    assert told.text.endswith(f"[{told.blanks[0]}]")
    own_words = re.sub(r"\[[^\]]*\]\s*", "", told.text).strip()
    assert own_words == " ".join(text for _, text in STRONG[:4])
