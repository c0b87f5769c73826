import pytest

from benchmarks.processes import environment


@pytest.mark.parametrize("name", ["PYTHONDONTWRITEBYTECODE", "HTTPS_PROXY", "all_proxy", "JIMMYAI_API_KEY"])
def test_nothing_of_the_machine_s_changes_what_is_measured(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "1")
    assert name not in environment()
