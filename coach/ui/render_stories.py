"""Stories as HTML: one over its versions, what it lacks, all against the principles, and which fits a question."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from html import escape

from coach.progress.plots import draw_matrix
from coach.stories.facts import Completeness, Wanted
from coach.stories.fitting import Fit
from coach.stories.matrix import Matrix, Overuse
from coach.stories.story import SHOWN_FROM, Story, Version

_SHOWN_FITS = 3


def one_line(story: Story, done: Completeness) -> str:
    """Return a story as a choice in a list."""
    score = "not rated" if story.latest.overall is None else f"{story.latest.overall:.1f} of 5"
    return f"{story.title} ({score}, {_counted(len(story.versions), 'version')}, {_state(done)})"


def head(story: Story, done: Completeness) -> str:
    """Return what a story is: its title, what it answered, what it shows, and how far it is."""
    tags = "".join(_tag(story, name) for name in story.tags) or '<li class="no">No principle yet</li>'
    return (
        f'<div class="story-head"><h3>{escape(story.title)}</h3>'
        f'<p class="small">First told to: {escape(story.question)}</p>'
        f'<ul class="badges" aria-label="Principles">{tags}</ul>'
        f'<p class="how-far {"done" if done.complete else ""}">{_how_far(done)}</p></div>'
    )


def versions(story: Story) -> str:
    """Return every version with its scores, the latest first and open; what is new in each is marked."""
    before = (None, *story.versions[:-1])
    pairs = list(zip(before, story.versions, strict=True))
    shown = "".join(_version(old, new, open_=new is story.latest) for old, new in reversed(pairs))
    return f'<section class="versions"><h4>Versions</h4>{shown}</section>'


def facts(story: Story) -> str:
    """Return what was asked for and what they said, word for word."""
    if not story.facts:
        return ""
    waiting = set(story.pending)
    shown = "".join(
        f"<li><p>{escape(_begun(fact.question))}</p>"
        + (
            f"<blockquote>{escape(fact.words)}</blockquote>"
            if fact.told
            else '<p class="small">Left open.</p>'
        )
        + ('<p class="small">Not in the story yet.</p>' if fact in waiting else "")
        + "</li>"
        for fact in story.facts
    )
    return f'<section class="kept-facts"><h4>Facts, in your words</h4><ul>{shown}</ul></section>'


def asking(wanted: Wanted, done: Completeness) -> str:
    """Return the question that asks for one missing fact."""
    left = len(done.wanted)
    more = f"{_counted(left, 'missing fact')} to go" if wanted in done.wanted else "You left this open before"
    return (
        f'<div class="asked next"><ul class="crumbs"><li>{more}</li><li>{_name(wanted.criterion)}</li></ul>'
        f"<h4>{escape(_begun(wanted.question))}</h4></div>"
    )


def put_in(story: Story, done: Completeness) -> str:
    """Return what happens to facts that wait for being put into the story; nothing where none do."""
    count = len(story.pending)
    if not count:
        return ""
    rest = "" if done.wanted else " Nothing else is missing."
    return f'<p class="small">{_counted(count, "fact")} kept, not in the story yet.{rest}</p>'


def principles(found: Matrix, stories: Sequence[Story]) -> str:
    """Return the matrix with its gaps, and the stories that have to carry too much."""
    if not stories:
        return ""
    titles = {story.id: story.title for story in stories}
    drawn = draw_matrix(found, stories)
    gaps = "".join(
        f'<li class="no">{escape(name)}{" <small>claimed, not shown yet</small>" if name in found.claimed else ""}</li>'
        for name in found.gaps
    )
    missing = (
        f"<h4>Gaps: no story shows {_counted(len(found.gaps), 'principle')}</h4>"
        f'<ul class="badges" aria-label="Principles without a story">{gaps}</ul>'
        if gaps
        else '<p class="how-far done">Every principle has a story.</p>'
    )
    worn = "".join(f"<li>{_overuse(one, titles[one.story_id])}</li>" for one in found.overused)
    used = f"<h4>Overused</h4><ul class='worn'>{worn}</ul>" if worn else ""
    legend = (
        '<p class="small">A full dot: the story shows it, the larger the stronger. A ring: your tag, not shown '
        "yet.</p>"
    )
    return (
        f'<section class="matrix">{scrolling(drawn, "Stories by principle")}{legend}{missing}{used}</section>'
    )


def fits(found: Sequence[Fit]) -> str:
    """Return which stories to tell to a question, the best first."""
    best = found[:_SHOWN_FITS]
    shown = "".join(_fit(one, first=place == 0) for place, one in enumerate(best))
    rest = ", ".join(escape(one.story.title) for one in found[_SHOWN_FITS:])
    others = f'<p class="small">Behind these: {rest}.</p>' if rest else ""
    weak = [one for one in best[:1] if one.principle is None]
    note = '<p class="small">None of your stories is known to show what this asks for.</p>' if weak else ""
    return f'<section class="fits" role="status"><ol>{shown}</ol>{note}{others}</section>'


def empty() -> str:
    """Return what to do where there is no story yet."""
    return (
        '<div class="notice empty"><strong>No story yet.</strong> Answer a behavioral question on the Interview or the '
        "Feedback page and press “Save as a story”, or write one here with “Write a story”.</div>"
    )


def said(text: str) -> str:
    """Return what has just been done."""
    return f'<div class="said-so" role="status">{escape(text)}</div>' if text else ""


def really(title: str) -> str:
    """Return the question before something is deleted for good."""
    what = f"Delete “{escape(title)}” with all its versions and facts? It can’t be undone."
    return f'<p class="really" role="alert">{what}</p>'


def scrolling(drawn: str, label: str) -> str:
    """Return a drawing that keeps its size on a narrow screen and scrolls there by itself."""
    width = re.search(r'viewBox="0 0 (\d+)', drawn)
    size = (
        f' style="min-width:{0.85 * int(width[1]):.0f}px;max-width:{1.2 * int(width[1]):.0f}px"'
        if width
        else ""
    )
    return f'<div class="scroller" tabindex="0" role="region" aria-label="{label}"><div{size}>{drawn}</div></div>'


def ranged(overall: float, interval: tuple[float, float] | None) -> str:
    """Return an overall score on its scale, with how sure it is."""
    low, high = interval or (overall, overall)
    left, right, at = (100 * (value - 1) / 4 for value in (low, high, overall))
    return (
        f'<span class="range" role="img" aria-label="{overall:.1f} of 5, probably between {low:.1f} and {high:.1f}">'
        f'<span class="band" style="left:{left:.1f}%;width:{max(right - left, 0):.1f}%"></span>'
        f'<span class="dot" style="left:{at:.1f}%"></span></span>'
    )


def _version(old: Version | None, new: Version, *, open_: bool) -> str:
    if new.overall is None:
        why = new.feedback.why_not if new.feedback else None
        score = f'<span class="mark">not rated{f": {escape(why)}" if why else ""}</span>'
    else:
        score = f'{ranged(new.overall, new.interval)}<span class="mark">{new.overall:.1f}{_moved(old, new)}</span>'
    parts = ", ".join(
        f"{name.capitalize()} {value:.1f}{_from(old, name)}" for name, value in new.components.items()
    )
    line = f'<p class="small">{parts} (of 2)</p>' if parts else ""
    when = new.at.astimezone()
    return (
        f'<details class="version"{" open" if open_ else ""}><summary><span class="q">Version {new.number} '
        f"<small>{when.day} {when:%b %Y}</small></span>{score}</summary>"
        f'{line}<p class="said plain">{_marked(old, new)}</p></details>'
    )


def _marked(old: Version | None, new: Version) -> str:
    """The text of a version; words that the one before did not have are marked."""
    if old is None:
        return escape(new.text)
    before, after = (re.findall(r"\s+|\S+", one.text) for one in (old, new))
    steps = SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    return "".join(_step(step, "".join(after[start:end])) for step, _, _, start, end in steps)


def _step(step: str, text: str) -> str:
    return escape(text) if step == "equal" or not text.strip() else f"<ins>{escape(text)}</ins>"


def _moved(old: Version | None, new: Version) -> str:
    if old is None or old.overall is None or new.overall is None:
        return ""
    by = new.overall - old.overall
    return f" <small>{by:+.1f}</small>" if abs(by) >= 0.05 else " <small>as before</small>"


def _from(old: Version | None, name: str) -> str:
    value = next((value for one, value in (old.components if old else {}).items() if one == name), None)
    return "" if value is None else f" <small>(was {value:.1f})</small>"


def _tag(story: Story, name: str) -> str:
    strength = story.strength(name)
    how = "not judged" if strength is None else f"{strength:.1f} of 2"
    kind = "lp" if strength is not None and strength >= SHOWN_FROM else "no"
    return f'<li class="{kind}">{escape(name)} <small>{how}</small></li>'


def _fit(one: Fit, *, first: bool) -> str:
    shows = ""
    if one.principle:
        shown = one.strength is not None and one.strength >= SHOWN_FROM
        how = f"{one.strength:.1f} of 2" if shown else "your tag, not shown yet"
        shows = f'<li class="{"lp" if shown else "no"}">{escape(one.principle)} <small>{how}</small></li>'
    best = '<li class="yes"><span aria-hidden="true">✓</span> best fit</li>' if first else ""
    return (
        f"<li><p><b>{escape(one.story.title)}</b></p><blockquote>{escape(one.sentence.strip())}</blockquote>"
        f'<ul class="badges">{best}{shows}</ul></li>'
    )


def _overuse(one: Overuse, title: str) -> str:
    why = "; ".join(_worn(one))
    return f"<b>{escape(title)}</b>: {escape(why)}. Find another story for some of them."


def _worn(one: Overuse) -> Iterator[str]:
    if one.too_broad:
        yield f"it stands for {len(one.principles)} principles ({', '.join(one.principles)})"
    if one.too_often and one.part is not None:
        yield f"you told it in {one.part:.0%} of your practised answers ({one.told} times)"


def _how_far(done: Completeness) -> str:
    if done.complete:
        return "✓ Complete: it has all its facts."
    if not done.graded:
        return "Nobody could rate this version, so nothing is known of what it lacks. Rewrite it to have it rated."
    if done.wanted:
        return f"{_counted(len(done.wanted), 'fact')} missing: answer one at a time below."
    if done.pending:
        return "All facts are asked for: put them into the story."
    return f"{_counted(len(done.open), 'question')} left open: the story would be stronger with an answer."


def _state(done: Completeness) -> str:
    if done.complete:
        return "complete"
    missing = len(done.wanted) + len(done.open)
    return (
        f"{_counted(missing, 'fact')} missing"
        if missing
        else "facts to put in"
        if done.pending
        else "unrated"
    )


def _begun(question: str) -> str:
    """A question that was the blank of a rewrite begins in lower case."""
    return question[:1].upper() + question[1:]


def _name(criterion: str) -> str:
    return {"measured": "Numbers", "reflection": "What was learned"}.get(criterion, criterion.capitalize())


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
