"""What ends `jimmy-ai wait` early, what it can go on from, and what it holds meanwhile."""

import json
import math
import signal
import tracemalloc
from pathlib import Path

import httpx
import pytest

from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService

from .conftest import Run, Stopping, statuses


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_keeps_what_is_known(run: Run, mock: MockService, number: signal.Signals, code: int) -> None:
    mock.add("a")
    mock.add("b", polls=math.inf)
    before = signal.getsignal(number)
    done = run("wait", "a", "b", clock=Stopping(number))
    assert (done.code, statuses(done.out)) == (code, {"a": "Active"})
    assert done.err.startswith("1 active, 1 pending after 0:00:")
    assert done.err.splitlines()[1:] == ["Interrupted" if number == signal.SIGINT else "Terminated"]
    assert signal.getsignal(number) is before


@pytest.mark.parametrize("keep", [*range(0, 420, 7), -1])
def test_a_line_cut_anywhere_is_mended(run: Run, folder: Path, mock: MockService, keep: int) -> None:
    mock.add("a", "肖像", "d")
    run("wait", "a", "肖像", "-o", "results")
    file = folder / "results"
    whole = file.read_bytes()
    start = whole.index(b"\n") + 1
    keep = keep if keep >= 0 else len(whole) - start - 1
    file.write_bytes(whole[: start + keep])
    mock.requests.clear()
    done = run("wait", "a", "肖像", "d", "-o", "results")
    assert (done.code, statuses(file.read_text("utf-8"))) == (0, {"a": "Active", "肖像": "Active", "d": "Active"})
    assert mock.requests[0].ids == (["d"] if start + keep >= len(whole) - 1 else ["肖像", "d"])


def test_it_holds_little_beside_the_ids(run: Run, folder: Path, clock: FakeClock) -> None:
    """Neither results, which are written as they come, nor what is pending; nor when it reads the results again."""

    def answer(request: httpx.Request) -> httpx.Response:
        status = "Active" if clock.now() else "Processing"
        assets = [
            {"asset_id": one, "status": status, "url": f"https://example.com/{one}"}
            for one in json.loads(request.content)["asset_ids"]
        ]
        return httpx.Response(200, json={"code": 0, "data": {"items": assets}})

    count = 10_000
    (folder / "ids").write_text("".join(f"asset-{number:08d}\n" for number in range(count)))
    for most in (300, 130):
        tracemalloc.start()
        done = run("wait", "-f", "ids", "-o", "results", transport=httpx.MockTransport(answer))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (done.code, done.out) == (0, "")
        assert peak / count < most
