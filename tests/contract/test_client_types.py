"""What a type checker sees of the two clients: the same settings for both, and a token for one."""

import inspect
import ssl
from typing import Any, Self

import attrs
import httpx
import pytest

from .generated import annotations, client_module

REQUIRED = inspect.Parameter.empty
BY_PLACE, BY_NAME = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
# A default that attrs makes anew for each client shows as NOTHING in a signature.
SETTINGS: dict[str, tuple[Any, Any, Any]] = {
    "base_url": (str, REQUIRED, BY_PLACE),
    "raise_on_unexpected_status": (bool, False, BY_NAME),
    "cookies": (dict[str, str], attrs.NOTHING, BY_NAME),
    "headers": (dict[str, str], attrs.NOTHING, BY_NAME),
    "timeout": (httpx.Timeout | None, None, BY_NAME),
    "verify_ssl": (str | bool | ssl.SSLContext, True, BY_NAME),
    "follow_redirects": (bool, False, BY_NAME),
    "httpx_args": (dict[str, Any], attrs.NOTHING, BY_NAME),
}
TOKEN: dict[str, tuple[Any, Any, Any]] = {
    "token": (str, REQUIRED, BY_PLACE),
    "prefix": (str, "Bearer", BY_PLACE),
    "auth_header_name": (str, "Authorization", BY_PLACE),
}
CONSTRUCTORS = [(client_module.Client, SETTINGS), (client_module.AuthenticatedClient, {**SETTINGS, **TOKEN})]
METHODS: dict[str, dict[str, Any]] = {
    "with_headers": {"headers": dict[str, str]},
    "with_cookies": {"cookies": dict[str, str]},
    "with_timeout": {"timeout": httpx.Timeout},
    "set_httpx_client": {"client": httpx.Client},
    "get_httpx_client": {"return": httpx.Client},
    "set_async_httpx_client": {"async_client": httpx.AsyncClient},
    "get_async_httpx_client": {"return": httpx.AsyncClient},
    "__enter__": {},
    "__aenter__": {},
    "__exit__": {"args": Any, "kwargs": Any, "return": type(None)},
    "__aexit__": {"args": Any, "kwargs": Any, "return": type(None)},
}


@pytest.mark.parametrize(("kind", "settings"), CONSTRUCTORS, ids=lambda each: getattr(each, "__name__", ""))
def test_constructor(kind: Any, settings: dict[str, tuple[Any, Any, Any]]) -> None:
    """It takes these settings and no other, of these types, with these defaults."""
    hints, parameters = annotations(kind.__init__), inspect.signature(kind).parameters
    found = {name: (hints[name], each.default, each.kind) for name, each in parameters.items()}
    assert found == settings


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", [kind for kind, _ in CONSTRUCTORS], ids=lambda kind: kind.__name__)
def test_method(kind: Any, method: str) -> None:
    """Methods take what httpx has; those that promise nothing else give a client of the same class."""
    hints = dict(annotations(getattr(kind, method)))
    returned = hints["return"]
    assert hints == {"return": returned, **METHODS[method]}
    assert "return" in METHODS[method] or returned in {kind, Self}


@pytest.mark.parametrize("kind", [kind for kind, _ in CONSTRUCTORS], ids=lambda kind: kind.__name__)
def test_attributes(kind: Any) -> None:
    """It keeps the httpx clients that it made or was given, none at first; every setting is described."""
    kept = {"_client": httpx.Client | None, "_async_client": httpx.AsyncClient | None}
    assert {name: annotations(kind)[name] for name in kept} == kept
    assert [attrs.fields_dict(kind)[name].default for name in kept] == [None, None]
    described = kind.__doc__ or ""
    assert [name for name in dict(CONSTRUCTORS)[kind] if name not in described] == []
