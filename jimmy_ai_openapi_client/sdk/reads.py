"""The operations known to change nothing, each with how its data is read. Pure."""

import logging
from collections.abc import Callable, Collection, Mapping
from typing import Any

from .asset import RealPersonAsset

log = logging.getLogger("jimmy_ai_openapi_client")

Assets = dict[str, RealPersonAsset]


def _asset(data: Mapping[str, Any], _: Collection[str]) -> RealPersonAsset:
    return RealPersonAsset.from_dict(data)


def _assets(data: Mapping[str, Any], asked: Collection[str]) -> Assets:
    """The assets by the id they were asked for: `asset_id`, else `official_id`. What nobody asked for is left out."""
    items: list[Any] | None = data.get("items")
    if not isinstance(items, list):
        raise ValueError("data.items is not a list")
    if not {dict}.issuperset(map(type, items)):
        raise ValueError("an asset is not an object")
    assets, strangers = Assets(), 0
    for item in items:
        asset = RealPersonAsset.from_dict(item)
        if asset.asset_id in asked:
            name = asset.asset_id
        elif asset.official_id is not None and asset.official_id in asked:
            name = asset.official_id
        else:
            strangers += 1
            continue
        known = assets.setdefault(name, asset)
        if known is not asset and known != asset:
            raise ValueError(f"two different assets for {name[:100]!a}")
    if strangers:
        log.debug("realperson/batch-status: %d items that were not asked for are left out", strangers)
    return assets


READS: Mapping[str, Callable[[Mapping[str, Any], Collection[str]], Any]] = {
    "realperson/status": _asset,
    "realperson/batch-status": _assets,
}
"""By the end of the path: from the data and the ids asked for to assets. `ValueError` says what is wrong with the data.

They may be sent again (POST or not); what is not here is not known to change nothing."""
