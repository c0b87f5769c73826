"""A second opinion: openapi-core reads the same spec and says whether a request obeys it."""

import json
import warnings
from collections.abc import Callable, Mapping
from typing import Any

import httpx
from openapi_core import Config, OpenAPI
from openapi_core.testing import MockRequest
from werkzeug.datastructures import ImmutableMultiDict

from .document import DOCUMENT
from .spec import OPERATIONS
from .wire import BASE

BYTES = {"multipart/form-data", "application/octet-stream"}


def digestible(node: Any) -> Any:
    """Write out what openapi-core cannot judge: bodies that are bytes, or hold some, which it wants to be text; empty
    texts in a query, which it refuses; what is deprecated, of which it warns.
    """
    if isinstance(node, list):
        return [digestible(each) for each in node]
    if not isinstance(node, Mapping):
        return node
    more = {"allowEmptyValue": True} if node.get("in") == "query" and "schema" in node else {}
    kept = {key: each for key, each in node.items() if key != "deprecated" or not isinstance(each, bool)}
    return {key: {} if key in BYTES else digestible(each) for key, each in kept.items()} | more


SPOKEN = {*(media for each in OPERATIONS for media in each.body)}
SPOKEN |= {answer.media for each in OPERATIONS for answer in each.answers if answer.media}
VENDORS: dict[str, Callable[[bytes], Any]] = {media: json.loads for media in SPOKEN if media.endswith("+json")}
CONFIG = Config(extra_media_type_deserializers=VENDORS)
JUDGE = OpenAPI.from_dict({**digestible(DOCUMENT), "servers": [{"url": BASE}]}, config=CONFIG)


def as_judged(request: httpx.Request) -> MockRequest:
    """Return a request as openapi-core wants to see it; a form without a field is there, though it is empty."""
    address, path = f"{request.url.scheme}://{request.url.netloc.decode()}", request.url.raw_path.decode()
    seen = MockRequest(
        address,
        request.method,
        path.partition("?")[0],
        args=ImmutableMultiDict(request.url.params.multi_items()),
        headers=dict(request.headers),
        cookies=dict(part.split("=", 1) for part in request.headers.get("cookie", "").split("; ") if part),
        content_type=request.headers.get("content-type", ""),
    )
    seen.body = request.content or (b"" if "form" in seen.content_type else None)  # type: ignore[assignment]
    return seen


def judge(request: httpx.Request) -> None:
    """Fail unless the request obeys the spec."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Use of allowEmptyValue", DeprecationWarning)
        JUDGE.validate_request(as_judged(request))
