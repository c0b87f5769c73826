"""The floor of decoding: `json.loads`, and what it gives."""

import json

from .. import wire

ITEM = json.dumps(wire.asset(wire.IDS[0])).encode()


class Decoding:
    def full(self) -> object:
        return json.loads(wire.BATCH_BODY)

    def empty(self) -> object:
        return None


def item() -> object:
    return json.loads(ITEM)
