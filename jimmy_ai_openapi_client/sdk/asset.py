"""What a caller holds: one real-person asset as the service last described it, and the results made of many."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Self

from attrs import Factory, field, fields, frozen

from .errors import BadRequestError


class AssetStatus(StrEnum):
    """The documented statuses. `Active` and `Failed` are final."""

    PROCESSING = "Processing"
    ACTIVE = "Active"
    FAILED = "Failed"


@frozen(weakref_slot=False)
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
    _extra: Mapping[str, Any] | None = field(default=None, alias="extra", eq=lambda extra: extra or None, hash=False)
    error: BadRequestError | None = field(default=None, eq=False)
    requested_id: str = field(default=Factory(lambda self: self.asset_id, takes_self=True), eq=False)
    """The id that the asset was asked for: its `asset_id`, or its `official_id`."""

    @classmethod
    def from_dict(cls, item: Mapping[str, Any]) -> Self:
        """The asset in one item of an answer, null meaning absent. `ValueError` says what keeps it from being one."""
        asset_id, status = item.get("asset_id"), item.get("status")
        if type(asset_id) is not str or not asset_id.strip():
            raise ValueError("an asset has no asset_id")
        if type(status) is not str or not (word := status.strip()):
            raise ValueError("an asset has no status")
        others = (
            item.get("asset_ref"),
            item.get("official_id"),
            item.get("name"),
            item.get("url"),
            item.get("created_at"),
        )
        for text in others:
            if type(text) is not str and text is not None:
                raise ValueError(f"{_NAMES[others.index(text) + 2]} of an asset is not text")
        draft: Any = _Draft()
        draft.asset_id, draft.status = asset_id, _BY_NAME.get(word.casefold(), status)
        draft.asset_ref, draft.official_id, draft.name, draft.url, draft.created_at = others
        # As many fields as are known and not null: there is no other.
        draft._extra = None if len(item) == len(_NAMES) - others.count(None) else _unknown(item)  # noqa: SLF001
        draft.error, draft.requested_id = None, asset_id
        draft.__class__ = cls  # frozen from here on
        asset: Self = draft
        return asset

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
        return self.status in _FINAL

    def __repr__(self) -> str:
        shown = {**{name: getattr(self, name) for name in _NAMES}, "extra": self._extra, "error": self.error}
        return f"RealPersonAsset({', '.join(f'{name}={value!r}' for name, value in shown.items() if value)})"


def _unknown(item: Mapping[str, Any]) -> dict[str, Any] | None:
    if item.keys() <= _KNOWN:
        return None
    return {name: value for name, value in item.items() if name not in _KNOWN and value is not None}


_BY_NAME = {status.casefold(): status for status in AssetStatus}
_FINAL = frozenset({AssetStatus.ACTIVE, AssetStatus.FAILED})
_NAMES = ("asset_id", "status", "asset_ref", "official_id", "name", "url", "created_at")
_KNOWN = frozenset(_NAMES)


class _Draft:
    """The same slots, so that it can become an asset: a frozen class's own `__init__` takes four times as long."""

    __slots__ = [each.name for each in fields(RealPersonAsset)]


@frozen(eq=False, repr=False)
class _Assets(Mapping[str, RealPersonAsset]):
    _assets: dict[str, RealPersonAsset] = field(factory=dict[str, RealPersonAsset])

    def __getitem__(self, asset_id: str) -> RealPersonAsset:
        return self._assets[asset_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._assets)

    def __len__(self) -> int:
        return len(self._assets)

    def __repr__(self) -> str:
        facts = {one.name: getattr(self, one.name) for one in fields(type(self))[1:]}
        counted = {name: value if isinstance(value, int | float) else len(value) for name, value in facts.items()}
        return f"<{type(self).__name__}: {len(self)} assets, {', '.join(f'{n} {name}' for name, n in counted.items())}>"


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
