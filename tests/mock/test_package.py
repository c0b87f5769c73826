"""The mock as a part of the package: what it needs, and that it is documented."""

import inspect
import subprocess
import sys

import pytest

import jimmy_ai_openapi_client.sdk.mock as package

WITHOUT = """
import sys
sys.modules[{name!r}] = None
import jimmy_ai_openapi_client.sdk.mock
"""


@pytest.mark.parametrize("name", ["openapi_core", "ruamel.yaml", "uvicorn", "werkzeug"])
def test_without_the_extra_it_says_what_to_install(name: str) -> None:
    run = subprocess.run([sys.executable, "-c", WITHOUT.format(name=name)], capture_output=True, text=True, check=False)
    assert run.returncode == 1
    last = run.stderr.splitlines()[-1]
    assert last.startswith("ModuleNotFoundError: the mock needs ")
    assert last.endswith("pip install 'jimmy-ai-openapi-client[mock]'")


def test_its_face_is_documented() -> None:
    for name in package.__all__:
        face = getattr(package, name)
        assert face.__doc__
        public = [member for key, member in vars(face).items() if getattr(member, "__name__", "") == key]
        public = [member for member in public if inspect.isfunction(member) and not member.__name__.startswith("_")]
        assert all(member.__doc__ for member in public), name
