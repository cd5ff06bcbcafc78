"""Answers to the next seven tasks as a candidate might write them, and wrong ones as candidates do."""

from tests.coding.solutions.kinds import Wrong

RIGHT = {
    "coding-token-budget-01": """
class Bucket:
    def __init__(self, capacity, rate):
        self.capacity, self.rate = capacity, rate
        self.level, self.now, self.open = capacity, 0, {}

    def advance(self, now):
        self.level = min(self.capacity, self.level + (now - self.now) * self.rate)
        self.now = now

    def reserve(self, call, tokens):
        if tokens > self.level:
            return False
        self.level -= tokens
        self.open[call] = tokens
        return True

    def settle(self, call, used):
        self.level = min(self.capacity, self.level + self.open.pop(call) - used)


def run_bucket(capacity, rate, events):
    bucket, verdicts = Bucket(capacity, rate), []
    for kind, now, call, tokens in events:
        bucket.advance(now)
        if kind == "reserve":
            verdicts.append(bucket.reserve(call, tokens))
        else:
            bucket.settle(call, tokens)
    return verdicts
""",
    "coding-rolling-median-01": """
import bisect


def rolling_median(values, w):
    if len(values) < w:
        return []
    window = sorted(values[:w])
    medians = []
    for right in range(w, len(values) + 1):
        middle = w // 2
        medians.append(window[middle] if w % 2 else (window[middle - 1] + window[middle]) / 2)
        if right < len(values):
            window.pop(bisect.bisect_left(window, values[right - w]))
            bisect.insort(window, values[right])
    return medians
""",
    "coding-as-of-join-01": """
def as_of_join(labels, features, max_age):
    by_entity = {}
    for position, (entity, at, value) in enumerate(features):
        by_entity.setdefault(entity, []).append((at, position, value))
    for rows in by_entity.values():
        rows.sort()
    joined = []
    for entity, time in labels:
        rows = by_entity.get(entity, [])
        low, high = 0, len(rows)
        while low < high:
            middle = (low + high) // 2
            if rows[middle][0] <= time:
                low = middle + 1
            else:
                high = middle
        joined.append(rows[low - 1][2] if low and time - rows[low - 1][0] <= max_age else None)
    return joined
""",
    "coding-bm25-ranking-01": """
from math import log


def bm25_rank(query, documents, k1, b):
    n = len(documents)
    if n == 0:
        return []
    average = sum(len(d) for d in documents) / n
    where = {}
    for index, document in enumerate(documents):
        for word in document:
            counts = where.setdefault(word, {})
            counts[index] = counts.get(index, 0) + 1
    score = {}
    for word in set(query):
        found = where.get(word, {})
        idf = log(1 + (n - len(found) + 0.5) / (len(found) + 0.5))
        for index, f in found.items():
            norm = k1 * (1 - b + b * len(documents[index]) / average)
            score[index] = score.get(index, 0.0) + idf * f * (k1 + 1) / (f + norm)
    return sorted(score, key=lambda index: (-round(score[index], 12), index))
""",
    "coding-softmax-cross-entropy-01": """
import numpy as np


def cross_entropy(logits, targets):
    x = np.array(logits, dtype=np.float64)
    n = x.shape[0]
    x = x - x.max(axis=1, keepdims=True)
    total = np.log(np.sum(np.exp(x), axis=1))
    loss = np.mean(total - x[np.arange(n), targets])
    grad = np.exp(x - total[:, None])
    grad[np.arange(n), targets] -= 1
    return loss, (grad / n).tolist()
""",
    "coding-ndcg-01": """
from math import log2


def ndcg(relevances, k):
    ideal = sorted(relevances, reverse=True)
    gained = best = 0.0
    for rank in range(min(k, len(relevances))):
        discount = log2(rank + 2)
        gained += (2 ** relevances[rank] - 1) / discount
        best += (2 ** ideal[rank] - 1) / discount
    return gained / best if best > 0 else 0.0
""",
    "coding-sessions-from-clicks-01": """
from collections import defaultdict


def sessions(events, gap):
    times = defaultdict(list)
    for user, time in events:
        times[user].append(time)
    result = []
    for user in sorted(times):
        clicks = sorted(times[user])
        start = last = clicks[0]
        count = 1
        for click in clicks[1:]:
            if click - last > gap:
                result.append((user, start, last, count))
                start, count = click, 0
            last = click
            count += 1
        result.append((user, start, last, count))
    return result
""",
}

WRONG = (
    Wrong(
        "coding-rolling-median-01",
        "the window is never made smaller",
        """
def rolling_median(values, w):
    out, seen = [], []
    for v in values:
        seen.append(v)
        if len(seen) >= w:
            s = sorted(seen)
            out.append(float(s[len(s) // 2]))
    return out
""",
    ),
    Wrong(
        "coding-softmax-cross-entropy-01",
        "large logits overflow",
        """
import numpy as np


def cross_entropy(logits, targets):
    x = np.array(logits)
    e = np.exp(x)
    p = e / e.sum(axis=1, keepdims=True)
    rows = np.arange(len(x))
    loss = -np.log(p[rows, targets]).mean()
    p[rows, targets] -= 1
    return float(loss), (p / len(x)).tolist()
""",
    ),
    Wrong(
        "coding-ndcg-01",
        "divides by zero where nothing is relevant",
        """
from math import log2


def ndcg(relevances, k):
    def dcg(values):
        return sum((2**v - 1) / log2(i + 2) for i, v in enumerate(values[:k]))

    return dcg(relevances) / dcg(sorted(relevances, reverse=True))
""",
    ),
)
