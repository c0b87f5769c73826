"""Answers made from the spec alone: its examples first, else values that fit its schemas."""

import json
from dataclasses import dataclass, field
from typing import Any

from .spec import Node, resolve
from .values import make


@dataclass(frozen=True)
class Example:
    """An answer: HTTP status, value (None and no media type when there is no body), media type, headers."""

    status: int
    value: Any = None
    media_type: str | None = None
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        """The value as it goes over the wire."""
        if self.media_type is None:
            return b""
        return (_as_json(self.value) if "json" in self.media_type else _as_text(self.value)).encode()


def example(spec: Node, operation: Node) -> Example:
    """The first documented success of an operation. Raises `Unmakeable`."""
    key, response = _success(spec, operation)
    status = int(key) if key.isdigit() else 200
    headers = {
        name: _as_text(_documented(spec, resolve(spec, header)))
        for name, header in response.get("headers", {}).items()
        if name.lower() != "content-type"
    }
    content: Node = response.get("content", {})
    if not content:
        return Example(status, headers=headers)
    media_type = _media_type(content)
    return Example(status, _documented(spec, content[media_type]), media_type, headers)


def required(spec: Node, operation: Node) -> frozenset[str]:
    """The properties that the first documented success of an operation must have."""
    content = _success(spec, operation)[1].get("content", {})
    return _required(spec, content[_media_type(content)].get("schema", {})) if content else frozenset()


def _required(spec: Node, schema: Any) -> frozenset[str]:
    node = resolve(spec, schema) if isinstance(schema, dict) else {}
    return frozenset(node.get("required", ())).union(*(_required(spec, part) for part in node.get("allOf", ())))


def _success(spec: Node, operation: Node) -> tuple[str, Node]:
    responses: Node = operation.get("responses", {})
    key = min((key for key in responses if key.startswith("2")), default="default")
    return key, resolve(spec, responses.get(key, {}))


def _media_type(content: Node) -> str:
    return min(content, key=lambda name: "json" not in name)


def _documented(spec: Node, holder: Node) -> Any:
    """What a media type or header offers by name, directly or through its schema."""
    for named in holder.get("examples", {}).values():
        shown = resolve(spec, named)
        if "value" in shown:
            return shown["value"]
    return holder["example"] if "example" in holder else make(spec, holder.get("schema", True))


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else _as_json(value)
