import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .play import BATCH, SITE, STATUS, Caller

WRONG: list[bytes | None] = [
    None,
    b"",
    b"Bearer",
    b"Bearer ",
    b"Bearer  sk-mock",
    b"Bearer sk-mock2",
    b"Bearer SK-MOCK",
    b"Basic sk-mock",
    b"Token sk-mock",
    b"sk-mock",
    "Bearer ключ".encode(),
    b"Bearer \xff",
]


@pytest.mark.parametrize("path", [STATUS, BATCH])
@pytest.mark.parametrize("credentials", WRONG)
def test_a_wrong_key_is_refused(mock: MockService, path: str, credentials: bytes | None) -> None:
    mock.add("id1")
    headers = {} if credentials is None else {b"Authorization": credentials}
    with httpx.Client(transport=mock.transport, base_url=SITE) as http:
        response = http.post(path, json={"asset_id": "id1", "asset_ids": ["id1"]}, headers=headers)
    assert response.status_code == 200
    assert response.json() == {"code": 20001, "msg": "key missing, wrong or expired"}


def test_the_key_is_the_one_given() -> None:
    mock = MockService(api_key="sk-Ключ")
    mock.add("id1")
    with httpx.Client(transport=mock.transport, base_url=SITE) as http:
        right, wrong = (
            http.post(STATUS, json={"asset_id": "id1"}, headers={b"Authorization": f"Bearer {key}".encode()}).json()
            for key in ("sk-Ключ", "sk-mock")
        )
    assert (right["code"], wrong["code"]) == (0, 20001)


def test_the_scheme_is_read_in_any_case(mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    response = caller.http.post(STATUS, json={"asset_id": "id1"}, headers={"Authorization": "bEARER sk-mock"})
    assert response.json()["code"] == 0


BAD = [
    (STATUS, b"{}", "body: 'asset_id' is a required property"),
    (STATUS, b'{"asset_id": 3}', "body.asset_id: 3 is not of type 'string'"),
    (STATUS, b'{"asset_id": "3", "asset_id": null}', "body.asset_id: None is not of type 'string'"),
    (STATUS, b"[]", "body: [] is not of type 'object'"),
    (STATUS, b"", "body: Missing required request body"),
    (STATUS, b"{", "body: cannot be read as application/json"),
    (STATUS, b"\xff\xfe", "body: cannot be read as application/json"),
    (STATUS, b"[" * 100_000, "body: nested too deeply"),
    (BATCH, b'{"asset_ids": "id1"}', "body.asset_ids: 'id1' is not of type 'array'"),
    (BATCH, b'{"asset_ids": ["id1", 4]}', "body.asset_ids[1]: 4 is not of type 'string'"),
]


@pytest.mark.parametrize(("path", "body", "msg"), BAD)
def test_a_bad_body_is_refused_and_the_fault_named(caller: Caller, path: str, body: bytes, msg: str) -> None:
    response = caller.http.post(path, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 200
    assert response.json() == {"code": 20002, "msg": msg}


def test_a_msg_stays_short(caller: Caller) -> None:
    msg = caller.http.post(BATCH, json={"asset_ids": {"x": "y" * 10_000}}).json()["msg"]
    assert msg.startswith("body.asset_ids: ")
    assert len(msg) == 300
    msg = caller.http.post(BATCH, content=b"{}", headers={"Content-Type": "x/" + "y" * 10_000}).json()["msg"]
    assert msg.startswith("body: ")
    assert len(msg) == 300


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_a_body_of_another_kind_is_refused(caller: Caller, kind: str | None) -> None:
    headers = {} if kind is None else {"Content-Type": kind}
    answer = caller.http.post(STATUS, content=b'{"asset_id": "id1"}', headers=headers).json()
    assert answer["code"] == 20002
    assert "application/json" in answer["msg"]
    assert f": {kind or 'application/octet-stream'}. " in answer["msg"]


@pytest.mark.parametrize("path", ["/", STATUS + "/", STATUS.upper(), "/v2" + STATUS, STATUS[:-1]])
def test_an_unknown_path_is_404(caller: Caller, path: str) -> None:
    response = caller.http.post(path, json={"asset_id": "id1"})
    assert (response.status_code, response.json()) == (404, {"code": 404, "msg": "no such path"})


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "TRACE", "ODD"])
def test_a_wrong_method_is_405(caller: Caller, method: str) -> None:
    response = caller.http.request(method, STATUS)
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert response.json() == {"code": 405, "msg": "use POST"}


def test_what_came_in_is_kept_without_the_key(mock: MockService, caller: Caller) -> None:
    mock.add("id1")
    caller.one("id1")
    caller.http.post(BATCH, content=b"{", headers={"Content-Type": "application/json"})
    caller.http.get("/elsewhere")
    seen = [(request.operation, request.body) for request in mock.requests]
    assert seen == [
        ("querySeedanceSpRealPersonStatus", {"asset_id": "id1"}),
        ("batchQuerySeedanceSpRealPersonStatus", b"{"),
        (None, b""),
    ]
    assert "sk-mock" not in repr((mock.requests, mock))


def test_nothing_is_checked_when_asked_so() -> None:
    mock = MockService(check=False)
    mock.add("id1", polls=0)
    with httpx.Client(transport=mock.transport, base_url=SITE) as http:
        response = http.post(STATUS, content=b'{"asset_id": "id1"}')
    assert response.json()["data"]["status"] == "Active"
