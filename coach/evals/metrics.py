"""Numbers with their uncertainty. Pure functions, seeded, so that the same results give the same report."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 5000
SEED = 20


@dataclass(frozen=True)
class Estimate:
    """A mean over `n` cases and the interval, `low` to `high`, that holds it in 95 of 100 such samples."""

    value: float
    low: float
    high: float
    n: int


def recall_at(rank: int | None, k: int) -> float:
    """1.0 when the first right result is among the best k, else 0.0. Its mean is recall at k.

    Any one of a query's gold sections answers it, so there is one thing to find: recall at k is then
    what others call success or hit rate at k (Manning, Raghavan, Schütze: Introduction to Information
    Retrieval, chapter 8). `rank` counts from 1; None means not found.
    """
    return float(rank is not None and rank <= k)


def reciprocal_rank(rank: int | None) -> float:
    """1 / rank of the first right result, 0.0 when there is none. Its mean is MRR.

    Voorhees: The TREC-8 Question Answering Track Report, 1999.
    """
    return 0.0 if rank is None else 1 / rank


def bootstrap_mean(
    values: Sequence[float], clusters: Sequence[str], draws: int = DRAWS, seed: int = SEED
) -> Estimate:
    """The mean with its 95% percentile bootstrap interval; whole clusters are drawn, not single values.

    Values of one cluster (queries about the same file) are not independent, and drawing them one by one
    would make the interval too narrow. Efron and Tibshirani: An Introduction to the Bootstrap, chapter 13;
    Cameron, Gelbach, Miller: Bootstrap-Based Improvements for Inference with Clustered Errors, 2008.
    With one cluster there is nothing to draw from, and the interval is the mean alone.

    Raises:
        ValueError: no values, or not one cluster name for each.
    """
    if not values or len(values) != len(clusters):
        raise ValueError(f"{len(values)} values and {len(clusters)} cluster names")
    names = {name: place for place, name in enumerate(dict.fromkeys(clusters))}
    places = [names[name] for name in clusters]
    sums = np.bincount(places, weights=values)
    sizes = np.bincount(places)
    drawn = np.random.default_rng(seed).integers(len(names), size=(draws, len(names)))
    means = sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(np.mean(values)), float(low), float(high), len(values))


def paired_difference(
    new: Sequence[float], old: Sequence[float], clusters: Sequence[str], draws: int = DRAWS, seed: int = SEED
) -> Estimate:
    """The mean of new minus old over the same cases, with its bootstrap interval.

    What is hard for both cancels out, so that a difference shows which two separate intervals would hide.

    Raises:
        ValueError: not the same number of values and cluster names, or none.
    """
    differences = [one - other for one, other in zip(new, old, strict=True)]
    return bootstrap_mean(differences, clusters, draws, seed)
