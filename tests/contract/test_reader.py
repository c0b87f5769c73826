"""The suite's own reader of a spec, on a richer spec than ours: what it says stands there does."""

from pathlib import Path
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator, oas31_format_checker

from .document import load
from .notation import exact
from .samples import Sampler, styles
from .schema import Schema
from .spec import Operation, components, operations

RICHER = load(Path(__file__).with_name("richer.yaml"))
OPERATIONS = {each.id: each for each in operations(RICHER)}
COMPONENTS = components(RICHER)
BOOK = COMPONENTS["Book"]
LIST = OPERATIONS["listBooks"]


def test_operations() -> None:
    """Each method on each path is one, under its first tag."""
    found = {(each.id, each.method, each.path, each.tag) for each in OPERATIONS.values()}
    shelf = "/shelves/{shelf_id}/books/{year}"
    assert found == {
        ("listBooks", "get", shelf, "Shelves"),
        ("replace_books", "put", shelf, "Shelves"),
        ("dropBooks", "delete", shelf, "Shelves"),
        ("addBook", "post", "/books", "Shelves"),
        ("uploadFile", "post", "/files", "files and pages"),
        ("fillPage", "post", "/pages", "files and pages"),
        ("getStatus", "get", "/status", "default"),
    }
    assert LIST.place == f"paths.{shelf}.get"
    assert (LIST.summary, LIST.description) == ("List books", "Every book of one shelf.")


def test_parameters() -> None:
    """Those of the operation come before those of its path, references followed."""
    assert [(each.name, each.where, each.required) for each in LIST.parameters] == [
        ("state", "query", True),
        ("since", "query", False),
        ("until", "query", False),
        ("words", "query", False),
        ("limit", "query", False),
        ("deep", "query", False),
        ("X-Trace-Id", "header", True),
        ("X-Level", "header", False),
        ("session", "cookie", False),
        ("shelf_id", "path", True),
        ("year", "path", True),
    ]
    assert [(each.style, each.explode) for each in LIST.parameters[-3:]] == [
        ("form", True),
        ("simple", False),
        ("simple", False),
    ]
    assert LIST.parameters[-1].schema.place == "paths./shelves/{shelf_id}/books/{year}.parameters.1.schema"


def bodies(operation: Operation) -> dict[str, str]:
    return {media: schema.kind for media, schema in operation.body.items()}


def test_bodies() -> None:
    """By media type; without `required: true` they may be left out."""
    assert (bodies(LIST), LIST.body_required) == ({}, False)
    assert bodies(OPERATIONS["replace_books"]) == {"application/json": "array"}
    assert bodies(OPERATIONS["uploadFile"]) == {"multipart/form-data": "object"}
    assert OPERATIONS["uploadFile"].body_required
    assert bodies(OPERATIONS["fillPage"]) == {"application/x-www-form-urlencoded": "object"}
    assert not OPERATIONS["fillPage"].body_required


def test_answers() -> None:
    """A status is a code, a range or default; an answer without content has no schema."""
    found = {id_: [(each.status, each.media) for each in operation.answers] for id_, operation in OPERATIONS.items()}
    as_json, as_text = "application/json", "text/plain"
    assert found == {
        "listBooks": [("200", as_json), ("404", as_json)],
        "replace_books": [("204", None)],
        "dropBooks": [("202", None), ("default", as_json)],
        "addBook": [("201", as_json), ("4XX", as_json)],
        "uploadFile": [("200", as_json)],
        "fillPage": [("200", as_text)],
        "getStatus": [("200", as_json)],
    }
    assert [id_ for id_, each in OPERATIONS.items() if not each.has_value] == ["replace_books", "getStatus"]
    documented = {
        id_: [status for status in (200, 204, 404, 500) if OPERATIONS[id_].documents(status)] for id_ in found
    }
    assert documented["listBooks"] == [200, 404]
    assert documented["dropBooks"] == [200, 204, 404, 500]
    assert documented["addBook"] == [404]


def test_security() -> None:
    """An operation has its own, be it none, or that of the whole document, with the scheme itself."""
    assert LIST.security == ({"bearerAuth": {"type": "http", "scheme": "bearer"}},)
    assert OPERATIONS["dropBooks"].security == ()
    assert not any(each.own_security for each in OPERATIONS.values())


KINDS = {
    "title": "string",
    "author": "union",
    "level": "enum",
    "state": "enum",
    "price": "number",
    "sold": "boolean",
    "copies": "integer",
    "language": "string",
    "printed": "string",
    "changed": "string",
    "owner": "string",
    "code": "union",
    "grid": "array",
    "sequels": "array",
    "maker": "union",
    "about": "object",
    "prices": "object",
    "kind": "const",
    "place": "object",
}


def test_kinds() -> None:
    """Each property has the kind of its schema, references followed."""
    assert {name: each.kind for name, each in BOOK.properties.items()} == KINDS
    assert BOOK.required == {"title", "author", "level"}
    assert set(BOOK.optional) == KINDS.keys() - BOOK.required


def test_places() -> None:
    """A place is where something is written: that of a component, if there is a reference to one."""
    assert BOOK.properties["title"].place == "components.schemas.Book.properties.title"
    assert BOOK.properties["level"].place == "components.schemas.Level"
    assert BOOK.properties["sequels"].items.place == "components.schemas.Book"
    assert BOOK.properties["grid"].items.items.place == "components.schemas.Book.properties.grid.items.items"
    answer = OPERATIONS["uploadFile"].answers[0].schema
    assert answer is not None
    assert answer.place == "paths./files.post.responses.200.content.application/json.schema"


@pytest.mark.parametrize(
    ("name", "options"),
    [("author", ["string", "null"]), ("code", ["string", "integer"]), ("maker", ["object", "object"])],
)
def test_options(name: str, options: list[str]) -> None:
    """A list of types, oneOf and anyOf are unions."""
    assert [each.kind for each in BOOK.properties[name].options] == options


def test_nullable() -> None:
    """Null is a member of an enum that has it, and of a schema of 3.0 that is nullable; in 3.1 that word is nothing."""

    def kinds(node: dict[str, Any], version: str) -> list[str]:
        return [each.kind for each in Schema.of(node, "here", {"openapi": version}).options]

    assert kinds({"enum": ["a", None]}, "3.1.0") == ["enum", "null"]
    assert kinds({"type": "string", "nullable": True}, "3.0.3") == ["string", "null"]
    assert kinds({"type": "string", "nullable": True}, "3.1.0") == []


def test_combined() -> None:
    """An allOf is one object with what all of its members say."""
    about = COMPONENTS["About"]
    assert (about.kind, [*about.properties], [*about.required]) == ("object", ["note", "stars"], ["stars"])


def test_extra() -> None:
    """What has no name may be anything, nothing, or of a schema: then the object is a map."""
    assert COMPONENTS["Problem"].extra is not None
    assert COMPONENTS["Problem"].extra.kind == "any"
    assert COMPONENTS["Person"].extra is None
    prices = BOOK.properties["prices"]
    assert prices.is_map
    assert prices.extra is not None
    assert prices.extra.kind == "number"
    assert not BOOK.is_map


def test_formats() -> None:
    """The format is known, also deep inside."""
    assert BOOK.properties["printed"].format == "date"
    upload = OPERATIONS["uploadFile"].body["multipart/form-data"]
    assert upload.holds("binary")
    assert not BOOK.holds("binary")


def leaves(value: Any) -> list[Any]:
    if isinstance(value, dict | list):
        return [leaf for each in (value.values() if isinstance(value, dict) else value) for leaf in leaves(each)]
    return [value]


@pytest.mark.parametrize("name", COMPONENTS)
@pytest.mark.parametrize("style", styles())
def test_samples_fit(name: str, style: str) -> None:
    """A sample of any style is a value of its schema, in the eyes of a validator that knows nothing of the suite."""
    value = styles()[style].make(COMPONENTS[name])
    whole = {**RICHER, "$ref": f"#/components/schemas/{name}"}
    OAS31Validator(whole, format_checker=oas31_format_checker).validate(value)


def test_samples_differ() -> None:
    """Each leaf of a sample is another value, so that two that were swapped show; none is a default."""
    sample = Sampler().make(BOOK)
    assert sample.keys() == BOOK.properties.keys()
    texts = [leaf for leaf in leaves(sample) if type(leaf) not in {bool, type(None)}]
    alike = [leaf for leaf in texts if [exact(each) for each in texts].count(exact(leaf)) > 1]
    assert alike == []
    assert (sample["copies"], sample["language"]) != (1, "en")


def test_samples_of_each_style() -> None:
    """Lists of 0, 1 and 3 with a repeat; falsy values; only what is required; text beyond ASCII."""
    made = {style: sampler.make(BOOK) for style, sampler in styles(BOOK).items()}
    assert made["required"].keys() == BOOK.required
    assert made["only-price"].keys() == BOOK.required | {"price"}
    grids = [made[style]["grid"] for style in ("all-empty", "all-one", "all-three")]
    assert [len(grid) for grid in grids] == [0, 1, 3]
    assert grids[-1][-1] == grids[-1][-2] != grids[-1][0]
    falsy = made["falsy"]
    assert not any(falsy[name] for name in ("title", "author", "level", "price", "sold", "copies", "prices"))
    assert not made["all-one"]["title"].isascii()


def test_exactness() -> None:
    """Notation tells 1, 1.0 and true apart."""
    assert len({exact(1), exact(1.0), exact(True)}) == 3
