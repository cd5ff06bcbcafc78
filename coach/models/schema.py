"""JSON schemas as servers want them when the answer must follow one."""

from collections.abc import Sequence
from typing import Any, Literal

from pydantic import BaseModel, create_model


def response_format(schema: type[BaseModel]) -> dict[str, Any]:
    """Return the `response_format` that makes an OpenAI-compatible server follow the schema to the letter."""
    body = _strict(schema.model_json_schema())
    return {"type": "json_schema", "json_schema": {"name": schema.__name__, "strict": True, "schema": body}}


def choice_of(options: Sequence[str]) -> type[BaseModel]:
    """Return a schema with one field, `answer`, that can only be one of the options."""
    one_of: Any = Literal[tuple(options)]
    return create_model("Choice", answer=(one_of, ...))


def _strict(node: Any) -> Any:
    """Strict servers want each field required and no others allowed; defaults mean nothing to them."""
    if isinstance(node, list):
        return [_strict(item) for item in node]
    if not isinstance(node, dict):
        return node
    out: dict[str, Any] = {}
    for key, value in node.items():
        if key in {"properties", "$defs"}:  # here the keys are names of fields and classes, not keywords
            out[key] = {name: _strict(child) for name, child in value.items()}
        elif key != "default":
            out[key] = _strict(value)
    if "properties" in out:
        out |= {"required": list(out["properties"]), "additionalProperties": False}
    return out
