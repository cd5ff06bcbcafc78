"""What the pages show, as pure text: nothing anyone wrote becomes markup, and nothing is lost."""

from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from html.parser import HTMLParser

import pytest
from fake_coach import ANSWER, feedback_of
from fake_library import hit, reply

from coach.coding.attempt import CodeJudgment, NextQuestion, Remark
from coach.coding.results import CaseResult, RunResult
from coach.feedback.feedback import Asked, Feedback, Rewrite
from coach.feedback.rubric import TAG_NAMES
from coach.interview.handed_in import HandedIn
from coach.interview.questions import QuestionBank
from coach.interview.session import InterviewState, Turn
from coach.ui import render, render_coding, render_guides, render_interview, render_round
from coach.ui.pages import header

EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"' onmouseover='alert(3) &amp; [<b>how</b>?]"
ASKED = Asked(question="Tell me about a time.")


class Tags(HTMLParser):
    """Collects the elements, their attributes and the text; elements must be closed in order."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(markup)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def evil(said: Feedback) -> Feedback:
    """The same feedback with every text in it replaced."""

    def spoilt(value: object) -> object:
        if isinstance(value, dict):
            kept = {"tag", "verdict", "criterion", "kind"}
            return {key: one if key in kept else spoilt(one) for key, one in value.items()}
        if isinstance(value, list | tuple):
            return [spoilt(one) for one in value]
        return EVIL if isinstance(value, str) else value

    return Feedback.model_validate(
        spoilt(said.model_dump()) | {"timings_ms": {}, "components": said.components}
    )


def state_of(*turns: Turn) -> InterviewState:
    now = datetime(2026, 3, 2, 19, 5, tzinfo=UTC)
    return InterviewState(id="i1", kind=None, principle=None, level=None, seed=0, started_at=now, turns=turns)


def turn_of(question: str, **more: object) -> Turn:
    now = datetime(2026, 3, 2, 19, 5, tzinfo=UTC)
    fields = {"question_id": "behavioral-01", "kind": "behavioral", "principle": EVIL, "asked_at": now}
    return Turn.model_validate({"question": question, **fields, **more})


def everything_evil() -> list[str]:
    said = evil(feedback_of(ASKED, ANSWER, worded=2).model_copy(update={"notes": (EVIL,)}))
    technical = evil(feedback_of(Asked(question="When?", kind="technical"), ANSWER, worded=2))
    state = state_of(turn_of(EVIL, answer=EVIL, feedback=said), turn_of(EVIL, answer=EVIL), turn_of(EVIL))
    coding = state_of(turn_of(f"{EVIL}\n\n{EVIL}", kind="coding"))
    answer = reply(EVIL, f"{EVIL} [1] [2] [3]", done=True)
    cited = tuple(
        one.model_copy(update={"source": EVIL, "heading": EVIL, "quote": EVIL}) for one in answer.citations
    )
    return [
        render.assessment(said),
        render.assessment(technical),
        render.advice(said, 3),
        render.small_print(said),
        render.not_graded(EVIL),
        render.unrated(EVIL),
        render.problem(EVIL),
        render_round.question(state, None, QuestionBank(())),
        render_round.question(coding, None, QuestionBank(())),
        render_round.thread(
            state_of(turn_of(EVIL, asides=[{"what": "clarify", "said": EVIL, "reply": EVIL}]))
        ),
        render_round.problem(ValueError(EVIL)),
        render_interview.history(state.turns),
        render_interview.history(state.turns, quiet=True),
        render_interview.closing(state.model_copy(update={"closed_because": EVIL})),
        render_coding.handed(HandedIn(EVIL, EVIL, 1, 2)),
        render_coding.ran(
            RunResult(
                cases=(
                    CaseResult(
                        number=1,
                        hidden=False,
                        outcome="raised",
                        input=EVIL,
                        expected=EVIL,
                        message=EVIL,
                        printed=EVIL,
                    ),
                    CaseResult(number=2, hidden=False, outcome="wrong", input=EVIL, expected=EVIL, got=EVIL),
                )
            ),
            EVIL,
        ),
        render_coding.judged(
            CodeJudgment(
                remarks=(Remark(aspect="style", tone="bad", text=EVIL, lines=(1,)),),
                next_questions=(NextQuestion(question=EVIL, aspect="tests"),),
            )
        ),
        render_interview.follow_up(EVIL),
        render_guides.reply(answer.model_copy(update={"citations": cited, "notes": (EVIL,), "model": EVIL})),
        render_guides.hits([hit(1, EVIL)]),
        render_guides.waiting([replace(hit(1), heading=EVIL)]),
        render.prose(f"**{EVIL}** `{EVIL}`"),
        header(Standing()),
    ]


class Standing:
    model = EVIL
    model_state = "failed"
    model_note = EVIL
    passages = 3
    sources = 1


def test_no_text_becomes_markup() -> None:
    for shown in everything_evil():
        found = Tags(shown)
        assert not found.seen & {"script", "img"}, shown
        assert not {name for name in found.attributes if name.startswith("on")}, shown
        assert "alert(1)" in found.text
        assert "<script>" not in shown
        assert "<img" not in shown


def test_every_sentence_stands_under_its_tag_in_order() -> None:
    said = feedback_of(ASKED, ANSWER)
    shown = render.assessment(said)
    places = [shown.index(f'data-n="{one.index}"') for one in said.sentences]
    assert places == sorted(places)
    plain = unescape(shown)
    for one in said.sentences:
        before = plain[: plain.index(f'data-n="{one.index}"')]
        assert before.rindex(f"<b>{one.tag}</b> <span>{TAG_NAMES[one.tag]}") == before.rindex("<b>")
        assert one.text in plain


def test_an_explanation_has_no_situation_or_result() -> None:
    shown = render.assessment(feedback_of(Asked(question="When?", kind="technical"), ANSWER))
    assert "Situation" not in shown
    assert "covered" in shown
    assert "missing" in shown


def test_the_range_is_drawn_where_the_numbers_say() -> None:
    shown = render.assessment(feedback_of(ASKED, ANSWER))
    assert "left:62.5%" in shown  # 3.5 on a scale from 1 to 5
    assert "left:52.5%;width:27.5%" in shown  # 3.1 to 4.2
    assert "3.5 of 5, probably between 3.1 and 4.2" in shown


def test_a_story_to_another_question_is_called_that() -> None:
    said = feedback_of(ASKED, ANSWER)
    assert "another question" not in render.assessment(said)
    assert "A story, but to another question" in render.assessment(
        said.model_copy(update={"overall": 2.5, "on_topic": "no"})
    )


def test_what_has_no_score_shows_none() -> None:
    said = feedback_of(ASKED, ANSWER).model_copy(update={"overall": None, "measured": None})
    shown = render.assessment(said)
    assert "of 5" not in shown
    assert "number in the result" not in shown


@pytest.mark.parametrize("why", [*render.WHY_NOT, "something new", ""])
def test_an_answer_that_is_not_rated_says_why(why: str) -> None:
    said = Feedback(question="Q?", kind="behavioral", graded=False, why_not=why)
    shown = Tags(render.assessment(said))
    assert "Not rated yet." in shown.text
    assert render.WHY_NOT.get(why, why) in shown.text
    assert not render.advice(said)


def test_remarks_point_at_sentences_counted_from_one() -> None:
    shown = render.advice(feedback_of(ASKED, ANSWER))
    assert 'data-points="6"' in shown
    assert 'aria-label="Show sentence 7 of your answer"' in shown
    assert "Show sentences 4, 5, 6 of your answer" in shown


def test_blanks_are_marked_where_they_stand() -> None:
    said = feedback_of(ASKED, ANSWER).model_copy(
        update={"rewrite": Rewrite(text="It fell [by how much?] in a day.", blanks=("by how much?",))}
    )
    shown = render.advice(said)
    assert 'It fell <mark class="blank">by how much?</mark> in a day.' in shown
    assert "<li>by how much?</li>" in shown


def test_numbers_in_an_answer_lead_to_its_sources_and_to_nothing_else() -> None:
    shown = render_guides.reply(reply("Q?", "First [1], then [2], never [3].", done=True).model_copy())
    assert shown.count('href="#source-') == 2
    assert "never [3]" in shown
    assert 'id="source-1"' in shown
    assert "Say what you would change, before you are asked." in shown


def test_what_is_not_in_the_guides_is_said_with_what_is_near() -> None:
    shown = Tags(render_guides.reply(reply("Q?", "", done=True, abstained=True)))
    assert "not in my material" in shown.text
    assert "A number beside its starting point" in shown.text


def test_nothing_found_and_nothing_there_say_so() -> None:
    assert "Nothing found" in render_guides.hits([])
    assert "coach ingest" in render_guides.empty_library()


def test_a_line_in_the_list_of_interviews_is_short_and_tells_them_apart() -> None:
    state = state_of(turn_of("word " * 60, answer="Yes."))
    line = render_interview.one_line(state)
    assert len(line) < 120
    assert "1 answer," in line


@pytest.mark.parametrize(
    ("state", "word"),
    [
        ("none", "no model"),
        ("cold", "warming up"),
        ("loading", "warming up"),
        ("ready", "ready"),
        ("failed", "failed"),
    ],
)
def test_the_header_says_how_the_model_is(state: str, word: str) -> None:
    standing = Standing()
    standing.model_state = state
    assert word in Tags(header(standing)).text


def test_a_guides_markdown_is_shown_as_what_it_means() -> None:
    shown = render.prose("- **Own it.** Use `git`, 2 * 3 * 4\n* then <b>")
    assert shown == "• <strong>Own it.</strong> Use <code>git</code>, 2 * 3 * 4\n• then &lt;b&gt;"
