"""Put new entries into a YAML file as text, so that every line which is there stays as it is."""

import re
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.nodes import MappingNode, Node
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, SingleQuotedScalarString

from codegen.refused import RefusedError

Place = tuple[str, ...]


def inserted(text: str, place: Place, key: str, value: Any) -> str:
    """`key: value` as the last entry of the block mapping at `place`, before comments that lead on to what follows."""
    root = YAML(typ="rt").compose(text)
    mapping, following = _find(root, place)
    if mapping.flow_style or not mapping.value:
        where = ".".join(place) or "the document"
        raise RefusedError(f"openapi.yaml: {where} must be written as a block, one entry a line, to add to it")
    indent = mapping.value[0][0].start_mark.column
    lines = text.splitlines(keepends=True)
    line = len(lines) if following is None else following
    while line and _leads_on(lines[line - 1], indent):
        line -= 1
    if line and not lines[line - 1].endswith("\n"):
        lines[line - 1] += "\n"
    return "".join([*lines[:line], _rendered(key, value, indent), *lines[line:]])


def _find(root: Node | None, place: Place) -> tuple[MappingNode, int | None]:
    """The mapping at `place`, and the line on which something follows it."""
    node, following = root, None
    for key in (*place, None):
        if not isinstance(node, MappingNode):
            raise RefusedError(f"openapi.yaml: {'.'.join(place)} is no mapping")
        if key is None:
            break
        keys = [one.value for one, _ in node.value]
        index = keys.index(key)
        if index + 1 < len(keys):
            following = node.value[index + 1][0].start_mark.line
        node = node.value[index][1]
    assert isinstance(node, MappingNode)
    return node, following


def _leads_on(line: str, indent: int) -> bool:
    """Whether a line before the next entry belongs to that one: blank, or a comment further out than this mapping."""
    comment = re.match(r"( *)#", line)
    return not line.strip() or (comment is not None and len(comment[1]) < max(indent, 1))


def _rendered(key: str, value: Any, indent: int) -> str:
    writer, target = YAML(typ="rt"), StringIO()
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.width = 1 << 16
    writer.dump(_house_style({_key(key): value}), target)
    return re.sub(r"^(?=.)", " " * indent, target.getvalue(), flags=re.MULTILINE)


def _key(key: str) -> str:
    """A status code reads as a number unless it is quoted."""
    return DoubleQuotedScalarString(key) if re.fullmatch(r"[\d.]+|true|false|null|~", key, re.IGNORECASE) else key


def _house_style(node: Any) -> Any:
    """Double quotes, as the rest of openapi.yaml has them."""
    if isinstance(node, dict):
        comments = dict(node.ca.items) if isinstance(node, CommentedMap) else {}
        entries = [(_house_style(key), _house_style(value)) for key, value in node.items()]
        node.clear()
        node.update(entries)
        if isinstance(node, CommentedMap):
            node.ca.items.update(comments)
    elif isinstance(node, list):
        node[:] = [_house_style(item) for item in node]
    elif isinstance(node, SingleQuotedScalarString):
        return DoubleQuotedScalarString(node)
    return node
