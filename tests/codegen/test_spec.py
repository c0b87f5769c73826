"""A spec that is no valid OpenAPI document is refused with the place and the reason."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from codegen import spec
from codegen.refused import RefusedError

TABLE = YAML(typ="safe").load(Path(__file__).with_name("invalid.yaml"))
DOCUMENT: str = TABLE["document"]
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)
)
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
    "yaml bomb": (BOMB.encode(), "holds more than 200000 values, counting what aliases stand for"),
    "50 MB": (b"a: " + b"x" * 50_000_000, "has 50000003 bytes; 2097152 are taken at most"),
    "an alias of itself": (b"a: &a [*a]", "nested more than 100 levels deep, or an alias contains itself"),
    "python object": (b"a: !!python/object/apply:os.system ['x']", "could not determine a constructor"),
}


@pytest.mark.parametrize("case", TABLE["invalid"], ids=lambda case: case["id"])
def test_an_invalid_document_is_named_with_its_place(case: dict[str, str]) -> None:
    assert case["replace"] in DOCUMENT
    problems = spec.problems(spec.load(DOCUMENT.replace(case["replace"], case["by"], 1).encode()))
    quoted = [problem.replace('"', "'") for problem in problems]  # the validator's two engines quote differently
    assert any(case["says"].replace('"', "'") in problem for problem in quoted), problems


def test_a_valid_document_has_no_problems() -> None:
    assert spec.problems(spec.load(DOCUMENT.encode())) == []


@pytest.mark.parametrize("case", UNREADABLE)
def test_what_is_no_yaml_mapping_or_too_much_is_refused(case: str) -> None:
    data, says = UNREADABLE[case]
    with pytest.raises(RefusedError, match=re.escape(says)) as refusal:
        spec.load(data)
    assert len(str(refusal.value)) < 1000


def test_the_file_is_read_as_yaml_1_2() -> None:
    assert spec.load(b"\xef\xbb\xbfa: no\nb: 0o17\nc: 1:30\n") == {"a": "no", "b": 15, "c": "1:30"}
