"""What a page has and openapi.yaml has not, and where the two contradict each other."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from codegen import walk
from codegen.diff import operations
from codegen.diff.keywords import WORDS
from codegen.diff.pairs import pairs
from codegen.diff.schemas import RECEIVED, SENT, Schemas
from codegen.diff.texts import NAMES
from codegen.insert import Place
from codegen.page import Page
from codegen.refused import RefusedError

Addition = tuple[Place, str, Any]


class Additions(NamedTuple):
    entries: list[Addition]
    expected: walk.Node  # openapi.yaml with them
    said: list[str]


class Piece(NamedTuple):
    """An operation or a component of a page."""

    place: Place
    node: Any
    written: Any  # the same in the page's own style


def additions(ours: walk.Node, page: Page) -> Additions:
    theirs, found = page.document, Additions([], deepcopy(ours), [])
    clashes = list(_surroundings(ours, theirs))
    for piece in _pieces(page):
        known = walk.at(found.expected, piece.place)
        if known is None:
            _add(found, piece)
        elif bare(known) == bare(piece.node):
            words = "" if known == piece.node else " (in other words, which stay)"
            found.said.append(f"there    {'.'.join(piece.place)}{words}")
        else:
            clashes += [f"{'.'.join(piece.place)} has another shape", *_reasons(piece, ours, theirs)]
    if clashes:
        remedy = "Where the page is right, change openapi.yaml by hand; where a name is taken, merge a copy of the page"
        raise RefusedError(f"{page.name} contradicts openapi.yaml", [*clashes, f"{remedy} that gives it another one."])
    return found


def _pieces(page: Page) -> Iterator[Piece]:
    for operation in walk.operations(page.document):
        place: Place = ("paths", operation.path, operation.method)
        yield Piece(place, operation.node, walk.at(page.written, place))
    for place in _reachable(page.document):
        yield Piece(place, walk.at(page.document, place), walk.at(page.written, place))


def _add(found: Additions, piece: Piece) -> None:
    """Into the deepest mapping that is there already, with the keys that lead down from it."""
    depth = next(n for n in range(1, len(piece.place) + 1) if walk.at(found.expected, piece.place[:n]) is None)
    (*parents, key), below = piece.place[:depth], piece.place[depth:]
    node, written = deepcopy(piece.node), piece.written
    for name in reversed(below):
        node, written = {name: node}, {name: written}
    walk.at(found.expected, tuple(parents))[key] = node
    found.entries.append((tuple(parents), key, written))
    found.said.append(f"added    {'.'.join(piece.place)}")


def _reasons(piece: Piece, ours: walk.Node, theirs: walk.Node) -> list[str]:
    schemas = Schemas(ours, theirs)
    if piece.place[1] == "schemas":
        reference = {"$ref": f"#/components/schemas/{piece.place[2]}"}
        changes = [one for way in (SENT, RECEIVED) for one in schemas.compare(reference, reference, "", way)]
    else:
        matched = [pair for pair in pairs(ours, theirs) if pair.new and pair.new.node is piece.node]
        changes = list(operations.changes(ours, theirs, matched))
    return [f"  {change}" for change in changes]


def _surroundings(ours: walk.Node, theirs: walk.Node) -> Iterator[str]:
    known, there = ([server.get("url") for server in each.get("servers", [])] for each in (ours, theirs))
    if there and there[0] not in known:
        yield f"servers: {there[0]!r} is not one of openapi.yaml"
    if bare(theirs.get("security", ours.get("security"))) != bare(ours.get("security")):
        yield "security: it is not that of openapi.yaml; write it in each operation"
    for path, item in theirs.get("paths", {}).items():
        if "parameters" in item:
            yield f"paths.{path}.parameters: write them in each operation"


def _reachable(spec: walk.Node) -> list[Place]:
    """The components that the operations need, in the page's order: names that nobody asked for would stay forever."""
    found, waiting = set[str](), [spec.get("paths", {})]
    while waiting:
        for _, node in walk.everything(waiting.pop()):
            reference = node.get("$ref")
            if isinstance(reference, str) and reference not in found and reference.startswith("#/components/"):
                found.add(reference)
                waiting.append(walk.target(spec, reference))
    secured = [spec, *(operation.node for operation in walk.operations(spec))]
    needed = [name for node in secured for each in node.get("security", []) for name in each]
    found |= {f"#/components/securitySchemes/{name}" for name in needed}
    kinds = spec.get("components", {}).items()
    places: list[Place] = [
        ("components", kind, name) for kind, part in kinds for name in part if isinstance(part, dict)
    ]
    return [place for place in places if "#/" + "/".join(place) in found]


def bare(node: Any, *, named: bool = False) -> Any:
    """What programs see: without the words for people and without anybody's extensions."""
    if isinstance(node, dict):
        return {
            key: bare(value, named=key in NAMES and not named)
            for key, value in node.items()
            if named or not (key in WORDS or key == "summary" or str(key).startswith("x-"))
        }
    return [bare(item) for item in node] if isinstance(node, list) else node
