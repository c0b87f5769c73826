"""Whatever fails here is named by what of the spec it is about, even if the generated code itself raised the error."""

from collections.abc import Generator, Iterator

import pytest

from .cases import Case
from .generated import Place
from .left_out import told
from .spec import Operation


@pytest.fixture(autouse=True)
def _quiet(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Whatever is called says nothing on standard output and error: a token might be in it."""
    yield
    assert capsys.readouterr() == ("", "")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name an operation, a place or a case by what the spec calls it, a class or function by its own name."""
    match val:
        case Operation():
            return val.id
        case Place():
            return val.label
        case Case():
            return val.style
    return getattr(val, "__qualname__", None)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    """Say in the last lines what of the spec was left out, after the tests that were skipped."""
    yield
    for line in told():
        terminalreporter.write_line(line)
