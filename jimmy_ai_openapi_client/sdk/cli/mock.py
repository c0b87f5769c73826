"""`mock` serves the API on loopback; `demo` runs the other commands on such a mock, where time runs fast."""

import shlex
import time
from contextlib import suppress
from threading import Event
from typing import Any

import click

from ..clock import Clock
from ..mock import MockService
from .exits import Exit, Stopped
from .session import Session, Unusable

SCENARIO: dict[str, Any] = {
    "portrait-1": {"seconds": 0},
    "portrait-2": {"seconds": 30},
    "portrait-3": {"seconds": 20, "outcome": "Failed"},
    "肖像-4": {"seconds": 45, "name": "四号肖像"},
}
"""The assets that `mock` serves unless told otherwise."""

SPEED = 8
STORY = (
    ("One portrait. The first request fails, so the client retries:", "status portrait-1 --debug"),
    ("Several at once; the service does not know the last one:", "batch portrait-1 肖像-张伟 portrait-3 nobody"),
    ("Wait until all are final:", "wait portrait-1 肖像-张伟 portrait-3 portrait-4"),
)


def serve(session: Session, *, port: int, scenario: str | None) -> int:
    """Serve until Ctrl-C or SIGTERM, with a line for every request."""
    mock = MockService(clock=session.clock)
    try:
        mock.load(scenario or {"assets": SCENARIO})
    except ValueError as error:
        raise Unusable(str(error)) from None
    with suppress(Stopped), mock.serve(port, log=session.say) as server:
        click.echo(server.base_url)
        session.say(f"serving {', '.join(mock.statuses()) or 'no assets'}; Ctrl-C ends it. In another terminal:")
        exports = f"export JIMMYAI_BASE_URL={server.base_url} JIMMYAI_API_KEY={mock.api_key}"
        session.say(f"  {exports}\n  {mock.curl(server.base_url)}")
        Event().wait()
    return 0


class FastClock(Clock):
    """A clock that runs `SPEED` times as fast as real time."""

    def now(self) -> float:
        """Seconds on this clock."""
        return time.monotonic() * SPEED

    def sleep(self, seconds: float) -> None:
        """Sleep so many of this clock's seconds."""
        super().sleep(seconds / SPEED)


def demo(session: Session, app: click.Command) -> int:
    """Run the story's commands through `app`; 0 unless it is interrupted."""
    clock = session.client.setdefault("clock", FastClock())
    mock = MockService(api_key="sk-demo", clock=clock)
    mock.add("portrait-1", seconds=0)
    mock.add("肖像-张伟", seconds=14, name="张伟的证件照")
    mock.add("portrait-3", seconds=20, outcome="Failed")
    mock.add("portrait-4", seconds=36)
    mock.fault.code(-1)
    with mock.serve() as server:
        click.echo(f"A mock serves at {server.base_url}. Its time runs {SPEED} times as fast.")
        for words, command in STORY:
            click.echo(f"\n# {words}\n$ jimmy-ai {command}")
            client = {"api_key": mock.api_key, "base_url": server.base_url, "clock": clock}
            scene = Session(client=client, terminal=session.terminal)
            code = app.main([*shlex.split(command), "--table"], "jimmy-ai", obj=scene, standalone_mode=False)
            if code > 128:
                return int(code)
            click.echo(f"# exit code {code}: {Exit(code).name.lower()}")
    click.echo("\nWith a key in JIMMYAI_API_KEY, the same commands ask the real service.")
    return 0
