"""Business codes: success, refusal, trouble, and what is no code at all."""

from jimmy_ai_openapi_client import (
    APIResponseError,
    APIStatusError,
    AuthenticationError,
    BadRequestError,
    InternalServerError,
    JimmyAIError,
)

from .case import Case, Raises, Value
from .script import GOOD, answer, envelope

PATIENT = (5.0, 10.0, 20.0)


def _good(name: str, code: str) -> Case:
    return Case(f"codes/{name}", (answer(envelope(code=code)),), Value())


def _refused(name: str, code: str, error: type[JimmyAIError], number: int, data: str = "null") -> Case:
    play = answer(envelope(code=code, msg='"no"', data=data))
    return Case(f"codes/{name}", (play,), Raises(error, {"status_code": 200, "code": number, "msg": "no"}))


def _none(name: str, code: str | None) -> Case:
    want = Raises(APIResponseError, {"status_code": 200, "code": None}, says="business code")
    return Case(f"codes/{name}", (answer(envelope(code=code)),), want)


def _trouble(name: str, code: str) -> Case:
    facts = {"status_code": 200, "code": -1, "msg": "later"}
    play = answer(envelope(code=code, msg='"later"', data="null"))
    return Case(f"codes/{name}", (play,), Raises(InternalServerError, facts, requests=4, pauses=PATIENT))


FULL_DATA = '{"asset_id":"id1","status":"Active","items":[{"asset_id":"id1","status":"Active"}]}'

CASES = [
    _good("zero", "0"),
    _good("zero-text", '"0"'),
    _good("20000", "20000"),
    _good("20000-text", '"20000"'),
    _good("200", "200"),
    _good("200-text", '"200"'),
    _good("zero-negative", "-0"),
    _refused("20001", "20001", AuthenticationError, 20001),
    _refused("20001-text", '"20001"', AuthenticationError, 20001),
    _refused("20002", "20002", BadRequestError, 20002),
    _refused("20002-text", '"20002"', BadRequestError, 20002),
    _refused("30000", "30000", APIStatusError, 30000),
    _refused("30000-text", '"30000"', APIStatusError, 30000),
    _refused("one", "1", APIStatusError, 1),
    _refused("minus-two", "-2", APIStatusError, -2),
    _refused("nine-digits", '"999999999"', APIStatusError, 999999999),
    _refused("20001-with-data", "20001", AuthenticationError, 20001, FULL_DATA),
    _refused("30000-with-data", "30000", APIStatusError, 30000, FULL_DATA),
    _refused("30000-with-list", "30000", APIStatusError, 30000, "[]"),
    _trouble("minus-one", "-1"),
    _trouble("minus-one-text", '"-1"'),
    Case("codes/minus-one-once", (answer(envelope(code="-1")), GOOD), Value(requests=2, pauses=(5.0,))),
    _none("true", "true"),
    _none("false", "false"),
    _none("float-zero", "0.0"),
    _none("float-negative-zero", "-0.0"),
    _none("float-exponent", "1e3"),
    _none("float-20000", "20000.0"),
    _none("null", "null"),
    _none("absent", None),
    _none("words", '"ok"'),
    _none("empty-text", '""'),
    _none("padded-text", '" 0"'),
    _none("newline-text", '"0\\n"'),
    _none("plus-text", '"+0"'),
    _none("underscore-text", '"2_0000"'),
    _none("fullwidth-digit", '"\\uff10"'),
    _none("arabic-digits", '"\\u0660"'),
    _none("float-text", '"0.0"'),
    _none("hex-text", '"0x0"'),
    _none("ten-digits-text", '"1000000000"'),
    _none("ten-digits", "1000000000"),
    _none("forty-digits", "1" * 40),
    _none("4000-digits", "1" * 4000),
    _none("huge-text", '"' + "9" * 5000 + '"'),
    _none("list", "[0]"),
    _none("object", '{"code":0}'),
]
