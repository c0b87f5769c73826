"""Every error this package raises for what a server, a proxy or a network does.

    JimmyAIError
    ├── ConfigurationError            no key, a key that cannot be a header, a closed client …  (also ValueError)
    ├── APIConnectionError            no answer: DNS, refused, TLS, reset, truncated
    │   └── APITimeoutError           no answer in time                                         (also TimeoutError)
    ├── APIResponseError              an answer that cannot be used: not JSON, wrong shape, too large
    ├── APIStatusError                the service refused
    │   ├── BadRequestError           HTTP 400/422, code 20002
    │   ├── AuthenticationError       HTTP 401, code 20001
    │   ├── PermissionDeniedError     HTTP 403
    │   ├── NotFoundError             HTTP 404
    │   ├── RateLimitError            HTTP 429
    │   └── InternalServerError       HTTP 5xx, code -1
    └── WaitError                     .result: everything known when it ended
        ├── AssetFailedError          some asset failed or is unknown to the service
        └── WaitTimeoutError          the deadline passed                                       (also TimeoutError)

Errors hold plain data only, so they pickle, and never the key. `str(error)` is one printable line.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .asset import BatchResult, WaitResult

BODY_LIMIT = 64 * 1024


class JimmyAIError(Exception):
    """The base of all errors. Attributes that do not apply are None.

    `operation`, `status_code`, `code`, `msg`, `request_id`, `body` (at most 64 KiB), `retry_after` and `elapsed` in
    seconds, `attempts`; and what was already known: `batch_result` of a batch, `wait_result` of a wait.
    """

    operation: str | None = None
    """Which operation, as the last two parts of its path: `realperson/status`."""
    status_code: int | None = None
    """The HTTP status, when an answer arrived."""
    code: int | None = None
    """The service's own code in the answer."""
    msg: str | None = None
    """The service's own message."""
    request_id: str | None = None
    """The answer's `x-request-id` (or `cf-ray`), for a support request."""
    body: str | None = None
    """The start of the answer, at most 64 KiB, the key replaced by `***`."""
    retry_after: float | None = None
    """Seconds to wait before the next attempt, as the service asked."""
    attempts: int | None = None
    """How many requests were sent for this call."""
    elapsed: float | None = None
    """Seconds from the call to this error, pauses included."""

    batch_result: "BatchResult | None" = None
    """What `batch_status` already knew."""

    wait_result: "WaitResult | None" = None
    """What a wait already knew."""

    hint = ""
    """What to do next."""

    def __init__(self, message: str = "", **facts: object) -> None:
        super().__init__(message)
        self.__dict__.update(facts)

    def __str__(self) -> str:
        tries = f" ({self.attempts} attempts in {self.elapsed:.1f} s)" if self.attempts and self.attempts > 1 else ""
        return f"{super().__str__()}{tries}{self.hint and f'. {self.hint}'}"


class ConfigurationError(JimmyAIError, ValueError):
    """The client cannot work as it was set up; nothing was sent."""


class APIConnectionError(JimmyAIError):
    """No answer arrived: DNS, refused, TLS, reset, cut short."""

    hint = "Check the network, the proxy settings and base_url"
    reached = True
    """False when the request certainly never reached the service."""
    transient = True
    """False when trying again cannot help (an untrusted certificate)."""


class APITimeoutError(APIConnectionError, TimeoutError):
    """No complete answer within `timeout` seconds."""

    hint = "Try again later, or pass a longer timeout= to JimmyAI"


class APIResponseError(JimmyAIError):
    """An answer arrived that cannot be used: not JSON, not the documented shape, too large."""

    hint = "A proxy or firewall may have answered instead of the service; check base_url and proxies"
    transient = False
    """True when the answer was empty or cut short, so that another try may help."""


class APIStatusError(JimmyAIError):
    """The service refused, by HTTP status or by its own code; see `.status_code`, `.code` and `.msg`."""


class BadRequestError(APIStatusError):
    """HTTP 400 or 422, or code 20002: the service refuses the parameters."""

    hint = "Check the ids that were sent"


class AuthenticationError(APIStatusError):
    """HTTP 401, or code 20001: the key is missing, wrong or expired."""

    hint = "Check the key in JIMMYAI_API_KEY or api_key="


class PermissionDeniedError(APIStatusError):
    """HTTP 403: not allowed for this key, or a firewall in between refused."""

    hint = "Check the permissions of the key, and whether a firewall answered instead of the service"


class NotFoundError(APIStatusError):
    """HTTP 404: there is nothing at this address."""

    hint = "Check base_url and the ids"


class RateLimitError(APIStatusError):
    """HTTP 429: too many requests."""

    hint = "Send fewer requests; batch_status and wait_many ask for 100 assets at once"


class InternalServerError(APIStatusError):
    """HTTP 5xx, or code -1: an error of the service."""

    hint = "Try again later"


class WaitError(JimmyAIError):
    """A wait ended without every asset being active."""

    result: "WaitResult"
    """Everything known when it ended."""


class AssetFailedError(WaitError):
    """Some asset failed, was refused, or is unknown to the service; all others are final too."""

    hint = "See .result.failed and .result.missing"


class WaitTimeoutError(WaitError, TimeoutError):
    """The deadline passed before every asset was final. `__cause__` is the last error, if there was one."""

    hint = "Wait again for .result.pending, or pass a longer timeout="
