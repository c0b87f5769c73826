"""A request and its credentials, as openapi-core asks for them."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass

import httpx
from jsonschema_path import SchemaPath
from openapi_core.datatypes import RequestParameters
from openapi_core.security.exceptions import SecurityProviderError
from openapi_core.security.factories import SecurityProviderFactory

from .spec import Node


@dataclass
class Asked:
    """An httpx request as openapi-core wants to see it (`openapi_core.protocols.Request`)."""

    request: httpx.Request
    # The templated one: which it is has been found out before.
    path: str
    parameters: RequestParameters
    host_url = "http://mock"

    @property
    def method(self) -> str:
        """The method in small letters."""
        return self.request.method.lower()

    @property
    def body(self) -> bytes:
        """The body; it has been read."""
        return self.request.content

    @property
    def content_type(self) -> str:
        """The media type with its parameters."""
        return str(self.request.headers.get("Content-Type", "application/octet-stream"))


class Keys(SecurityProviderFactory):
    """Credentials are right when they are the one key, in whatever place the scheme puts them."""

    def __init__(self, key: str) -> None:
        """Hold the key that opens everything."""
        self._key = key.encode()

    def __str__(self) -> str:
        """The key itself."""
        return self._key.decode()

    def create(self, scheme: SchemaPath) -> Callable[[RequestParameters], None]:
        """What openapi-core asks for each scheme of a requirement."""
        return lambda parameters: self._check(scheme.read_value(), parameters)

    def _check(self, scheme: Node, parameters: RequestParameters) -> None:
        if scheme["type"] == "apiKey":
            given = str(parameters[scheme["in"]].get(scheme["name"], ""))
        else:
            word, _, given = str(parameters.header.get("Authorization", "")).partition(" ")
            if word.casefold() != scheme.get("scheme", "bearer").casefold():
                given = ""
        if not hmac.compare_digest(given.encode(), self._key):
            raise SecurityProviderError
