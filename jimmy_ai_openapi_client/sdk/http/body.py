"""The bytes of one answer, counted after decompression."""

import zlib

from ..errors import APIResponseError

LIMIT = 4 * 1024 * 1024


class Body:
    """Collects chunks as they came over the wire; raises `APIResponseError` instead of holding over `limit` bytes.

    Inflates gzip itself, piece by piece: one chunk of httpx's own decoder may hold a thousand times what was read.
    """

    def __init__(self, encoding: str, limit: int = LIMIT) -> None:
        self._limit = limit
        self._data = bytearray()
        self._gzip = zlib.decompressobj(wbits=31) if encoding in {"gzip", "x-gzip"} else None
        if encoding not in {"", "identity", "gzip", "x-gzip"}:
            raise APIResponseError(f"content encoding {encoding[:100]!a}, where only gzip was offered")

    def feed(self, chunk: bytes) -> None:
        """Take the next chunk."""
        self._data += self._inflated(chunk)
        if len(self._data) > self._limit:
            del self._data[self._limit :]
            raise APIResponseError(f"more than {self._limit} bytes, too many to be an answer")

    def _inflated(self, chunk: bytes) -> bytes:
        if not self._gzip:
            return chunk
        try:
            plain = self._gzip.decompress(chunk, self._limit - len(self._data) + 1)
        except zlib.error:
            plain = None
        if plain is None or self._gzip.unused_data:
            raise APIResponseError("gzip that cannot be read")
        return plain

    def end(self) -> None:
        """Raise if the compressed data was cut short."""
        if self._gzip and self._data and not self._gzip.eof:
            raise APIResponseError("gzip that ends too early", transient=True)

    def __bytes__(self) -> bytes:
        return bytes(self._data)
