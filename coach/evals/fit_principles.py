"""Learn which principle an answer shows from the answers to questions about one; measured on unseen questions."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.evals.examples import Learned

Array = NDArray[np.float32]

_STRENGTH = 1.0  # inverse regularisation; tried 0.3, 1 and 3
_PUSH = 3.0  # vectors of unit length have small numbers
_FOLDS = 5
_ANSWERS = 1.5  # of 2: a story that misses the question shows something else


def fit_principles(answers: Sequence[Learned]) -> tuple[list[str], Array, Array, dict[str, float]]:
    """Return names, weights, bias, and how often the asked principle came first and among three.

    The shares are of answers to questions that the weights had not seen.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold

    known = [one for one in answers if one.row.principle and one.row.mean.numbers["relevance"] >= _ANSWERS]
    values = np.array(
        [one.encoded.sentences.reshape(len(one.row.mean.tags), -1).mean(axis=0) for one in known]
    )
    labels = np.array([one.row.principle for one in known])
    first, three = [], []
    for train, test in GroupKFold(_FOLDS).split(values, groups=[one.row.question for one in known]):
        model: Any = LogisticRegression(C=_STRENGTH, max_iter=1000).fit(_PUSH * values[train], labels[train])
        ranked = model.classes_[np.argsort(-model.predict_proba(_PUSH * values[test]), axis=1)]
        first += list(ranked[:, 0] == labels[test])
        three += list((ranked[:, :3] == labels[test][:, None]).any(axis=1))
    model = LogisticRegression(C=_STRENGTH, max_iter=1000).fit(_PUSH * values, labels)
    measured = {
        "n": len(known),
        "first": round(float(np.mean(first)), 3),
        "among_three": round(float(np.mean(three)), 3),
    }
    return [str(name) for name in model.classes_], _PUSH * model.coef_.T, model.intercept_, measured
