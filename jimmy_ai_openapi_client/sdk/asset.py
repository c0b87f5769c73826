"""What a caller holds: one real-person asset as the service last described it, and the results made of many."""

import logging
from collections.abc import Collection, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Self

from attrs import Factory, field, fields, frozen

from ..models import SeedanceSpRealPersonAsset
from ..types import UNSET
from .errors import BadRequestError

log = logging.getLogger("jimmy_ai_openapi_client")


class AssetStatus(StrEnum):
    """The documented statuses. `Active` and `Failed` are final."""

    PROCESSING = "Processing"
    ACTIVE = "Active"
    FAILED = "Failed"


@frozen(weakref_slot=False)
class RealPersonAsset:
    """One asset, as the service described it. Immutable, comparable, picklable.

    `status` is an `AssetStatus` (letter case and surrounding space aside), or the service's own word if it is none of
    them. What the service left out or sent as null is None. `extra` holds every field that has no attribute here, with
    the type that the spec gives it, and what is not text in `official_id`, `name`, `url` or `created_at`. `url` is
    valid for hours to days. `error` is set by a wait alone, on an asset that counts as failed because the service
    refuses its id.
    """

    asset_id: str
    status: AssetStatus | str
    asset_ref: str | None = None
    official_id: str | None = None
    name: str | None = None
    url: str | None = None
    created_at: str | None = None
    _extra: Mapping[str, Any] | None = field(default=None, alias="extra", eq=lambda extra: extra or None, hash=False)
    error: BadRequestError | None = field(default=None, eq=False)
    requested_id: str = field(default=Factory(lambda self: self.asset_id, takes_self=True), eq=False)
    """The id that the asset was asked for: its `asset_id`, or its `official_id`."""

    @classmethod
    def from_model(cls, model: SeedanceSpRealPersonAsset, asked: Collection[str] = ()) -> Self:
        """The asset that an answer describes. `ValueError` says what keeps it from being one.

        Of its two ids `requested_id` is the one that is among those `asked` for. A field of the model that has no
        attribute here, or holds something else than text, is in `extra` under its name.
        """
        asset_id, status = model.asset_id, model.status
        if not isinstance(asset_id, str) or not asset_id.strip():
            raise ValueError("an asset has no asset_id")
        if not isinstance(status, str) or not (word := status.strip()):
            raise ValueError("an asset has no status")
        extra = model.additional_properties.copy()
        texts: tuple[Any, ...] = model.asset_ref, model.official_id, model.name, model.url, model.created_at
        if set(map(type, texts)) != {str}:
            texts = tuple(_text(*pair, extra) for pair in zip(_TEXTS, texts, strict=True))
            if "asset_ref" in extra:
                raise ValueError("asset_ref of an asset is not text")
        for name in _NEW_FIELDS:
            if (value := getattr(model, name)) is not UNSET:
                extra[name] = value
        reference, official_id, name, url, created_at = texts
        known = _STATUSES.get(word.casefold(), status)
        requested_id = official_id if official_id and official_id in asked and asset_id not in asked else asset_id
        return cls(asset_id, known, reference, official_id, name, url, created_at, extra or None, None, requested_id)

    @property
    def extra(self) -> dict[str, Any]:
        """The fields the service sent that have no attribute here, in a dict of the caller's own."""
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
_NEW_FIELDS = [
    each.name
    for each in fields(SeedanceSpRealPersonAsset)
    if each.name not in {"asset_id", "status", *_TEXTS, "additional_properties"}
]
"""Of the model, those that have no attribute here yet."""


def _text(name: str, value: object, extra: dict[str, Any]) -> str | None:
    """The text of a field. Anything else is kept in `extra`: the vendor types such fields differently elsewhere."""
    if isinstance(value, str):
        return value
    if value is not None and value is not UNSET:
        extra[name] = value
    return None


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
            raise ValueError(f"two different assets for {asset.requested_id[:100]!a}")
    if others:
        log.debug("realperson: %d assets that were not asked for are left out", others)
    return assets


@frozen(eq=False, repr=False)
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
    """A number, seconds to a tenth, or how many there are."""
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

    Every id is in exactly one of `active`, `failed`, `missing`, `pending`.
    """

    active: dict[str, RealPersonAsset] = field(factory=dict[str, RealPersonAsset])
    """Assets that can be used."""
    failed: dict[str, RealPersonAsset] = field(factory=dict[str, RealPersonAsset])
    """Assets that failed. One whose id the service refused has that as its `error`."""
    missing: tuple[str, ...] = ()
    """Ids that the service left out of three answers running."""
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
    """Of these, those that are not active: `.failed` and `.missing` of the result together."""
    total: int
    """Assets waited for."""
    elapsed: float
    """Seconds since the wait began."""
    missing: tuple[str, ...] = ()
    """Ids that this look found to be missing: final, though no asset stands for them."""
