"""`mock`: the API on loopback until a signal comes."""

from contextlib import ExitStack, suppress
from threading import Event
from typing import Any

import click

from ..mock import MockService
from .ids import Unusable
from .session import Session
from .signals import Stopped

CAST: dict[str, Any] = {
    "assets": {
        "portrait-1": {"polls": 0},
        "portrait-2": {"seconds": 30},
        "portrait-3": {"seconds": 20, "outcome": "Failed"},
        "肖像-4": {"seconds": 45, "name": "四号肖像"},
    }
}
"""The scenario of a mock that is given none."""


def serve(session: Session, *, port: int, scenario: str | None, seed: int | None) -> int:
    """Serve, telling every request, until Ctrl-C or SIGTERM: a mock has no other end, so that is a good one."""
    mock = MockService(clock=session.clock, seed=seed)
    with ExitStack() as stack:
        try:
            mock.load(scenario or CAST)
            server = stack.enter_context(mock.serve(port, log=_tell))
        except ValueError as error:
            raise Unusable(str(error)) from None
        except OSError as error:
            raise Unusable(f"{error.filename}: {error.strerror}" if error.filename else str(error.strerror)) from None
        click.echo(server.base_url)
        if not session.quiet:
            click.echo(f"serving {', '.join(mock.statuses()) or 'no assets'}; Ctrl-C ends it. Elsewhere:", err=True)
            click.echo(f"  export JIMMYAI_BASE_URL={server.base_url} JIMMYAI_API_KEY={mock.api_key}", err=True)
        with suppress(Stopped):
            Event().wait()
    return 0


def _tell(line: str) -> None:
    click.echo(line, err=True)
