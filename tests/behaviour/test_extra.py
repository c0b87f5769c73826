"""The extra `fast`: it changes no judgement, and nobody needs it."""

import json
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from jimmy_ai_openapi_client.sdk.answer import parse
from jimmy_ai_openapi_client.sdk.extra import installed

from .test_judge_properties import json_values

texts = json_values.map(lambda value: json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass"))
tokens = st.sampled_from(
    [
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        '"a"',
        '"\\ud800"',
        '"\\ud83d\\ude00"',
        "0",
        "-0",
        "1e999",
        "1E-5",
        ".5",
        "01",
        "NaN",
        "null",
    ]
)
bodies = st.binary(max_size=40) | texts | st.lists(tokens, max_size=12).map(lambda parts: "".join(parts).encode())


@pytest.fixture(scope="module")
def msgspec() -> ModuleType:
    return pytest.importorskip("msgspec.json")  # type: ignore[no-any-return]


@given(body=bodies, cut=st.integers(0, 40))
@example(body=b'\xef\xbb\xbf{"code":0}', cut=0)
@example(body=b'{"a":"\xed\xa0\x80"}', cut=0)
@example(body=b'{"a":"\\ud800"}', cut=0)
@example(body=b'{"a":1e999,"b":18446744073709551616,"c":-0,"d":-0.0}', cut=0)
@example(body=b'{"a":%s}' % (b"9" * 5000), cut=0)
@example(body=b'{"a":' + b"[" * 100_000, cut=0)
@example(body=b'{"a":1,"a":2}', cut=0)
@example(body=b'{"a":"\t"}', cut=0)
@example(body=b'{"code":0}\x00', cut=0)
@example(body=b'{"a":Infinity}', cut=0)
def test_bodies_are_judged_alike_with_and_without(msgspec: ModuleType, body: bytes, cut: int) -> None:
    """`repr`, as it tells True from 1 and -0.0 from 0."""
    for wrapped in (body, b'{"code":' + body + b"}"):
        whole = wrapped[: len(wrapped) - cut]
        assert repr(parse(whole, msgspec)) == repr(parse(whole))


def test_what_msgspec_takes_it_decodes_itself() -> None:
    class Decoder:
        @staticmethod
        def decode(_: bytes) -> Any:
            return {"decoded": "here"}

    assert parse(b'{"code":0}', Decoder) == ({"decoded": "here"}, None, False)


def test_nothing_needs_to_be_installed() -> None:
    assert installed("no_module_of_this_name") is None
