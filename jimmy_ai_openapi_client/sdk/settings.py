"""What a client is set up with: read from arguments and environment, checked before any I/O, the key kept secret."""

import ipaddress
import os
import re
from collections.abc import Callable
from threading import TIMEOUT_MAX
from typing import Any, Self

import httpx
from attrs import Attribute, field, frozen

from .clock import Clock
from .errors import ConfigurationError
from .secret import Secret, guarded

DEFAULT_BASE_URL = "https://www.jimmyai.cn"


def _seconds(_: object, __: object, value: Any) -> None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not (number and 0 < value <= TIMEOUT_MAX):  # more, infinity included, no socket takes
        raise ConfigurationError(f"timeout must be a finite number of seconds above 0, not {value!r}")


def _at_least(least: int) -> Callable[[object, "Attribute[int]", Any], None]:
    def check(_: object, which: "Attribute[int]", value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or value < least:
            raise ConfigurationError(f"{which.name} must be an int of at least {least}, not {value!r}")

    return check


@frozen(kw_only=True)
class Settings:
    """Checked settings of a client; every wrong one raises `ConfigurationError`."""

    key: Secret
    base_url: str
    timeout: float = field(validator=_seconds)
    max_retries: int = field(validator=_at_least(0))
    batch_size: int = field(validator=_at_least(1))
    concurrency: int = field(validator=_at_least(1))

    @classmethod
    def read(  # noqa: PLR0913  (settings, by name)
        cls,
        *,
        key: Secret,
        base_url: str | None,
        allow_http: bool,
        timeout: float,
        max_retries: int,
        batch_size: int,
        concurrency: int,
    ) -> Self:
        """Settings from arguments, else from JIMMYAI_API_KEY and JIMMYAI_BASE_URL, else the spec's server.

        The key comes wrapped already, so that no frame of an error holds it in the open.
        """
        return cls(
            key=_key(key),
            base_url=_address(
                base_url if base_url is not None else os.environ.get("JIMMYAI_BASE_URL") or DEFAULT_BASE_URL,
                allow_http=allow_http,
            ),
            timeout=timeout,
            max_retries=max_retries,
            batch_size=batch_size,
            concurrency=concurrency,
        )


def _key(given: Secret) -> Secret:
    key = Secret(os.environ.get("JIMMYAI_API_KEY", "")) if given.reveal() is None else given
    if problem := _key_problem(key.reveal()):
        raise ConfigurationError(problem)
    return guarded(Secret(key.reveal().strip()))


def _key_problem(text: Any) -> str | None:
    if not isinstance(text, str):
        return f"api_key must be a str, not {type(text).__name__}"
    text = text.strip()
    if not text:
        return "no API key: set JIMMYAI_API_KEY, or pass api_key="
    if text.casefold().startswith("bearer "):
        return "the API key starts with 'Bearer '; pass the key alone"
    if not (text.isascii() and text.isprintable() and " " not in text):
        return "the API key has a space, a line break or a non-ASCII character; copy it again"
    return None


_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.IGNORECASE)


def _address(text: Any, *, allow_http: bool) -> str:
    if not isinstance(text, str):
        raise ConfigurationError(f"base_url must be a str, not {type(text).__name__}")
    try:
        url = httpx.URL(text)
        host = url.host
    except (httpx.InvalidURL, UnicodeError):
        raise ConfigurationError(f"base_url is not a URL; it must look like {DEFAULT_BASE_URL}") from None
    # Userinfo would turn Bearer into Basic inside httpx, and may itself be a secret: it is never shown.
    if url.userinfo:
        raise ConfigurationError("base_url must not hold a user name or password; the key goes into api_key=")
    if url.scheme not in {"http", "https"} or not _is_host(url) or not text.isprintable() or " " in text:
        raise ConfigurationError(f"base_url must look like {DEFAULT_BASE_URL}, not {text[:300]!a}")
    if url.query or url.fragment or "?" in text or "#" in text:
        raise ConfigurationError("base_url must not have a query or a fragment")
    if url.scheme == "http" and not (allow_http or _is_loopback(host)):
        raise ConfigurationError(
            f"base_url {text[:300]!a} would send the key unencrypted; use https, or pass allow_http=True"
        )
    return str(url).rstrip("/")


def _is_host(url: httpx.URL) -> bool:
    name = url.raw_host.decode("ascii").removesuffix(".")
    named = ":" in name or (len(name) <= 253 and all(map(_LABEL.fullmatch, name.split("."))))
    return bool(name) and named and (url.port is None or 0 < url.port < 65536)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def checked_seams(transport: object, kind: type, clock: object) -> None:
    """ConfigurationError if what stands in for the network or for time is something else."""
    if transport is not None and not isinstance(transport, kind):
        what = type(transport).__name__
        raise ConfigurationError(f"transport must be an httpx.{kind.__name__}, such as mock.transport, not {what}")
    if clock is not None and not isinstance(clock, Clock):
        raise ConfigurationError(f"clock must be a Clock, such as FakeClock(), not {clock!r:.100}")
