"""The pytest fixture, and what its plugin keeps its hands off."""

import asyncio
import os
import subprocess
import sys
import tomllib
from pathlib import Path

from jimmy_ai_openapi_client.sdk.mock import JimmyMock

pytest_plugins = ["jimmy_ai_openapi_client.sdk.pytest_plugin"]
ROOT = Path(__file__).parents[2]
PLUGIN = "jimmy_ai_openapi_client.sdk.pytest_plugin"


def run(*arguments: str | Path, code: str = "import pytest; pytest.main") -> subprocess.CompletedProcess[str]:
    """Pytest in a process of its own, with the plugin loaded as an installed one is."""
    script = f"import sys; {code}; import pytest; sys.exit(pytest.main(sys.argv[1:]))"
    command = [sys.executable, "-c", script, "-p", PLUGIN, "-p", "no:cacheprovider", "-W", "error", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_both_clients_are_ready_and_wait_in_no_time(jimmy_mock: JimmyMock) -> None:
    jimmy_mock.add("id1", seconds=600)
    jimmy_mock.add("id2", polls=3)
    assert jimmy_mock.client.real_person.wait("id1").is_active
    assert jimmy_mock.clock.now() >= 600
    assert asyncio.run(jimmy_mock.async_client.real_person.wait("id2")).is_active
    assert asyncio.run(jimmy_mock.async_client.real_person.status("id2")).is_active


def test_requests_tell_what_was_asked_and_answered(jimmy_mock: JimmyMock) -> None:
    jimmy_mock.add("id1", polls=0)
    jimmy_mock.fault.code()
    jimmy_mock.fault.reset()
    jimmy_mock.client.real_person.status("id1")
    assert {(seen.operation, str(seen.body)) for seen in jimmy_mock.requests} == {
        ("querySeedanceSpRealPersonStatus", "{'asset_id': 'id1'}")
    }
    assert [(seen.status, seen.code, seen.fault) for seen in jimmy_mock.requests] == [
        (200, -1, "code -1"),
        (None, None, "reset"),
        (200, 0, None),
    ]


def test_the_example_of_a_users_tests() -> None:
    done = run("-q", "-p", "pytest_timeout", ROOT / "examples" / "test_portraits.py")
    assert done.stdout.splitlines()[-1].startswith("2 passed in "), done.stdout + done.stderr


def test_under_anyio_it_runs_on_asyncio_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "test_mine.py"
    file.write_text(
        "import pytest\n"
        "from jimmy_ai_openapi_client import AsyncJimmyAI\n"
        "@pytest.fixture(params=['asyncio', 'trio'])\n"
        "def anyio_backend(request): return request.param\n"
        "@pytest.mark.anyio\n"
        "@pytest.mark.parametrize('round', [1, 2])\n"
        "async def test_mine(jimmy_mock, round):\n"
        "    jimmy_mock.add('id1')\n"
        "    assert (await AsyncJimmyAI().real_person.wait('id1')).is_active\n"
    )
    done = run("-q", "-p", "anyio", file)
    assert done.stdout.splitlines()[-1].startswith("2 passed, 2 errors in "), done.stdout + done.stderr
    assert "\njimmy_mock needs asyncio: let the fixture anyio_backend return 'asyncio'\n" in done.stdout


def test_without_the_extra_only_the_fixture_fails(tmp_path: Path) -> None:
    file = tmp_path / "test_mine.py"
    file.write_text("def test_other(): pass\ndef test_mine(jimmy_mock): pass\n")
    done = run("-q", file, code="sys.modules['openapi_core'] = None")
    assert "1 passed, 1 error in " in done.stdout
    said = "the mock needs openapi_core: pip install 'jimmy-ai-openapi-client[mock]'"
    assert f"ERROR at setup of test_mine __________________________\n{said}\n====" in done.stdout


def test_a_suite_that_uses_no_mock_imports_none(tmp_path: Path) -> None:
    file = tmp_path / "test_mine.py"
    file.write_text(
        "import sys\n"
        "def test_mine():\n"
        "    heavy = {'httpx', 'attrs', 'openapi_core', 'uvicorn', 'jimmy_ai_openapi_client.sdk.mock'}\n"
        "    assert not heavy & {*sys.modules}\n"
    )
    done = run("-q", file)
    assert done.stdout.splitlines()[-1].startswith("1 passed in "), done.stdout + done.stderr


def test_pytest_finds_it_where_the_package_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert PLUGIN in project["entry-points"]["pytest11"].values()
