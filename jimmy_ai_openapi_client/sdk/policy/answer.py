"""Validate one HTTP answer: the payload that can be used, or the error that says why it cannot be used."""

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC
from email.utils import parsedate_to_datetime
from math import isfinite
from typing import Any, NamedTuple, cast

from attrs import define, field

from .. import errors
from ..errors import APIResponseError, APIStatusError

Json = dict[str, Any]

SUCCESS = {0, 200, 20000}
_CODE = re.compile(r"-?[0-9]{1,9}")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]*)?|\.[0-9]+")
_BY_STATUS = {
    400: errors.BadRequestError,
    401: errors.AuthenticationError,
    403: errors.PermissionDeniedError,
    404: errors.NotFoundError,
    422: errors.BadRequestError,
    429: errors.RateLimitError,
    **dict.fromkeys(range(500, 600), errors.InternalServerError),
}
_BY_CODE = {
    20001: errors.AuthenticationError,
    20002: errors.BadRequestError,
    -1: errors.InternalServerError,
}
_INCOMPLETE = {204: "no content", 206: "only a part of the answer"}


class Operation(NamedTuple):
    """`is_read`: it changes nothing, so it may be sent again. `fits` says whether data has the documented shape."""

    name: str
    is_read: bool
    fits: Callable[[Any], bool] | None = None


def _is_object(data: Any) -> bool:
    return isinstance(data, dict)


def _has_objects(data: Any) -> bool:
    """`items` may be null or absent: that is what a Go server makes of no rows."""
    if data is None:
        return True
    items = data.get("items", []) if isinstance(data, dict) else None
    return isinstance(items, list) and all(isinstance(item, dict) for item in items)


_REALPERSON = "/api/open-api/v1/seedance/sp/realperson"

READ_OPERATIONS: dict[tuple[str, str], Callable[[Any], bool]] = {
    ("POST", f"{_REALPERSON}/status"): _is_object,
    ("POST", f"{_REALPERSON}/batch-status"): _has_objects,
}
"""The documented queries, by method and path below the base URL. They are POST, yet change nothing."""

_SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}  # RFC 9110


def operation_of(method: str, path: str) -> Operation:
    """The operation of a request to `path` below the base URL, named by the last two parts of the path."""
    name = "/".join(path.strip("/").split("/")[-2:])[:100]
    fits = READ_OPERATIONS.get((method, path))
    return Operation(name, fits is not None or method in _SAFE_METHODS, fits)


@define
class Received:
    """What has arrived of an answer. `headers` map text to text, by names in lower case."""

    operation: Operation
    redacted: Callable[[str], str]
    """Takes the key out of a text."""
    status: int = 0
    headers: Any = field(factory=dict[str, str])
    body: bytes | bytearray = b""

    def facts(self) -> Json:
        """What an error says of the answer it is about, complete or not."""
        if not self.status:
            return {"operation": self.operation.name}
        request_id = self.headers.get("x-request-id") or self.headers.get("cf-ray") or ""
        text = self.redacted(self.body.decode("utf-8", "replace"))
        return {
            "operation": self.operation.name,
            "status_code": self.status,
            "request_id": shown(self.redacted(request_id)) or None,
            "body": text.encode()[: errors.BODY_LIMIT].decode("utf-8", "ignore"),
        }

    def words(self, payload: Json) -> str | None:
        """The service's own words: `msg`, else `message`, else `error.message`, as its endpoints differ."""
        error = payload.get("error")
        nested = error.get("message") if isinstance(error, dict) else None
        said = (payload.get("msg"), payload.get("message"), nested)
        return next((self.redacted(text) for text in said if isinstance(text, str)), None)

    def unusable(self, problem: str, **facts: Any) -> APIResponseError:
        """The error for an answer that cannot be used."""
        sort = shown(self.redacted(self.headers.get("content-type", "no content type")))
        start = f"{self.operation.name}: HTTP {self.status}, {len(self.body)} bytes of {sort}"
        return APIResponseError(f"{start}: {shown(self.redacted(problem))}", **self.facts(), **facts)


def judge(received: Received, wall: float) -> Json:
    """The payload of a usable answer, without its null members; else raise `APIStatusError` or `APIResponseError`.

    `wall` is the time in seconds since the epoch, to read a Retry-After date.
    """
    payload, problem, cut = parse(received.body)
    code, msg = _code(payload.get("code")), received.words(payload)
    if not 200 <= received.status < 300:
        raise _refusal(_BY_STATUS.get(received.status, APIStatusError), received, code, msg, wall)
    if code is not None and code not in SUCCESS:
        raise _refusal(_BY_CODE.get(code, APIStatusError), received, code, msg, wall)
    problem = _INCOMPLETE.get(received.status) or problem
    if not problem and code is None:
        problem = "no usable business code in the answer"
    if not problem and received.operation.fits and not received.operation.fits(payload.get("data")):
        problem = "data is not of the documented shape"
    if problem:
        raise received.unusable(problem, code=code, msg=msg, transient=cut and received.status == 200)
    return payload


def _refusal(
    kind: type[APIStatusError], received: Received, code: int | None, msg: str | None, wall: float
) -> APIStatusError:
    where = f"HTTP {received.status}" if code is None else f"HTTP {received.status}, code {code}"
    reason = shown(msg or "no reason given")
    if 300 <= received.status < 400:
        target = received.redacted(received.headers.get("location") or "nowhere")
        reason = shown(f"a redirect to {target}, which is not followed; check base_url")
    text = f"{received.operation.name}: {where}: {reason}"
    return kind(text, **received.facts(), code=code, msg=msg, retry_after=_retry_after(received.headers, wall))


def parse(body: bytes | bytearray) -> tuple[Json, str | None, bool]:
    """The object in `body` (or an empty one), what is wrong with it, and whether it was empty or cut short.

    Members that are null are left out at any depth: generated code takes no null, and null means absent here.
    """
    if not body.strip():
        return {}, "empty", True
    try:
        payload = (_WITHOUT_NULLS if b"null" in body else _PLAIN).decode(body.decode().removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        cut = _ends_early(error)
        return {}, "truncated JSON" if cut else "not JSON", cut
    except UnicodeDecodeError as error:
        return {}, "not UTF-8 text", error.reason == "unexpected end of data"
    except (RecursionError, ValueError):  # an integer of thousands of digits is a ValueError, as NaN is
        return {}, "JSON nested too deeply, or with an invalid number", False
    if not isinstance(payload, dict):
        return {}, "JSON, but not an object", False
    return cast("Json", payload), None, False


def _ends_early(error: json.JSONDecodeError) -> bool:
    text = error.doc.rstrip()
    if not text.lstrip().startswith("{") or error.msg.startswith("Extra data"):
        return False
    # A word or an escape that was cut is reported where it begins.
    slack = 0 if text.endswith("}") else 6
    return error.msg.startswith("Unterminated") or error.pos + slack >= len(text)


def _present(pairs: list[tuple[str, Any]]) -> Json:
    return {name: value for name, value in pairs if value is not None}


def _refuse(constant: str) -> None:
    raise ValueError(constant)


_PLAIN = json.JSONDecoder(parse_constant=_refuse)
_WITHOUT_NULLS = json.JSONDecoder(parse_constant=_refuse, object_pairs_hook=_present)


def _code(value: object) -> int | None:
    if not isinstance(value, int | str) or not _CODE.fullmatch(str(value)):  # the text of a bool is no number
        return None
    return int(value)


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
