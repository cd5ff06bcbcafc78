"""Learn the numbers of the key point judge: `python -m coach.evals.fit_keypoints ANSWERS VERDICTS`.

ANSWERS are answers with grades by people, VERDICTS a reader's verdicts on each key point of each (see `graded`).
Only numbers are written, never any text but the stems of the corpus. What is printed was measured on students
that the weights, the cuts and the thresholds had not seen.
"""

import argparse
import json
import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.evals.agreement import once, qwk, spearman
from coach.evals.by_length import scores_by_length
from coach.evals.graded import GradedAnswer, load_graded, load_verdicts
from coach.evals.point_fits import (
    FLOOR,
    MISTAKE_OFF,
    TOPIC,
    Example,
    example_of,
    fit_knots,
    fit_mistake,
    fit_point,
    fit_verdicts,
    share_of,
)
from coach.feedback.assessor import WEIGHTS
from coach.feedback.feedback import Asked
from coach.feedback.keypoints import Grading, Logistic, PointJudge
from coach.feedback.matching import Matched, match
from coach.feedback.pieces import cut_pieces
from coach.feedback.sentences import split_sentences
from coach.feedback.telling import Telling
from coach.feedback.words import stems
from coach.interview.lookup import QuestionFinder
from coach.library.embedder import Embedder
from coach.settings import DATA

COMMON = 1.0  # taken off each word's rarity; tried 0 to 2.5, which made no difference beyond chance
WRONG = (
    0.5  # the chance from which on a mistake counts as made: few are found, but most of those are mistakes
)
_FOLDS, _REPEATS = 5, 5
_UNMADE = Grading(knots=((0.0, 1.0), (1.0, 5.0)), mistake=MISTAKE_OFF, spread=0.0, spread_drawn=0.0)


@dataclass(frozen=True)
class Seen:
    """An answer with its features, and as examples to learn from: with all wordings of each point, and with one."""

    answer: GradedAnswer
    matched: Matched
    examples: tuple[Example, ...]


def rarity(corpus: Path) -> Telling:
    """Count in how many paragraphs of the corpus each stem is."""
    paragraphs = [
        text
        for file in sorted(corpus.glob("*/*.md"))
        for text in file.read_text(encoding="utf-8").split("\n\n")
        if text.strip()
    ]
    counts = Counter(stem for text in paragraphs for stem in stems(text, 2))
    total = math.log(len(paragraphs) + 1)
    return Telling(
        rarity={stem: round(total - math.log(n + 1), 2) for stem, n in sorted(counts.items()) if n > 1},
        unknown=round(total - math.log(2), 2),
        common=COMMON,
    )


def see(answers: Sequence[GradedAnswer], embedder: Embedder, telling: Telling) -> list[Seen]:
    """Compute every answer's features."""
    seen = []
    for answer in answers:
        pieces = cut_pieces([(s.index, s.text) for s in split_sentences(answer.answer)])
        full = match(answer.asked, pieces, embedder, telling)
        alone = match(answer.asked.model_copy(update={"also": ()}), pieces, embedder, telling)
        seen.append(Seen(answer, full, (example_of(answer, full), example_of(answer, alone))))
    return seen


def claims(asked: Sequence[Asked], embedder: Embedder, telling: Telling) -> list[Example]:
    """Examples of mistakes and of what comes near to them and is right: corrections and the key points themselves."""
    found = []
    for one in asked:
        texts = [*one.key_points, *(m.right for m in one.mistakes), *(m.said for m in one.mistakes)]
        for text in texts:
            matched = match(one, cut_pieces([(0, text)]), embedder, telling)
            none = [None] * len(one.key_points)
            found.append(Example(matched, verdicts=none, mistaken=[m.said == text for m in one.mistakes]))
    return found


def fit(seen: Sequence[Seen], stated: Sequence[Example], telling: Telling) -> PointJudge:
    """Fit everything on some answers."""
    examples = [example for one in seen for example in one.examples]
    judge = PointJudge(
        telling=telling,
        point=fit_point(examples),
        mistake=fit_mistake([*(one.examples[0] for one in seen), *stated]),
        topic=TOPIC,
        floor=FLOOR,
        hit=0.5,
        partial=0.5,
        wrong=WRONG,
        grading=_UNMADE,
    )
    made = [one.made for each in seen for one in judge.read(each.answer.asked, each.matched)]
    true = [verdict for each in seen for verdict in each.answer.verdicts]
    hit, partial = fit_verdicts(np.array(made), true)
    shares = np.array([share_of(judge, one.answer, one.matched) for one in seen])
    knots = fit_knots(shares, np.array([one.answer.grade for one in seen]))
    return replace(judge, hit=hit, partial=partial, grading=replace(_UNMADE, knots=knots))


def held_out(
    seen: Sequence[Seen], stated: Sequence[Example], telling: Telling, groups: Sequence[str], seed: int
) -> NDArray[np.float64]:
    """Every answer's overall score by a judge that was fitted without its group: (answers,)."""
    from sklearn.model_selection import GroupKFold

    scores = np.zeros(len(seen))
    for train, test in GroupKFold(_FOLDS, shuffle=True, random_state=seed).split(seen, groups=groups):
        judge = fit([seen[i] for i in train], stated, telling)
        for i in test:
            scores[i] = judge.overall(judge.read(seen[i].answer.asked, seen[i].matched))
    return scores


def measure(scores: NDArray[np.float64], answers: Sequence[GradedAnswer]) -> dict[str, float]:
    """How well scores agree with the grades, in whole grades."""
    grades = np.array([answer.grade for answer in answers])
    return {
        "rho": round(once(spearman, scores, grades), 3),
        "qwk": round(once(qwk, in_grades(scores) / 2, grades / 2), 3),
    }


def in_grades(scores: NDArray[np.float64]) -> NDArray[np.int_]:
    """The nearest grade to each score: 0 below 2, 1 below 4, 2 from there on."""
    return np.digitize(scores, [2.0, 4.0])


def main(argv: Sequence[str] | None = None) -> None:
    """Fit, print what was measured on held-out students and questions, and write `weights/`."""
    from coach.build import build_bank, build_embedder
    from coach.settings import load_settings

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answers", type=Path)
    parser.add_argument("verdicts", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    given = parser.parse_args(argv)
    embedder = build_embedder(load_settings())
    finder = QuestionFinder(build_bank(), embedder)
    graded = load_graded(given.answers, finder, load_verdicts(given.verdicts))
    answers = [answer for answer in graded if answer.verdicts]
    telling = rarity(DATA / "corpus")
    seen = see(answers, embedder, telling)
    stated = claims(list({a.asked.question: a.asked for a in answers}.values()), embedder, telling)
    print(json.dumps(learn(seen, stated, telling, given.out), indent=1))  # noqa: T201


def learn(seen: Sequence[Seen], stated: Sequence[Example], telling: Telling, out: Path) -> dict[str, Any]:
    """Fit, write the weights, and return how well held-out answers were scored."""
    answers = [one.answer for one in seen]
    students = [answer.student for answer in answers]
    questions = [answer.asked.question for answer in answers]
    runs = [held_out(seen, stated, telling, students, seed) for seed in range(_REPEATS)]
    truth = np.array([answer.as_score for answer in answers])
    spread = float(np.mean([np.quantile(np.abs(run - truth), 0.8) for run in runs]))
    judge = fit(seen, stated, telling)
    grading = replace(judge.grading, spread=round(spread, 2), spread_drawn=round(spread + 0.5, 2))
    _write(replace(judge, grading=grading), out)
    by_length = scores_by_length([a.words for a in answers], truth, students)
    return {
        "answers": len(answers),
        "students": len(set(students)),
        "held-out students": [measure(run, answers) for run in runs],
        "held-out questions": measure(held_out(seen, stated, telling, questions, 0), answers),
        "word count": measure(by_length, answers),
        "weights": _numbers(replace(judge, grading=grading)),
    }


def _numbers(judge: PointJudge) -> dict[str, Any]:
    def logistic(one: Logistic) -> dict[str, Any]:
        return asdict(one)

    names = ("topic", "floor", "hit", "partial", "wrong")
    return {
        "point": logistic(judge.point),
        "mistake": logistic(judge.mistake),
        "thresholds": {name: getattr(judge, name) for name in names},
        "grading": asdict(judge.grading),
    }


def _write(judge: PointJudge, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "keypoints.json").write_text(json.dumps(_numbers(judge), indent=1) + "\n", encoding="utf-8")
    (out / "telling.json").write_text(json.dumps(asdict(judge.telling)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
