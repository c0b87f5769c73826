"""Real-person assets: the operations as callers use them. The two classes say the same, for threads and for asyncio."""

from collections.abc import AsyncGenerator, Callable, Generator, Iterable, Iterator, Sequence
from contextlib import aclosing
from functools import partial
from typing import Literal

from ..api.default import batch_query_seedance_sp_real_person_status as batch_query
from ..api.default import query_seedance_sp_real_person_status as query
from ..models import SeedanceSpRealPersonBatchStatusRequest, SeedanceSpRealPersonStatusRequest
from .arguments import checked_choice, checked_id, checked_ids, checked_listener, checked_wait
from .asset import BatchResult, Progress, RealPersonAsset, WaitResult
from .batch import Answer, Chunk, batch
from .drive import adrive, afan_out, aplay, atold, drive, fan_out, play, told
from .http import AsyncHttp, Conduct, Http
from .reads import Assets
from .watch import Look, OnFailure, Watch

OnUpdate = Callable[[RealPersonAsset, RealPersonAsset | None], object]
OnProgress = Callable[[Progress], object]


def _one(asset_id: str) -> SeedanceSpRealPersonStatusRequest:
    return SeedanceSpRealPersonStatusRequest(asset_id=checked_id(asset_id))


def _many(chunk: Chunk) -> SeedanceSpRealPersonBatchStatusRequest:
    return SeedanceSpRealPersonBatchStatusRequest(asset_ids=list(chunk))


def _watch(asset_ids: Iterable[str], timeout: float | None, on_failure: OnFailure, conduct: Conduct) -> Watch:
    return Watch(
        checked_ids(asset_ids),
        timeout=checked_wait(timeout),
        on_failure=on_failure,
        clock=conduct.clock,
        size=conduct.settings.batch_size,
        width=conduct.settings.concurrency,
    )


class RealPerson:
    """`JimmyAI.real_person`: what became of portraits submitted for whitelisting.

    Every call raises TypeError or ValueError for a wrong argument, before any request: an id that is not text, blank,
    padded or unprintable. What else may go wrong is one of `APIStatusError`, `APIResponseError`, `APIConnectionError`.
    """

    def __init__(self, http: Http) -> None:
        self._http = http

    def status(self, asset_id: str) -> RealPersonAsset:
        """What the service says of one asset now; `BadRequestError` (code 20002) if it does not know the id."""
        asset: RealPersonAsset = self._http.read(query, _one(asset_id))
        return asset

    def batch_status(self, asset_ids: Iterable[str]) -> BatchResult:
        """What the service says of any number of assets now, by id in the order given.

        Asks for `batch_size` ids a request, up to `concurrency` requests at a time, each id once. An id the service
        refuses ends up in `.refused` and spoils no other. Other trouble raises, with what was already known as the
        error's `batch_result`. No ids give an empty result without a request.
        """
        settings = self._http.conduct.settings
        flow = batch(checked_ids(asset_ids), size=settings.batch_size, width=settings.concurrency)
        return drive(flow, partial(fan_out, partial(self._ask, self._http)))

    def wait(
        self, asset_id: str, *, timeout: float | None = 1800.0, on_update: OnUpdate | None = None
    ) -> RealPersonAsset:
        """Wait until the asset is active. The rest is as in `wait_many`; `AssetFailedError` if it fails."""
        return self.wait_many([checked_id(asset_id)], timeout=timeout, on_update=on_update)[asset_id]

    def wait_many(
        self,
        asset_ids: Iterable[str],
        *,
        timeout: float | None = 1800.0,
        on_update: OnUpdate | None = None,
        on_progress: OnProgress | None = None,
        on_failure: Literal["raise", "return"] = "raise",
    ) -> WaitResult:
        """Wait until every asset is final, asking in batches, at pauses of 5 to 15 seconds, for unfinished ones only.

        `timeout` is in seconds, None for no limit, 0 for one look; at the deadline, or up to one attempt after it,
        raises `WaitTimeoutError`. Assets that fail, or are absent from three answers running, raise `AssetFailedError`
        once all are final, or are only returned with `on_failure="return"`. Passing trouble is outlasted for five
        rounds; a refusal ends the wait at once. Whatever ends it has everything known as `.result` or `.wait_result`.

        `on_update(asset, previous)` is called in this thread at the first sight of an asset (previous is None) and
        whenever its status or reference changes (previous is the asset as last seen),
        `on_progress(progress)` after every look. What they raise comes out unchanged.
        """
        checked_choice("on_failure", on_failure, "raise", "return")
        checked_listener("on_update", on_update)
        checked_listener("on_progress", on_progress)
        watch = _watch(asset_ids, timeout, on_failure, self._http.conduct)
        for look in self._looks(watch):
            for asset, previous in look.news:
                told(on_update, asset, previous)
            for progress in look.progress:
                told(on_progress, progress)
        return watch.result()

    def as_completed(
        self, asset_ids: Iterable[str], *, timeout: float | None = 1800.0
    ) -> Generator[RealPersonAsset, None, None]:
        """Each asset, active or failed, as soon as it is known to be final; in between it waits like `wait_many`.

        Failed assets are yielded too, so they raise nothing. Raises `WaitTimeoutError` at the deadline, and after the
        last asset `AssetFailedError` if ids are missing, which no asset stands for.
        Stopping early leaves nothing behind.
        """
        watch = _watch(asset_ids, timeout, "yield", self._http.conduct)
        return (asset for look in self._looks(watch) for asset in look.finals)

    def _looks(self, watch: Watch) -> Iterator[Look]:
        http = Http(self._http.conduct._replace(deadline=watch.deadline), self._http.wires)
        return play(watch.flow(), partial(self._look, http))

    def _look(self, http: Http, look: Look) -> Sequence[Answer]:
        self._http.conduct.clock.sleep(look.pause)
        return fan_out(partial(self._ask, http), look.chunks)

    def _ask(self, http: Http, chunk: Chunk) -> Assets:
        assets: Assets = http.read(batch_query, _many(chunk))
        return assets


class AsyncRealPerson:
    """`AsyncJimmyAI.real_person`: what became of portraits submitted for whitelisting.

    Every call raises TypeError or ValueError for a wrong argument, before any request: an id that is not text, blank,
    padded or unprintable. What else may go wrong is one of `APIStatusError`, `APIResponseError`, `APIConnectionError`.
    """

    def __init__(self, http: AsyncHttp) -> None:
        self._http = http

    async def status(self, asset_id: str) -> RealPersonAsset:
        """What the service says of one asset now; `BadRequestError` (code 20002) if it does not know the id."""
        asset: RealPersonAsset = await self._http.read(query, _one(asset_id))
        return asset

    async def batch_status(self, asset_ids: Iterable[str]) -> BatchResult:
        """What the service says of any number of assets now, by id in the order given.

        Asks for `batch_size` ids a request, up to `concurrency` requests at a time, each id once. An id the service
        refuses ends up in `.refused` and spoils no other. Other trouble raises, with what was already known as the
        error's `batch_result`. No ids give an empty result without a request.
        """
        settings = self._http.conduct.settings
        flow = batch(checked_ids(asset_ids), size=settings.batch_size, width=settings.concurrency)
        return await adrive(flow, partial(afan_out, partial(self._ask, self._http)))

    async def wait(
        self, asset_id: str, *, timeout: float | None = 1800.0, on_update: OnUpdate | None = None
    ) -> RealPersonAsset:
        """Wait until the asset is active. The rest is as in `wait_many`; `AssetFailedError` if it fails."""
        return (await self.wait_many([checked_id(asset_id)], timeout=timeout, on_update=on_update))[asset_id]

    async def wait_many(
        self,
        asset_ids: Iterable[str],
        *,
        timeout: float | None = 1800.0,
        on_update: OnUpdate | None = None,
        on_progress: OnProgress | None = None,
        on_failure: Literal["raise", "return"] = "raise",
    ) -> WaitResult:
        """Wait until every asset is final, asking in batches, at pauses of 5 to 15 seconds, for unfinished ones only.

        `timeout` is in seconds, None for no limit, 0 for one look; at the deadline, or up to one attempt after it,
        raises `WaitTimeoutError`. Assets that fail, or are absent from three answers running, raise `AssetFailedError`
        once all are final, or are only returned with `on_failure="return"`. Passing trouble is outlasted for five
        rounds; a refusal ends the wait at once. Whatever ends it has everything known as `.result` or `.wait_result`.

        `on_update(asset, previous)` is called in this task at the first sight of an asset (previous is None) and
        whenever its status or reference changes (previous is the asset as last seen),
        `on_progress(progress)` after every look; both may be async. What they raise comes out unchanged.
        """
        checked_choice("on_failure", on_failure, "raise", "return")
        checked_listener("on_update", on_update, awaited=True)
        checked_listener("on_progress", on_progress, awaited=True)
        watch = _watch(asset_ids, timeout, on_failure, self._http.conduct)
        async with aclosing(self._looks(watch)) as looks:
            async for look in looks:
                for asset, previous in look.news:
                    await atold(on_update, asset, previous)
                for progress in look.progress:
                    await atold(on_progress, progress)
        return watch.result()

    def as_completed(
        self, asset_ids: Iterable[str], *, timeout: float | None = 1800.0
    ) -> AsyncGenerator[RealPersonAsset, None]:
        """Each asset, active or failed, as soon as it is known to be final; in between it waits like `wait_many`.

        Failed assets are yielded too, so they raise nothing. Raises `WaitTimeoutError` at the deadline, and after the
        last asset `AssetFailedError` if ids are missing, which no asset stands for.
        Stopping early leaves nothing behind.
        """
        watch = _watch(asset_ids, timeout, "yield", self._http.conduct)
        return self._finals(watch)

    async def _finals(self, watch: Watch) -> AsyncGenerator[RealPersonAsset, None]:
        async with aclosing(self._looks(watch)) as looks:
            async for look in looks:
                for asset in look.finals:
                    yield asset

    def _looks(self, watch: Watch) -> AsyncGenerator[Look, None]:
        http = AsyncHttp(self._http.conduct._replace(deadline=watch.deadline), self._http.wires)
        return aplay(watch.flow(), partial(self._look, http))

    async def _look(self, http: AsyncHttp, look: Look) -> Sequence[Answer]:
        await self._http.conduct.clock.asleep(look.pause)
        return await afan_out(partial(self._ask, http), look.chunks)

    async def _ask(self, http: AsyncHttp, chunk: Chunk) -> Assets:
        assets: Assets = await http.read(batch_query, _many(chunk))
        return assets
