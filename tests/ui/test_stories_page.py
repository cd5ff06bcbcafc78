"""The stories page without a browser: what it shows of stories, and what its buttons do to a real shelf."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from fake_coach import ANSWER
from keeping import KeepingCoach, judged, named, shown
from test_render import EVIL, Tags

from coach.errors import ModelMissing, UsageError
from coach.feedback.feedback import Asked
from coach.stories.facts import Wanted, completeness
from coach.stories.fitting import Fit
from coach.stories.matrix import matrix
from coach.stories.story import Draft, Fact
from coach.ui import render_stories
from coach.ui.save_story import NEW, kept
from coach.ui.stories_flow import Flow
from coach.ui.stories_parts import Parts

FACT = "From 2 percent to 0.04 percent, by our own traces."
OTHER = (
    "We had a warehouse whose labels were wrong. I compared scans with what was typed. I found a broken key."
)


@pytest.fixture
def coach(tmp_path: Path) -> KeepingCoach:
    return KeepingCoach(tmp_path)


@pytest.fixture
def flow(coach: KeepingCoach) -> Flow:
    return Flow(coach, named(Parts))  # type: ignore[arg-type]


class NoFiles:
    def embed(self, texts: object) -> object:
        raise ModelMissing("Its files are not here: pull them.")


def test_no_text_of_a_story_becomes_markup(coach: KeepingCoach) -> None:
    text = f"{EVIL} happened. I did what I could about it. {EVIL} was over."
    asked = Asked(question=EVIL, principle="Dive Deep")
    story = coach.shelf.save(Draft(title=EVIL[:110], question=EVIL, text=text, feedback=judged(asked, text)))
    story = coach.shelf.add_fact(story, Fact(criterion="measured", question=EVIL, words=EVIL))
    story = coach.shelf.add_version(story, f"{text} {EVIL}", judged(asked, text))
    done = completeness(story)
    everything = [
        render_stories.head(story, done),
        render_stories.versions(story),
        render_stories.facts(story),
        render_stories.asking(Wanted("result", EVIL), done),
        render_stories.principles(matrix([story], [story.id] * 4), [story]),
        render_stories.fits([Fit(story, 1.0, "Dive Deep", 1.7, EVIL)]),
        render_stories.said(EVIL),
        render_stories.really(EVIL),
    ]
    for markup in everything:
        found = Tags(markup)
        assert not found.seen & {"script", "img"}, markup
        assert not {name for name in found.attributes if name.startswith("on")}, markup
        assert "alert(1)" in found.text


def test_versions_show_their_scores_and_what_is_new(coach: KeepingCoach) -> None:
    story = coach.told()
    story = coach.shelf.add_version(
        story, f"{ANSWER} {FACT}", judged(Asked(question="?", given=("measured",)), ANSWER)
    )
    markup = render_stories.versions(story)
    assert markup.index("Version 2") < markup.index("Version 1")
    assert "3.8 <small>+0.3</small>" in markup
    assert markup.count("<ins>") == 1
    assert FACT in Tags(markup[markup.index("<ins>") : markup.index("</ins>") + 6]).text


def test_a_version_that_nobody_rated_says_so(coach: KeepingCoach) -> None:
    story = coach.shelf.save(Draft(title="Bare", question="?", text="I did it."))
    assert "not rated" in render_stories.versions(story)
    assert "nothing is known of what it lacks" in render_stories.head(story, completeness(story))


def test_the_matrix_names_gaps_and_overuse(coach: KeepingCoach) -> None:
    story = coach.told()
    story = coach.shelf.tag(story.id, ["Dive Deep", "Ownership", "Earn Trust", "Frugality"])
    text = Tags(
        render_stories.principles(matrix([story], [story.id, story.id, story.id, None]), [story])
    ).text
    assert "no story shows 15 principles" in text
    assert "Ownership claimed, not shown yet" in text
    assert "it stands for 4 principles" in text
    assert "75% of your practised answers (3 times)" in text


def test_facts_are_asked_one_by_one_and_kept_word_for_word(coach: KeepingCoach, flow: Flow) -> None:
    story = coach.told()
    now = flow.look(story.id)
    assert now["criterion"] == "measured"
    assert "2 missing facts to go" in now["question"]
    assert not shown(now, "finishing")
    now = flow.give(story.id, "measured", FACT)
    assert now["criterion"] == "situation"
    assert shown(now, "finishing")
    assert FACT in now["facts"]
    now = flow.give(story.id, "situation", "Forty million calls a day.")
    assert not shown(now, "asking")
    assert "put them into the story" in now["head"]
    now = flow.finish(story.id)
    kept_story = coach.shelf.get(story.id)
    assert [version.number for version in kept_story.versions] == [1, 2]
    assert FACT in kept_story.text
    assert "Forty million calls a day." in kept_story.text
    assert "Complete" in now["head"]
    assert not shown(now, "finishing")


def test_an_empty_answer_to_a_fact_is_no_answer(coach: KeepingCoach, flow: Flow) -> None:
    story = coach.told()
    now = flow.give(story.id, "measured", "  ")
    assert "Write what happened first" in now["problem"]
    assert not coach.shelf.get(story.id).facts


def test_what_was_left_open_can_be_answered_after_all(coach: KeepingCoach, flow: Flow) -> None:
    story = coach.told()
    now = flow.leave(story.id, "measured")
    assert now["criterion"] == "situation"
    assert [value for _, value in now["open"]["choices"]] == ["measured"]
    now = flow.reopen(story.id, "measured")
    assert now["criterion"] == "measured"
    assert "You left this open before" in now["question"]
    flow.give(story.id, "measured", FACT)
    assert [fact.words for fact in coach.shelf.get(story.id).pending] == [FACT]


def test_a_fact_that_is_not_missing_any_more_is_refused_in_a_line(coach: KeepingCoach, flow: Flow) -> None:
    story = coach.told()
    flow.give(story.id, "measured", FACT)
    assert "does not lack this any more" in flow.give(story.id, "measured", "Again.")["problem"]
    assert len(coach.shelf.get(story.id).facts) == 1


def test_a_story_is_renamed_tagged_rewritten_and_deleted(coach: KeepingCoach, flow: Flow) -> None:
    story = coach.told()
    now = flow.name(story.id, "Traces", ["Ownership"])
    assert coach.shelf.get(story.id).title == "Traces"
    assert coach.shelf.get(story.id).tags == ("Ownership",)
    assert now["stories"]["value"] == story.id
    assert "reads as before" in flow.revise(story.id, ANSWER)["problem"]
    flow.revise(story.id, OTHER)
    assert coach.shelf.get(story.id).text == OTHER
    assert "Traces" in flow.ask_deletion(story.id)["really"]
    now = flow.delete(story.id)
    assert not coach.shelf.list()
    assert "Save as a story" in now["empty"]
    assert not shown(now, "detail")


def test_a_story_that_was_deleted_elsewhere_is_a_line(coach: KeepingCoach, flow: Flow) -> None:
    story = coach.told()
    coach.shelf.delete(story.id)
    for act in (flow.finish, flow.rewrite, flow.delete, flow.ask_deletion):
        assert "There is no story" in act(story.id)["problem"]
    assert not shown(flow.look(story.id), "detail")


def test_a_story_can_be_written_here(coach: KeepingCoach, flow: Flow) -> None:
    assert "Write the question" in flow.write("", " ", "", OTHER)["problem"]
    assert "The story is empty" in flow.write("Labels", "Tell me.", "", " ")["problem"]
    now = flow.write("Labels", "Tell me.", "Dive Deep", OTHER)
    (story,) = coach.shelf.list()
    assert (story.title, story.principle, story.latest.overall) == ("Labels", "Dive Deep", 3.5)
    assert not shown(now, "writing")


def test_which_story_fits_a_question(coach: KeepingCoach, flow: Flow) -> None:
    assert "No story yet" in flow.fit("Tell me about frugality.", "")["fits"]
    assert "Write the question first" in flow.fit(" ", "")["fits"]
    coach.told()
    frugal = coach.told("Labels", OTHER)
    coach.shelf.tag(frugal.id, ["Frugality"])
    fits = flow.fit("Tell me about a time you spent little.", "Frugality")["fits"]
    assert fits.index("Labels") < fits.index("The batched read")
    assert "your tag, not shown yet" in fits


def test_without_an_embedder_the_matrix_stands(coach: KeepingCoach, flow: Flow) -> None:
    coach.told()
    for name in ("i", "j"):
        coach.held(name, 3.0, 3.0)
    assert "told it in 100%" in flow.wear()["matrix"]
    coach.assessor = SimpleNamespace(embedder=NoFiles())
    assert "matrix" not in flow.wear()
    assert "Stories by principle" in flow.reload(None, None)["matrix"]


def test_an_answer_is_saved_as_a_new_story_or_as_a_version(coach: KeepingCoach) -> None:
    asked = Asked(question="Tell me.", principle="Dive Deep")
    fact = Fact(criterion="measured", question="By how much?", words=FACT)
    draft = Draft(title="-", question="Tell me.", text=ANSWER, feedback=judged(asked, ANSWER), facts=(fact,))
    assert "Saved as “Traces”" in kept(coach.shelf, draft, NEW, " Traces ")
    (story,) = coach.shelf.list()
    assert not story.pending
    with pytest.raises(UsageError, match="no title"):
        kept(coach.shelf, draft, NEW, " ")
    again = draft.model_copy(update={"text": f"{ANSWER} Again."})
    assert "version 2 of “Traces”" in kept(coach.shelf, again, story.id, "")
    story = coach.shelf.get(story.id)
    assert len(story.facts) == 2
    assert not story.pending


def test_facts_that_wait_still_wait_after_another_version(coach: KeepingCoach, flow: Flow) -> None:
    story = coach.told()
    flow.give(story.id, "measured", FACT)
    draft = Draft(title="-", question="Tell me.", text=OTHER)
    kept(coach.shelf, draft, story.id, "")
    assert [fact.words for fact in coach.shelf.get(story.id).pending] == [FACT]
