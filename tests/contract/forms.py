"""Multipart forms: what a value is as one, and what was sent."""

import json
from email import message_from_bytes
from typing import Any

import httpx

from .notation import exact, text
from .values import FILE_NAME, FILE_TYPE


def parts(value: dict[str, Any]) -> list[tuple[str, str | None, str, bytes]]:
    """Return the parts of a multipart form: name, file name, media type and content of each."""
    result: list[tuple[str, str | None, str, bytes]] = []
    for name, held in value.items():
        for each in held if isinstance(held, list) else [held]:
            if isinstance(each, bytes):
                result.append((name, FILE_NAME, FILE_TYPE, each))
            elif isinstance(each, dict):
                result.append((name, None, "application/json", exact(each).encode()))
            else:
                result.append((name, None, "text/plain", text(each).encode()))
    return result


def parts_of(request: httpx.Request) -> list[tuple[str, str | None, str, bytes]]:
    """Read a multipart form as it was sent; httpx sends nothing at all for one without parts."""
    if not request.content:
        return []
    kind = message_from_bytes(b"Content-Type: " + request.headers["content-type"].encode() + b"\n\n")
    fence = b"\r\n--" + str(kind.get_boundary()).encode()
    first, *middle, last = (b"\r\n" + request.content).split(fence)
    assert (first, last.strip()) == (b"", b"--"), "the form is not closed"
    return [part_of(part) for part in middle]


def part_of(raw: bytes) -> tuple[str, str | None, str, bytes]:
    """Read one part of a form."""
    head, _, content = raw.removeprefix(b"\r\n").partition(b"\r\n\r\n")
    headers = message_from_bytes(head)
    name = headers.get_param("name", header="content-disposition")
    if headers.get_content_type() == "application/json":
        content = exact(json.loads(content)).encode()
    return str(name), headers.get_filename(), headers.get_content_type(), content
