"""Answers to nine of the later tasks as a candidate might write them, and wrong ones as candidates do."""

from tests.coding.solutions.kinds import Wrong

RIGHT = {
    "coding-logistic-regression-training-01": """
from math import exp


def sigmoid(z):
    if z >= 0:
        return 1 / (1 + exp(-z))
    return exp(z) / (1 + exp(z))


def train_logistic(rows, labels, rate, steps, l2):
    n, d = len(rows), len(rows[0])
    weights, bias = [0.0] * d, 0.0
    for _ in range(steps):
        slope, lift = [0.0] * d, 0.0
        for row, label in zip(rows, labels):
            error = sigmoid(sum(w * x for w, x in zip(weights, row)) + bias) - label
            lift += error / n
            for place, x in enumerate(row):
                slope[place] += error * x / n
        weights = [w - rate * (g + l2 * w) for w, g in zip(weights, slope)]
        bias -= rate * lift
    return weights, bias
""",
    "coding-window-counts-with-late-events-01": """
from collections import Counter


def window_counts(times, size, lateness):
    counts, dropped = Counter(), 0
    latest = None
    for time in times:
        latest = time if latest is None else max(latest, time)
        start = time // size * size
        if start + size <= latest - lateness:
            dropped += 1
        else:
            counts[start] += 1
    return sorted(counts.items()), dropped
""",
    "coding-masked-attention-01": """
import numpy as np


def attention(queries, keys, values, visible):
    q, k, v = (np.asarray(x, dtype=float) for x in (queries, keys, values))
    seen = np.asarray(visible, dtype=bool)
    scores = np.where(seen, q @ k.T / np.sqrt(k.shape[1]), -np.inf)
    highest = scores.max(axis=1, keepdims=True)
    shifted = np.exp(scores - np.where(np.isfinite(highest), highest, 0.0))
    total = shifted.sum(axis=1, keepdims=True)
    weights = shifted / np.where(total == 0, 1.0, total)
    return (weights @ v).tolist()
""",
    "coding-average-precision-01": """
def average_precision(labels, scores):
    positives = sum(labels)
    if positives == 0:
        return None
    by_score = {}
    for label, score in zip(labels, scores):
        hits, count = by_score.get(score, (0, 0))
        by_score[score] = (hits + label, count + 1)
    area = 0.0
    found = selected = 0
    for score in sorted(by_score, reverse=True):
        hits, count = by_score[score]
        found += hits
        selected += count
        area += found / selected * hits / positives
    return area
""",
    "coding-word-error-rate-01": """
def word_error_rate(reference, heard):
    above = list(range(len(heard) + 1))
    for i, wanted in enumerate(reference, start=1):
        row = [i]
        for j, got in enumerate(heard, start=1):
            row.append(min(above[j] + 1, row[j - 1] + 1, above[j - 1] + (wanted != got)))
        above = row
    errors = above[-1]
    return errors, errors / len(reference) if reference else None
""",
    "coding-completions-by-prefix-01": """
def suggest(counts, prefixes, k):
    best = {}
    for query in sorted(counts, key=lambda query: (-counts[query], query)):
        for end in range(len(query) + 1):
            kept = best.setdefault(query[:end], [])
            if len(kept) < k:
                kept.append(query)
    return [best.get(prefix, []) for prefix in prefixes]
""",
    "coding-groups-from-duplicate-pairs-01": """
def duplicate_groups(ids, pairs):
    near = {one: [] for one in ids}
    for left, right in pairs:
        near[left].append(right)
        near[right].append(left)
    group_of, groups = {}, []
    for first in ids:
        if first in group_of:
            continue
        group_of[first] = len(groups)
        groups.append([])
        waiting = [first]
        while waiting:
            for other in near[waiting.pop()]:
                if other not in group_of:
                    group_of[other] = group_of[first]
                    waiting.append(other)
    for one in ids:
        groups[group_of[one]].append(one)
    return groups
""",
    "coding-smallest-shard-capacity-01": """
def smallest_capacity(sizes, machines):
    def parts(capacity):
        count, load = 1, 0
        for size in sizes:
            if load + size > capacity:
                count, load = count + 1, 0
            load += size
        return count

    low, high = max(sizes, default=0), sum(sizes)
    while low < high:
        middle = (low + high) // 2
        if parts(middle) <= machines:
            high = middle
        else:
            low = middle + 1
    return low
""",
    "coding-wait-for-a-better-loss-01": """
def checks_until_better(losses):
    waits = [None] * len(losses)
    open_checks = []
    for now, loss in enumerate(losses):
        while open_checks and losses[open_checks[-1]] > loss:
            before = open_checks.pop()
            waits[before] = now - before
        open_checks.append(now)
    return waits
""",
}

WRONG = (
    Wrong(
        "coding-masked-attention-01",
        "a query that sees no key divides zero by zero",
        """
import numpy as np


def attention(queries, keys, values, visible):
    q, k, v = map(np.array, (queries, keys, values))
    e = np.exp(q @ k.T / np.sqrt(k.shape[1])) * np.array(visible)
    return (e / e.sum(axis=1, keepdims=True) @ v).tolist()
""",
    ),
    Wrong(
        "coding-wait-for-a-better-loss-01",
        "an equal loss counts as better",
        """
def checks_until_better(losses):
    out = []
    for i in range(len(losses)):
        out.append(next((j - i for j in range(i + 1, len(losses)) if losses[j] <= losses[i]), None))
    return out
""",
    ),
)
