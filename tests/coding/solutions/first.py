"""Answers to the first seven tasks as a candidate might write them, and wrong ones as candidates do."""

from tests.coding.solutions.kinds import Wrong

RIGHT = {
    "coding-k-means-step-01": """
def kmeans_step(points, centers):
    def distance(a, b):
        return sum((x - y) * (x - y) for x, y in zip(a, b))

    assignments = []
    for point in points:
        nearest = min(range(len(centers)), key=lambda c: (distance(point, centers[c]), c))
        assignments.append(nearest)
    moved = []
    for index, center in enumerate(centers):
        members = [p for p, a in zip(points, assignments) if a == index]
        if members:
            moved.append([sum(axis) / len(members) for axis in zip(*members)])
        else:
            moved.append(center)
    return assignments, moved
""",
    "coding-roc-auc-01": """
from collections import Counter


def roc_auc(labels, scores):
    ones, zeros = Counter(), Counter()
    for label, score in zip(labels, scores):
        (ones if label else zeros)[score] += 1
    pairs = sum(ones.values()) * sum(zeros.values())
    if pairs == 0:
        return None
    below = won = 0
    for score in sorted(set(scores)):
        won += ones[score] * (below + zeros[score] / 2)
        below += zeros[score]
    return won / pairs
""",
    "coding-stratified-folds-01": """
def stratified_folds(labels, k):
    order = []
    rows = {}
    for row, label in enumerate(labels):
        if label not in rows:
            order.append(label)
            rows[label] = []
        rows[label].append(row)
    result = [None] * len(labels)
    turn = 0
    for label in order:
        for row in rows[label]:
            result[row] = turn
            turn = (turn + 1) % k
    return result
""",
    "coding-sliding-window-rate-limiter-01": """
from collections import deque


class Limiter:
    def __init__(self, limit, window):
        self.limit, self.window, self.seen = limit, window, {}

    def ask(self, user, now):
        times = self.seen.setdefault(user, deque())
        while times and now - times[0] >= self.window:
            times.popleft()
        if len(times) >= self.limit:
            return False
        times.append(now)
        return True


def allowed(requests, limit, window):
    limiter = Limiter(limit, window)
    return [limiter.ask(user, now) for user, now in requests]
""",
    "coding-top-k-items-01": """
def top_k(items, k):
    counts = {}
    for item in items:
        counts[item] = counts.get(item, 0) + 1
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:k]
""",
    "coding-busy-time-from-intervals-01": """
def busy_time(jobs, m):
    change = {}
    for start, end in jobs:
        change[start] = change.get(start, 0) + 1
        change[end] = change.get(end, 0) - 1
    times = sorted(change)
    busy = running = 0
    for now, following in zip(times, times[1:]):
        running += change[now]
        if running >= m:
            busy += following - now
    return busy
""",
    "coding-cache-with-expiry-01": """
def run_cache(capacity, ttl, operations):
    stored = {}  # the oldest use first: a dict keeps its order
    answers = []
    for operation in operations:
        kind, now, key = operation[:3]
        if kind == "put":
            if key in stored:
                stored.pop(key)
            elif len(stored) >= capacity:
                stored.pop(next(iter(stored)))
            stored[key] = (operation[3], now)
            continue
        if key not in stored:
            answers.append(None)
            continue
        value, put_at = stored.pop(key)
        if now - put_at < ttl:
            stored[key] = (value, put_at)
            answers.append(value)
        else:
            answers.append(None)
    return answers
""",
}

WRONG = (
    Wrong(
        "coding-k-means-step-01",
        "the center of an empty cluster is lost",
        """
def kmeans_step(points, centers):
    assigned = []
    for p in points:
        d = [sum((a - b) ** 2 for a, b in zip(p, c)) for c in centers]
        assigned.append(d.index(min(d)))
    new = []
    for i in range(len(centers)):
        mine = [p for p, a in zip(points, assigned) if a == i]
        new.append([sum(x) / len(mine) for x in zip(*mine)])
    return assigned, new
""",
    ),
    Wrong(
        "coding-roc-auc-01",
        "a tied pair counts nothing",
        """
def roc_auc(labels, scores):
    pos = [s for l, s in zip(labels, scores) if l]
    neg = [s for l, s in zip(labels, scores) if not l]
    if not pos or not neg:
        return None
    return sum(p > n for p in pos for n in neg) / (len(pos) * len(neg))
""",
    ),
    Wrong(
        "coding-stratified-folds-01",
        "every class starts at fold 0",
        """
def stratified_folds(labels, k):
    seen = {}
    folds = []
    for label in labels:
        folds.append(seen.get(label, 0) % k)
        seen[label] = seen.get(label, 0) + 1
    return folds
""",
    ),
    Wrong(
        "coding-sliding-window-rate-limiter-01",
        "a request that is exactly a window old still counts",
        """
def allowed(requests, limit, window):
    seen, out = {}, []
    for user, t in requests:
        times = [x for x in seen.get(user, []) if t - x <= window]
        out.append(len(times) < limit)
        seen[user] = times + [t] if out[-1] else times
    return out
""",
    ),
)
