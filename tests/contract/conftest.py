"""Whatever fails here says what of the spec it is about, even if the generated code itself raised the error."""

from collections.abc import Generator, Iterator

import pytest

from .places import Place
from .spec import Operation


@pytest.fixture(autouse=True)
def _quiet(capsys: pytest.CaptureFixture[str]) -> Iterator[None]:
    """Whatever is called says nothing on standard output and error: a token might be in it."""
    yield
    assert capsys.readouterr() == ("", "")


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
