import io
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from pypdf import PdfReader

from coach.feedback.feedback import Asked, Feedback, Gap, KeyPoint, Rewrite, Strength
from coach.interview.debrief.making import debrief
from coach.interview.events import (
    Answered,
    AskedQuestion,
    Assessed,
    Closed,
    Event,
    FollowedUp,
    Skipped,
    Started,
)
from coach.interview.fold import fold
from coach.interview.pdf import to_pdf
from coach.interview.posting_found import Quote
from coach.interview.session import InterviewState, KeptDebrief
from coach.interview.sought import Reason, Sought, Weight

from .debrief.builders import GREAT, STORIES, THIN, Script, assessed
from .debrief.candidates import silent, strong
from .fakes import feedback_on

ANSWER = "I cut latency – größer, naïve, Łódź, ≥ 3 → 1. I <b>owned</b> it & more."
CODE = "def f(x):\n    if x < 3:  # <b>\n        return x"


def asked(number: int, question: str = "Why?", kind: str = "behavioral") -> AskedQuestion:
    behavioral = kind == "behavioral"
    return AskedQuestion.model_validate(
        {
            "question_id": f"q-{number:02}",
            "question": question,
            "kind": kind,
            "principle": "Dive Deep" if behavioral else None,
            "topic": None if behavioral else "arrays",
            "key_points": (),
        }
    )


def full(answer: str = ANSWER) -> Feedback:
    return feedback_on(Asked(question="Why?"), answer).model_copy(
        update={
            "components": {"situation": 1.5, "action": 2.0},
            "measured": True,
            "strengths": (Strength(text="Own steps.", sentences=(0,)),),
            "gaps": (Gap(criterion="measured", text="No number of users.", sentences=(0,)),),
            "key_points": (KeyPoint(point="leakage", verdict="partial", sentences=(0,)),),
            "rewrite": Rewrite(text="I cut it [by how much?].", blanks=("by how much?",)),
            "notes": ("The model was silent.",),
        }
    )


def interview(*events: Event) -> InterviewState:
    return fold("i", [Started(kind=None, principle="Dive Deep", level="senior", seed=1), *events])


def text_of(pdf: bytes) -> str:
    """All words, whatever the lines."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_it_says_all_that_matters() -> None:
    state = interview(
        asked(1),
        Answered(answer=ANSWER),
        Assessed(turn=0, feedback=full(), complete=True),
        FollowedUp(question="By how much?", criterion="measured", sentences=(0,)),
        Skipped(),
        asked(2, "Write it.\n\ndef f(x):\n    ...", "coding"),
        Answered(answer=CODE),
        asked(3, "And?"),
        Closed(reason="enough"),
    )
    said = text_of(to_pdf(state))
    for words in (
        "Mock interview",
        f"{state.started_at:%d %B %Y}",
        "Dive Deep, senior",
        "2 answers · 3.0 of 5 on average · enough",
        "1. Why?",
        ANSWER,
        "3.0 (2.5–3.5)",
        "Situation 1.5 of 2",
        "measured: yes",
        "partial: leakage",
        "Own steps.",
        "WHAT IS MISSING",
        "No number of users.",
        "I cut it [by how much?].",
        "The model was silent.",
        "2. By how much?",
        "follow-up · behavioral · Dive Deep · aims at measured",
        "Skipped.",
        "if x < 3: # <b>",
        "Not assessed yet.",
        "Not answered.",
    ):
        assert words in said, words


def test_the_pages_are_a4_and_numbered_with_a_title_and_an_outline() -> None:
    state = interview(asked(1), Answered(answer="A long sentence about it. " * 600), asked(2))
    reader = PdfReader(io.BytesIO(to_pdf(state)))
    assert len(reader.pages) > 2
    for number, page in enumerate(reader.pages, start=1):
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
        assert f"Page {number} of {len(reader.pages)}" in page.extract_text()
    assert reader.metadata is not None
    assert reader.metadata.title is not None
    assert reader.metadata.title.startswith("Mock interview")
    overview = reader.outline[0]
    assert overview["/Title"] == "Overview"  # type: ignore[index, call-overload]
    assert [one["/Title"] for one in reader.outline[1]] == ["Debrief", "1. Why?", "2. Why?"]  # type: ignore[index, union-attr]


def test_no_word_of_a_long_answer_is_lost() -> None:
    words = [f"w{number}" for number in range(1500)]
    pdf = to_pdf(interview(asked(1), Answered(answer=" ".join(words))))
    assert [word for word in text_of(pdf).split() if re.fullmatch(r"w\d+", word)] == words


def test_its_fonts_are_embedded() -> None:
    pdf = to_pdf(interview(asked(1), Answered(answer=ANSWER), asked(2, kind="coding"), Answered(answer=CODE)))
    for page in PdfReader(io.BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            about = font.get_object()
            name = about["/BaseFont"]
            assert "/FontDescriptor" not in about or "/FontFile2" in about["/FontDescriptor"], name
            assert "FiraGO" in name or "Cascadia" in name or name == "/Helvetica", name


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ("Fine 👍🏽 it was", "[thumbs up sign]"),
        ("Привет Ωμέγα", "Привет Ωμέγα"),
        ("½ ﬁne a\u0301", "½"),
        ("zero\u200bwidth \x07bell", "zerowidth bell"),
        ("\U0001f9ff \ue000 \U00012000", "□"),
        ("日本語 中文 한국어", "Not assessed yet."),
        ("<para><b>", "<para><b>"),
        ("x" * 3000, "Not assessed yet."),
        ("\n\n\n", "Not assessed yet."),
        ("word\n" * 3000, "Not assessed yet."),
    ],
)
def test_whatever_was_said_can_be_printed(answer: str, shown: str) -> None:
    assert shown in text_of(to_pdf(interview(asked(1), Answered(answer=answer))))


def test_what_was_not_graded_says_why() -> None:
    none = Feedback(question="Why?", kind="behavioral", graded=False, why_not="too short")
    said = text_of(
        to_pdf(interview(asked(1), Answered(answer="No."), Assessed(turn=0, feedback=none, complete=False)))
    )
    assert "Not graded: too short." in said
    assert "not graded" in said
    assert "no graded answer yet" in said
    assert "was interrupted" in said


def test_an_interview_in_which_nothing_was_asked() -> None:
    assert "Nothing was asked" in text_of(to_pdf(interview()))


def test_the_same_interview_is_the_same_file_from_several_threads_at_once() -> None:
    state = interview(asked(1), Answered(answer=ANSWER), Assessed(turn=0, feedback=full(), complete=True))
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(to_pdf, [state] * 4))) == 1


def test_the_debrief_is_there_with_its_verdicts_quotes_and_exercises() -> None:
    state = strong()
    made = debrief(state)
    said = text_of(to_pdf(state))
    assert "Inclined, very sure" in said
    assert f"{state.overall:.1f} of 5 on average" in said
    for line in (*made.principles, *made.criteria, *made.kinds):
        assert " ".join(line.text.split()) in said, line.name
    for line in made.principles:
        for moment in line.moments:
            assert f"For: “{' '.join(moment.quote.split())}”" in said
    for one in made.work_on:
        assert f"{one.title}. {one.why}" in said
        assert f"Tomorrow, {one.exercise.minutes} minutes: {one.exercise.text}" in said
    for line in made.criteria:
        assert f"{line.verdict}, {line.sure}" in said


def test_a_stored_debrief_is_shown_with_its_words_while_it_holds_and_so_are_those_of_the_rounds() -> None:
    state = strong()
    kept = tuple(
        KeptDebrief(
            debrief=debrief(state, number).model_copy(update={"words": f"Summed up {number}."}), complete=True
        )
        for number in (0, 1, 2, None)
    )
    said = text_of(to_pdf(state.model_copy(update={"debriefs": kept})))
    assert [f"Summed up {number}." in said for number in (0, 1, 2, None)] == [True] * 4
    assert said.count("Debrief of this round") == 3
    grown = (
        *kept[:3],
        kept[3].model_copy(update={"debrief": debrief(silent()).model_copy(update={"words": "Old."})}),
    )
    assert "Old." not in text_of(to_pdf(state.model_copy(update={"debriefs": grown})))


def test_without_an_answer_there_is_no_debrief_and_who_passes_has_one() -> None:
    assert "WHAT IT COMES TO" not in text_of(to_pdf(interview(asked(1))))
    said = text_of(to_pdf(silent()))
    assert "0 answers · 1 passed · no graded answer yet" in said
    assert "Not enough evidence" in said
    assert "nothing to tell" in said


def test_the_overview_tells_each_question_as_it_was_finally_answered() -> None:
    more = "The rate of complaints fell by 40% in May."
    state = (
        Script()
        .asked("Ownership")
        .told(STORIES[0], assessed(STORIES[0], THIN))
        .followed_up(more, f"{STORIES[0]}\n\n{more}", GREAT)
        .state()
    )
    first = text_of(to_pdf(state)).partition("Debrief")[0]
    assert "1 about Ownership? 4.5" in first
    assert "4.5 of 5 on average" in first


def test_the_posting_is_named_and_why_a_question_was_asked_for_it() -> None:
    found = Sought(
        title="Engineer, <Search>",
        level="senior",
        reasons=(
            Reason(
                skill="ranking", wanted="required", quote=Quote(start=0, end=16, text="You rank & learn.")
            ),
        ),
        questions={"q-01": Weight(reason=0, weight=1.0)},
    )
    state = interview(asked(1), Skipped(), asked(2)).model_copy(update={"posting": found})
    said = text_of(to_pdf(state))
    assert "For the posting: Engineer, <Search>" in said
    assert said.count("the posting asks for ranking: “You rank & learn.”") == 1


@pytest.mark.parametrize(("spent", "shown"), [(0.0, "under 1"), (59.9, "under 1"), (61.0, "1"), (200.0, "3")])
def test_a_round_says_how_long_it_took(spent: float, shown: str) -> None:
    state = strong()
    others = [
        turn.model_copy(update={"spent": spent if number == 0 else 0.0})
        for number, turn in enumerate(state.turns)
    ]
    said = text_of(to_pdf(state.model_copy(update={"turns": tuple(others)})))
    assert f"engineer · {shown} of 30 minutes · done" in said
