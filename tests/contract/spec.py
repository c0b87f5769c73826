"""What openapi.yaml promises: its operations and its components."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from .document import DOCUMENT, Node, resolve
from .schema import Schema

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Parameter(NamedTuple):
    """A value that travels in the path, the query, a header or a cookie."""

    name: str
    where: str
    required: bool
    schema: Schema


class Answer(NamedTuple):
    """A documented answer: `status` is a code, a range such as 4XX, or default; `media` is None without content."""

    status: str
    media: str | None
    schema: Schema | None


@dataclass(frozen=True)
class Operation:
    """One method on one path; `place` says where it stands: the keys that lead there, joined by dots.

    `words` are its summary and description. One of the requirements of `security` must be met, with all of its schemes.
    """

    id: str
    place: str
    method: str
    path: str
    tag: str
    words: str
    parameters: tuple[Parameter, ...]
    body: Mapping[str, Schema]
    body_required: bool
    answers: tuple[Answer, ...]
    security: tuple[Mapping[str, Node], ...]
    own_security: bool

    @property
    def has_value(self) -> bool:
        """Whether an answer carries a typed value: then there is a plain function beside the detailed one."""
        return any(answer.schema is not None and answer.schema.kind != "any" for answer in self.answers)

    def documented(self, status: int) -> str | None:
        """Return what the spec calls an answer with this status; None where it says nothing of one."""
        written = [answer.status for answer in self.answers]
        return next((each for each in (str(int(status)), f"{status // 100}XX", "default") if each in written), None)


def operation_at(path: str, method: str) -> Operation:
    """Read one operation."""
    node, place = DOCUMENT["paths"][path][method], f"paths.{path}.{method}"
    body = resolve(node.get("requestBody", {}))
    schemes = DOCUMENT.get("components", {}).get("securitySchemes", {})
    security = node.get("security", DOCUMENT.get("security", ()))
    return Operation(
        id=node["operationId"],
        place=place,
        method=method,
        path=path,
        tag=next(iter(node.get("tags", ())), "default"),
        words=node.get("summary", "") + node.get("description", ""),
        parameters=parameters(path, method),
        body={
            media: Schema.of(each["schema"], f"{place}.requestBody.content.{media}.schema")
            for media, each in body.get("content", {}).items()
        },
        body_required=body.get("required", False),
        answers=tuple(
            answer(status, each, f"{place}.responses.{status}") for status, each in node["responses"].items()
        ),
        security=tuple({name: resolve(schemes[name]) for name in each} for each in security),
        own_security=bool(node.get("security")),
    )


def parameters(path: str, method: str) -> tuple[Parameter, ...]:
    """Return the parameters of the operation, then those of its path that it does not redefine."""
    found: dict[tuple[str, str], Parameter] = {}
    path_item = DOCUMENT["paths"][path]
    for place, owner in ((f"paths.{path}.{method}", path_item[method]), (f"paths.{path}", path_item)):
        for index, written in enumerate(owner.get("parameters", ())):
            each = resolve(written)
            schema = Schema.of(each["schema"], f"{place}.parameters.{index}.schema")
            key = each["name"], each["in"]
            found.setdefault(key, Parameter(*key, required=each.get("required", False), schema=schema))
    return tuple(found.values())


def answer(status: str, written: Node, place: str) -> Answer:
    """Read a documented answer by its first media type."""
    for media, node in resolve(written).get("content", {}).items():
        where = f"{place}.content.{media}.schema"
        return Answer(status, media, Schema.of(node["schema"], where) if "schema" in node else None)
    return Answer(status, None, None)


OPERATIONS = tuple(
    operation_at(path, method) for path, item in DOCUMENT["paths"].items() for method in METHODS if method in item
)
COMPONENTS = [
    Schema.of({"$ref": f"#/components/schemas/{name}"}, "")
    for name in DOCUMENT.get("components", {}).get("schemas", {})
]


def is_json(media: str | None) -> bool:
    """Whether a media type is one of JSON."""
    kind = (media or "").partition(";")[0]
    return kind == "application/json" or kind.endswith("+json")
