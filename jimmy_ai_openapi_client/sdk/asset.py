"""What a caller holds: one real-person asset as the service last described it."""

from collections.abc import Collection
from enum import StrEnum
from typing import Any, Self

from attrs import field, frozen

from ..models import SeedanceSpRealPersonAsset
from .errors import BadRequestError


def claimed(asked: Collection[str], asset_id: str, official_id: str | None) -> str | None:
    """The id, of those asked for, that an item of an answer belongs to: its `asset_id`, else its `official_id`."""
    return asset_id if asset_id in asked else official_id if official_id in asked else None


class AssetStatus(StrEnum):
    """The documented statuses. `Active` and `Failed` are final."""

    PROCESSING = "Processing"
    ACTIVE = "Active"
    FAILED = "Failed"


_BY_NAME = {status.casefold(): status for status in AssetStatus}


@frozen
class RealPersonAsset:
    """One asset, as the service described it. Immutable, comparable, picklable.

    `status` is an `AssetStatus` (letter case and surrounding space aside), or the service's own word if it is none of
    them. What the service left out or sent as null is None. `extra` holds every field that has no attribute here.
    `error` is set by a wait alone, on an asset that counts as failed because the service refuses its id.
    """

    asset_id: str
    status: AssetStatus | str
    asset_ref: str | None = None
    official_id: str | None = None
    name: str | None = None
    url: str | None = None
    created_at: str | None = None
    extra: dict[str, Any] = field(factory=dict[str, Any], hash=False)
    error: BadRequestError | None = field(default=None, eq=False)

    @classmethod
    def from_model(cls, model: SeedanceSpRealPersonAsset) -> Self:
        """The asset of a generated model whose `asset_id` and `status` are known to be text."""
        fields = model.to_dict()
        status: str = fields.pop("status")
        known = {name: fields.pop(name) for name in _TEXTS if name in fields}
        return cls(status=_BY_NAME.get(status.strip().casefold()) or status, extra=fields, **known)

    @property
    def reference(self) -> str:
        """What a video request takes: `asset_ref`, else `asset://{asset_id}`. Usable once the asset is active."""
        return self.asset_ref or f"asset://{self.asset_id}"

    @property
    def is_active(self) -> bool:
        """Whether the asset can be used."""
        return self.status == AssetStatus.ACTIVE

    @property
    def is_final(self) -> bool:
        """Whether the status can no longer change: active or failed."""
        return self.status in _FINAL


_FINAL = frozenset({AssetStatus.ACTIVE, AssetStatus.FAILED})
_TEXTS = ("asset_id", "asset_ref", "official_id", "name", "url", "created_at")
