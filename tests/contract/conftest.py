"""Whatever fails here says what of the spec it is about, even if the generated code itself raised the error."""

from collections.abc import Generator, Iterator

import pytest

from .left_out import told
from .places import Place
from .spec import Operation


@pytest.fixture(autouse=True)
def _quiet(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Whatever is called says nothing on standard output and error: a token might be in it."""
    yield
    assert capsys.readouterr() == ("", "")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Generator[None]:
    """Say in the last lines what of the spec was left out, after the tests that were skipped."""
    yield
    for line in told():
        terminalreporter.write_line(line)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the operation and the place in the spec to the report of a failure."""
    report = yield
    if report.failed and isinstance(item, pytest.Function) and hasattr(item, "callspec"):
        for name, value in item.callspec.params.items():
            if isinstance(value, Operation):
                report.sections.append(("in the spec", f"operation {value.id}, at {value.place}"))
            elif isinstance(value, Place):
                report.sections.append(("in the spec", f"{name}: {value.label}"))
    return report
