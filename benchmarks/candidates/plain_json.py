"""The floor of decoding: `json.loads`, and what it gives."""

import json

from .. import wire

ITEM = json.dumps(wire.asset(wire.IDS[0])).encode()


def item() -> object:
    return json.loads(ITEM)
