"""Connections that an application may end as it likes."""

import asyncio
import socket
import struct
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

_NO_LINGER = struct.pack("ii", 1, 0)


class Wire(H11Protocol):
    """uvicorn's HTTP/1.1, with the connection itself in `scope["state"]["wire"]`."""

    def connection_made(self, transport: Any) -> None:
        """Keep hold of the connection."""
        super().connection_made(transport)
        self.app_state = {"wire": transport}


def abort(wire: asyncio.Transport) -> None:
    """Reset a connection, unless the client ended it: what is closed with no time to linger sends RST."""
    if not wire.is_closing():
        wire.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
        wire.abort()
