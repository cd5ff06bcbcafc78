"""Estimate from the code alone how its time grows with the input.

An estimate and no proof: loops multiply by the parameter that they go over; a loop with no end in sight is unsure.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from coach.coding.grown import Growth, Reason
from coach.coding.loops import branches, starts_anew
from coach.coding.sizes import Sizes, called, dotted, filled

_SCANS = frozenset(
    "sum min max any all list set tuple dict Counter join fsum mean median deque heapify frozenset".split()
)
_LIST_SCANS = frozenset("index count remove insert".split())
_HEAP = frozenset("heappush heappop heapreplace heappushpop".split())
_BISECT = frozenset("bisect bisect_left bisect_right".split())
_INSORT = frozenset("insort insort_left insort_right".split())
_TAKES = frozenset("pop popleft popitem heappop".split())
_FLAT = frozenset(f"{kind}[{of}]" for kind in ("list", "set", "Sequence") for of in ("int", "float", "bool"))
_DEEPEST_CALL = 6


def estimate(tree: ast.Module, function: str, signature: str = "") -> Growth | None:
    """Return how the time of one function grows, or None if the code does not define it.

    Args:
        tree: the code.
        function: its name.
        signature: the task's own `def ...`, whose annotations say which parameters are containers.
    """
    walk = _Walk(tree)
    node = walk.functions.get(function)
    if node is None:
        return None
    kinds = _annotations(signature)
    sizes = Sizes()
    for place, argument in enumerate(node.args.args):
        own = ast.unparse(argument.annotation) if argument.annotation else ""
        note = kinds[place] if place < len(kinds) else own
        sizes.size[argument.arg] = argument.arg
        if note.startswith(("dict", "set", "Mapping", "Counter")):
            sizes.hashed.add(argument.arg)
        if note in _FLAT:
            sizes.flat.add(argument.arg)
    walk.body(node.body, _Place(sizes, (), (node.name,)))
    return walk.grown()


def _annotations(signature: str) -> list[str]:
    try:
        parsed = ast.parse(signature.strip() + ": ...").body[0]
    except SyntaxError:
        return []
    if not isinstance(parsed, ast.FunctionDef):
        return []
    return [ast.unparse(one.annotation) if one.annotation else "" for one in parsed.args.args]


@dataclass(frozen=True)
class _Place:
    """Where the reader is: what is known of names, the loops around it, and the functions being read."""

    sizes: Sizes
    loops: tuple[str, ...]
    inside: tuple[str, ...]
    loop: ast.AST | None = None


@dataclass
class _Walk:
    tree: ast.Module
    functions: dict[str, ast.FunctionDef] = field(default_factory=dict)
    best: Growth = field(default_factory=Growth)
    reasons: dict[int, Reason] = field(default_factory=dict)
    unsure: set[int] = field(default_factory=set)
    exponential: bool = False

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef):
                self.functions.setdefault(node.name, node)

    def grown(self) -> Growth:
        return self.best.model_copy(
            update={
                "exponential": self.exponential,
                "reasons": tuple(self.reasons[line] for line in sorted(self.reasons)),
                "unsure": tuple(sorted(self.unsure)),
            }
        )

    def cost(self, place: _Place, node: ast.AST, size: str | None, log: int, text: str) -> None:
        """Count something that is done at this place."""
        if size is None and not log:
            return
        sizes = _times(place.loops, size)
        found = Growth(terms=(sizes,), log=log)
        if found.rank > self.best.rank:
            self.best = found
        elif found.rank == self.best.rank and sorted(sizes) not in map(sorted, self.best.terms):
            self.best = self.best.model_copy(update={"terms": (*self.best.terms, sizes)})
        line = getattr(node, "lineno", 1)
        if text and (size or place.loops):
            self.reasons.setdefault(line, Reason(line=line, text=text))

    def body(self, statements: Sequence[ast.stmt], place: _Place) -> None:
        for statement in statements:
            self.statement(statement, place)

    def statement(self, node: ast.stmt, place: _Place) -> None:
        match node:
            case ast.FunctionDef() | ast.ClassDef():
                return  # read where it is called
            case ast.For():
                self.read(node.iter, place)
                self.loop(node, node.target, node.iter, node.body, place)
                self.body(node.orelse, place)
                return
            case ast.While():
                self.loop_while(node, place)
                return
            case ast.Assign(targets=targets, value=value):
                self.read(value, place)
                for target in targets:
                    self.read(target, place)
                    place.sizes.bind(target, value)
                return
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                self.read(value, place)
                place.sizes.bind(target, value)
                return
            case ast.Delete(targets=targets):
                for one in targets:
                    if isinstance(one, ast.Subscript) and not place.sizes.hashes(one.value):
                        self.cost(
                            place,
                            one,
                            place.sizes.of(one.value),
                            0,
                            "deleting from a list moves what is behind",
                        )
                return
        for part in ast.iter_child_nodes(node):
            if isinstance(part, ast.stmt):
                self.statement(part, place)
            elif isinstance(part, (ast.ExceptHandler, ast.match_case)):
                self.body(part.body, place)
            elif isinstance(part, ast.expr):
                self.read(part, place)
            elif isinstance(part, ast.withitem):
                self.read(part.context_expr, place)

    def loop(
        self, node: ast.AST, target: ast.expr, over: ast.expr, body: Sequence[ast.AST], place: _Place
    ) -> _Place:
        size = place.sizes.of(over)
        inner = replace(place, loops=_times(place.loops, size), loop=node)
        place.sizes.bind_item(target, over)
        if size:
            name = size.removeprefix("shared ")
            self.cost(place, over, size, 0, f"a loop over {name}" + (" inside a loop" if place.loops else ""))
        self.fill(body, inner)
        for statement in body:
            if isinstance(statement, ast.stmt):
                self.statement(statement, inner)
        return inner

    def fill(self, body: Sequence[ast.AST], place: _Place) -> None:
        """What a loop fills is as large as the loop is long."""
        if place.loops:
            for name in filled(body):
                if place.sizes.size.get(name) is None:
                    place.sizes.size[name] = place.loops[0]
                    place.sizes.local.add(name)

    def loop_while(self, node: ast.While, place: _Place) -> None:
        names = {name for part in ast.walk(node.test) if (name := dotted(part))}
        inside = [part for statement in node.body for part in ast.walk(statement)]
        steps = {
            part.target.id
            for part in inside
            if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name)
        }
        moved = {target.id for part in inside if isinstance(part, ast.Assign)
                 for target in part.targets if isinstance(target, ast.Name)}  # fmt: skip
        halves = any(
            isinstance(part, ast.BinOp) and isinstance(part.op, (ast.FloorDiv, ast.RShift)) for part in inside
        )
        takes = any(called(part) in _TAKES for part in inside)
        inner = replace(place, loop=node)
        for part in inside:
            if isinstance(part, ast.Assign) and isinstance(part.value, ast.Name):
                place.sizes.cuts |= {
                    (one.id, part.value.id) for one in part.targets if isinstance(one, ast.Name)
                }
        if halves and len(names & moved) >= 1:
            self.cost(place, node, None, 1, "a search that halves what is left")
        elif place.loops and (takes or (steps and not starts_anew(place.loop, node, steps))):
            pass  # what goes in once comes out once: over all rounds of the outer loop that adds up to one more pass
        else:
            size = next((found for part in ast.walk(node.test) if (found := place.sizes.of(part))), None)
            counted = any(called(part) == "len" for part in ast.walk(node.test)) or not place.loops
            if size is None or not counted or not (takes or names & (steps | moved)):
                self.unsure.add(node.lineno)
                size = size or "rounds of a while loop"
            self.cost(place, node, size, 0, f"a while loop over {size.removeprefix('shared ')}")
            inner = replace(inner, loops=_times(place.loops, size))
        self.fill(node.body, inner)
        self.read(node.test, inner)
        self.body(node.body, inner)

    def read(self, node: ast.AST, place: _Place) -> None:
        """Count what an expression does."""
        if isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
            inner = replace(place, sizes=place.sizes.copy())
            for one in node.generators:
                self.read(one.iter, inner)
                inner = self.loop(one.iter, one.target, one.iter, (), inner)
                for test in one.ifs:
                    self.read(test, inner)
            for made in (node.key, node.value) if isinstance(node, ast.DictComp) else (node.elt,):
                self.read(made, inner)
            return
        if isinstance(node, ast.Lambda):
            self.read(node.body, place)
            return
        if isinstance(node, ast.Call):
            self.call(node, place)
        elif isinstance(node, ast.Compare) and any(isinstance(one, (ast.In, ast.NotIn)) for one in node.ops):
            holder = node.comparators[-1]
            if not place.sizes.hashes(holder):
                self.cost(
                    place, node, place.sizes.of(holder), 0, "looking for something in a list goes through it"
                )
        elif isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
            self.cost(place, node, place.sizes.of(node), 0, "a slice copies" if place.loops else "")
        for part in ast.iter_child_nodes(node):
            if isinstance(part, (ast.expr, ast.keyword)):
                self.read(part.value if isinstance(part, ast.keyword) else part, place)

    def call(self, node: ast.Call, place: _Place) -> None:
        name, sizes = called(node), place.sizes
        owner = node.func.value if isinstance(node.func, ast.Attribute) else None
        first = node.args[0] if node.args else None
        if name in self.functions and (owner is None or name not in ("append", "get", "add", "pop")):
            self.enter(name, node, place)
        elif name == "sorted" or (name == "sort" and owner is not None):
            self.cost(place, node, sizes.of(first if name == "sorted" else owner), 1, "sorting")
        elif name in ("nsmallest", "nlargest"):
            self.cost(place, node, sizes.of(node.args[-1]), 1, "selecting with a heap")
        elif name in _HEAP:
            self.cost(place, node, None, 1, "a heap operation")
        elif name in _BISECT:
            self.cost(place, node, None, 1, "a binary search")
        elif name in _INSORT:
            self.cost(place, node, sizes.of(first), 0, "inserting into a list moves what is behind")
        elif name in _LIST_SCANS or (name == "pop" and first is not None and owner is not None):
            if owner is not None and not sizes.hashes(owner):
                self.cost(place, node, sizes.of(owner), 0, f"{name} goes through the list")
        elif name in ("min", "max") and len(node.args) > 1:
            return  # of these few
        elif (dotted(node.func) or "").startswith(("np.", "numpy.")):
            self.cost(place, node, sizes.of(first), 0, "numpy goes through all of it" if place.loops else "")
        elif name in _SCANS and not isinstance(first, ast.GeneratorExp):
            self.cost(
                place, node, sizes.of(first), 0, f"{name} goes through all of it" if place.loops else ""
            )

    def enter(self, name: str, node: ast.Call, place: _Place) -> None:
        """Read the candidate's own function where it is called."""
        function = self.functions[name]
        if name in place.inside:
            self.recursion(function, node)
            return
        if len(place.inside) > _DEEPEST_CALL:
            return
        sizes = place.sizes.copy()
        names = [one.arg for one in function.args.args if one.arg not in ("self", "cls")]
        for parameter, given in zip(names, node.args, strict=False):
            sizes.size[parameter] = place.sizes.of(given)
            sizes.hashed.discard(parameter)
            if place.sizes.hashes(given):
                sizes.hashed.add(parameter)
        self.body(function.body, replace(place, sizes=sizes, inside=(*place.inside, name)))

    def recursion(self, function: ast.FunctionDef, node: ast.Call) -> None:
        self.exponential |= branches(function)
        self.unsure.add(node.lineno)
        self.reasons[node.lineno] = Reason(line=node.lineno, text=f"{function.name} calls itself")


def _times(loops: tuple[str, ...], size: str | None) -> tuple[str, ...]:
    """One more loop; through the groups of what the loop around it goes over, all rounds together are one pass."""
    if size is None or (size.startswith("shared ") and size.removeprefix("shared ") in loops):
        return loops
    return (*loops, size.removeprefix("shared "))
