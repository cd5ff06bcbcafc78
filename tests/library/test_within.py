from dataclasses import replace

import pytest

from coach.library.within import within

from .found import TEXTS, hits

ASKED = "What is recall?"


@pytest.mark.parametrize(
    ("cosine", "covered", "abstained"),
    [(0.1, 0.3, False), (0.2, 0.1, True), (0.45, 0.1, False), (0.45, 0.0, True), (None, 0.3, False)],
)
def test_of_own_guides_words_decide_more_than_meaning(
    cosine: float | None, covered: float, abstained: bool
) -> None:
    assert within(ASKED, hits(*TEXTS, cosine=cosine, covered=covered)) is not abstained


def test_own_guides_may_answer_where_the_corpus_does_not() -> None:
    corpus = hits(TEXTS[0], cosine=0.1, covered=0.1, questioned=True)
    assert not within(ASKED, corpus)
    assert within(ASKED, corpus + hits(TEXTS[1], cosine=0.3, covered=0.2))
    assert not within(ASKED, corpus + hits(TEXTS[1], cosine=0.3, covered=0.15)), "alone it would do"
    assert within(ASKED, hits(TEXTS[1], cosine=0.3, covered=0.15))
    near = hits(TEXTS[0], cosine=0.9, covered=0.1, questioned=True)
    assert within(ASKED, near + hits(TEXTS[1], cosine=0.1, covered=0.0))


def test_words_shared_with_the_corpus_alone_are_no_answer_of_it() -> None:
    assert not within(ASKED, hits(*TEXTS, cosine=0.2, covered=0.3, questioned=True))


def test_what_no_book_can_know_is_not_here_but_somebodys_own_letter_may_know_it() -> None:
    asked = "When is my interview?"
    takes, letter_text = "An interview takes 55 minutes.", "Dear Sam, your interview is on 3 March at 10:30."
    corpus = hits(takes, cosine=0.7, covered=0.9, questioned=True)
    guide = hits(takes, cosine=0.7, covered=0.9)
    letter = hits(letter_text, cosine=0.7, covered=0.9)
    assert not within(asked, corpus)
    assert not within(asked, guide)
    assert within(asked, letter)
    assert within(asked, corpus + letter)
    assert not within(asked, hits("Dear Sam, thank you.", cosine=0.1, covered=0.0))
    assert within("How long is my interview?", corpus)


def test_what_the_corpus_is_asked_in_the_same_words_is_answered_however_personal() -> None:
    (hit,) = hits("Debriefs are within days.", questioned=True)
    assert not within("Did the debrief happen already?", [hit])
    assert within("Did the debrief happen already?", [replace(hit, asked=0.85)])
