"""Requests of other shapes than the two operations have: what the spec allows is taken, and refused as it says."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from ruamel.yaml import YAML

from jimmy_ai_openapi_client.sdk.mock import MockService

from . import document

CASES: list[dict[str, Any]] = YAML(typ="safe").load(Path(__file__).parent / "mock" / "requests.yaml")
KEY = {"Authorization": "Bearer sk-mock"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_a_request_is_taken_or_refused_in_process_and_over_a_socket(case: dict[str, Any]) -> None:
    service, asked = MockService(spec=document(case["shape"])), {"url": "/shape", **case["request"]}
    with httpx.Client(transport=service.transport, base_url="https://api.example.com", headers=KEY) as client:
        inside = client.request(**asked)
    with service.serve() as server, httpx.Client(base_url=server.base_url, trust_env=False, headers=KEY) as client:
        outside = client.request(**asked)
    assert (outside.status_code, outside.content) == (inside.status_code, inside.content)
    answer = inside.json()
    assert {name: answer.get(name) for name in case["answer"]} == case["answer"]
    assert str(service.requests[0].problem).endswith(case.get("problem", ""))
