"""What a client and its calls are given: read from arguments and environment, and checked before any I/O."""
# Callers may have no type checker.
# pyright: reportUnnecessaryIsInstance=false

import ipaddress
import logging
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from html import escape
from inspect import iscoroutinefunction
from threading import TIMEOUT_MAX
from typing import Any, ClassVar, NoReturn
from weakref import WeakValueDictionary

import httpx
from attrs import frozen

from ..limits import MAX_ITEMS
from .clock import Clock
from .errors import ConfigurationError

DEFAULT_BASE_URL = "https://www.jimmyai.cn"
MOST_IDS = MAX_ITEMS.get("SeedanceSpRealPersonBatchStatusRequest.asset_ids", sys.maxsize)
"""Ids that the spec lets one request have."""
SHORTEST_SEARCHED = 8
"""Characters. A shorter key is not searched for in texts: it would be found in ordinary words."""


class Secret:
    """Text that only `reveal` shows, and that is never pickled or copied."""

    __slots__ = ("__weakref__", "reveal")

    def __init__(self, text: Any) -> None:
        self.reveal: Callable[[], Any] = lambda: text

    def __repr__(self) -> str:
        return "Secret(***)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key cannot be pickled or copied; create the client where it is used")

    def redacted(self, text: str) -> str:
        """`text` with the secret, in any letter case and however it is escaped, replaced by `***`."""
        secret = self.reveal()
        if SHORTEST_SEARCHED <= len(secret) <= len(text):
            return re.sub("".join(map(_escaped, secret)), "***", text, flags=re.IGNORECASE)
        return text


def _escaped(c: str) -> str:
    """What finds a character as it is, and as JSON, URLs and HTML write it."""
    return rf"(?:\\?{re.escape(c)}|{re.escape(escape(c))}|(?:\\u00|%|&#x){ord(c):02x};?|&#{ord(c)};)"


class _Redacting(logging.Filter):
    """httpx and what it stands on log what a server answers, and a server may echo the key."""

    secrets: ClassVar[WeakValueDictionary[int, Secret]] = WeakValueDictionary()

    def filter(self, record: logging.LogRecord) -> bool:
        said = clean = record.getMessage()
        for reference in self.secrets.valuerefs():  # a list at once: another thread may be making a client
            if secret := reference():
                clean = secret.redacted(clean)
        if clean != said:
            record.msg, record.args = clean, ()
        return True


for _name in (
    "httpx",
    *(f"httpcore.{part}" for part in ("connection", "http11", "http2", "proxy", "socks")),
    *(f"hpack.{part}" for part in ("hpack", "table")),
):
    logging.getLogger(_name).addFilter(_Redacting())


def read_key(given: Secret) -> Secret:
    """The key given, else JIMMYAI_API_KEY. It comes wrapped, so that no frame of an error holds it in the open."""
    key = Secret(os.environ.get("JIMMYAI_API_KEY", "")) if given.reveal() is None else given
    if problem := _key_problem(key.reveal()):
        raise ConfigurationError(problem)
    key = Secret(key.reveal().strip())
    _Redacting.secrets[id(key)] = key
    return key


def _key_problem(text: Any) -> str | None:
    if not isinstance(text, str):
        return f"api_key must be a str, not {type(text).__name__}"
    text = text.strip()
    if not text:
        return "no API key: set JIMMYAI_API_KEY, or pass api_key="
    if not (text.isascii() and text.isprintable() and " " not in text):
        return "the API key has a space, a line break or a non-ASCII character; pass it alone, without 'Bearer '"
    return None


def read_base_url(given: Secret, *, allow_http: bool) -> str:
    """The address given, else JIMMYAI_BASE_URL, else the spec's server. It comes wrapped, as it may hold a password."""
    address = Secret(os.environ.get("JIMMYAI_BASE_URL") or DEFAULT_BASE_URL) if given.reveal() is None else given
    url = _address(address.reveal())
    if url is None:
        raise ConfigurationError(
            f"base_url must look like {DEFAULT_BASE_URL}, without a user name, password, query or fragment"
        )
    if url.scheme == "http" and not (allow_http or _is_loopback(url.host)):
        raise ConfigurationError(
            f"base_url {str(url)[:300]!a} would send the key unencrypted; use https, or pass allow_http=True"
        )
    return str(url).rstrip("/")


_ADDRESS = re.compile(r"https?://[^/?#@ ]+(/[^?# ]*)?", re.IGNORECASE)
"""Userinfo would turn Bearer into Basic inside httpx."""


def _address(text: Any) -> httpx.URL | None:
    if isinstance(text, str) and text.isprintable() and _ADDRESS.fullmatch(text):
        with suppress(httpx.InvalidURL, UnicodeError):
            url = httpx.URL(text)
            return url if url.host else None
    return None


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


_OWNED_HEADERS = {"accept-encoding", "authorization", "cookie", "host"}
_FROM_BODY = {"content-length", "content-type", "transfer-encoding"}


def checked_headers(headers: Mapping[str, str] | None) -> dict[str, str]:
    """Headers for every request, by names in lower case, as names of any case are the same.

    `ConfigurationError` for what is no header, or set by the client itself.
    """
    if not isinstance(headers, Mapping | None):
        raise ConfigurationError(f"headers must be a mapping of str to str, not {type(headers).__name__}")
    found = dict(headers or {})
    for name, value in found.items():
        if not isinstance(name, str) or not re.fullmatch(r"[!#$%&'*+.^_`|~\w-]+", name, re.ASCII):
            raise ConfigurationError(f"headers has an invalid name: {name!r:.100}")
        if name.lower() in _OWNED_HEADERS | _FROM_BODY:
            raise ConfigurationError(f"headers must not have {name}, which the client sets from api_key= and base_url=")
        if not isinstance(value, str) or not (value.isascii() and value.isprintable()):
            raise ConfigurationError(f"headers[{name!r}] must be printable ASCII text")
    return {name.lower(): value for name, value in found.items()}


def _is_number(value: Any, kinds: Any = int | float) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)


@frozen
class Settings:
    """Checked settings of a client; every wrong one raises `ConfigurationError`."""

    key: Secret
    base_url: str
    timeout: float
    max_retries: int
    batch_size: int
    concurrency: int
    headers: dict[str, str]
    clock: Clock
    deadline: float | None = None
    """When a wait ends, on `clock`: no attempt lasts longer, and no pause before a retry."""

    @property
    def chunk_size(self) -> int:
        """Ids in one request: `batch_size`, or fewer where the spec allows only fewer."""
        return min(self.batch_size, MOST_IDS)

    def __attrs_post_init__(self) -> None:
        if not (_is_number(self.timeout) and 0 < self.timeout <= TIMEOUT_MAX):  # no socket takes more
            raise ConfigurationError(f"timeout must be a finite number of seconds above 0, not {self.timeout!r:.100}")
        for name, least in {"max_retries": 0, "batch_size": 1, "concurrency": 1}.items():
            if not (_is_number(value := getattr(self, name), int) and value >= least):
                raise ConfigurationError(f"{name} must be an int of at least {least}, not {value!r:.100}")
        if not isinstance(self.clock, Clock):
            raise ConfigurationError(f"clock must be a Clock, such as FakeClock(), not {self.clock!r:.100}")


def checked_id(asset_id: str, name: str = "asset_id") -> str:
    """The id itself; TypeError if it is not text, ValueError if it is blank, padded or has unprintable characters."""
    if not isinstance(asset_id, str):
        raise TypeError(f"{name} must be a str, not {type(asset_id).__name__}")
    if not asset_id or asset_id != asset_id.strip() or not asset_id.isprintable():
        problem = f"is blank, or has surrounding space or unprintable characters: {asset_id[:100]!a}"
        raise ValueError(f"{name} {problem}; pass the asset_id that the whitelist submit returned")
    return asset_id


def checked_ids(asset_ids: Iterable[str]) -> list[str]:
    """The ids in the order given, each once; TypeError and ValueError as for one id."""
    if isinstance(asset_ids, str | bytes) or not isinstance(asset_ids, Iterable):
        raise TypeError(f"asset_ids must be an iterable of str, such as a list, not {type(asset_ids).__name__}")
    return list(dict.fromkeys(checked_id(one, f"asset_ids[{place}]") for place, one in enumerate(asset_ids)))


def checked_wait(timeout: float | None) -> float | None:
    """The timeout of a wait itself; ValueError if it is neither None nor a finite number that is not negative."""
    # No clock takes more than TIMEOUT_MAX, which also keeps out infinity.
    if timeout is not None and not (_is_number(timeout) and 0 <= timeout <= TIMEOUT_MAX):
        raise ValueError(f"timeout must be finite seconds from 0 on, or None for no limit, not {timeout!r:.100}")
    return timeout


def check_wait_options(
    on_failure: str, *, may_be_async: bool = False, **listeners: Callable[..., object] | None
) -> None:
    """TypeError for a listener that is not callable, or async where nothing awaits it; ValueError for the choice."""
    if on_failure not in {"raise", "return"}:
        raise ValueError(f"on_failure must be 'raise' or 'return', not {on_failure!r}")
    for name, listener in listeners.items():
        if listener is not None and not callable(listener):
            raise TypeError(f"{name} must be callable, not {type(listener).__name__}")
        if not may_be_async and any(map(iscoroutinefunction, (listener, getattr(listener, "__call__", None)))):  # noqa: B004
            raise TypeError(f"{name} is async; use AsyncJimmyAI, which awaits it, or pass a plain function")
