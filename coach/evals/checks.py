"""What code can decide about a piece of advice or a question: against the ratings, the answer, and other answers."""

import re
from collections.abc import Iterator, Mapping, Sequence

from coach.evals.metrics import bootstrap_mean
from coach.evals.result import Row
from coach.feedback.faithful import Given, added, given_by, misquoted
from coach.feedback.feedback import Criterion, Feedback
from coach.feedback.rewrite import told_so_far

# From it on a mean rating (0 to 2) says that nothing is missing; two of three raters gave the best.
MET = 1.66
_FITS_FEW = 0.05  # share of other answers that a text may fit and still be about this one
_QUOTED = 4  # words that no two people say alike
_QUALITIES = ("measured", "reflection", "hypothetical")


def contradicted(criterion: Criterion, mean: Mapping[str, float]) -> bool:
    """Return whether the raters say that what a gap misses is there; nobody rated key points."""
    if criterion == "key_point":
        return False
    if criterion == "hypothetical":
        return mean[criterion] < 0.5
    return mean[criterion] >= (0.5 if criterion in _QUALITIES else MET)


def points_right(feedback: Feedback, answer: str) -> bool:
    """Return whether everything that has to point at sentences does, and the sentences are the answer's."""
    places = set(range(len(feedback.sentences)))
    pointers = [one.sentences for one in feedback.strengths] + [one.sentences for one in feedback.follow_ups]
    pointers += [gap.sentences for gap in feedback.gaps if gap.sentences or gap.criterion != "key_point"]
    sound = all(
        pointed and set(pointed) <= places and len(set(pointed)) == len(pointed) for pointed in pointers
    )
    return sound and all(answer[s.start : s.end] == s.text for s in feedback.sentences)


def inventions(feedback: Feedback, answer: str, question: str) -> tuple[str, ...]:
    """Return all numbers, names, claims and quotes in the feedback's words that are not the candidate's."""
    given = given_by(answer, question)
    rewrite = feedback.rewrite
    texts = [*(gap.text for gap in feedback.gaps), *(one.text for one in feedback.strengths)]
    texts += [one.question for one in feedback.follow_ups]
    texts += rewrite.blanks if rewrite else ()
    found = [word for text in texts for word in (*added(text, given), *misquoted(text, answer))]
    if rewrite:
        left = told_so_far(rewrite)
        # Where a blank follows, the rewrite ends a clause with a full stop: marks at the end are nobody's facts.
        said = (" ".join(one.text.split()).rstrip(" .,;:–—-") for one in feedback.sentences)
        for sentence in sorted(said, key=len, reverse=True):
            left = left.replace(sentence, "", 1)
        found += re.findall(r"\w+", left)
    return tuple(dict.fromkeys(found))


def sentences_of(text: str) -> int:
    """Return how many sentences a text has; what it quotes counts for none."""
    return len(re.findall(r"[.!?](?=\s|$)", re.sub(r"“[^”]*”", "“”", text)))


def fits_only_here(text: str, others: Sequence[tuple[str, Given]]) -> bool:
    """Return whether a text could hardly be said of another answer.

    Either it quotes some words of which none of the others has a like, or nearly all others lack something that
    it names.

    Args:
        text: the advice or the question.
        others: other answers, each with what it gives.
    """
    quotes = [quote for quote in re.findall(r"“([^”]*)”", text) if len(quote.split()) >= _QUOTED]
    if any(all(quote not in answer for answer, _ in others) for quote in quotes):
        return True
    bare = text.replace("“", "").replace("”", "")
    fitting = sum(not added(bare, given) for _, given in others)
    return fitting <= _FITS_FEW * len(others)


def mean_rows(
    scores: Sequence[tuple[str, str, Mapping[str, float]]], system: str, metrics: Sequence[str]
) -> Iterator[Row]:
    """The mean of each score over the cases that have it, with its interval.

    Args:
        scores: (subset, cluster, scores by name), one for each case of a subset.
        system: whose they are.
        metrics: the names, in the order of the rows.
    """
    for subset in dict.fromkeys(subset for subset, _, _ in scores):
        for metric in metrics:
            found = [
                (own[metric], cluster) for name, cluster, own in scores if name == subset and metric in own
            ]
            if found:
                mean = bootstrap_mean([value for value, _ in found], [cluster for _, cluster in found])
                yield Row(
                    metric=metric,
                    system=system,
                    subset=subset,
                    value=mean.value,
                    low=mean.low,
                    high=mean.high,
                    n=mean.n,
                )
