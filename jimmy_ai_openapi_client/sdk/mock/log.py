"""One line a request, for people."""

import logging

from .seen import Seen

logger = logging.getLogger("jimmy_ai_openapi_client.mock")


def line(seen: Seen, seconds: float) -> str:
    """Method, path, operation, HTTP status, code, duration; what was made to go wrong; what was wrong and where."""
    answer = "no answer" if seen.status is None else f"HTTP {seen.status}"
    code = "" if seen.code is None else f", code {seen.code}"
    text = f"{seen.method} {seen.path} {seen.operation or '-'}: {answer}{code}, {seconds * 1000:.1f} ms"
    for name, more in (("fault", seen.fault), ("wrong", seen.problem)):
        text += f"; {name}: {more}" if more else ""
    # A client chose some of this: no control character of its choice reaches a terminal.
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)
