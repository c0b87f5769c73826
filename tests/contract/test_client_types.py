"""What a type checker sees of the two clients: the same settings for both, and a token for one."""

import inspect
from pathlib import Path
from typing import Any

import attrs
import httpx
import pytest

from .document import load
from .generated import annotations, client_module

SIGNATURES = load(Path(__file__).with_name("signatures.yaml"))
CLASSES = (client_module.Client, client_module.AuthenticatedClient)


@pytest.mark.parametrize("kind", CLASSES)
def test_signatures(kind: Any) -> None:
    """They take these settings and no other, of these types, with these defaults; so do their methods."""
    found = {name: str(inspect.signature(getattr(kind, name))) for name in SIGNATURES["methods"]}
    wanted = {name: each.replace("CLASS", kind.__name__) for name, each in SIGNATURES["methods"].items()}
    assert found == wanted
    assert str(inspect.signature(kind)).replace("typing.", "") == SIGNATURES[kind.__name__]


@pytest.mark.parametrize("kind", CLASSES)
def test_attributes(kind: Any) -> None:
    """It keeps the httpx clients that it made or was given, none at first; every setting is described."""
    kept = {"_client": httpx.Client | None, "_async_client": httpx.AsyncClient | None}
    assert {name: annotations(kind)[name] for name in kept} == kept
    assert [attrs.fields_dict(kind)[name].default for name in kept] == [None, None]
    assert [name for name in inspect.signature(kind).parameters if name not in (kind.__doc__ or "")] == []
