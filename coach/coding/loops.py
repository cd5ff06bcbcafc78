"""Two questions about loops and recursion whose answers decide how an estimate multiplies."""

import ast

from coach.coding.sizes import called


def branches(function: ast.FunctionDef) -> bool:
    """Whether it calls itself twice and more on nearly the same problem, and remembers nothing."""
    inside = list(ast.walk(function))
    if sum(called(part) == function.name for part in inside) < 2:
        return False
    cached = any("cache" in ast.unparse(one) or "memo" in ast.unparse(one) for one in function.decorator_list)
    kept = any(
        isinstance(part, ast.Compare) and isinstance(part.ops[0], (ast.In, ast.NotIn)) for part in inside
    )
    halved = any(isinstance(part, ast.BinOp) and isinstance(part.op, ast.FloorDiv) for part in inside)
    return not (cached or kept or halved)


def starts_anew(loop: ast.AST | None, inner: ast.While, pointers: set[str]) -> bool:
    """Whether the loop around sets these back at each round, and not just to where they had stopped."""
    if loop is None:
        return False
    back: set[str] = set()
    kept: set[str] = set()
    inside = set(map(id, ast.walk(inner)))
    for node in ast.walk(loop):
        if isinstance(node, ast.Assign) and id(node) not in inside:
            for target in node.targets:
                if isinstance(target, ast.Name) and target.id in pointers:
                    back.add(target.id)
                if isinstance(node.value, ast.Name) and node.value.id in pointers:
                    kept.add(node.value.id)
    return bool(back - kept) and not back & kept
