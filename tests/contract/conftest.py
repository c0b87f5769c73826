"""Whatever fails here is named by what of the spec it is about, even if the generated code itself raised the error."""

from collections.abc import Generator, Iterator

import pytest

from .left_out import told


@pytest.fixture(autouse=True)
def _quiet(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Whatever is called says nothing on standard output and error: a token might be in it."""
    yield
    assert capsys.readouterr() == ("", "")


def pytest_make_parametrize_id(val: object) -> str | None:
    """Name an operation, a place or a case by what the spec calls it, a class or function by its own name."""
    names = (getattr(val, name, None) for name in ("id", "label", "style", "__qualname__"))
    return next((name for name in names if isinstance(name, str)), None)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    """Say in the last lines what of the spec was left out, after the tests that were skipped."""
    yield
    for line in told():
        terminalreporter.write_line(line)
