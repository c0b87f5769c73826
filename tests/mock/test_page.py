"""The page of a served mock, without a browser: what is served, to whom, and what the buttons do."""

import json
from typing import Any

import httpx
import pytest
from ruamel.yaml import YAML

from jimmy_ai_openapi_client.sdk.mock import MockService
from jimmy_ai_openapi_client.sdk.mock.faults import KINDS
from jimmy_ai_openapi_client.sdk.mock.spec import load

from .helpers import GROWTH, KEY, STATUS

pytestmark = pytest.mark.wire


def state(site: httpx.Client) -> Any:
    return site.get("/_mock/state").json()


@pytest.mark.parametrize(
    ("path", "kind", "start"),
    [("/", "html", "<!DOCTYPE html>"), ("/_mock/page.css", "css", ":root"), ("/_mock/page.js", "javascript", '"use')],
)
def test_its_files_may_load_nothing_from_elsewhere(site: httpx.Client, path: str, kind: str, start: str) -> None:
    answer = site.get(path)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, f"text/{kind}; charset=utf-8")
    assert answer.text.startswith(start)
    policy = dict(rule.split(" ", 1) for rule in answer.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    head = site.head(path)
    assert (head.status_code, head.content) == (200, b"")


def test_the_state_tells_all_but_the_key(mock: MockService, site: httpx.Client) -> None:
    mock.add("a", polls=3)
    mock.add("b", seconds=12.5)
    mock.add("c", polls=float("inf"))
    mock.add("人物", polls=0, outcome="Failed", name="名")
    mock.fault.delay(0.5, chance=0.25, operation="batchQuerySeedanceSpRealPersonStatus")
    site.post(STATUS, json={"asset_id": "人物"}, headers=KEY)
    site.post(STATUS, content=b"\xff", headers=KEY)
    told = state(site)
    assert told["assets_total"] == 4
    assert told["assets"] == [
        {"asset_id": "人物", "status": "Failed", "polls": 0, "seconds": 0},
        {"asset_id": "c", "status": "Processing", "polls": None, "seconds": 0},
        {"asset_id": "b", "status": "Processing", "polls": 0, "seconds": 12.5},
        {"asset_id": "a", "status": "Processing", "polls": 3, "seconds": 0},
    ]
    assert [(one["text"], one["times"], one["chance"], one["operation"]) for one in told["faults"]] == [
        ("delay 0.5 s", None, 0.25, "batchQuerySeedanceSpRealPersonStatus")
    ]
    second, first = told["requests"]
    assert (first["number"], first["code"], first["ids"], first["time"]) == (1, 0, ["人物"], 1_777_636_800.0)
    assert first["sent"] == '{\n  "asset_id": "人物"\n}'
    assert '"name": "名"' in first["answered"]
    assert (second["number"], second["code"], second["ids"], second["sent"]) == (2, 20002, [], "\ufffd")
    assert told["operations"][0]["path"] == STATUS
    assert [one["kind"] for one in told["kinds"]] == list(KINDS)
    assert mock.api_key not in json.dumps(told)
    assert [state(site) for _ in range(5)] == [told] * 5  # looking at it changes nothing


def test_a_long_list_is_shown_in_part(mock: MockService, site: httpx.Client) -> None:
    mock.add(*(f"id{number}" for number in range(250)))
    for _ in range(30):
        site.get("/x")
    told = state(site)
    assert (told["assets_total"], len(told["assets"]), told["assets"][0]["asset_id"]) == (250, 100, "id249")
    assert (told["requests_total"], [one["number"] for one in told["requests"]]) == (30, list(range(30, 10, -1)))


@pytest.mark.parametrize("spec", [None, GROWTH], ids=["packaged", "growth"])
def test_the_spec_is_served_and_listed(spec: Any) -> None:
    with MockService(spec=spec).serve() as server, httpx.Client(base_url=server.base_url, trust_env=False) as http:
        assert http.get("/openapi.json").json() == load(spec)
        assert YAML(typ="safe", pure=True).load(http.get("/openapi.yaml").text) == load(spec)
        assert "Jimmy AI mock" in http.get("/").text
        listed = {one["summary"] for one in state(http)["operations"]}
        assert ("getVideo" in listed) == (spec == GROWTH)  # its name, as it has no summary


def test_buttons(mock: MockService, site: httpx.Client) -> None:
    def press(button: str, **told: Any) -> Any:
        answer = site.post(f"/_mock/{button}", json=told)
        assert answer.status_code == 200
        return answer.json()

    assert press("add", asset_id="a", seconds=30, outcome="Failed")["assets"][0]["seconds"] == 30
    press("add", asset_id="b", polls=2)
    assert mock.statuses() == {"a": "Processing", "b": "Processing"}
    press("finish", asset_id="a", outcome="Active")
    press("finish", asset_id="b", outcome="Failed")
    assert mock.statuses() == {"a": "Active", "b": "Failed"}
    for kind in KINDS:
        press("fault", kind=kind, times=None)
    assert len(mock.fault.planned) == len(KINDS)
    told = press("fault", kind="status", status=520)
    assert told["faults"][-1]["text"] == "HTTP 520"
    told = press("cancel", number=told["faults"][0]["number"])
    assert [one["text"] for one in told["faults"]][:2] == ["HTTP 429, Retry-After: 1", "HTTP 503"]
    press("cancel", number=-1)
    assert mock.requests == []
