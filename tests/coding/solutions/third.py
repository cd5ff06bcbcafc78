"""Answers to the last six tasks as a candidate might write them, and wrong ones as candidates do."""

from tests.coding.solutions.kinds import Wrong

RIGHT = {
    "coding-out-of-fold-target-encoding-01": """
def target_encode(categories, labels, folds, weight):
    def add(table, key, label):
        total, count = table.get(key, (0.0, 0))
        table[key] = (total + label, count + 1)

    whole, by_fold, by_category, by_both = {}, {}, {}, {}
    for category, label, fold in zip(categories, labels, folds):
        add(whole, None, label)
        add(by_fold, fold, label)
        add(by_category, category, label)
        add(by_both, (category, fold), label)
    encoded = []
    for category, fold in zip(categories, folds):
        others = [a - b for a, b in zip(whole[None], by_fold[fold])]
        kin = [a - b for a, b in zip(by_category[category], by_both[category, fold])]
        encoded.append((kin[0] + weight * others[0] / others[1]) / (kin[1] + weight))
    return encoded
""",
    "coding-best-split-of-a-tree-01": """
def best_split(values, labels):
    def gini(ones, count):
        share = ones / count
        return 2 * share * (1 - share)

    n = len(values)
    order = sorted(range(n), key=lambda row: values[row])
    total = sum(labels)
    best = None
    ones = 0
    for place in range(n - 1):
        ones += labels[order[place]]
        here, following = values[order[place]], values[order[place + 1]]
        if here == following:
            continue
        left = place + 1
        after = (left * gini(ones, left) + (n - left) * gini(total - ones, n - left)) / n
        gain = gini(total, n) - after
        if gain > 1e-12 and (best is None or gain > best[1] + 1e-12):
            best = ((here + following) / 2, gain)
    return best
""",
    "coding-pipeline-order-01": """
import heapq


def run_order(depends_on):
    steps = set(depends_on)
    for needed in depends_on.values():
        steps.update(needed)
    waiting = {step: len(set(depends_on.get(step, ()))) for step in steps}
    after = {step: [] for step in steps}
    for step, needed in depends_on.items():
        for other in set(needed):
            after[other].append(step)
    ready = sorted(step for step in steps if not waiting[step])
    order = []
    while ready:
        step = heapq.heappop(ready)
        order.append(step)
        for follower in after[step]:
            waiting[follower] -= 1
            if waiting[follower] == 0:
                heapq.heappush(ready, follower)
    return order if len(order) == len(steps) else None
""",
    "coding-shortest-snippet-01": """
def shortest_snippet(tokens, wanted):
    missing = len(set(wanted))
    if not missing:
        return None
    counts = dict.fromkeys(wanted, 0)
    best = None
    left = 0
    for right, token in enumerate(tokens):
        if token in counts:
            missing -= counts[token] == 0
            counts[token] += 1
        while missing == 0:
            if best is None or right + 1 - left < best[1] - best[0]:
                best = (left, right + 1)
            gone = tokens[left]
            left += 1
            if gone in counts:
                counts[gone] -= 1
                missing += counts[gone] == 0
    return best
""",
    "coding-beam-search-01": """
def beam_search(table, width, max_steps):
    beam = [(["<s>"], 0.0)]
    for _ in range(max_steps):
        if all(tokens[-1] == "</s>" for tokens, _ in beam):
            break
        candidates = []
        for tokens, score in beam:
            if tokens[-1] == "</s>":
                candidates.append((tokens, score))
                continue
            for token, gain in table.get(tokens[-1], {}).items():
                candidates.append((tokens + [token], score + gain))
        candidates.sort(key=lambda one: (-one[1], one[0]))
        beam = candidates[:width]
    for tokens, score in beam:
        if tokens[-1] == "</s>":
            return tokens[1:-1], score
    return None
""",
    "coding-merging-moments-01": """
def merge_moments(shards):
    shards = [shard for shard in shards if shard[0]]
    n = sum(count for count, _, _ in shards)
    if n == 0:
        return None
    base = shards[0][1]
    mean = sum(count * (m - base) for count, m, _ in shards) / n
    within = sum(count * v for count, _, v in shards) / n
    between = sum(count * (m - base - mean) ** 2 for count, m, _ in shards) / n
    return n, base + mean, within + between
""",
}

WRONG = (
    Wrong(
        "coding-pipeline-order-01",
        "a dependency that is named only as such is lost",
        """
def run_order(depends_on):
    order, done = [], set()
    steps = sorted(depends_on)
    while len(order) < len(steps):
        ready = [s for s in steps if s not in done and all(d in done for d in depends_on[s])]
        if not ready:
            return None
        order.append(ready[0])
        done.add(ready[0])
    return order
""",
    ),
    Wrong(
        "coding-shortest-snippet-01",
        "the whole list is returned where any slice would do, and an empty query is found",
        """
def shortest_snippet(tokens, wanted):
    best = None
    for i in range(len(tokens)):
        for j in range(i + 1, len(tokens) + 1):
            if set(wanted) <= set(tokens[i:j]):
                if best is None or j - i <= best[1] - best[0]:
                    best = (i, j)
    return best
""",
    ),
    Wrong(
        "coding-merging-moments-01",
        "the mean of squares less the square of the mean cancels",
        """
def merge_moments(shards):
    n = sum(c for c, m, v in shards)
    if n == 0:
        return None
    mean = sum(c * m for c, m, v in shards) / n
    squares = sum(c * (v + m * m) for c, m, v in shards) / n
    return n, mean, squares - mean * mean
""",
    ),
)
