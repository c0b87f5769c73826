"""What openapi.yaml promises: its operations and its components."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .document import DOCUMENT, Node, resolve
from .schema import Schema

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True)
class Parameter:
    """A value that travels in the path, the query, a header or a cookie."""

    name: str
    where: str
    required: bool
    schema: Schema
    description: str
    style: str
    explode: bool


@dataclass(frozen=True)
class Answer:
    """A documented answer: `status` is a code, a range such as 4XX, or default; `media` is None without content."""

    status: str
    media: str | None
    schema: Schema | None


@dataclass(frozen=True)
class Operation:
    """One method on one path."""

    id: str
    method: str
    path: str
    tag: str
    summary: str
    description: str
    parameters: tuple[Parameter, ...]
    body: Mapping[str, Schema]
    body_required: bool
    answers: tuple[Answer, ...]
    security: tuple[Mapping[str, Any], ...]
    own_security: bool

    @property
    def has_value(self) -> bool:
        """Whether an answer carries a typed value: then there is a plain function beside the detailed one."""
        return any(answer.schema is not None and answer.schema.kind != "any" for answer in self.answers)

    def documents(self, status: int) -> bool:
        """Whether the spec says what an answer with this status is."""
        patterns = {str(status), f"{status // 100}XX", "default"}
        return any(answer.status in patterns for answer in self.answers)


def first_content(content: Mapping[str, Node]) -> tuple[str | None, Schema | None]:
    """Return the first media type and its schema."""
    for media, node in content.items():
        return media, Schema.of(node["schema"]) if "schema" in node else None
    return None, None


def parameters(path_item: Node, node: Node) -> Iterator[Parameter]:
    """Yield the parameters of the operation, then those of its path that it does not redefine."""
    seen = set()
    for each in (resolve(each) for each in (*node.get("parameters", ()), *path_item.get("parameters", ()))):
        key = each["name"], each["in"]
        if key not in seen:
            seen.add(key)
            style = each.get("style", "form" if each["in"] in {"query", "cookie"} else "simple")
            yield Parameter(
                *key,
                required=each.get("required", False),
                schema=Schema.of(each["schema"]),
                description=each.get("description", ""),
                style=style,
                explode=each.get("explode", style == "form"),
            )


def operations() -> Iterator[Operation]:
    """Yield every operation of the spec."""
    for path, path_item in DOCUMENT["paths"].items():
        for method in (method for method in METHODS if method in path_item):
            node = path_item[method]
            body = resolve(node.get("requestBody", {}))
            answers = {str(status): resolve(answer) for status, answer in node["responses"].items()}
            yield Operation(
                id=node["operationId"],
                method=method,
                path=path,
                tag=next(iter(node.get("tags", ())), "default"),
                summary=node.get("summary", ""),
                description=node.get("description", ""),
                parameters=tuple(parameters(path_item, node)),
                body={media: Schema.of(each["schema"]) for media, each in body.get("content", {}).items()},
                body_required=body.get("required", False),
                answers=tuple(
                    Answer(status, *first_content(each.get("content", {}))) for status, each in answers.items()
                ),
                security=tuple(node.get("security", DOCUMENT.get("security", ()))),
                own_security=bool(node.get("security")),
            )


def component_schemas() -> dict[str, Any]:
    """Return the named schemas as the spec writes them."""
    return dict(DOCUMENT.get("components", {}).get("schemas", {}))


OPERATIONS = tuple(operations())
COMPONENTS = {name: Schema.of({"$ref": f"#/components/schemas/{name}"}) for name in component_schemas()}
