"""How large a spec may be. It is untrusted: a few kilobytes of YAML can stand for terabytes."""

from typing import Any

from ruamel.yaml.events import AliasEvent

from codegen.refused import RefusedError

LARGEST = 2 << 20  # bytes of the file
MOST = 200_000  # values, each alias counted as often as it is used
DEEPEST = 100  # levels


def small(data: bytes) -> bytes:
    if len(data) > LARGEST:
        raise RefusedError(f"openapi.yaml has {len(data)} bytes; {LARGEST} are taken at most")
    return data


def bounded(document: Any) -> Any:
    """The document, unless it is too large once every alias is written out, or too deep."""
    _size(document, {}, 0)
    return document


def without_aliases(events: Any) -> None:
    for event in events:
        if isinstance(event, AliasEvent):
            line = event.start_mark.line + 1
            raise RefusedError("openapi.yaml has an alias", [f"line {line}: write out what *{event.anchor} stands for"])


def _size(node: Any, known: dict[int, int], depth: int) -> int:
    if depth > DEEPEST:
        raise RefusedError(f"openapi.yaml is nested more than {DEEPEST} levels deep, or an alias contains itself")
    if not isinstance(node, (dict, list)):
        return 1
    if id(node) not in known:
        values = node.values() if isinstance(node, dict) else node
        known[id(node)] = 1 + sum(_size(value, known, depth + 1) for value in values)
    if known[id(node)] > MOST:
        raise RefusedError(f"openapi.yaml holds more than {MOST} values, counting what aliases stand for")
    return known[id(node)]
