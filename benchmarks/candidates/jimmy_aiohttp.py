"""`AsyncJimmyAI` over aiohttp, as the documentation has it for heavy use."""

from httpx_aiohttp import AiohttpTransport

from jimmy_ai_openapi_client import AsyncJimmyAI

from .. import wire
from .jimmy import Async as _Async


class Async(_Async):
    def __init__(self, url: str) -> None:
        self._jimmy = AsyncJimmyAI(api_key=wire.KEY, base_url=url, transport=AiohttpTransport())
