"""A second judge that no one here wrote: Prism reads openapi.yaml by itself and stands between client and mock.

What it cannot judge: it accepts any token, and schemas that contain themselves.
"""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .asked import ids, sent, wrong
from .cases import Case, cases
from .document import ROOT
from .spec import OPERATIONS, Operation
from .wire import TOKEN

PRISM = Path(__file__).parent / "prism/node_modules/@stoplight/prism-cli/dist/index.js"
pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(shutil.which("node") is None, reason="Prism needs Node 20 or newer, which is not here"),
    pytest.mark.skipif(not PRISM.exists(), reason="Prism is not installed; run tests/contract/prism/install.sh"),
]
Send = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(scope="module")
def mock() -> MockService:
    return MockService(api_key=TOKEN)


@pytest.fixture(scope="module")
def send(mock: MockService) -> Iterator[Send]:
    """What comes back by way of Prism, which answers violations of either side with errors of its own."""
    command = ["node", PRISM, "proxy", "--errors", "--host", "127.0.0.1", "--port", "0", ROOT / "openapi.yaml"]
    with (
        mock.serve() as server,
        subprocess.Popen([*command, server.base_url], stdout=subprocess.PIPE, text=True) as prism,
        httpx.Client(trust_env=False) as client,
    ):
        assert prism.stdout is not None
        address = next(filter(None, (re.search(r"listening on (\S+)", line) for line in prism.stdout)), None)
        assert address, "Prism did not start"
        Thread(target=prism.stdout.read).start()  # lest it wait for a reader

        def answered(request: httpx.Request) -> httpx.Response:
            url = httpx.URL(address[1]).copy_with(raw_path=request.url.raw_path)
            headers = {name: value for name, value in request.headers.items() if name != "host"}
            return client.request(request.method, url, headers=headers, content=request.content)

        yield answered
        prism.terminate()


@pytest.mark.parametrize(("operation", "case"), [(each, case) for each in OPERATIONS for case in cases(each)])
@pytest.mark.parametrize("status", ["Active", "Failed"])
def test_right(send: Send, mock: MockService, operation: Operation, case: Case, status: str) -> None:
    """Prism finds no fault with what the client asks and the mock answers."""
    request = sent(operation, case)
    mock.add(*ids(request), outcome=status, polls=0)
    response = send(request)
    said = f"{operation.id}, {operation.place}: HTTP {response.status_code}: {response.text}"
    assert operation.documented(response.status_code), said


@pytest.mark.parametrize("operation", OPERATIONS)
def test_wrong(send: Send, operation: Operation) -> None:
    """What the suite calls wrong, Prism refuses: 401 without a key, which it never compares, 422 for the rest."""
    for why, key, request in wrong(operation):
        if not key or why == "no key":
            response = send(request)
            said = f"{operation.id}, {operation.place}, {why}: {response.text}"
            assert response.status_code in ({401} if key else {400, 415, 422}), said
