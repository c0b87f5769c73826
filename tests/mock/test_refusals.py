"""Requests that the packaged spec does not allow: in which words they are refused, recorded and logged.

`tests/contract` shows that every wrong request is refused.
"""

import logging

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .helpers import BATCH, JSON, SITE, STATUS, Caller

LOGGER = "jimmy_ai_openapi_client.mock"


@pytest.mark.parametrize(
    "credentials",
    [b"", b"Bearer ", b"Bearer  sk-mock", b"Bearer SK-MOCK", "Bearer ключ".encode(), b"Bearer \xff"],
)
def test_a_wrong_key_is_refused_whatever_the_body(caller: Caller, credentials: bytes) -> None:
    response = caller.http.post(STATUS, json={"asset_id": 5}, headers={b"Authorization": credentials})
    said = "key missing, wrong or expired"
    assert (response.status_code, response.json()) == (200, {"code": 20001, "msg": said})
    assert caller.mock.requests[0].problem == f"{said} (#/components/securitySchemes/bearerAuth)"


def test_the_key_is_the_one_given_and_its_scheme_is_read_in_any_case() -> None:
    mock = MockService(api_key="sk-Ключ")
    mock.add("id1")
    with httpx.Client(transport=mock.transport, base_url=SITE) as http:
        codes = [
            http.post(STATUS, json={"asset_id": "id1"}, headers={b"Authorization": f"{given}".encode()}).json()["code"]
            for given in ("Bearer sk-Ключ", "bEARER sk-Ключ", "Bearer sk-mock")
        ]
    assert codes == [0, 0, 20001]


SCHEMAS = "#/components/schemas/SeedanceSpRealPerson"
BODY = f"#/paths/{STATUS.replace('/', '~1')}/post/requestBody"
READ = f"{BODY}/content/application~1json/schema"
ID, ITEMS = f"{SCHEMAS}StatusRequest/properties/asset_id", f"{SCHEMAS}BatchStatusRequest/properties/asset_ids/items"
BAD = [
    (STATUS, b'{"asset_id": "3", "asset_id": null}', "body.asset_id: None is not of type 'string'", f"{ID}/type"),
    (BATCH, b'{"asset_ids": ["id1", 4]}', "body.asset_ids[1]: 4 is not of type 'string'", f"{ITEMS}/type"),
    (STATUS, b"", "body: Missing required request body", f"{BODY}/required"),
    (STATUS, b"{", "body: cannot be read as application/json", READ),
    (STATUS, b"\xff\xfe", "body: cannot be read as application/json", READ),
    (STATUS, b"[" * 100_000, "body: nested too deeply", BODY),
]


@pytest.mark.parametrize(("path", "body", "msg", "place"), BAD, ids=lambda value: str(value)[:30])
def test_a_bad_body_is_refused_and_the_place_in_the_spec_recorded(
    caller: Caller, path: str, body: bytes, msg: str, place: str
) -> None:
    response = caller.http.post(path, content=body, headers=JSON)
    assert (response.status_code, response.json()) == (200, {"code": 20002, "msg": msg})
    assert caller.mock.requests[0].problem == f"{msg} ({place})"


@pytest.mark.parametrize("kind", ["text/plain", None])
def test_a_body_of_another_kind_is_refused(caller: Caller, kind: str | None) -> None:
    headers = {} if kind is None else {"Content-Type": kind}
    answer = caller.http.post(STATUS, content=b'{"asset_id": "id1"}', headers=headers).json()
    assert f": {kind or 'application/octet-stream'}. " in answer["msg"]
    assert str(caller.mock.requests[0].problem).endswith(f" ({BODY}/content)")


def test_a_msg_stays_short(caller: Caller) -> None:
    msg = caller.http.post(BATCH, json={"asset_ids": {"x": "y" * 10_000}}).json()["msg"]
    assert (msg[:4], len(msg)) == ("body", 300)


def test_what_was_received_is_recorded_without_the_key(mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    mock.refuse("bad")
    mock.fault.reset()
    with pytest.raises(httpx.ReadError):
        caller.one("id1")
    caller.one("id1")
    caller.http.post(BATCH, content=b"{", headers=JSON)
    caller.http.post(BATCH, json={"asset_ids": ["bad", "id1"]})
    caller.http.post(STATUS, json={"asset_id": "other"})
    caller.http.get("/elsewhere?key=sk-mock")
    caller.http.get(STATUS)
    one, batch = "querySeedanceSpRealPersonStatus", "batchQuerySeedanceSpRealPersonStatus"
    assert [(seen.operation, seen.ids, seen.status, seen.code, seen.fault, seen.problem) for seen in mock.requests] == [
        (one, ["id1"], None, None, "reset", None),
        (one, ["id1"], 200, 0, None, None),
        (
            batch,
            [],
            200,
            20002,
            None,
            f"body: cannot be read as application/json ({READ.replace('~1status', '~1batch-status')})",
        ),
        (batch, ["bad", "id1"], 200, 20002, None, "asset_ids: 'bad' is malformed"),
        (one, ["other"], 200, 20002, None, "asset not found"),
        (None, [], 404, 404, None, "no such path (#/paths)"),
        (None, [], 405, 405, None, "use POST (#/paths)"),
    ]
    assert (mock.requests[1].answer["data"]["asset_id"], mock.requests[0].answer) == ("id1", None)
    assert (mock.requests[2].body, mock.requests[1].time) == (b"{", mock.clock.wall())
    assert repr(mock.requests[1]) == f"<POST {one} {{'asset_id': 'id1'}}: HTTP 200, code 0>"
    assert "sk-mock" not in repr((mock.requests, mock))


def test_nothing_is_checked_when_asked_so() -> None:
    mock = MockService(check=False)
    mock.add("id1", polls=0)
    with httpx.Client(transport=mock.transport, base_url=SITE) as http:
        response = http.post(STATUS, content=b'{"asset_id": "id1"}')
    assert response.json()["data"]["status"] == "Active"


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
    assert "sk-mock" not in caplog.text
    assert third.isprintable()
