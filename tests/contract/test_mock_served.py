"""The served mock answers as the one in-process, and a judge that no one here wrote finds no fault with it.

Prism reads openapi.yaml by itself and stands between client and mock. What it cannot judge: it accepts any token, and
schemas that contain themselves.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .asked import sent, texts, wrong
from .cases import CASES, Case, cases
from .difference import agree
from .document import ROOT
from .spec import OPERATIONS, Operation
from .wire import TOKEN

pytestmark = pytest.mark.heavy
PRISM = Path(__file__).parent / "prism/node_modules/@stoplight/prism-cli/dist/index.js"


@pytest.fixture(scope="module")
def mock() -> MockService:
    return MockService(api_key=TOKEN)


@pytest.fixture(scope="module")
def served(mock: MockService) -> Iterator[httpx.Client]:
    """A client that is at home where the mock is served."""
    with mock.serve() as server, httpx.Client(base_url=server.base_url, trust_env=False) as client:
        yield client


@pytest.fixture(scope="module")
def prism(served: httpx.Client) -> Iterator[httpx.Client]:
    """A client of Prism, which answers violations of either side with errors of its own."""
    if shutil.which("node") is None or not PRISM.exists():
        pytest.skip("Prism, which needs Node 20, is not here; tests/contract/prism/install.sh installs it")
    command = ["node", str(PRISM), "proxy", "--errors", "--host", "127.0.0.1", "--port", "0"]
    command += [str(ROOT / "openapi.yaml"), str(served.base_url).rstrip("/")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        address = next(filter(None, (re.search(r"listening on (\S+)", line) for line in process.stdout)), None)
        assert address, "Prism did not start"
        Thread(target=process.stdout.read).start()  # lest it wait for a reader
        with httpx.Client(base_url=address[1], trust_env=False) as client:
            yield client
        process.terminate()


def answered(client: httpx.Client, request: httpx.Request) -> httpx.Response:
    """Send a request to where a client is at home."""
    url = client.base_url.copy_with(raw_path=request.url.raw_path)
    headers = {name: value for name, value in request.headers.items() if name != "host"}
    return client.request(request.method, url, headers=headers, content=request.content)


def told(response: httpx.Response) -> tuple[int, bytes, str]:
    """Return what an answer is: status, content, media type."""
    return response.status_code, response.content, response.headers.get("content-type", "")


@pytest.mark.parametrize("found", OPERATIONS)
def test_answers_as_in_process(found: Operation, mock: MockService, served: httpx.Client) -> None:
    """Right and wrong requests get the same answer, byte for byte, and leave the same trace."""
    mock.add(*texts([case.body for case in cases(found)]), polls=0)
    with httpx.Client(transport=mock.transport) as inside:
        for request in (*(sent(found, case) for case in cases(found)), *(each.request for each in wrong(found))):
            answer = told(inside.send(request))
            agree(f"{found.id}, {found.place}, served", told(answered(served, request)), answer)
            one, other = mock.requests[-2:]
            agree(f"{found.id}, {found.place}, seen", (other.operation, other.body), (one.operation, one.body))


@pytest.mark.parametrize(("operation", "case"), CASES)
@pytest.mark.parametrize("status", ["Active", "Failed"])
def test_prism_takes(prism: httpx.Client, mock: MockService, operation: Operation, case: Case, status: str) -> None:
    """Prism finds no fault with what the client asks and the mock answers."""
    request = sent(operation, case)
    mock.add(*texts(case.body), outcome=status, polls=0)
    response = answered(prism, request)
    said = f"{operation.id}, {operation.place}: HTTP {response.status_code}: {response.text}"
    assert operation.documented(response.status_code), said


@pytest.mark.parametrize("operation", OPERATIONS)
def test_prism_refuses(prism: httpx.Client, operation: Operation) -> None:
    """What the suite calls wrong, Prism refuses: 401 without a key, which it never compares, 422 for the rest."""
    for why, key, request in wrong(operation):
        if not key or why == "no key":
            response = answered(prism, request)
            said = f"{operation.id}, {operation.place}, {why}: {response.text}"
            assert response.status_code in ({401} if key else {400, 415, 422}), said
