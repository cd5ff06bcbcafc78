"""Answers to the other nine later tasks as a candidate might write them, and wrong ones as candidates do."""

from tests.coding.solutions.kinds import Wrong

RIGHT = {
    "coding-robot-route-with-permits-01": """
from collections import deque


def fewest_moves(grid, start, goal, permits):
    start, goal = tuple(start), tuple(goal)
    queue = deque([(start, permits, 0)])
    seen = {(start, permits)}
    while queue:
        (row, column), left, moves = queue.popleft()
        if (row, column) == goal:
            return moves
        for r, c in ((row + 1, column), (row - 1, column), (row, column + 1), (row, column - 1)):
            if not (0 <= r < len(grid) and 0 <= c < len(grid[0])) or grid[r][c] == "#":
                continue
            rest = left - (grid[r][c] == "x")
            if rest >= 0 and ((r, c), rest) not in seen:
                seen.add(((r, c), rest))
                queue.append(((r, c), rest, moves + 1))
    return None
""",
    "coding-merge-of-sorted-logs-01": """
import heapq


def merge_logs(logs):
    heads = [(log[0][0], number, 0) for number, log in enumerate(logs) if log]
    heapq.heapify(heads)
    seen, merged = set(), []
    while heads:
        time, number, place = heapq.heappop(heads)
        event = logs[number][place][1]
        if event not in seen:
            seen.add(event)
            merged.append((time, event))
        if place + 1 < len(logs[number]):
            heapq.heappush(heads, (logs[number][place + 1][0], number, place + 1))
    return merged
""",
    "coding-byte-pair-merges-01": """
from collections import Counter


def join(symbols, pair):
    joined, place = [], 0
    while place < len(symbols):
        if tuple(symbols[place : place + 2]) == pair:
            joined.append(pair[0] + pair[1])
            place += 2
        else:
            joined.append(symbols[place])
            place += 1
    return joined


def learn_merges(words, steps):
    split = [(list(word), count) for word, count in words.items()]
    merges = []
    for _ in range(steps):
        pairs = Counter()
        for symbols, count in split:
            for pair in zip(symbols, symbols[1:]):
                pairs[pair] += count
        if not pairs:
            break
        best = min(pairs, key=lambda pair: (-pairs[pair], pair))
        merges.append(best)
        split = [(join(symbols, best), count) for symbols, count in split]
    return merges
""",
    "coding-reservoir-sampling-01": """
def reservoir(stream, k, draws):
    slots = []
    drawn = iter(draws)
    for event in stream:
        if len(slots) < k:
            slots.append(event)
            continue
        slot = next(drawn)
        if slot < k:
            slots[slot] = event
    return slots
""",
    "coding-nucleus-filter-01": """
from math import exp


def nucleus(logits, temperature, p):
    order = sorted(logits, key=lambda token: (-logits[token], token))
    if temperature == 0:
        return [(order[0], 1.0)]
    highest = logits[order[0]]
    weights = [exp((logits[token] - highest) / temperature) for token in order]
    total = sum(weights)
    kept, mass = [], 0.0
    for token, weight in zip(order, weights):
        kept.append((token, weight))
        mass += weight
        if mass >= p * total:
            break
    return [(token, weight / mass) for token, weight in kept]
""",
    "coding-calibration-error-01": """
def calibration_error(labels, probabilities, bins):
    table = {}
    for label, probability in zip(labels, probabilities):
        place = min(int(probability * bins), bins - 1)
        # A product may be rounded across an edge, so the edges themselves decide.
        while place and probability < place / bins:
            place -= 1
        while place < bins - 1 and probability >= (place + 1) / bins:
            place += 1
        count, total, positives = table.get(place, (0, 0.0, 0))
        table[place] = (count + 1, total + probability, positives + label)
    rows = [(place, n, total / n, ones / n) for place, (n, total, ones) in sorted(table.items())]
    if not rows:
        return 0.0, []
    return sum(n * abs(mean - share) for _, n, mean, share in rows) / len(labels), rows
""",
    "coding-non-maximum-suppression-01": """
def overlap(a, b):
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    common = max(width, 0) * max(height, 0)
    union = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - common
    return common / union if union > 0 else 0.0


def keep_boxes(boxes, scores, threshold):
    kept = []
    for index in sorted(range(len(boxes)), key=lambda index: (-scores[index], index)):
        if all(overlap(boxes[index], boxes[other]) <= threshold for other in kept):
            kept.append(index)
    return kept
""",
    "coding-accelerator-reservations-01": """
from bisect import bisect_right


def best_total(bids):
    ends, best = [], [0]
    for start, end, value in sorted(bids, key=lambda bid: bid[1]):
        best.append(max(best[-1], best[bisect_right(ends, start)] + value))
        ends.append(end)
    return best[-1]
""",
    "coding-reverse-mode-gradients-01": """
def gradients(inputs, steps):
    value = dict(inputs)
    for name, kind, *operands in steps:
        numbers = [value[one] for one in operands]
        if kind == "add":
            value[name] = numbers[0] + numbers[1]
        elif kind == "mul":
            value[name] = numbers[0] * numbers[1]
        else:
            value[name] = max(numbers[0], 0.0)
    slope = dict.fromkeys(value, 0.0)
    slope[steps[-1][0]] = 1.0
    for name, kind, *operands in reversed(steps):
        if kind == "relu":
            slope[operands[0]] += slope[name] * (value[operands[0]] > 0)
            continue
        left, right = operands
        slope[left] += slope[name] * (1.0 if kind == "add" else value[right])
        slope[right] += slope[name] * (1.0 if kind == "add" else value[left])
    return value[steps[-1][0]], [(name, slope[name]) for name in inputs]
""",
}

WRONG = (
    Wrong(
        "coding-robot-route-with-permits-01",
        "a cell is visited once, whatever permits are left",
        """
from collections import deque


def fewest_moves(grid, start, goal, permits):
    queue, seen = deque([(start, permits, 0)]), {start}
    while queue:
        (r, c), left, moves = queue.popleft()
        if (r, c) == goal:
            return moves
        for a, b in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
            if 0 <= a < len(grid) and 0 <= b < len(grid[0]) and grid[a][b] != "#" and (a, b) not in seen:
                rest = left - (grid[a][b] == "x")
                if rest >= 0:
                    seen.add((a, b))
                    queue.append(((a, b), rest, moves + 1))
    return None
""",
    ),
    Wrong(
        "coding-accelerator-reservations-01",
        "the bids that end first are taken greedily",
        """
def best_total(bids):
    total, free = 0, None
    for start, end, value in sorted(bids, key=lambda bid: bid[1]):
        if free is None or start >= free:
            total, free = total + value, end
    return total
""",
    ),
)
