"""A spec that is no valid OpenAPI document is refused with the place and the reason."""

import pytest

from codegen import spec
from codegen.refused import RefusedError

DOCUMENT = """\
openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /a:
    get:
      operationId: one
      responses: {"200": {description: ok}}
components:
  schemas:
    M: {type: object, properties: {x: {type: string}}}
"""
INVALID = {
    "reference to nothing": (
        "x: {type: string}",
        "x: {$ref: '#/components/schemas/N'}",
        "components.schemas.M.properties.x: $ref '#/components/schemas/N' points to nothing",
    ),
    "reference to another file": (
        "x: {type: string}",
        "x: {$ref: 'other.yaml#/N'}",
        "components.schemas.M.properties.x: $ref 'other.yaml#/N' points to nothing",
    ),
    "number as key": ('"200"', "200", 'paths./a.get.responses: the key 200 is not text; write it in quotes, as "200"'),
    "no info": ('info: {title: T, version: "1"}\n', "", "'info' is a required property"),
    "no version of the API": (', version: "1"', "", "info: 'version' is a required property"),
    "no version of OpenAPI": ("openapi: 3.1.0\n", "", "openapi: None cannot be read; write 3.1.0"),
    "references in a circle": (
        "x: {type: string}}}",
        (
            "x: {$ref: '#/components/schemas/A'}}}\n"
            "    A: {$ref: '#/components/schemas/B'}\n    B: {$ref: '#/components/schemas/A'}"
        ),
        "components.schemas.A: $ref '#/components/schemas/B' leads back to itself",
    ),
    "unknown type": ("type: string", "type: text", "components.schemas.M.properties.x.type: 'text' is not"),
    "operationId twice": (
        "components:",
        "  /b: {get: {operationId: one, responses: {'200': {description: ok}}}}\ncomponents:",
        "Operation ID 'one' for 'get' in '/b' is not unique",
    ),
    "unknown path parameter": (
        "  /a:",
        "  /a/{id}:",
        "Path parameter 'id' for 'get' operation in '/a/{id}' was not resolved",
    ),
}
UNREADABLE = {
    "bad indentation": (b"a:\n  b: 1\n c: 2\n", "line 3, column 2: "),
    "key given twice": (b"a: 1\na: 2\n", 'line 2, column 1: found duplicate key "a"'),
    "unclosed bracket": (b"a: [1\n", "line 2, column 1: "),
    "no such day": (b"a: 1\nb: 2026-02-30\n", "line 2, column 4: '2026-02-30' is no such value; put it in quotes"),
    "no such number": (b"a: !!float abc\n", "line 1, column 4: 'abc' is no such value; put it in quotes"),
    "not UTF-8": (b"a: \xff\n", "can't decode byte 0xff"),
    "control character": (b"a: \x07\n", "special characters are not allowed"),
    "a list": (b"- 1\n", "its root is a list"),
    "empty": (b"", "its root is a NoneType"),
}


@pytest.mark.parametrize("case", INVALID)
def test_an_invalid_document_is_named_with_its_place(case: str) -> None:
    old, new, says = INVALID[case]
    assert old in DOCUMENT
    problems = spec.problems(spec.load(DOCUMENT.replace(old, new, 1).encode()))
    quoted = [problem.replace('"', "'") for problem in problems]  # the validator's two engines quote differently
    assert any(says.replace('"', "'") in problem for problem in quoted), problems


def test_a_valid_document_has_no_problems() -> None:
    assert spec.problems(spec.load(DOCUMENT.encode())) == []


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_not_a_yaml_mapping_is_refused(case: str) -> None:
    data, says = UNREADABLE[case]
    with pytest.raises(RefusedError, match=r"openapi\.yaml is not") as refusal:
        spec.load(data)
    assert says in str(refusal.value)


def test_the_file_is_read_as_yaml_1_2() -> None:
    assert spec.load(b"\xef\xbb\xbfa: no\nb: 0o17\nc: 1:30\n") == {"a": "no", "b": 15, "c": "1:30"}
