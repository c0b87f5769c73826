# Generated from openapi.yaml by generate.sh. Do not edit.
"""A client for the Jimmy AI API: generated code, and `JimmyAI` on top.

A name is imported when it is first used, so importing the package alone costs next to nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .client import AuthenticatedClient, Client
    from .sdk.asset import (
        AssetStatus,
        BatchResult,
        Progress,
        RealPersonAsset,
        WaitResult,
    )
    from .sdk.client import AsyncJimmyAI, JimmyAI
    from .sdk.errors import (
        APIConnectionError,
        APIResponseError,
        APIStatusError,
        APITimeoutError,
        AssetFailedError,
        AuthenticationError,
        BadRequestError,
        ConfigurationError,
        InternalServerError,
        JimmyAIError,
        NotFoundError,
        PermissionDeniedError,
        RateLimitError,
        WaitError,
        WaitTimeoutError,
    )
    from .sdk.version import __version__
else:
    from importlib import import_module as _import

    # Where public names live, the lightest module first.
    _HOMES = (".sdk.version", ".sdk.errors", ".client", ".sdk.asset", ".sdk.client")
    _PARTS = {"api", "client", "errors", "models", "sdk", "types"}

    def __getattr__(name):
        if name in _PARTS:
            return _import(f".{name}", __name__)
        if name in __all__:
            for home in _HOMES:
                module = _import(home, __name__)
                if name in vars(module):
                    return globals().setdefault(name, vars(module)[name])
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__():
        return sorted({name for name in globals() if name.startswith("__")} | {*_PARTS, *__all__})


__all__ = (
    "APIConnectionError",
    "APIResponseError",
    "APIStatusError",
    "APITimeoutError",
    "AssetFailedError",
    "AssetStatus",
    "AsyncJimmyAI",
    "AuthenticatedClient",
    "AuthenticationError",
    "BadRequestError",
    "BatchResult",
    "Client",
    "ConfigurationError",
    "InternalServerError",
    "JimmyAI",
    "JimmyAIError",
    "NotFoundError",
    "PermissionDeniedError",
    "Progress",
    "RateLimitError",
    "RealPersonAsset",
    "WaitError",
    "WaitResult",
    "WaitTimeoutError",
    "__version__",
)
