"""The pytest fixture, and what its plugin keeps its hands off."""

import asyncio
import tomllib
from pathlib import Path

import pytest

from jimmy_ai_openapi_client.sdk.mock import JimmyMock

PLUGIN = "jimmy_ai_openapi_client.sdk.pytest_plugin"
ROOT = Path(__file__).parents[2]
pytest_plugins = [PLUGIN, "pytester"]


@pytest.fixture
def users(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """A suite of its own, in a process of its own, with the plugin loaded as an installed one is."""
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    pytester.plugins = [PLUGIN, "anyio"]
    return pytester


def test_both_clients_are_ready_and_wait_in_no_time(jimmy_mock: JimmyMock) -> None:
    jimmy_mock.add("id1", seconds=600)
    jimmy_mock.add("id2", polls=3)
    assert jimmy_mock.client.real_person.wait("id1").is_active
    assert jimmy_mock.clock.now() >= 600
    assert asyncio.run(jimmy_mock.async_client.real_person.wait("id2")).is_active
    assert asyncio.run(jimmy_mock.async_client.real_person.status("id2")).is_active


@pytest.mark.wire
def test_under_anyio_it_runs_on_asyncio_and_says_so(users: pytest.Pytester) -> None:
    users.makepyfile(
        """
        import pytest
        from jimmy_ai_openapi_client import AsyncJimmyAI
        @pytest.fixture(params=['asyncio', 'trio'])
        def anyio_backend(request): return request.param
        @pytest.mark.anyio
        @pytest.mark.parametrize('round', [1, 2])
        async def test_mine(jimmy_mock, round):
            jimmy_mock.add('id1')
            assert (await AsyncJimmyAI().real_person.wait('id1')).is_active
        """
    )
    done = users.runpytest_subprocess("-W", "error")
    done.assert_outcomes(passed=2, errors=2)
    assert "jimmy_mock needs asyncio: let the fixture anyio_backend return 'asyncio'" in done.outlines


@pytest.mark.wire
def test_without_the_extra_only_the_fixture_fails(users: pytest.Pytester) -> None:
    users.makeconftest("import sys; sys.modules['openapi_core'] = None")
    users.makepyfile("def test_other(): pass\ndef test_mine(jimmy_mock): pass\n")
    done = users.runpytest_subprocess("-W", "error")
    done.assert_outcomes(passed=1, errors=1)
    assert "the mock needs openapi_core: pip install 'jimmy-ai-openapi-client[mock]'" in done.outlines


@pytest.mark.wire
def test_a_suite_that_uses_no_mock_imports_none(users: pytest.Pytester) -> None:
    users.makepyfile(
        """
        import sys
        def test_mine():
            heavy = {'httpx', 'attrs', 'openapi_core', 'uvicorn', 'jimmy_ai_openapi_client.sdk.mock'}
            assert not heavy & {*sys.modules}
        """
    )
    users.runpytest_subprocess("-W", "error").assert_outcomes(passed=1)


def test_pytest_finds_it_where_the_package_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert PLUGIN in project["entry-points"]["pytest11"].values()
