"""What the buttons of the stories page do. Stories are read from the shelf each time; the page only shows them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from coach.coach import Coach
from coach.errors import CoachError, ModelMissing
from coach.feedback.feedback import Asked
from coach.settings import DATA
from coach.stories.facts import Wanted, completeness, finish, give, revise
from coach.stories.fitting import best_stories, load_meanings
from coach.stories.matrix import matrix, practised_answers, told_in
from coach.stories.shelf import Shelf
from coach.stories.story import Draft, Story, title_of
from coach.ui import render, render_stories
from coach.ui.markup import Updates
from coach.ui.stories_parts import Parts


@dataclass(frozen=True)
class Flow:
    """The handlers; every one returns only what changes."""

    coach: Coach
    parts: Parts

    @property
    def shelf(self) -> Shelf:
        """All stories."""
        return Shelf(self.coach.interviews.store.database)

    @cached_property
    def meanings(self) -> dict[str, str]:
        """What each principle means."""
        return load_meanings(DATA / "corpus" / "principles")

    def reload(self, current: str | None, criterion: str | None) -> Updates:
        """List the stories, and the one that was looked at as it is now; what is being typed about it stays."""

        def work() -> Updates:
            shown = {**self._listing(current, picked=False), **self._again(current), self.parts.said: ""}
            same = shown[self.parts.current] == current and shown.get(self.parts.criterion) == criterion
            return {part: value for part, value in shown.items() if not same or part not in self.parts.typed}

        return self._told(work)

    def wear(self) -> Updates:
        """Say which stories are told too often; this takes the embedder, so it comes after the rest."""

        def work() -> Updates:
            stories = self.shelf.list()
            told = practised_answers(self.coach.interviews.list())
            try:
                told_by = told_in(told, stories, self.coach.assessor.embedder)
            except ModelMissing:
                return {self.parts.problem: ""}
            return {self.parts.matrix: render_stories.principles(matrix(stories, told_by), stories)}

        return self._told(work)

    def look(self, story_id: str | None) -> Updates:
        """Show one story."""
        return self._told(lambda: {**self._again(story_id), self.parts.said: "", self.parts.problem: ""})

    def give(self, story_id: str, criterion: str, words: str) -> Updates:
        """Keep what was said to the open question."""
        if not words.strip():
            return {self.parts.problem: render.problem("Write what happened first, or press “I don’t know”.")}
        return self._fact(story_id, criterion, words, "Kept in your words.")

    def leave(self, story_id: str, criterion: str) -> Updates:
        """Leave the open question alone."""
        return self._fact(story_id, criterion, "", "Left open; you can come back to it.")

    def reopen(self, story_id: str, criterion: str | None) -> Updates:
        """Ask once more what was left open."""

        def work() -> Updates:
            return self._showing(self.shelf.get(story_id), asked=criterion)

        return self._told(work)

    def finish(self, story_id: str) -> Updates:
        """Put the kept facts into the story and have it rated again."""
        return self._change(
            lambda: finish(self.shelf, self.shelf.get(story_id), self.coach.assess),
            lambda story: f"Your facts are in the story: this is version {story.latest.number}.",
        )

    def rewrite(self, story_id: str) -> Updates:
        """Open the text for editing."""
        return self._told(
            lambda: {self.parts.text: self.shelf.get(story_id).text, **self.parts.rewriting.turn(True)}
        )

    def revise(self, story_id: str, text: str) -> Updates:
        """Keep the edited text as the next version."""
        return self._change(
            lambda: revise(self.shelf, self.shelf.get(story_id), text, self.coach.assess),
            lambda story: f"Saved as version {story.latest.number}.",
        )

    def name(self, story_id: str, title: str, tags: Sequence[str]) -> Updates:
        """Give a story another title and other principles."""

        def act() -> Story:
            self.shelf.rename(story_id, title)
            return self.shelf.tag(story_id, tags)

        return self._change(act, lambda _: "Title and principles are saved.")

    def ask_deletion(self, story_id: str) -> Updates:
        """Ask before a story is deleted."""
        return self._told(
            lambda: {
                self.parts.really: render_stories.really(self.shelf.get(story_id).title),
                **self.parts.deleting.turn(True),
            }
        )

    def delete(self, story_id: str) -> Updates:
        """Delete a story for good."""

        def work() -> Updates:
            title = self.shelf.get(story_id).title
            self.shelf.delete(story_id)
            gone = render_stories.said(f"“{title}” is deleted.")
            return {**self._listing(None), **self._again(None), self.parts.said: gone, self.parts.problem: ""}

        # Even where its text could not be wiped out yet, the story is off the list.
        return self._told(work, otherwise=lambda: {**self._listing(None), **self._again(None)})

    def write(self, title: str, question: str, principle: str, text: str) -> Updates:
        """Keep a story that was written here."""
        parts = self.parts
        if not question.strip():
            return {parts.problem: render.problem("Write the question that the story answers, or pick one.")}

        def act() -> Story:
            asked = Asked(question=question.strip(), principle=principle or None)
            judged = self.coach.assess(asked, text) if text.strip() else None
            draft = Draft(
                title=title.strip() or title_of(text) or "Untitled",
                question=asked.question,
                text=text,
                principle=asked.principle,
                feedback=judged,
            )
            return self.shelf.save(draft)

        done = self._change(act, lambda story: f"“{story.title}” is saved.")
        if parts.current not in done:
            return done
        return {**done, parts.new_title: "", parts.new_text: "", **parts.writing.turn(False)}

    def fit(self, question: str, principle: str) -> Updates:
        """Say which story to tell to a question."""
        if not question.strip():
            return {self.parts.fits: render.problem("Write the question first, or pick one.")}
        try:
            stories = self.shelf.list()
            if not stories:
                return {self.parts.fits: render_stories.empty()}
            found = best_stories(
                question, stories, self.coach.assessor.embedder, self.meanings, principle or None
            )
        except CoachError as error:
            return {self.parts.fits: render.problem(str(error))}
        return {self.parts.fits: render_stories.fits(found)}

    def _fact(self, story_id: str, criterion: str, words: str, said: str) -> Updates:
        def act() -> Story:
            story = self.shelf.get(story_id)
            now = completeness(story)
            known = {one.criterion: one for one in (*now.open, *now.wanted)}
            asked = next((fact.question for fact in story.facts if fact.criterion == criterion), "")
            found = next((one for name, one in known.items() if name == criterion), None)
            # What it lacked when it was asked for: the shelf says what has changed since.
            wanted = found or Wanted(criterion, asked)  # type: ignore[arg-type]
            return give(self.shelf, story, wanted, words)

        return self._change(act, lambda _: said)

    def _change(self, act: Callable[[], Story], told: Callable[[Story], str]) -> Updates:
        def work() -> Updates:
            story = act()
            said = render_stories.said(told(story))
            return {
                **self._listing(story.id),
                **self._showing(story),
                self.parts.said: said,
                self.parts.problem: "",
            }

        return self._told(work)

    def _told(self, work: Callable[[], Updates], otherwise: Callable[[], Updates] | None = None) -> Updates:
        """What `work` changes, or the line that says why it can't."""
        try:
            return work()
        except CoachError as error:
            line: Updates = {self.parts.problem: render.problem(str(error)), self.parts.said: ""}
            try:
                return {**(otherwise() if otherwise else {}), **line}
            except CoachError:
                return line

    def _listing(self, chosen: str | None, *, picked: bool = True) -> Updates:
        """All stories; unless one is `picked` here, what is picked on the page stays picked if it is still there."""
        import gradio as gr

        stories, parts = self.shelf.list(), self.parts
        lines = [(render_stories.one_line(one, completeness(one)), one.id) for one in stories]
        there = chosen in {story.id for story in stories}
        stays = not picked and (there or chosen is None)
        pick: dict[str, Any] = {} if stays else {"value": chosen if there else None}
        return {
            parts.stories: gr.update(choices=lines, **pick),
            parts.empty: "" if stories else render_stories.empty(),
            parts.matrix: render_stories.principles(matrix(stories), stories),
            **parts.listed.turn(bool(stories)),
            **parts.compared.turn(bool(stories)),
        }

    def _again(self, story_id: str | None) -> Updates:
        stories = {story.id: story for story in self.shelf.list()}
        if story_id in stories:
            return self._showing(stories[story_id])
        return {self.parts.current: None, **self.parts.detail.turn(False)}

    def _showing(self, story: Story, asked: str | None = None) -> Updates:
        """One story; `asked`: what it is to be asked for, of what was left open."""
        import gradio as gr

        parts, done = self.parts, completeness(story)
        wanted = next((one for one in done.open if one.criterion == asked), None) or next(
            iter(done.wanted), None
        )
        left = [(one.question, one.criterion) for one in done.open]
        return {
            parts.current: story.id,
            parts.criterion: wanted.criterion if wanted else None,
            parts.head: render_stories.head(story, done),
            parts.versions: render_stories.versions(story),
            parts.facts: render_stories.facts(story),
            parts.question: render_stories.asking(wanted, done) if wanted else "",
            parts.words: "",
            parts.waiting: render_stories.put_in(story, done),
            parts.open: gr.update(
                choices=left, value=asked if wanted and wanted.criterion == asked else None
            ),
            parts.title: story.title,
            parts.tags: list(story.tags),
            **parts.detail.turn(True),
            **parts.asking.turn(wanted is not None),
            **parts.finishing.turn(bool(story.pending)),
            **parts.reopening.turn(bool(left)),
            **parts.rewriting.turn(False),
            **parts.naming.turn(False),
            **parts.deleting.turn(False),
        }
