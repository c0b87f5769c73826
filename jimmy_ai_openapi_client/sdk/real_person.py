"""Real-person assets: the calls, for threads and for asyncio."""

from collections.abc import AsyncGenerator, Callable, Generator, Iterable
from contextlib import aclosing, contextmanager
from functools import partial
from inspect import isawaitable
from typing import Literal, Self

from .. import models
from ..api.default import batch_query_seedance_sp_real_person_status as batch_query
from ..api.default import query_seedance_sp_real_person_status as query
from .asset import Assets, BatchResult, Progress, RealPersonAsset, WaitResult, match
from .errors import APIResponseError
from .http.attempt import last_answer
from .http.client import AsyncRetryingClient, RawClient, RetryingClient
from .http.concurrent import AsAnswered, as_answered
from .policy.batch import Batch, Chunk
from .policy.wait import Wait
from .settings import check_wait_options, checked_id, checked_ids, checked_wait

OnUpdate = Callable[[RealPersonAsset, RealPersonAsset | None], object]
OnProgress = Callable[[Progress], object]


class _Reading:
    """Catches what goes wrong when generated models, or assets, are made of an answer, and keeps it as `error`.

    It is raised after the block, since a traceback from inside would keep the answer alive.
    """

    error: APIResponseError

    def __enter__(self) -> Self:
        last_answer.set(None)
        return self

    def __exit__(self, _: object, caught: BaseException | None, __: object) -> bool:
        answer = last_answer.get()
        last_answer.set(None)  # it may be large
        if answer is None or not isinstance(caught, Exception):
            return False
        # Generated parsers raise whatever the value in their hands raises.
        problem = str(caught) if type(caught) is ValueError else f"{type(caught).__name__}: {caught}"
        self.error = answer.misfit(problem)
        return True


def _asset(asset_id: str, answer: models.SeedanceSpRealPersonResponse | None) -> RealPersonAsset:
    model = answer.data if answer else None
    assets = match([asset_id], [model] if isinstance(model, models.SeedanceSpRealPersonAsset) else [])
    if asset_id not in assets:
        raise ValueError("the answer is about another asset than the one asked for")
    return assets[asset_id]


def _assets(chunk: Chunk, answer: models.SeedanceSpRealPersonBatchResponse | None) -> Assets:
    data = answer.data if answer else None
    return match(chunk, (data.items or []) if data else [])


@contextmanager
def _interruptible(name: str, known: Callable[[], object]) -> Generator[None]:
    """Attach what is known, as attribute `name`, to what interrupts a call: Ctrl-C, or the end of its task."""
    try:
        yield
    except BaseException as error:
        if not isinstance(error, Exception | GeneratorExit):
            setattr(error, name, known())
        raise


async def _call(listener: Callable[..., object] | None, *news: object) -> None:
    result = listener(*news) if listener else None
    if isawaitable(result):
        await result


class RealPerson:
    """The calls of `JimmyAI.real_person`.

    Raises:
        TypeError, ValueError: For a wrong argument, such as a blank id, before any request.
        APIStatusError: If the service refuses.
        APIResponseError: If an answer cannot be used.
        APIConnectionError: If there is no answer.
    """

    def __init__(self, http: RetryingClient) -> None:
        self._http = http
        self.raw = RawClient(http)

    def status(self, asset_id: str) -> RealPersonAsset:
        """Return an asset as it is now.

        Args:
            asset_id: The id that the whitelist submit returned.

        Raises:
            BadRequestError: If the service does not know the id (code 20002).
        """
        body = models.SeedanceSpRealPersonStatusRequest(asset_id=checked_id(asset_id))
        with _Reading() as reading:
            return _asset(asset_id, query.sync(client=self.raw, body=body))
        raise reading.error

    def batch_status(self, asset_ids: Iterable[str]) -> BatchResult:
        """Return any number of assets as they are now, by id, in the order given.

        Sends `batch_size` ids in one request and up to `concurrency` requests at a time. Duplicate ids are asked for
        once. An id that the service refuses (code 20002) is in `.refused` and does not affect the others.

        Args:
            asset_ids: Any iterable of ids. An empty one gives an empty result without a request.

        Raises:
            BadRequestError: If all ids are refused.
            JimmyAIError: For any other failure. This, and what interrupts the call, has what was already known as its
                attribute `batch_result`.
        """
        settings = self._http.settings
        batch = Batch(checked_ids(asset_ids), settings.chunk_size)
        with _interruptible("batch_result", batch.known):
            for chunk, answer in as_answered(partial(self._ask, self.raw), batch.todo, settings.concurrency):
                batch.receive(chunk, answer)
        return batch.result()

    def wait(
        self, asset_id: str, *, timeout: float | None = 1800.0, on_update: OnUpdate | None = None
    ) -> RealPersonAsset:
        """Wait until an asset is active, and return it. See `wait_many`.

        Raises:
            AssetFailedError: If it fails or is missing.
            WaitTimeoutError: If the deadline passes.
        """
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
        """Wait until every asset is final.

        Asks in batches, after pauses of 5 to 15 seconds, only for assets that are not final yet. An id that is absent
        from three consecutive answers is missing. Five consecutive rounds without an answer end the wait; a refusal
        ends it at once.

        Args:
            asset_ids: Any iterable of ids.
            timeout: Seconds for the whole wait, None for no limit, 0 for exactly one round. The wait ends at most one
                second after the deadline, or before it if no further request fits.
            on_update: Called as `on_update(asset, previous)` when an asset is first seen (`previous` is None) and
                whenever its status or reference changes. It runs in the calling thread; its exceptions are not
                caught.
            on_progress: Called as `on_progress(progress)` after every answer, in the same way.
            on_failure: "raise" to raise `AssetFailedError` once everything is final, "return" to return the result.

        Raises:
            AssetFailedError: If assets failed or are missing; `.result` has everything.
            WaitTimeoutError: If the deadline passes; `.result` has everything known.
            JimmyAIError: For any other failure. This, and what interrupts the call, has everything known as its
                attribute `wait_result`.
        """
        check_wait_options(on_failure, on_update=on_update, on_progress=on_progress)
        wait = Wait(checked_ids(asset_ids), checked_wait(timeout), on_failure, self._http.settings)
        for _ in self._run(wait, on_update, on_progress):
            pass
        return wait.known()

    def as_completed(
        self, asset_ids: Iterable[str], *, timeout: float | None = 1800.0, on_progress: OnProgress | None = None
    ) -> Generator[RealPersonAsset]:
        """Yield each asset, active or failed, as soon as it is final.

        `asset.requested_id` is the id that was asked for. Stopping early leaves nothing behind.

        What has been yielded is yours: the wait holds the ids, but no assets, and suits millions of them. The results
        that errors have hold `missing` and `pending` alone.

        Args:
            asset_ids: Any iterable of ids.
            timeout: Seconds for the whole wait, as in `wait_many`.
            on_progress: Called as `on_progress(progress)` after every answer, when its assets have been yielded.
                `progress.missing` names the ids just found to be missing.

        Raises:
            WaitTimeoutError: If the deadline passes; `.result` has what is left.
            AssetFailedError: After the last asset, if ids are missing.
        """
        check_wait_options("raise", on_progress=on_progress)
        wait = Wait(checked_ids(asset_ids), checked_wait(timeout), "yield", self._http.settings)
        return self._run(wait, None, on_progress)

    def _run(
        self, wait: Wait, on_update: OnUpdate | None, on_progress: OnProgress | None
    ) -> Generator[RealPersonAsset]:
        http = self._http.with_settings(**wait.limits)
        ask = partial(self._ask, RawClient(http))
        with _interruptible("wait_result", wait.known):
            while one_round := wait.next_round():
                http.settings.clock.sleep(one_round.pause)
                for chunk, answer in as_answered(ask, one_round.todo, http.settings.concurrency):
                    updates, progress = wait.receive(chunk, answer)
                    for asset, previous in updates:
                        if on_update:
                            on_update(asset, previous)
                        if asset.is_final:
                            yield asset
                    if on_progress:
                        on_progress(progress)

    def _ask(self, raw: RawClient, chunk: Chunk) -> Assets:
        body = models.SeedanceSpRealPersonBatchStatusRequest(asset_ids=list(chunk))
        with _Reading() as reading:
            return _assets(chunk, batch_query.sync(client=raw, body=body))
        raise reading.error


class AsyncRealPerson:
    """The calls of `AsyncJimmyAI.real_person`.

    Raises:
        TypeError, ValueError: For a wrong argument, such as a blank id, before any request.
        APIStatusError: If the service refuses.
        APIResponseError: If an answer cannot be used.
        APIConnectionError: If there is no answer.
    """

    def __init__(self, http: AsyncRetryingClient) -> None:
        self._http = http
        self.raw = RawClient(http)

    async def status(self, asset_id: str) -> RealPersonAsset:
        """Return an asset as it is now.

        Args:
            asset_id: The id that the whitelist submit returned.

        Raises:
            BadRequestError: If the service does not know the id (code 20002).
        """
        body = models.SeedanceSpRealPersonStatusRequest(asset_id=checked_id(asset_id))
        with _Reading() as reading:
            return _asset(asset_id, await query.asyncio(client=self.raw, body=body))
        raise reading.error

    async def batch_status(self, asset_ids: Iterable[str]) -> BatchResult:
        """Return any number of assets as they are now, by id, in the order given.

        Sends `batch_size` ids in one request and up to `concurrency` requests at a time. Duplicate ids are asked for
        once. An id that the service refuses (code 20002) is in `.refused` and does not affect the others.

        Args:
            asset_ids: Any iterable of ids. An empty one gives an empty result without a request.

        Raises:
            BadRequestError: If all ids are refused.
            JimmyAIError: For any other failure. This, and what interrupts the call, has what was already known as its
                attribute `batch_result`.
        """
        settings = self._http.settings
        batch = Batch(checked_ids(asset_ids), settings.chunk_size)
        with _interruptible("batch_result", batch.known):
            async with AsAnswered(partial(self._ask, self.raw), batch.todo, settings.concurrency) as answers:
                async for chunk, answer in answers:
                    batch.receive(chunk, answer)
        return batch.result()

    async def wait(
        self, asset_id: str, *, timeout: float | None = 1800.0, on_update: OnUpdate | None = None
    ) -> RealPersonAsset:
        """Wait until an asset is active, and return it. See `wait_many`.

        Raises:
            AssetFailedError: If it fails or is missing.
            WaitTimeoutError: If the deadline passes.
        """
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
        """Wait until every asset is final.

        Asks in batches, after pauses of 5 to 15 seconds, only for assets that are not final yet. An id that is absent
        from three consecutive answers is missing. Five consecutive rounds without an answer end the wait; a refusal
        ends it at once.

        Args:
            asset_ids: Any iterable of ids.
            timeout: Seconds for the whole wait, None for no limit, 0 for exactly one round. The wait ends at most one
                second after the deadline, or before it if no further request fits.
            on_update: Called as `on_update(asset, previous)` when an asset is first seen (`previous` is None) and
                whenever its status or reference changes. It runs in the calling task; its exceptions are not
                caught. It may be async.
            on_progress: Called as `on_progress(progress)` after every answer, in the same way.
            on_failure: "raise" to raise `AssetFailedError` once everything is final, "return" to return the result.

        Raises:
            AssetFailedError: If assets failed or are missing; `.result` has everything.
            WaitTimeoutError: If the deadline passes; `.result` has everything known.
            JimmyAIError: For any other failure. This, and what interrupts the call, has everything known as its
                attribute `wait_result`.
        """
        check_wait_options(on_failure, may_be_async=True, on_update=on_update, on_progress=on_progress)
        wait = Wait(checked_ids(asset_ids), checked_wait(timeout), on_failure, self._http.settings)
        async with aclosing(self._run(wait, on_update, on_progress)) as completed:
            async for _ in completed:
                pass
        return wait.known()

    def as_completed(
        self, asset_ids: Iterable[str], *, timeout: float | None = 1800.0, on_progress: OnProgress | None = None
    ) -> AsyncGenerator[RealPersonAsset]:
        """Yield each asset, active or failed, as soon as it is final.

        `asset.requested_id` is the id that was asked for. Stopping early leaves nothing behind.

        What has been yielded is yours: the wait holds the ids, but no assets, and suits millions of them. The results
        that errors have hold `missing` and `pending` alone.

        Args:
            asset_ids: Any iterable of ids.
            timeout: Seconds for the whole wait, as in `wait_many`.
            on_progress: Called as `on_progress(progress)` after every answer, when its assets have been yielded.
                `progress.missing` names the ids just found to be missing. It may be async.

        Raises:
            WaitTimeoutError: If the deadline passes; `.result` has what is left.
            AssetFailedError: After the last asset, if ids are missing.
        """
        check_wait_options("raise", may_be_async=True, on_progress=on_progress)
        wait = Wait(checked_ids(asset_ids), checked_wait(timeout), "yield", self._http.settings)
        return self._run(wait, None, on_progress)

    async def _run(
        self, wait: Wait, on_update: OnUpdate | None, on_progress: OnProgress | None
    ) -> AsyncGenerator[RealPersonAsset]:
        http = self._http.with_settings(**wait.limits)
        ask = partial(self._ask, RawClient(http))
        with _interruptible("wait_result", wait.known):
            while one_round := wait.next_round():
                await http.settings.clock.asleep(one_round.pause)
                async with AsAnswered(ask, one_round.todo, http.settings.concurrency) as answers:
                    async for chunk, answer in answers:
                        updates, progress = wait.receive(chunk, answer)
                        for asset, previous in updates:
                            await _call(on_update, asset, previous)
                            if asset.is_final:
                                yield asset
                        await _call(on_progress, progress)

    async def _ask(self, raw: RawClient, chunk: Chunk) -> Assets:
        body = models.SeedanceSpRealPersonBatchStatusRequest(asset_ids=list(chunk))
        with _Reading() as reading:
            return _assets(chunk, await batch_query.asyncio(client=raw, body=body))
        raise reading.error
