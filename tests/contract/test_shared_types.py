"""What is the same in every package: the clients' signatures, what is not there, a file, an answer, an error."""

import inspect
from collections.abc import Mapping, MutableMapping
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import IO, Any, BinaryIO, Literal, get_type_hints

import attrs
import httpx
import pytest

from jimmy_ai_openapi_client import errors, types
from jimmy_ai_openapi_client.client import AuthenticatedClient, Client

from .document import load
from .generated import annotations

SIGNATURES = load(Path(__file__).with_name("signatures.yaml"))
CONTENT = IO[bytes] | bytes | str
FILE_TYPES = tuple[str | None, CONTENT, str | None] | tuple[str | None, CONTENT, str | None, Mapping[str, str]]
RESPONSE = {"status_code": HTTPStatus, "content": bytes, "headers": MutableMapping[str, str], "parsed": types.T | None}
PROMISES: list[tuple[Any, dict[str, Any]]] = [
    (types.Unset.__bool__, {"return": Literal[False]}),
    (types.Unset.__repr__, {"return": str}),
    (types.File, {"payload": BinaryIO, "file_name": str | None, "mime_type": str | None}),
    (types.File.to_tuple, {"return": FILE_TYPES}),
    (types.Response, RESPONSE),
    (errors.UnexpectedStatus.__init__, {"status_code": int, "content": bytes}),
]


@pytest.mark.parametrize("kind", [Client, AuthenticatedClient])
def test_clients(kind: Any) -> None:
    """They take these settings and no other, of these types, with these defaults, all described; so do their methods.

    They keep the httpx clients that they made or were given, none at first.
    """
    found = {name: str(inspect.signature(getattr(kind, name))) for name in SIGNATURES["methods"]}
    wanted = {name: each.replace("CLASS", kind.__name__) for name, each in SIGNATURES["methods"].items()}
    assert found == wanted
    assert str(inspect.signature(kind)).replace("typing.", "") == SIGNATURES[kind.__name__]
    assert [name for name in inspect.signature(kind).parameters if name not in (kind.__doc__ or "")] == []
    kept = {"_client": httpx.Client | None, "_async_client": httpx.AsyncClient | None}
    assert {name: annotations(kind)[name] for name in kept} == kept
    assert [attrs.fields_dict(kind)[name].default for name in kept] == [None, None]


@pytest.mark.parametrize(("subject", "promise"), PROMISES)
def test_types(subject: Any, promise: dict[str, Any]) -> None:
    """They are typed."""
    assert get_type_hints(subject) == promise


def test_exports() -> None:
    """These are the names that can be imported."""
    assert sorted(types.__all__) == ["File", "FileTypes", "RequestFiles", "Response", "UNSET", "Unset"]
    assert errors.__all__ == ["UnexpectedStatus"]
    assert types.FileTypes == FILE_TYPES
    assert types.RequestFiles == list[tuple[str, FILE_TYPES]]


def test_unset() -> None:
    """UNSET stands for what is not there: it is false, and nothing that a server could send; `help()` names it."""
    assert not types.UNSET
    assert repr(types.UNSET) == "UNSET"
    assert type(types.UNSET) is types.Unset
    assert get_type_hints(types)["UNSET"] is types.Unset


def test_file() -> None:
    """A file may have a name and a media type; httpx gets all three in its order."""
    content = BytesIO(b"content")
    assert types.File(content).to_tuple() == (None, content, None)
    assert types.File(content, "a.png", "image/png").to_tuple() == ("a.png", content, "image/png")
