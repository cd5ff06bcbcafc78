"""What a piece of code shows of how it was written, each fact with its lines: by its syntax tree, nothing is run."""

import ast
import builtins
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from coach.coding.sizes import called

_DEEPEST = 60
_SAYS_LITTLE = frozenset(
    "tmp temp foo bar baz data2 thing stuff aux res2 arr2 lst dic asdf xx yy zz aa bb var val2".split()
)
_FINE_SHORT = frozenset("i j k n m x y w h a b p q f s t v e r d c _ k1".split())
_ENDS = (ast.Return, ast.Raise, ast.Break, ast.Continue)
_TOOLS = {
    "sorted": "sorts",
    "sort": "sorts",
    "heappush": "keeps a heap",
    "heapify": "keeps a heap",
    "nsmallest": "selects with a heap",
    "nlargest": "selects with a heap",
    "bisect": "searches by halves",
    "bisect_left": "searches by halves",
    "bisect_right": "searches by halves",
    "insort": "keeps a sorted list",
    "Counter": "counts in a hash map",
    "defaultdict": "groups in a hash map",
    "OrderedDict": "keeps an ordered hash map",
    "deque": "keeps a queue with two ends",
    "set": "keeps a set",
    "dict": "keeps a hash map",
    "setdefault": "groups in a hash map",
}


@dataclass(frozen=True)
class Fact:
    """Something that the code shows, at these lines (from 1)."""

    text: str
    lines: tuple[int, ...]


@dataclass(frozen=True)
class Reading:
    """The parsed code and what it shows; `defined` is the line of the task's function, if it is there."""

    tree: ast.Module
    defined: int | None
    approach: tuple[Fact, ...]
    tests: tuple[int, ...]
    poor_names: tuple[Fact, ...]
    dead: tuple[Fact, ...]
    documented: bool


def read_code(code: str, function: str) -> Reading | None:
    """Return what the code shows, or None if it can't be parsed or is nested deeper than anybody writes."""
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if _deep(tree):
        return None
    own = next(
        (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == function), None
    )
    return Reading(
        tree=tree,
        defined=own.lineno if own else None,
        approach=tuple(_approach(tree)),
        tests=tuple(sorted(_tests(tree, function))),
        poor_names=tuple(_poor_names(tree)),
        dead=tuple(_dead(tree, function)),
        documented=own is not None and ast.get_docstring(own) is not None,
    )


def _deep(tree: ast.Module) -> bool:
    level: list[ast.AST] = [tree]
    for _ in range(_DEEPEST):
        level = [part for node in level for part in ast.iter_child_nodes(node)]
        if not level:
            return False
    return True


def _approach(tree: ast.Module) -> Iterator[Fact]:
    found: dict[str, list[int]] = {}
    for node in ast.walk(tree):
        text = _TOOLS.get(called(node))
        if isinstance(node, (ast.Dict, ast.DictComp)):
            text = "keeps a hash map"
        elif isinstance(node, (ast.Set, ast.SetComp)):
            text = "keeps a set"
        elif isinstance(node, ast.FunctionDef) and any(
            called(part) == node.name and not isinstance(getattr(part, "func", None), ast.Attribute)
            for part in ast.walk(node)
        ):
            text = "calls itself"
        elif isinstance(node, ast.Import) and any(one.name == "numpy" for one in node.names):
            text = "works on whole arrays with numpy"
        if text:
            found.setdefault(text, []).append(getattr(node, "lineno", 1))
    for text, lines in found.items():
        yield Fact(text, tuple(sorted(set(lines))))


def _tests(tree: ast.Module, function: str) -> Iterator[int]:
    """Lines that try the function out: asserts on it, functions and classes of tests, calls outside all functions."""
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("test")
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) not in inside and called(node) == function:
            yield getattr(node, "lineno", 1)


def _poor_names(tree: ast.Module) -> Iterator[Fact]:
    seen: dict[str, int] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            seen.setdefault(node.id, node.lineno)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            seen.setdefault(node.name, node.lineno)
    for name, line in seen.items():
        short = len(name) == 1 and name not in _FINE_SHORT
        numbered = len(name.rstrip("0123456789")) <= 3 and name[-1].isdigit() and name not in _FINE_SHORT
        if short or numbered or name in _SAYS_LITTLE:
            yield Fact(f"the name `{name}` says little", (line,))
        elif name in vars(builtins) and name != "_":
            yield Fact(f"the name `{name}` hides Python's own", (line,))


def _dead(tree: ast.Module, function: str) -> Iterator[Fact]:
    read = Counter(
        node.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store)
    )
    read += Counter(node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            for here, following in pairwise(block) if isinstance(block, list) else ():
                if isinstance(here, _ENDS):
                    yield Fact("never reached", (following.lineno,))
        match node:
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                for one in names:
                    known = (one.asname or one.name).partition(".")[0]
                    if known != "*" and not read[known]:
                        yield Fact(f"`{known}` is imported and not used", (node.lineno,))
            case ast.FunctionDef(name=known) if (
                known != function and not read[known] and not _called_by_others(known)
            ):
                yield Fact(f"`{known}` is defined and not used", (node.lineno,))
            case ast.Assign(targets=[ast.Name(id=known)]) if not read[known] and known != "_":
                yield Fact(f"`{known}` is assigned and not used", (node.lineno,))


def _called_by_others(name: str) -> bool:
    return name.startswith(("test", "__")) or name == "main"
