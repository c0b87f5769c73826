"""HTTP/2, for which httpx takes h2."""

import json
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from threading import Thread
from typing import Any

import pytest
import trustme
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.events import StreamEnded

from jimmy_ai_openapi_client import APITimeoutError

from .conftest import ASSET, KEY, Call


def talk(connection: ssl.SSLSocket, *, stalls: bool) -> None:
    """Answer every request, with the key in a header."""
    protocol = H2Connection(H2Configuration(client_side=False))
    protocol.initiate_connection()
    connection.sendall(protocol.data_to_send())
    while data := connection.recv(65536):
        for event in protocol.receive_data(data):
            if isinstance(event, StreamEnded) and not stalls:
                protocol.send_headers(event.stream_id, [(":status", "200"), ("x-echo", KEY)])
                protocol.send_data(event.stream_id, json.dumps(ASSET).encode(), end_stream=True)
        connection.sendall(protocol.data_to_send())


@pytest.fixture(params=[False, True], ids=["answers", "stalls"])
def options(request: pytest.FixtureRequest) -> Iterator[dict[str, Any]]:
    """What a client of the server is made with. The client is to be closed first."""
    authority = trustme.CA()
    server, client = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(server)
    authority.configure_trust(client)
    server.set_alpn_protocols(["h2"])

    def serve() -> None:
        with suppress(OSError), server.wrap_socket(listener.accept()[0], server_side=True) as connection:
            talk(connection, stalls=request.param)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(60)  # for a test that fails before it connects
        thread = Thread(target=serve)
        thread.start()
        url = f"https://127.0.0.1:{listener.getsockname()[1]}"
        yield {"base_url": url, "httpx_args": {"http2": True, "verify": client}}
        thread.join()


@pytest.mark.parametrize("options", [False], indirect=True)
def test_a_call(options: dict[str, Any], call: Call, caplog: pytest.LogCaptureFixture) -> None:
    """No library logs a key that is echoed."""
    caplog.set_level(logging.DEBUG)
    assert call(**options) == "Active"
    assert "HTTP/2 200" in caplog.text
    assert "x-echo" in caplog.text
    assert KEY not in caplog.text


@pytest.mark.parametrize("options", [True], indirect=True)
def test_an_answer_that_never_comes(options: dict[str, Any], connect: Callable[..., Any]) -> None:
    with pytest.raises(APITimeoutError):
        connect(timeout=0.5, max_retries=0, **options).real_person.status("id1")
