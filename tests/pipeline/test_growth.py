"""Operations as this API has them elsewhere, and a limit on the ids: generate, and all works without another edit."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .places import House

PAGES = Path(__file__).with_name("pages")
SUITE = ("tests/contract", "tests/conftest.py", "pyproject.toml", "README.md", "CHANGELOG.md")
CALLS = Path(__file__).with_name("calls.py")


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> House:
    house = House(tmp_path_factory.mktemp("grown") / "house", *SUITE)
    nameless = PAGES / "balance.md"
    named = [str(path) for path in sorted(PAGES.glob("*.md")) if path != nameless]
    for arguments in (named, [str(nameless), "--operation-id", "queryBalance"]):
        merged = house.run("--merge", *arguments)
        assert merged.returncode == 0, merged.stderr
    house.edit(
        "        asset_ids:\n          type: array\n",
        "        asset_ids:\n          type: array\n          maxItems: 50\n",
    )
    generated = house.run()
    assert (generated.returncode, generated.stderr) == (0, "")
    assert "openapi.yaml: 7 operations, " in generated.stdout
    return house


def run(house: House, *command: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(house.root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *command], cwd=house.root, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done.stdout


def test_the_contract_suite_holds(grown: House) -> None:
    said = run(grown, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-m", "not heavy", "tests/contract")
    assert " passed" in said
    assert " failed" not in said


def test_the_served_mock_answers_as_the_one_in_process(grown: House) -> None:
    """To every operation, one that takes an uploaded file included."""
    assert "multipart/form-data" in grown.spec.read_text()
    said = run(grown, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/contract/test_mock_served.py")
    assert " passed" in said
    assert " skipped" not in said


def test_every_operation_answers_through_raw_on_the_mock(grown: House) -> None:
    """Threads and asyncio, against the mock that has read the same spec."""
    lines = run(grown, "-W", "error", str(CALLS)).splitlines()
    assert lines == sorted(lines)
    names = {line.split()[0] for line in lines}
    assert names >= {"query_balance", "query_video_task", "submit_seedance_sp_real_person", "upload_file"}
    assert len(lines) == 7


def test_a_boundary_in_the_uploaded_bytes_ends_nothing(grown: House) -> None:
    text = (grown.package / "api" / "default" / "upload_file.py").read_text()
    assert "boundary" not in text
    code = """
import httpx
from jimmy_ai_openapi_client import AuthenticatedClient
from jimmy_ai_openapi_client.api.default import upload_file
from jimmy_ai_openapi_client.models import FileUploadRequest
from jimmy_ai_openapi_client.types import File
from io import BytesIO
seen = []
client = AuthenticatedClient(base_url="https://example.com", token="t", httpx_args={"transport": httpx.MockTransport(
    lambda request: (seen.append((request.headers["Content-Type"], request.read())), httpx.Response(200, json={}))[1])})
payload = b"a\\r\\n--+++\\r\\nb\\r\\n--+++--\\r\\nc"
upload_file.sync(client=client, body=FileUploadRequest(file=File(payload=BytesIO(payload), file_name="x")))
[(kind, body)] = seen
boundary = kind.partition("boundary=")[2].encode()
assert len(boundary) >= 16 and body.count(b"--" + boundary) == 2 and payload in body
"""
    run(grown, "-c", code)
