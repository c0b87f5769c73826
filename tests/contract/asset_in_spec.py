"""What the spec says of an asset that the hand-written layer repeats: its schema, and the words of its status."""

import re
from collections.abc import Iterator
from typing import Any, get_type_hints

from jimmy_ai_openapi_client.sdk.asset import AssetStatus, RealPersonAsset

from .generated import MODELS, annotations, attribute_names
from .schema import Schema

ATTRIBUTES_BY_HAND = set(annotations(RealPersonAsset))
# The schema that RealPersonAsset stands for: the one with which it has the most names in common.
ASSET: Schema = max(
    (place.schema for place in MODELS), key=lambda each: len(ATTRIBUTES_BY_HAND & set(attribute_names(each).values()))
)
ATTRIBUTES = attribute_names(ASSET)
MODEL: Any = get_type_hints(RealPersonAsset.from_model)["model"]
"""The generated model that an asset is made of."""


def asset(wire: dict[str, Any]) -> RealPersonAsset:
    """Map an asset on the wire, as the methods do: by way of the generated model, null meaning absent."""
    return RealPersonAsset.from_model(MODEL.from_dict({name: it for name, it in wire.items() if it is not None}))


def status_property() -> str:
    """Return the property that the attribute of type AssetStatus stands for."""
    hints = annotations(RealPersonAsset)
    return next(name for name, attribute in ATTRIBUTES.items() if hints[attribute] == AssetStatus | str)


def assets(value: Any) -> Iterator[dict[str, Any]]:
    """Yield every asset inside of an answer: what has the property that is the status of one."""
    if isinstance(value, dict) and status_property() in value:
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from assets(each)


def words(schema: Schema) -> list[str]:
    """Return the values of a status: an enum, or the words between the slashes of a description."""
    if "enum" in schema.node:
        return list(schema.node["enum"])
    return re.findall(r"\w+", schema.node.get("description", "")) if "/" in schema.node.get("description", "") else []


STATUSES = words(ASSET.properties[status_property()])
