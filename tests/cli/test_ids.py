"""Where ids come from."""

from pathlib import Path

import pytest

from jimmy_ai_openapi_client.sdk.mock import MockService

from .conftest import Run


@pytest.mark.parametrize(
    "content",
    [
        b"a\nb\n",
        b"\xef\xbb\xbfa\r\nb\r\n",
        b"# first\n\na\n   \n  # indented\n\tb  \na",
        b"\xef\xbb\xbf# bom before a comment\na\nb",
    ],
    ids=["plain", "windows", "comments", "bom"],
)
def test_a_file(run: Run, mock: MockService, tmp_path: Path, content: bytes) -> None:
    mock.add("a", "b")
    file = tmp_path / "ids.txt"
    file.write_bytes(content)
    assert list(run("batch", "-f", file).by_id) == ["a", "b"]
    assert list(run("batch", "-", stdin=content).by_id) == ["a", "b"]
    assert list(run("wait", "-f", "-", stdin=content).by_id) == ["a", "b"]
