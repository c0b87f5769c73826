"""A key that shows itself to nobody who does not ask for it by name."""

import logging
from collections.abc import Callable
from typing import Any, NoReturn
from weakref import WeakSet


class Secret:
    """Text that only `reveal` shows, and that is never pickled or copied."""

    __slots__ = ("__weakref__", "reveal")

    def __init__(self, text: Any) -> None:
        self.reveal: Callable[[], Any] = lambda: text

    def __repr__(self) -> str:
        return "Secret(***)"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not pickled or copied; create the client where it is used")

    def redacted(self, text: str) -> str:
        """`text` with the secret replaced by `***`."""
        return text.replace(self.reveal(), "***")


class _Redacting(logging.Filter):
    """httpx and httpcore log what a server answers, and a server may echo the key."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets = WeakSet[Secret]()

    def filter(self, record: logging.LogRecord) -> bool:
        said = clean = record.getMessage()
        for secret in list(self.secrets):
            clean = secret.redacted(clean)
        if clean != said:
            record.msg, record.args = clean, ()
        return True


_redacting = _Redacting()
for _name in ("httpx", "httpcore.connection", "httpcore.http11", "httpcore.proxy", "httpcore.socks"):
    logging.getLogger(_name).addFilter(_redacting)


def guarded(secret: Secret) -> Secret:
    """The secret, kept out of other libraries' log records for as long as it lives."""
    _redacting.secrets.add(secret)
    return secret
