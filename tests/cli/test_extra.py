"""Without the extra, or with a part of what it brings, the command says in one line what to install."""

import sys

import pytest

from jimmy_ai_openapi_client.sdk import cli


@pytest.mark.parametrize("gone", [["click"], ["rich"], ["click", "rich"]], ids=" and ".join)
def test_one_line(gone: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The mock alone brings click, by way of uvicorn."""
    for name in gone:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = f"jimmy-ai needs {' and '.join(gone)}: pip install 'jimmy-ai-openapi-client[cli]'\n"
    assert (ended.value.code, *capsys.readouterr()) == (2, "", said)
