"""What the library logs, for the one who watches."""

import logging
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def logged(*, debug: bool, quiet: bool) -> Generator[None]:
    """Show warnings, with `debug` every request and retry too, with `quiet` neither."""
    logger = logging.getLogger("jimmy_ai_openapi_client")
    before = logger.level
    handler = logging.StreamHandler() if debug else logging.NullHandler() if quiet else logging.lastResort
    assert handler  # the last resort writes warnings to whatever sys.stderr is at the time
    handler.addFilter(_is_ours)
    if debug:
        handler.setFormatter(logging.Formatter("%(asctime)s.%(msecs)03d %(message)s", "%H:%M:%S"))
        logger.setLevel(logging.DEBUG)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
        handler.removeFilter(_is_ours)
        logger.setLevel(before)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name == "jimmy_ai_openapi_client"  # not the mock's, which has lines of its own
