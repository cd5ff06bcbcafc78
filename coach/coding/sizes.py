"""How large the things in a candidate's code are, each named by the parameter that its size comes from."""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_SAME_SIZE = frozenset(
    "enumerate reversed sorted list set tuple dict iter zip Counter deque frozenset OrderedDict min max".split()
)
_HASHES = frozenset("set dict frozenset Counter defaultdict OrderedDict fromkeys".split())
_GROWS = frozenset("append add extend insert appendleft update setdefault".split())
_PUSHES = frozenset("heappush insort insort_left insort_right".split())


def dotted(node: ast.AST) -> str | None:
    """Return `a` or `self.a` for a name or an attribute of names, else None."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return None


def called(node: ast.AST) -> str:
    """Return the last word of what is called: `append` of `rows.append(x)`; empty for anything else."""
    if not isinstance(node, ast.Call):
        return ""
    return (dotted(node.func) or str(getattr(node.func, "attr", ""))).rpartition(".")[2]


@dataclass
class Sizes:
    """What is known of each name at one place: the size's name (None: it does not grow), and what hashes.

    `local` are containers that the code builds itself: their items' items together are as many as went in. `cuts` are
    pairs of bounds that cut a list into pieces, one after the other: all pieces together are the list. `flat` are the
    sizes of containers of numbers, whose items have no size.
    """

    size: dict[str, str | None] = field(default_factory=dict)
    hashed: set[str] = field(default_factory=set)
    local: set[str] = field(default_factory=set)
    cuts: set[tuple[str, str]] = field(default_factory=set)
    flat: set[str] = field(default_factory=set)

    def copy(self) -> "Sizes":
        """A copy that may go its own way."""
        return Sizes(dict(self.size), set(self.hashed), set(self.local), set(self.cuts), self.flat)

    def of(self, node: ast.AST | None) -> str | None:
        """Return the name of an expression's size, or None if it does not grow or is not known."""
        match node:
            case ast.Name() | ast.Attribute():
                return self.size.get(dotted(node) or "")
            case ast.Call():
                return self._of_call(node)
            case ast.Subscript(value=inner, slice=ast.Slice(lower=lower, upper=upper)):
                return self._of_slice(inner, lower, upper)
            case ast.Starred(value=inner):
                return self.of(inner)
            case ast.Subscript(value=inner):
                return self.item(inner)
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return self.of(node.generators[0].iter)
            case ast.BinOp(left=left, right=right):
                return self.of(left) or self.of(right)
            case ast.IfExp(body=left, orelse=right):
                return self.of(left) or self.of(right)
            case ast.BoolOp(values=parts):
                return next((size for part in parts if (size := self.of(part))), None)
            case ast.List(elts=parts) | ast.Tuple(elts=parts):
                return next(
                    (size for part in parts if isinstance(part, ast.Starred) and (size := self.of(part))),
                    None,
                )
        return None

    def _of_slice(self, value: ast.AST, lower: ast.AST | None, upper: ast.AST | None) -> str | None:
        size = self.of(value)
        if lower is None and isinstance(upper, (ast.Constant, ast.Name)):
            return None if isinstance(upper, ast.Constant) else self.of(upper) or size
        if (
            size
            and isinstance(lower, ast.Name)
            and isinstance(upper, ast.Name)
            and (lower.id, upper.id) in self.cuts
        ):
            return f"shared {size}"
        return size

    def _of_call(self, node: ast.Call) -> str | None:
        name = called(node)
        if name in ("items", "values", "keys", "copy", "tolist", "elements", "most_common") and isinstance(
            node.func, ast.Attribute
        ):
            return self.of(node.func.value)
        if name in ("get", "pop", "setdefault") and isinstance(node.func, ast.Attribute):
            return self.item(node.func.value)
        if name in ("map", "filter"):
            return self.of(node.args[1]) if len(node.args) > 1 else None
        whose = dotted(node.func) or ""
        if name in _SAME_SIZE or name in ("len", "range", "int") or whose.startswith(("np.", "numpy.")):
            return next((size for part in node.args if (size := self.of(part))), None)
        return None

    def item(self, node: ast.AST) -> str | None:
        """Return the name of the size of one item of an expression."""
        name, size = dotted(node) or "", self.of(node)
        if size is None or size in self.flat:
            return None
        return f"shared {size}" if name in self.local else f"{size.removeprefix('shared ')}[i]"

    def hashes(self, node: ast.AST) -> bool:
        """Whether to look something up in it takes the same time whatever its size."""
        if isinstance(node, (ast.Dict, ast.Set, ast.DictComp, ast.SetComp)):
            return True
        if called(node) in ("keys", "items"):
            return True
        return called(node) in _HASHES or (dotted(node) or "") in self.hashed

    def bind(self, target: ast.AST, value: ast.AST) -> None:
        """Take note of an assignment."""
        if isinstance(target, (ast.Tuple, ast.List)):
            if isinstance(value, (ast.Tuple, ast.List)) and len(value.elts) == len(target.elts):
                for one, part in zip(target.elts, value.elts, strict=True):
                    self.bind(one, part)
            return
        name = dotted(target)
        if name is None:
            return
        # What a loop has been seen to fill stays as large as that, though it begins empty.
        if (size := self.of(value)) is not None or name not in self.local:
            self.size[name] = size
        if self.hashes(value):
            self.hashed.add(name)
        if not isinstance(value, (ast.Name, ast.Attribute)):
            self.local.add(name)

    def bind_item(self, target: ast.AST, over: ast.AST) -> None:
        """Take note of what a loop's names stand for."""
        if isinstance(target, ast.Tuple):
            parts = self._item_parts(over)
            for one, part in zip(target.elts, parts or (), strict=False):
                if name := dotted(one):
                    whole = isinstance(part, ast.Call)
                    self.size[name] = self.of(part) if whole or part is None else self.item(part)
            if not parts:
                self.size |= dict.fromkeys((name for one in target.elts if (name := dotted(one))), None)
            return
        if name := dotted(target):
            inner = (
                over.func.value
                if isinstance(over, ast.Call) and isinstance(over.func, ast.Attribute)
                else over
            )
            self.size[name] = self.of(over) if called(over) == "range" else self.item(inner)

    def _item_parts(self, over: ast.AST) -> list[ast.AST | None] | None:
        match called(over), over:
            case "zip", ast.Call(args=parts):
                return list(parts)
            case "enumerate", ast.Call(args=[inner, *_]):
                return [ast.Call(ast.Name("len"), [inner], []), inner]
            case "items", ast.Call(func=ast.Attribute(value=inner)):
                return [None, inner]
        return None


def filled(body: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the names of what these statements put items into."""
    for statement in body:
        for node in ast.walk(statement):
            if isinstance(node, ast.Call):
                if called(node) in _GROWS and isinstance(node.func, ast.Attribute):
                    yield from _container(node.func.value)
                elif called(node) in _PUSHES and node.args:
                    yield from _container(node.args[0])
            elif isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Subscript):
                        yield from _container(target)
            elif isinstance(node, ast.AugAssign) and isinstance(
                node.value, (ast.List, ast.ListComp, ast.Tuple)
            ):
                yield from _container(node.target)


def _container(node: ast.AST) -> Iterator[str]:
    while isinstance(node, (ast.Subscript, ast.Call)):
        node = node.value if isinstance(node, ast.Subscript) else node.func
        if isinstance(node, ast.Attribute) and node.attr in ("setdefault", "get"):
            node = node.value
    if name := dotted(node):
        yield name
