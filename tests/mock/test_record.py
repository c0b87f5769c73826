"""What is recorded and logged of requests, and what is too much of one."""

import logging

import pytest

from .helpers import BATCH, JSON, STATUS, Caller

LOGGER = "jimmy_ai_openapi_client.mock"


def test_a_body_nested_too_deeply_is_refused(caller: Caller) -> None:
    answer = caller.http.post(STATUS, content=b"[" * 100_000, headers=JSON)
    assert answer.json() == {"code": 20002, "msg": "body: nested too deeply"}
    where = f"#/paths/{STATUS.replace('/', '~1')}/post/requestBody"
    assert caller.mock.requests[0].problem == f"body: nested too deeply ({where})"


def test_a_msg_stays_short(caller: Caller) -> None:
    msg = caller.http.post(BATCH, json={"asset_ids": {"x": "y" * 10_000}}).json()["msg"]
    assert (msg[:4], len(msg)) == ("body", 300)


def test_the_logger_has_a_line_a_request(caller: Caller, caplog: pytest.LogCaptureFixture) -> None:
    caller.mock.add("id1")
    caller.mock.fault.code()
    with caplog.at_level(logging.INFO, LOGGER):
        caller.http.post(STATUS, json={"asset_id": "id1"})
        caller.http.get("/sk-mock/x?key=sk-mock")
        caller.http.post(STATUS, json={"asset_id": ["sk-mock\x1b[2J\r\n人"]})
    with caplog.at_level(logging.WARNING, LOGGER):
        caller.http.post(STATUS, json={})
    first, second, third = caplog.messages
    assert first == f"POST {STATUS} querySeedanceSpRealPersonStatus: HTTP 200, code -1; fault: code -1"
    assert second == "GET /***/x -: HTTP 404, code 404; problem: no such path (#/paths)"
    # Neither the key nor a sign that moves a terminal's cursor.
    assert "***\\x1b[2J\\r\\n人" in third.replace("\\\\", "\\")
    assert third.isprintable()
    assert (
        repr(caller.mock.requests[0]) == "<POST querySeedanceSpRealPersonStatus {'asset_id': 'id1'}: HTTP 200, code -1>"
    )
    assert "sk-mock" not in caplog.text + repr((caller.mock, caller.mock.requests[:2]))
