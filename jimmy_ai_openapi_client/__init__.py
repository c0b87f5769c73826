# Generated from openapi.yaml by generate.sh. Do not edit.
"""A client for the Jimmy AI API: generated code, and `JimmyAI` on top."""

from .client import AuthenticatedClient, Client
from .sdk.asset import AssetStatus, RealPersonAsset
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
from .sdk.results import BatchResult, Progress, WaitResult
from .sdk.version import __version__

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
