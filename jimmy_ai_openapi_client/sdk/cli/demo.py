"""`demo`: the whole story, told by the commands themselves, on a mock of its own where time runs fast."""

import shlex
import time

import click

from ..clock import Clock
from ..mock import MockService
from .exits import Exit
from .session import Session

SPEED = 8
STORY = (
    ("One portrait. The service stumbles once, so the client asks again:", "status portrait-1 --debug"),
    ("Several at once; the service has never heard of the last one:", "batch portrait-1 肖像-张伟 portrait-3 nobody"),
    ("Wait until all are final, asking only for what is not:", "wait portrait-1 肖像-张伟 portrait-3 portrait-4"),
)


class FastClock(Clock):
    """A clock that runs `SPEED` times as fast as the one on the wall."""

    def now(self) -> float:
        """Seconds on this clock."""
        return time.monotonic() * SPEED

    def sleep(self, seconds: float) -> None:
        """Sleep so many of this clock's seconds."""
        super().sleep(seconds / SPEED)

    async def asleep(self, seconds: float) -> None:
        """Sleep so many of this clock's seconds."""
        await super().asleep(seconds / SPEED)


def tell(session: Session) -> int:
    """Tell the story; 0 unless it is interrupted."""
    from .app import app

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
