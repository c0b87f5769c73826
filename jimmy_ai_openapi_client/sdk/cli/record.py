"""One result as one line of JSON: how it is written, and read again.

Every line has every key. `id` is the id as it was asked for; `status` is null and `missing` true for one that the
service does not know; `reference` is set once the asset can be used; `error` when the service refuses the id.
"""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..asset import RealPersonAsset

_TEXTS = ("asset_id", "asset_ref", "official_id", "name", "url", "created_at")
START = '{"id": "'


def line(asked: str, asset: "RealPersonAsset | None", *, ascii_only: bool = False) -> str:
    """The line, without its end, for an asset or (None) a missing one. It holds no character that moves a cursor."""
    record: dict[str, Any] = {"id": asked, "asset_id": asked, "status": None, "missing": asset is None}
    record |= dict.fromkeys(("reference", *_TEXTS[1:], "error")) | {"extra": {}}
    if asset:
        record |= {name: getattr(asset, name) for name in (*_TEXTS, "status", "extra")}
        record["reference"] = asset.reference if asset.is_active else None
        record["error"] = str(asset.error) if asset.error else None
    text = json.dumps(record, ensure_ascii=ascii_only)
    return text if text.isprintable() else "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)


def read(text: bytes) -> tuple[str, str | None] | None:
    """The id, and how it ended: a status, or None for a missing one. None if this is no line of ours."""
    try:
        record = json.loads(text)
        one, status, missing = record["id"], record["status"], record["missing"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    ours = isinstance(one, str) and (isinstance(status, str) if missing is False else (missing, status) == (True, None))
    return (one, status) if ours else None
