"""What a caller holds: one real-person asset as the service last described it, and the results made of many."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Self

from attrs import Factory, field, fields, frozen

from ..models import SeedanceSpRealPersonAsset
from ..types import UNSET, Unset
from .errors import BadRequestError

log = logging.getLogger("jimmy_ai_openapi_client")


class AssetStatus(StrEnum):
    """The documented statuses. `Active` and `Failed` are final."""

    PROCESSING = "Processing"
    ACTIVE = "Active"
    FAILED = "Failed"


@frozen(weakref_slot=False)
class RealPersonAsset:
    """One asset, as the service described it. Immutable, comparable, picklable."""

    asset_id: str
    """The id in the service's answer."""
    status: AssetStatus | str
    """An `AssetStatus`, whatever the letter case in the answer, or the service's own text if it is not documented."""
    asset_ref: str | None = None
    """What a video request takes; None until the asset is active."""
    official_id: str | None = None
    """The other id of the asset."""
    name: str | None = None
    """The name given when it was submitted."""
    url: str | None = None
    """Where the portrait can be downloaded, for hours to days."""
    created_at: str | None = None
    """When it was submitted, as the service wrote it."""
    _extra: Mapping[str, Any] | None = field(default=None, alias="extra", eq=lambda extra: extra or None, hash=False)
    error: BadRequestError | None = field(default=None, eq=False)
    """The refusal of its id, if that made it count as failed in a wait."""
    requested_id: str = field(default=Factory(lambda self: self.asset_id, takes_self=True), eq=False)
    """The id that the asset was asked for: its `asset_id` or its `official_id`."""

    @classmethod
    def from_model(cls, model: SeedanceSpRealPersonAsset, asked: Collection[str] = ()) -> Self:
        """Make an asset from a generated model.

        Args:
            model: A field of it that has no attribute here, or holds something else than text, is in `extra`.
            asked: The ids that were asked for; they decide which of its two ids is `requested_id`.

        Raises:
            ValueError: If the model is not an asset.
        """
        asset_id, status = model.asset_id, model.status
        if not isinstance(asset_id, str) or not asset_id.strip():
            raise ValueError("an asset has no asset_id")
        if not isinstance(status, str) or not (word := status.strip()):
            raise ValueError("an asset has no status")
        extra = model.additional_properties.copy()
        texts: tuple[Any, ...] = model.asset_ref, model.official_id, model.name, model.url, model.created_at
        if set(map(type, texts)) != {str}:
            # The vendor types such fields differently elsewhere: what is no text is kept.
            extra |= {name: one for name, one in zip(_TEXTS, texts, strict=True) if not isinstance(one, _EXPECTED)}
            texts = tuple(one if isinstance(one, str) else None for one in texts)
            if "asset_ref" in extra:
                raise ValueError("asset_ref of an asset is not text")
        extra |= {name: value for name in _NEW_FIELDS if (value := getattr(model, name)) is not UNSET}
        reference, official_id, name, url, created_at = texts
        known = _STATUSES.get(word.casefold(), status)
        requested_id = official_id if official_id and official_id in asked and asset_id not in asked else asset_id
        return cls(asset_id, known, reference, official_id, name, url, created_at, extra or None, None, requested_id)

    @property
    def extra(self) -> dict[str, Any]:
        """Fields of the answer without an attribute here, and values that are not text where text is documented.

        Each has the type that the spec gives it. A new dict each time.
        """
        return dict(self._extra or {})

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
        return self.status in (AssetStatus.ACTIVE, AssetStatus.FAILED)

    def __repr__(self) -> str:
        known = {each.alias: getattr(self, each.name) for each in fields(type(self)) if each.name != "requested_id"}
        shown = ", ".join(f"{name}={value!r}" for name, value in known.items() if value)
        return f"RealPersonAsset({shown})"


_STATUSES = {status.casefold(): status for status in AssetStatus}
_TEXTS = ("asset_ref", "official_id", "name", "url", "created_at")
_EXPECTED = (str, Unset, type(None))
_NEW_FIELDS = [
    each.name
    for each in fields(SeedanceSpRealPersonAsset)
    if each.name not in {"asset_id", "status", *_TEXTS, "additional_properties"}
]
"""Of the model, those that have no attribute here yet."""


Assets = dict[str, RealPersonAsset]


def match(ids: Iterable[str], models: Iterable[SeedanceSpRealPersonAsset]) -> Assets:
    """The assets by the id they were asked for: `asset_id`, else `official_id`. Others are left out.

    `ValueError` says what keeps a model from being an asset, or that there are two different ones for an id.
    """
    asked = set(ids)
    assets, others = Assets(), 0
    for model in models:
        asset = RealPersonAsset.from_model(model, asked)
        if asset.requested_id not in asked:
            others += 1
            continue
        known = assets.setdefault(asset.requested_id, asset)
        if known is not asset and known != asset:
            raise ValueError(f"the answer has two different assets for {asset.requested_id[:100]!a}")
    if others:
        log.debug("realperson: ignored %d assets that were not asked for", others)
    return assets


@frozen(eq=False)
class _Assets(Mapping[str, RealPersonAsset]):
    _assets: Assets = field(factory=Assets)

    def __getitem__(self, asset_id: str) -> RealPersonAsset:
        return self._assets[asset_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._assets)

    def __len__(self) -> int:
        return len(self._assets)

    def __repr__(self) -> str:
        facts = {one.name: getattr(self, one.name) for one in fields(type(self))[1:]}
        counted = {name: _figure(value) for name, value in facts.items()}
        return f"<{type(self).__name__}: {len(self)} assets, {', '.join(f'{n} {name}' for name, n in counted.items())}>"


def _figure(value: Any) -> str:
    """Seconds to a tenth, an integer as it is, or the length of a collection."""
    return f"{value:.1f} s" if isinstance(value, float) else str(value if isinstance(value, int) else len(value))


@frozen(eq=False, repr=False)
class BatchResult(_Assets):
    """The assets by the id they were asked for, in the caller's order.

    Every id asked for is in exactly one of: the mapping itself, `missing`, `refused`, `unasked`.
    """

    missing: tuple[str, ...] = ()
    """Ids that the service did not mention in its answer."""
    refused: dict[str, BadRequestError] = field(factory=dict[str, BadRequestError])
    """Ids that the service refused even when asked for alone, each with its error."""
    unasked: tuple[str, ...] = ()
    """Ids without an answer because the call ended early; only in the `batch_result` of an error."""


@frozen(eq=False, repr=False)
class WaitResult(_Assets):
    """The assets as last seen, by the id they were asked for, in the caller's order.

    Every id is in exactly one of `active`, `failed`, `missing`, `pending`. In an error of `as_completed`, `missing` and
    `pending` have the ids that it has not yielded; the assets are not held.
    """

    active: dict[str, RealPersonAsset] = field(factory=dict[str, RealPersonAsset])
    """Assets that can be used."""
    failed: dict[str, RealPersonAsset] = field(factory=dict[str, RealPersonAsset])
    """Assets that failed. One whose id the service refused has that as its `error`."""
    missing: tuple[str, ...] = ()
    """Ids absent from three consecutive answers."""
    pending: tuple[str, ...] = ()
    """Ids that were not final when the wait ended."""
    requests: int = 0
    """Requests sent, not counting retries."""
    elapsed: float = 0.0
    """Seconds the wait took."""


@frozen
class Progress:
    """How far a wait has come."""

    done: int
    """Assets that are final: active, failed or missing."""
    failed: int
    """Assets of `done` that are not active: `failed` and `missing` together."""
    total: int
    """Assets waited for."""
    elapsed: float
    """Seconds since the wait began."""
    missing: tuple[str, ...] = ()
    """Ids just found to be missing. They are final and have no asset."""
