"""The commands and their options. Nothing slow is imported here: what a command does is imported when it runs."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import click

from ..version import __version__
from . import options
from .exits import EPILOG, Exit, ended
from .ids import Unusable, gathered, single
from .screen import make_ready
from .session import Session


class App(click.Group):
    """The command line. Whatever ends a command becomes an exit code, and one line where there is something to say."""

    def make_context(self, *args: Any, **more: Any) -> click.Context:
        """As click's, with usage errors of one line."""
        with _short_usage():
            return super().make_context(*args, **more)

    def invoke(self, ctx: click.Context) -> None:
        """Run the command of `ctx`; ends with `click.exceptions.Exit`, or an error that click shows."""
        session = ctx.ensure_object(Session)
        make_ready()
        try:
            with _short_usage(), session.signals.heard():
                code = super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit):
            raise
        except BaseException as error:  # noqa: BLE001  (nothing ends in a traceback)
            code = ended(error, session)
        ctx.exit(code)


@contextmanager
def _short_usage() -> Generator[None]:
    try:
        yield
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "jimmy-ai"
        raise Unusable(f"{error.format_message().rstrip('.')}. See {where} --help") from None


@click.group(
    cls=App,
    epilog=EPILOG,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def app(context: click.Context) -> None:
    """What became of portraits submitted to Jimmy AI for whitelisting: ask, or wait until they are Active.

    The key is read from JIMMYAI_API_KEY or from --api-key-file. Results go to stdout, everything else to stderr.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        context.exit(Exit.USAGE)


@app.command()
@click.argument("asset_id", metavar="ID")
@options.attempt("--timeout")
@options.access
@options.display
@click.pass_obj
def status(session: Session, asset_id: str) -> int:
    """Show one asset as it is now."""
    from .query import status as run

    return run(session, single(asset_id))


@app.command()
@options.source
@options.many
@options.attempt("--timeout")
@options.access
@options.display
@click.pass_obj
def batch(session: Session, ids: tuple[str, ...], file: str | None) -> int:
    """Show any number of assets as they are now, in the order given."""
    from .query import batch as run

    return run(session, gathered(ids, file))


@app.command()
@options.source
@click.option(
    "-o",
    "--output",
    type=click.Path(),
    help="Append each result to FILE as it becomes final. Started again, the same command asks only for the rest.",
)
@options.deadline
@click.option(
    "--on-failure",
    type=click.Choice(["raise", "return"]),
    default="raise",
    show_default=True,
    help="Whether failed and missing assets make the exit code 1 (raise) or 0 (return).",
)
@options.many
@options.attempt("--attempt-timeout")
@options.access
@options.display
@click.pass_obj
def wait(  # noqa: PLR0913, PLR0917  (what click passes)
    session: Session,
    ids: tuple[str, ...],
    file: str | None,
    output: str | None,
    deadline: float | None,
    on_failure: str,
) -> int:
    """Wait until every asset is final; show each as soon as it is.

    Asks at once, then at pauses of 5 to 15 seconds, in batches, only for those that are not final yet. An id that the
    service left out of three answers running is missing.
    """
    from .waiting import wait as run

    code = run(session, gathered(ids, file), deadline=deadline, output=output)
    return Exit.ACTIVE if (code, on_failure) == (Exit.FAILED, "return") else code


@app.command()
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Where to listen; 0 is any free port."
)
@click.option("--scenario", type=click.Path(), metavar="FILE", help="Assets, their lives and faults, as YAML.")
@click.option("--seed", type=int, metavar="N", help="Makes faults by chance repeat.")
@options.quiet
@click.pass_obj
def mock(session: Session, port: int, scenario: str | None, seed: int | None) -> int:
    """Serve a mock of the service on loopback.

    Prints its URL to stdout and a line for every request to stderr, until Ctrl-C or SIGTERM; the exit code is then 0.
    """
    from .serving import serve

    return serve(session, port=port, scenario=scenario, seed=seed)


@app.command()
@click.pass_obj
def demo(session: Session) -> int:
    """Show it all in a few seconds, on a mock: no key, no network."""
    from .demo import tell

    return tell(session)


@app.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    r"""Print what makes a shell complete `jimmy-ai` with Tab.

    \b
    bash:  eval "$(jimmy-ai completion bash)"        in ~/.bashrc (bash 4.4 or newer)
    zsh:   eval "$(jimmy-ai completion zsh)"         in ~/.zshrc
    fish:  jimmy-ai completion fish | source         in ~/.config/fish/config.fish
    """
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found
    click.echo(found(app, {}, "jimmy-ai", "_JIMMY_AI_COMPLETE").source())
