"""Two versions of every operation, as a program that talks to the service sees them."""

import re
from collections.abc import Iterator
from typing import Any

from codegen import walk
from codegen.diff.change import Change, Level, code
from codegen.diff.pairs import Pair, address, title
from codegen.diff.schemas import RECEIVED, SENT, Schemas
from codegen.walk import Node

JUDGED = {"operationId", "tags", "summary", "description", "externalDocs", "deprecated", "servers"}
JUDGED |= {"parameters", "requestBody", "responses", "security"}


def changes(old: Node, new: Node, matched: list[Pair]) -> Iterator[Change]:
    """What breaks or helps programs on the wire, in the order of the new spec."""
    yield from _servers(old, new)
    for before, after in matched:
        if before is None and after is not None:
            yield Change(Level.compatible, title(after), "operation added")
        elif after is None and before is not None:
            yield Change(Level.breaking, title(before), "operation removed")
        elif before is not None and after is not None:
            yield from _Comparison(old, new, before, after).changes()


def _servers(old: Node, new: Node) -> Iterator[Change]:
    before, after = ([server.get("url") for server in spec.get("servers", [])][:1] for spec in (old, new))
    if before != after:
        was, now = (" ".join(code(url) for url in urls) or "none" for urls in (before, after))
        yield Change(Level.breaking, "the first server", f"{was} is now {now}")


class _Comparison:
    def __init__(self, old: Node, new: Node, before: walk.Operation, after: walk.Operation) -> None:
        self.specs, self.nodes = (old, new), (before.node, after.node)
        self.before, self.after, self.title = before, after, title(after)
        self.schemas = Schemas(old, new)

    def changes(self) -> Iterator[Change]:
        for what in ("path", "method"):
            was, now = getattr(self.before, what), getattr(self.after, what)
            if address(self.before) != address(self.after) and was != now:
                now = now.upper() if what == "method" else now
                yield self._here(Level.breaking, f"{what} is now {code(now)}")
        was, now = self._security(0), self._security(1)
        if was != now:
            wider = was and all(each in now for each in was)
            yield self._here(Level.compatible if wider else Level.breaking, "security changed")
        yield from self._parameters()
        yield from self._body()
        yield from self._responses()
        for key, was, now in _sides(*self.nodes):
            if was != now and key not in JUDGED and not key.startswith("x-"):
                yield self._here(Level.breaking, f"{code(key)} changed")

    def _here(self, level: Level, what: str) -> Change:
        return Change(level, self.title, what)

    def _security(self, side: int) -> list[dict[str, Any]]:
        spec = self.specs[side]
        schemes = walk.at(spec, ("components", "securitySchemes")) or {}
        required = self.nodes[side].get("security", spec.get("security")) or []
        shown = {name: walk.resolve(spec, one) | {"description": ""} for name, one in schemes.items()}
        return [{str(shown.get(name)): scopes for name, scopes in each.items()} for each in required]

    def _parameters(self) -> Iterator[Change]:
        for key, old, new in _sides(self._named(0), self._named(1)):
            name = f"{key[0]} parameter {code((new or old)['name'])}: "
            if not new:
                yield self._here(Level.breaking, f"{name}parameter removed")
            elif not old:
                needed = new.get("required", False)
                word = "required parameter added" if needed else "parameter added"
                yield self._here(Level.breaking if needed else Level.compatible, f"{name}{word}")
            else:
                yield from self._required(old, new, name, sent=True)
                yield from self._schema(old, new, new["name"], sent=True)

    def _named(self, side: int) -> dict[tuple[str, Any], Node]:
        """Parameters by what they are on the wire: those in a path by their position."""
        operation = (self.before, self.after)[side]
        order = re.findall(r"\{([^}]*)\}", operation.path)
        found = [parameter for _, parameter in operation.parameters(self.specs[side])]
        return {
            (one["in"], order.index(one["name"]) if one["name"] in order and one["in"] == "path" else one["name"]): one
            for one in found
        }

    def _body(self) -> Iterator[Change]:
        old, new = self._resolved(*(node.get("requestBody") for node in self.nodes))
        if new and not old:
            needed = new.get("required")
            yield self._here(
                Level.breaking if needed else Level.compatible, f"a body is now {'required' if needed else 'taken'}"
            )
        elif old and not new:
            yield self._here(Level.breaking, "no body is taken any more")
        else:
            yield from self._required(old, new, "the body is ", sent=True)
            yield from self._content(old, new, "request", sent=True)

    def _responses(self) -> Iterator[Change]:
        for status, old, new in _sides(*(node.get("responses", {}) for node in self.nodes)):
            if new is None:
                yield self._here(Level.breaking, f"response {code(status)} removed")
            elif old is None:
                yield self._here(Level.compatible, f"response {code(status)} added")
            else:
                before, after = self._resolved(old, new)
                yield from self._content(before, after, f"response {status}", sent=False)
                yield from self._headers(before, after, f"response {status}")

    def _headers(self, old: Node, new: Node, response: str) -> Iterator[Change]:
        """Names of headers differ in more than case; Content-Type is what `content` says."""
        named = [{key.lower(): value for key, value in node.get("headers", {}).items()} for node in (old, new)]
        for key, before, after in sorted(_sides(*named), key=lambda side: side[0]):
            name = f"{response}, header {code(key)}"
            if key == "content-type":
                continue
            if after is None:
                yield self._here(Level.breaking, f"{name} removed")
            elif before is None:
                yield self._here(Level.compatible, f"{name} added")
            else:
                was, now = self._resolved(before, after)
                yield from self._required(was, now, f"{name}: ", sent=False)
                yield from self._schema(was, now, name, sent=False)

    def _content(self, old: Node, new: Node, name: str, *, sent: bool) -> Iterator[Change]:
        for kind, before, after in _sides(old.get("content", {}), new.get("content", {})):
            if after is None:
                yield self._here(Level.breaking, f"{name} is no longer {code(kind)}")
            elif before is None:
                yield self._here(Level.compatible if sent else Level.breaking, f"{name} may now be {code(kind)}")
            else:
                yield from self._schema(before, after, name, sent=sent)

    def _required(self, old: Node, new: Node, name: str, *, sent: bool) -> Iterator[Change]:
        was, now = (side.get("required", False) for side in (old, new))
        words = ("now required", "now optional") if sent else ("now always there", "may now be left out")
        if was != now:
            yield self._here(Level.breaking if now == sent else Level.compatible, name + words[not now])

    def _schema(self, old: Node, new: Node, name: str, *, sent: bool) -> Iterator[Change]:
        user = code(self.after.node["operationId"]) if "operationId" in self.after.node else self.title
        for change in self.schemas.compare(old.get("schema"), new.get("schema"), name, SENT if sent else RECEIVED):
            yield change._replace(users=(user,))

    def _resolved(self, old: Any, new: Any) -> tuple[Node, Node]:
        return walk.resolve(self.specs[0], old), walk.resolve(self.specs[1], new)


def _sides(old: dict[Any, Any], new: dict[Any, Any]) -> Iterator[tuple[Any, Any, Any]]:
    """Each key, with what it has in the old and in the new; None where it is not."""
    for key in [*old, *(key for key in new if key not in old)]:
        yield key, old.get(key), new.get(key)
