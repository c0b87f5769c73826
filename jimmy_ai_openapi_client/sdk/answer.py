"""Judge one HTTP answer: the payload that can be used, or the one error that says why not. Pure."""

import json
import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import UTC
from email.utils import parsedate_to_datetime
from math import isfinite
from typing import Any, NamedTuple, cast

from . import errors
from .errors import APIResponseError, APIStatusError
from .extra import installed
from .reads import READS

Json = dict[str, Any]


class Judged(NamedTuple):
    """A usable answer: the JSON object, and what `reads` made of its data (None for other operations)."""

    payload: Json
    value: Any

    @property
    def code(self) -> int:
        """The business code."""
        return int(self.payload["code"])


_SUCCESS = {0, 20000}
_CODE = re.compile(r"-?[0-9]{1,9}")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
_BY_STATUS = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    422: errors.BadRequestError,
    429: errors.RateLimitError,
}
_UNUSABLE = {204: "no content", 206: "only a part of the answer"}
_BY_CODE = {
    20001: errors.AuthenticationError,
    20002: errors.BadRequestError,
    -1: errors.InternalServerError,
}


def judge(  # noqa: PLR0913  (one answer is all of these)
    operation: str,
    status: int,
    headers: Mapping[str, str],
    body: bytes,
    *,
    asked: Collection[str] = (),
    redacted: Callable[[str], str],
    wall: float,
) -> Judged:
    """A usable answer; else raise `APIStatusError` or `APIResponseError`.

    `headers` are looked up in lower case. Of the ids `asked` for none may be answered twice with different content.
    `wall` is the time in seconds since the epoch, to read a Retry-After date.
    """
    payload, problem, cut = parse(body, installed("msgspec.json"))
    code = _code(payload.get("code"))
    said = payload.get("msg")
    usable = 200 <= status < 300
    kind: type[APIStatusError] | None = None
    if not usable:
        kind = _by_status(status)
    elif code is not None and code not in _SUCCESS:
        kind = _BY_CODE.get(code, APIStatusError)
    elif not (problem := _UNUSABLE.get(status) or problem):
        try:
            return Judged(payload, _value(operation, code, payload.get("data"), asked))
        except ValueError as misshapen:
            problem = str(misshapen)

    known = facts(operation, status, headers, body, redacted)
    known |= {"code": code, "msg": redacted(said) if isinstance(said, str) else None}
    if kind is None:
        sort = shown(redacted(headers.get("content-type", "no content type")))
        text = f"{operation}: HTTP {status}, {len(body)} bytes of {sort}: {problem}"
        raise APIResponseError(text, **known, transient=cut and status == 200)
    where = f"HTTP {status}" if code is None else f"HTTP {status}, code {code}"
    what = _target(headers) if 300 <= status < 400 else known["msg"] or "no reason given"
    raise kind(
        f"{operation}: {where}: {shown(redacted(what))}",
        **known,
        retry_after=_retry_after(headers, wall),
    )


def facts(operation: str, status: int, headers: Mapping[str, str], body: bytes, redacted: Callable[[str], str]) -> Json:
    """What an error says of the answer it is about, complete or not, the key left out."""
    text = redacted(body.decode("utf-8", "replace"))
    return {
        "operation": operation,
        "status_code": status,
        "request_id": shown(redacted(headers.get("x-request-id") or headers.get("cf-ray") or "")) or None,
        "should_retry": {"true": True, "false": False}.get(headers.get("x-should-retry", "").strip().casefold()),
        "body": text.encode()[: errors.BODY_LIMIT].decode("utf-8", "ignore"),
    }


def parse(body: bytes, msgspec: Any = None) -> tuple[Json, str | None, bool]:
    """The object in `body` (or an empty one), what is wrong with it, and whether it was empty or cut short.

    What `msgspec` refuses `json` decides, so that an answer is judged alike with and without the extra `fast`.
    """
    if not body.strip():
        return {}, "empty", True
    try:
        payload = _decoded(body, msgspec)
    except json.JSONDecodeError as error:
        cut = _ends_early(error)
        return {}, "JSON that ends too early" if cut else "not JSON", cut
    except UnicodeDecodeError as error:
        return {}, "not UTF-8 text", error.reason == "unexpected end of data"
    except RecursionError:
        return {}, "JSON nested too deeply", False
    except ValueError:  # NaN, or an integer of thousands of digits
        return {}, "JSON with a number that is none", False
    if not isinstance(payload, dict):
        return {}, "JSON, but not an object", False
    return cast("Json", payload), None, False


def _decoded(body: bytes, msgspec: Any) -> Any:
    if msgspec:
        with suppress(Exception):
            return msgspec.decode(body)
    return _KEEPING.decode(_text(body))


def without_nulls(body: bytes) -> Json:
    """The object of a usable answer, `null` members dropped at any depth: generated code takes no null."""
    payload: Json = _DROPPING.decode(_text(body))
    return payload


def _text(body: bytes) -> str:
    return body.decode().removeprefix("\ufeff")


def _ends_early(error: json.JSONDecodeError) -> bool:
    text = error.doc.rstrip()
    if not text.lstrip().startswith("{") or error.msg.startswith("Extra data"):
        return False
    # A word or an escape that was cut is reported where it begins.
    slack = 0 if text.endswith("}") else 6
    return error.msg.startswith("Unterminated") or error.pos + slack >= len(text)


def _value(operation: str, code: int | None, data: Any, asked: Collection[str]) -> Any:
    if code is None:
        raise ValueError("no usable business code in the answer")
    if operation not in READS:
        return None
    if not isinstance(data, dict):
        raise ValueError("no data object in the answer")
    return READS[operation](cast("Json", data), asked)


def _present(pairs: list[tuple[str, Any]]) -> Json:
    return {name: value for name, value in pairs if value is not None}


def _refuse(constant: str) -> None:
    raise ValueError(constant)


_KEEPING = json.JSONDecoder(parse_constant=_refuse)
_DROPPING = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_present)


def _code(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | str) or not _CODE.fullmatch(str(value)):
        return None
    return int(value)


def _by_status(status: int) -> type[APIStatusError]:
    return _BY_STATUS.get(status, errors.InternalServerError if 500 <= status < 600 else APIStatusError)


def _target(headers: Mapping[str, str]) -> str:
    return f"a redirect to {headers.get('location') or 'nowhere'}, which is not followed; check base_url"


def shown(text: str) -> str:
    """At most 300 characters, on one line, the unprintable ones escaped."""
    escaped = (c if c.isprintable() else c.encode("unicode_escape").decode() for c in text[:300])
    return "".join(escaped)[:300]


def _retry_after(headers: Mapping[str, str], wall: float) -> float | None:
    """Seconds from `retry-after-ms`, else `Retry-After` (a number or an HTTP date); None if absent or senseless."""
    plain = headers.get("retry-after", "").strip()
    for text, unit in ((headers.get("retry-after-ms", "").strip(), 1000), (plain, 1)):
        if _NUMBER.fullmatch(text) and isfinite(seconds := float(text) / unit):
            return seconds
    with suppress(ValueError, OverflowError):
        moment = parsedate_to_datetime(plain)
        seconds = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - wall
        return seconds if seconds >= 0 else None
    return None
