"""The commands. Nothing slow is imported here: what a command does is imported when it runs."""

import os
import sys
from typing import Any

import click

from ..version import __version__
from . import options
from .exits import EPILOG, ended, stoppable
from .session import Session, losable


class App(click.Group):
    """The command line. Every exception becomes an exit code and a line on stderr."""

    def invoke(self, ctx: click.Context) -> None:
        """Run the command of `ctx`; ends with `click.exceptions.Exit`, or an error that click shows."""
        session = ctx.ensure_object(Session)
        _open_streams()
        try:
            with stoppable():
                code: Any = super().invoke(ctx)
        except click.exceptions.Exit:
            raise
        except click.ClickException as error:
            with losable():
                error.show()
            code = error.exit_code
        except BaseException as error:  # noqa: BLE001  (nothing ends in a traceback)
            code = ended(error, session)
        ctx.exit(code)


def _open_streams() -> None:
    """Have stdout and stderr open, and able to take any character, whatever the command was started with."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name) or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
        stream.reconfigure(errors="backslashreplace")
        setattr(sys, name, stream)


@click.group(cls=App, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="%(prog)s %(version)s")
def app() -> None:
    """Query portraits submitted to Jimmy AI for whitelisting, or wait until they are Active.

    The key is read from JIMMYAI_API_KEY or from --api-key-file. Results go to stdout, everything else to stderr.
    """


@app.command()
@click.argument("asset_id", metavar="ID")
@options.access
@options.display
@click.pass_obj
def status(session: Session, asset_id: str) -> int:
    """Show one asset as it is now."""
    from .query import status as run

    return run(session, options.checked(asset_id, "the id"))


@app.command()
@options.source
@options.many
@options.access
@options.display
@click.pass_obj
def batch(session: Session, ids: tuple[str, ...], file: str | None) -> int:
    """Show any number of assets as they are now, in the order given."""
    from .query import batch as run

    return run(session, options.gathered(ids, file))


@app.command()
@options.source
@click.option(
    "-o", "--output", type=options.File(), help="Append results to FILE; a second run asks for the rest only."
)
@click.option("--timeout", "deadline", type=options.deadline, default="30m", metavar="TIME", help=options.DEADLINE)
@options.many
@options.access
@options.display
@click.pass_obj
def wait(session: Session, ids: tuple[str, ...], file: str | None, output: str | None, deadline: float | None) -> int:
    """Wait until every asset is final; show each as soon as it is.

    Asks at once, then every 5 to 15 seconds, in batches, only for those that are not final yet. An id that is absent
    from three consecutive answers is missing.
    """
    from .query import wait as run

    return run(session, options.gathered(ids, file), deadline=deadline, output=None if output == "-" else output)


@app.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Listen on port N.")
@click.option("--scenario", type=options.File(), metavar="FILE", help="Load assets and faults from a YAML file.")
@options.quiet
@click.pass_obj
def mock(session: Session, port: int, scenario: str | None) -> int:
    """Serve a mock of the service on loopback.

    Prints its URL to stdout and a line for every request to stderr, until Ctrl-C or SIGTERM; the exit code is then 0.
    """
    from .mock import serve

    return serve(session, port=port, scenario=scenario)


@app.command()
@click.pass_context
def demo(context: click.Context) -> int:
    """Show the commands at work on a mock, in a few seconds, without a key or network."""
    from .mock import demo as run

    return run(context.ensure_object(Session), app)


@app.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    r"""Print the script that completes `jimmy-ai` with Tab in a shell.

    \b
    bash:  eval "$(jimmy-ai completion bash)"        in ~/.bashrc (bash 4.4 or newer)
    zsh:   eval "$(jimmy-ai completion zsh)"         in ~/.zshrc
    fish:  jimmy-ai completion fish | source         in ~/.config/fish/config.fish
    """
    from click.shell_completion import shell_complete

    shell_complete(app, {}, "jimmy-ai", "_JIMMY_AI_COMPLETE", f"{shell}_source")
