"""What asking for many, and waiting for many, gives."""

from collections.abc import Iterator, Mapping

from attrs import field, fields, frozen

from .asset import RealPersonAsset
from .errors import BadRequestError


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
