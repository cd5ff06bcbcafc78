"""What must follow when an answer is changed in a known way: each relation makes trials and judges them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from coach.evals import perturb, swaps
from coach.evals.metamorphic_cases import Elsewhere, Failure, Line, Paraphrase, Polish, of_type
from coach.evals.rated import Rated
from coach.feedback.feedback import Feedback
from coach.feedback.rubric import COMPONENT_TAG, COMPONENTS, Component

FALLS = 0.7  # a component whose sentences are gone, at least
HOLDS = 0.4  # a component that nothing was done to, less than
OWNERSHIP_FALLS = 0.3
CLOSE = 0.25
SAME = 0.1
FLOOR = 0.5
OFF_TOPIC = 2.5
FAILURE_REACHES = 4.5
_ROUNDING = 1e-6
_COARSE = 40


@dataclass(frozen=True)
class Trial:
    """An answer before and after a change. `source` is the answer it comes from; the question may change too.

    `subset` tells trials of one relation apart: the component, or how it was changed.
    """

    id: str
    relation: str
    source: str
    question: str
    before: str
    after: str
    asked_after: str | None = None
    subset: str = ""


@dataclass(frozen=True)
class Verdict:
    """Whether one thing that must follow did, and by how much the number in question changed."""

    check: str
    holds: bool
    change: float
    evidence: str


Judge = Callable[[Feedback, Feedback, Trial], Iterator[Verdict]]


@dataclass(frozen=True)
class Relation:
    """A kind of change: its trials on the strong answers and the hand-written lines, and what must follow."""

    name: str
    trials: Callable[[Sequence[Rated], Sequence[Line]], Iterator[Trial]]
    judge: Judge


def _each(name: str, change: Callable[[Rated], str]) -> Callable[..., Iterator[Trial]]:
    """Trials of a change that can be made to any answer; where it changes nothing there is no trial."""

    def trials(strong: Sequence[Rated], lines: Sequence[Line]) -> Iterator[Trial]:
        for rated in strong:
            after = change(rated)
            if after != rated.answer:
                yield Trial(f"{rated.id} {name}", name, rated.id, rated.question, rated.answer, after)

    return trials


def _deletions(strong: Sequence[Rated], lines: Sequence[Line]) -> Iterator[Trial]:
    """Each component that has sentences, and rests on them: by the raters it is not below 1."""
    for rated in strong:
        for component, tag in COMPONENT_TAG.items():
            gone = {number for number, given in enumerate(rated.mean.tags) if given == tag}
            if gone and rated.mean.numbers[component] >= 1:
                yield Trial(
                    f"{rated.id} delete {component}",
                    "deleted",
                    rated.id,
                    rated.question,
                    rated.answer,
                    perturb.without(rated.answer, rated.sentences, gone),
                    subset=component,
                )


def _without_metric(strong: Sequence[Rated], lines: Sequence[Line]) -> Iterator[Trial]:
    """Where the outcome is measured by the raters: its quantities go from every sentence that one called result.

    Not where a run of more than 40 words with a quantity has another tag, as an outcome may be in it.
    """
    for rated in strong:
        outcome = {
            number for reading in rated.raters for number, tag in enumerate(reading.tags) if tag == "R"
        }
        after = perturb.without_quantities(rated.answer, rated.sentences, outcome)
        coarse = any(
            len(sentence.split()) > _COARSE and perturb.has_quantity(sentence)
            for number, sentence in enumerate(rated.sentences)
            if number not in outcome
        )
        if not coarse and rated.mean.numbers["measured"] >= 0.5 and after != rated.answer:
            yield Trial(
                f"{rated.id} metric deleted",
                "metric deleted",
                rated.id,
                rated.question,
                rated.answer,
                after,
            )


def _twice(strong: Sequence[Rated], lines: Sequence[Line]) -> Iterator[Trial]:
    for rated in strong:
        longest = max(rated.sentences, key=len)
        again = rated.answer.replace(longest, f"{longest} {longest}", 1)
        for subset, after in (("answer", perturb.said_twice(rated.answer)), ("sentence", again)):
            name = f"{rated.id} {subset} twice"
            yield Trial(name, "twice", rated.id, rated.question, rated.answer, after, subset=subset)


def _swapped(strong: Sequence[Rated], lines: Sequence[Line]) -> Iterator[Trial]:
    for rated in strong:
        named = swaps.with_name(rated.answer, "Peter")
        after = swaps.genders_swapped(swaps.names_swapped(named))
        if after != named:
            yield Trial(f"{rated.id} swapped", "swapped", rated.id, rated.question, named, after)


def _paraphrased(strong: Sequence[Rated], lines: Sequence[Line]) -> Iterator[Trial]:
    known = {rated.id: rated for rated in strong}
    for line in of_type(lines, Paraphrase):
        rated = known[line.of]
        yield Trial(line.id, "paraphrase", rated.id, rated.question, rated.answer, line.answer)


def _polished(strong: Sequence[Rated], lines: Sequence[Line]) -> Iterator[Trial]:
    for line in of_type(lines, Polish):
        yield Trial(line.id, "polish", line.id, line.question, line.weak, line.longer)


def _elsewhere(strong: Sequence[Rated], lines: Sequence[Line]) -> Iterator[Trial]:
    known = {rated.id: rated for rated in strong}
    for line in of_type(lines, Elsewhere):
        rated = known[line.of]
        yield Trial(
            line.id,
            "elsewhere",
            rated.id,
            rated.question,
            rated.answer,
            rated.answer,
            asked_after=line.question,
        )


def _failures(strong: Sequence[Rated], lines: Sequence[Line]) -> Iterator[Trial]:
    for line in of_type(lines, Failure):
        yield Trial(line.id, "honest failure", line.id, line.question, line.answer, line.answer)


def _judge_deleted(before: Feedback, after: Feedback, trial: Trial) -> Iterator[Verdict]:
    deleted = next(name for name in COMPONENTS if name == trial.subset)
    fall = _moved(before, after, deleted)
    yield Verdict("it falls by 0.7", fall <= -FALLS + _ROUNDING, fall, _pair(deleted, before, after))
    others = [name for name in COMPONENTS if name != deleted]
    yield _held("the others move under 0.4", before, after, others)


def _judge_we(before: Feedback, after: Feedback, trial: Trial) -> Iterator[Verdict]:
    change = _number(after.ownership) - _number(before.ownership)
    evidence = f"ownership {before.ownership} -> {after.ownership}"
    yield Verdict("ownership falls", change <= -OWNERSHIP_FALLS + _ROUNDING, change, evidence)
    yield _held("situation and result hold", before, after, ("situation", "result"))


def _judge_metric(before: Feedback, after: Feedback, trial: Trial) -> Iterator[Verdict]:
    """Says nothing about an answer that was not seen as measured in the first place."""
    if before.measured:
        change = float(bool(after.measured)) - 1
        yield Verdict("measured turns false", not after.measured, change, f"measured {after.measured}")


def _judge_not_up(before: Feedback, after: Feedback, trial: Trial) -> Iterator[Verdict]:
    change = _number(after.overall) - _number(before.overall)
    yield Verdict("overall not up", change <= _ROUNDING, change, _overalls(before, after))


def _within(bound: float) -> Judge:
    def judge(before: Feedback, after: Feedback, trial: Trial) -> Iterator[Verdict]:
        change = _number(after.overall) - _number(before.overall)
        holds = abs(change) <= bound + _ROUNDING
        yield Verdict(f"overall within {bound}", holds, change, _overalls(before, after))

    return judge


def _judge_elsewhere(before: Feedback, after: Feedback, trial: Trial) -> Iterator[Verdict]:
    relevance, overall = _number(after.relevance), _number(after.overall)
    change = relevance - _number(before.relevance)
    evidence = f"relevance {before.relevance} -> {relevance}, asked: {trial.asked_after}"
    yield Verdict("relevance at most 0.5", relevance <= FLOOR + _ROUNDING, change, evidence)
    own = f"relevance to its own question {before.relevance}"
    yield Verdict("its own question keeps it", _number(before.relevance) > FLOOR, 0.0, own)
    change = overall - _number(before.overall)
    yield Verdict("overall at most 2.5", overall <= OFF_TOPIC + _ROUNDING, change, _overalls(before, after))


def _judge_shuffled(before: Feedback, after: Feedback, trial: Trial) -> Iterator[Verdict]:
    yield _held("components hold", before, after, COMPONENTS)


def _judge_failure(before: Feedback, after: Feedback, trial: Trial) -> Iterator[Verdict]:
    overall = _number(after.overall)
    holds = overall >= FAILURE_REACHES - _ROUNDING
    yield Verdict("overall at least 4.5", holds, overall - FAILURE_REACHES, f"overall {overall}")


RELATIONS: tuple[Relation, ...] = (
    Relation("deleted", _deletions, _judge_deleted),
    Relation("I to we", _each("I to we", lambda rated: perturb.i_to_we(rated.answer)), _judge_we),
    Relation("metric deleted", _without_metric, _judge_metric),
    Relation(
        "fluff",
        _each("fluff", lambda rated: perturb.with_fluff(rated.answer, rated.sentences, rated.id)),
        _judge_not_up,
    ),
    Relation("twice", _twice, _judge_not_up),
    Relation("polish", _polished, _judge_not_up),
    Relation("as heard", _each("as heard", lambda rated: perturb.as_heard(rated.answer)), _within(CLOSE)),
    Relation(
        "typos", _each("typos", lambda rated: perturb.with_typos(rated.answer, rated.id)), _within(CLOSE)
    ),
    Relation("paraphrase", _paraphrased, _within(CLOSE)),
    Relation("elsewhere", _elsewhere, _judge_elsewhere),
    Relation("swapped", _swapped, _within(SAME)),
    Relation(
        "shuffled",
        _each("shuffled", lambda rated: perturb.shuffled(rated.sentences, rated.id)),
        _judge_shuffled,
    ),
    Relation("honest failure", _failures, _judge_failure),
)


def _moved(before: Feedback, after: Feedback, component: Component) -> float:
    return after.components[component] - before.components[component]


def _held(check: str, before: Feedback, after: Feedback, names: Sequence[Component]) -> Verdict:
    """How the one that moved most did; `change` is the size of its move."""
    most = max(names, key=lambda name: abs(_moved(before, after, name)))
    size = abs(_moved(before, after, most))
    return Verdict(check, size < HOLDS - _ROUNDING, size, _pair(most, before, after))


def _pair(component: Component, before: Feedback, after: Feedback) -> str:
    return f"{component} {before.components[component]} -> {after.components[component]}"


def _overalls(before: Feedback, after: Feedback) -> str:
    return f"overall {before.overall} -> {after.overall}"


def _number(score: float | None) -> float:
    if score is None:
        raise ValueError("only graded answers are judged")
    return score
