"""Text from the web, in bounds: https alone, no redirect, so much and no longer."""

import time

import httpx

from codegen.refused import RefusedError

LARGEST = 1 << 20
LONGEST = 30.0  # seconds in all


def fetch(url: str) -> bytes:
    deadline = time.monotonic() + LONGEST
    shown = repr(url)
    try:
        with httpx.Client(timeout=10) as client, client.stream("GET", _allowed(url)) as response:
            if response.status_code != 200:
                target = f" to {response.headers['Location']!r}" if "Location" in response.headers else ""
                raise RefusedError(f"{shown} answered with HTTP {response.status_code}{target}; nothing is followed")
            content = b""
            for chunk in response.iter_bytes():
                content += chunk
                if len(content) > LARGEST:
                    raise RefusedError(f"{shown} is larger than {LARGEST} bytes")
                if time.monotonic() > deadline:
                    raise RefusedError(f"{shown} did not come in {LONGEST:.0f} seconds")
    except httpx.HTTPError as error:
        raise RefusedError(f"{shown} cannot be read", [f"{type(error).__name__}: {error}"]) from error
    return content


def _allowed(url: str) -> httpx.URL:
    try:
        address = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise RefusedError(f"{url!r} is no address", [str(error)]) from error
    if address.scheme != "https" or not address.host or address.userinfo:
        raise RefusedError(f"{url!r} is not read: pages come by https, without a name and password in the address")
    return address
