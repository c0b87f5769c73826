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
        if self._security(0) != self._security(1):
            wider = all(each in self._security(1) for each in self._security(0)) and self._security(0)
            yield self._here(Level.compatible if wider else Level.breaking, "security changed")
        yield from self._parameters()
        yield from self._body()
        yield from self._responses()
        for key in sorted((self.nodes[0].keys() | self.nodes[1].keys()) - JUDGED):
            if self.nodes[0].get(key) != self.nodes[1].get(key) and not key.startswith("x-"):
                yield self._here(Level.breaking, f"{code(key)} changed")

    def _here(self, level: Level, what: str) -> Change:
        return Change(level, self.title, what)

    def _security(self, side: int) -> list[dict[str, Any]]:
        schemes = self.specs[side].get("components", {}).get("securitySchemes", {})
        required = self.nodes[side].get("security", self.specs[side].get("security")) or []
        shown = {name: {k: v for k, v in walk.resolve(self.specs[side], one).items() if k != "description"}
                 for name, one in schemes.items()}  # fmt: skip
        return [{str(shown.get(name)): scopes for name, scopes in each.items()} for each in required]

    def _parameters(self) -> Iterator[Change]:
        old, new = self._named(0), self._named(1)
        for key in [*old, *(key for key in new if key not in old)]:
            name = f"{key[0]} parameter {code((new.get(key) or old[key])['name'])}"
            if key not in new:
                yield self._here(Level.breaking, f"{name}: parameter removed")
            elif key not in old:
                required = new[key].get("required", False)
                word = "required parameter added" if required else "parameter added"
                yield self._here(Level.breaking if required else Level.compatible, f"{name}: {word}")
            else:
                before, after = (side[key].get("required", False) for side in (old, new))
                if before != after:
                    level = Level.breaking if after else Level.compatible
                    yield self._here(level, f"{name}: now {'required' if after else 'optional'}")
                yield from self._schema(old[key], new[key], new[key]["name"], sent=True)

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
        old, new = (
            walk.resolve(spec, node.get("requestBody")) for spec, node in zip(self.specs, self.nodes, strict=True)
        )
        if old and new and old.get("required", False) != (required := new.get("required", False)):
            level = Level.breaking if required else Level.compatible
            yield self._here(level, f"the body is now {'required' if required else 'optional'}")
        if new and not old:
            level = Level.breaking if new.get("required") else Level.compatible
            yield self._here(level, "a body is now " + ("required" if new.get("required") else "taken"))
        elif old and not new:
            yield self._here(Level.breaking, "no body is taken any more")
        else:
            yield from self._content(old, new, "request", sent=True)

    def _responses(self) -> Iterator[Change]:
        old, new = (node.get("responses", {}) for node in self.nodes)
        for status in [*old, *(status for status in new if status not in old)]:
            if status not in new:
                yield self._here(Level.breaking, f"response {code(status)} removed")
            elif status not in old:
                yield self._here(Level.compatible, f"response {code(status)} added")
            else:
                before, after = walk.resolve(self.specs[0], old[status]), walk.resolve(self.specs[1], new[status])
                yield from self._content(before, after, f"response {status}", sent=False)
                yield from self._headers(before, after, f"response {status}")

    def _headers(self, old: Node, new: Node, name: str) -> Iterator[Change]:
        """Names of headers differ in more than case; Content-Type is what `content` says."""
        before, after = (
            {key.lower(): walk.resolve(spec, value) for key, value in node.get("headers", {}).items()}
            for spec, node in zip(self.specs, (old, new), strict=True)
        )
        for key in sorted((before.keys() | after.keys()) - {"content-type"}):
            header = f"{name}, header {code(key)}"
            if key not in after:
                yield self._here(Level.breaking, f"{header} removed")
            elif key not in before:
                yield self._here(Level.compatible, f"{header} added")
            else:
                was, now = (side[key].get("required", False) for side in (before, after))
                if was != now:
                    level = Level.compatible if now else Level.breaking
                    yield self._here(level, f"{header}: {'now always there' if now else 'may now be left out'}")
                yield from self._schema(before[key], after[key], header, sent=False)

    def _content(self, old: Node, new: Node, name: str, *, sent: bool) -> Iterator[Change]:
        before, after = old.get("content", {}), new.get("content", {})
        for kind in [*before, *(kind for kind in after if kind not in before)]:
            if kind not in after:
                yield self._here(Level.breaking, f"{name} is no longer {code(kind)}")
            elif kind not in before:
                yield self._here(Level.compatible if sent else Level.breaking, f"{name} may now be {code(kind)}")
            else:
                yield from self._schema(before[kind], after[kind], name, sent=sent)

    def _schema(self, old: Node, new: Node, name: str, *, sent: bool) -> Iterator[Change]:
        user = code(self.after.node["operationId"]) if "operationId" in self.after.node else self.title
        for change in self.schemas.compare(old.get("schema"), new.get("schema"), name, SENT if sent else RECEIVED):
            yield change._replace(users=(user,))
