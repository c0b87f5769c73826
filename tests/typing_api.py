"""The public surface as callers use it. Nothing runs this file; mypy --strict and pyright read it."""

from collections.abc import AsyncGenerator, Generator, Mapping
from typing import Any, assert_type

import httpx

from jimmy_ai_openapi_client import (
    APIConnectionError,
    APIStatusError,
    APITimeoutError,
    AssetFailedError,
    AssetStatus,
    AsyncJimmyAI,
    AuthenticatedClient,
    BadRequestError,
    BatchResult,
    Client,
    ConfigurationError,
    JimmyAI,
    JimmyAIError,
    Progress,
    RealPersonAsset,
    WaitError,
    WaitResult,
    WaitTimeoutError,
    __version__,
)
from jimmy_ai_openapi_client.api.default import query_seedance_sp_real_person_status as query
from jimmy_ai_openapi_client.models import SeedanceSpRealPersonResponse, SeedanceSpRealPersonStatusRequest
from jimmy_ai_openapi_client.sdk.clock import Clock
from jimmy_ai_openapi_client.types import Response

IDS = ["id1", "id2"]


class Mine(JimmyAI):
    """A subclass keeps its type."""


def clients() -> None:
    with Mine(api_key="sk-1", base_url="https://x.example", timeout=5, max_retries=0, concurrency=1) as jimmy:
        assert_type(jimmy, Mine)
        assert_type(jimmy.with_options(timeout=2.5).with_options(max_retries=2), Mine)
        assert_type(jimmy.close(), None)
    JimmyAI(transport=httpx.HTTPTransport(), clock=Clock(), batch_size=50, allow_http=True)
    AsyncJimmyAI(transport=httpx.AsyncHTTPTransport(), clock=Clock())
    for client in (JimmyAI, AsyncJimmyAI):
        client(transport=httpx.MockTransport(lambda request: httpx.Response(200)))
    version: str = __version__
    print(version)


def wrong_arguments(jimmy: JimmyAI) -> None:
    JimmyAI("sk-1")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    JimmyAI(timeout=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    JimmyAI(retries=3)  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    jimmy.with_options(timeout=None)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    jimmy.real_person.status(5)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    jimmy.real_person.batch_status([5])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    jimmy.real_person.wait_many(IDS, on_failure="ignore")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


def asset(asset: RealPersonAsset) -> None:
    assert_type((asset.asset_id, asset.status, asset.reference), tuple[str, AssetStatus | str, str])
    for told in (asset.asset_ref, asset.official_id, asset.name, asset.url, asset.created_at):
        assert_type(told, str | None)
    assert_type((asset.is_final, asset.is_active, asset.extra), tuple[bool, bool, dict[str, Any]])
    asset.name = "x"  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    RealPersonAsset("id1", "Active")
    RealPersonAsset(asset_id="id1", status=AssetStatus.FAILED, extra={"new": 1})


def results(batch: BatchResult, result: WaitResult, progress: Progress) -> None:
    mapping: Mapping[str, RealPersonAsset] = batch
    assert_type(mapping["id1"], RealPersonAsset)
    assert_type(batch.get("id1"), RealPersonAsset | None)
    assert_type([(name, found.reference) for name, found in batch.items()], list[tuple[str, str]])
    assert_type((batch.missing, batch.unasked), tuple[tuple[str, ...], tuple[str, ...]])
    assert_type(batch.refused, dict[str, BadRequestError])
    assert_type(result["id1"], RealPersonAsset)
    for assets in (result.active, result.failed):
        assert_type(assets, dict[str, RealPersonAsset])
    assert_type((result.missing, result.pending), tuple[tuple[str, ...], tuple[str, ...]])
    assert_type((result.requests, result.elapsed), tuple[int, float])
    assert_type((progress.done, progress.failed, progress.total, progress.elapsed), tuple[int, int, int, float])


def show(asset: RealPersonAsset, previous: RealPersonAsset | None) -> None:
    """As `on_update`."""


async def show_later(asset: RealPersonAsset, previous: RealPersonAsset | None) -> None:
    """As `on_update` of the asyncio client."""


def draw(progress: Progress) -> None:
    """As `on_progress`."""


def calls(jimmy: JimmyAI) -> None:
    assert_type(jimmy.real_person.status("id1"), RealPersonAsset)
    assert_type(jimmy.real_person.batch_status(name for name in IDS), BatchResult)
    assert_type(jimmy.real_person.wait("id1", timeout=None, on_update=show), RealPersonAsset)
    jimmy.real_person.wait("id1", on_update=lambda asset, previous: print(asset.name, previous))
    result = jimmy.real_person.wait_many(IDS, timeout=60, on_update=show, on_progress=draw, on_failure="return")
    assert_type(result, WaitResult)
    finished = jimmy.real_person.as_completed(IDS, timeout=60, on_progress=draw)
    assert_type(finished, Generator[RealPersonAsset, None, None])


async def awaited() -> None:
    async with AsyncJimmyAI() as jimmy:
        assert_type(jimmy, AsyncJimmyAI)
        assert_type(await jimmy.real_person.status("id1"), RealPersonAsset)
        assert_type(await jimmy.real_person.wait("id1", on_update=show), RealPersonAsset)
        assert_type(await jimmy.real_person.wait_many(IDS, on_update=show_later, on_progress=draw), WaitResult)
        assert_type(jimmy.real_person.as_completed(IDS), AsyncGenerator[RealPersonAsset, None])
        await jimmy.close()
        await jimmy.aclose()


def errors(jimmy: JimmyAI) -> None:
    try:
        jimmy.real_person.wait_many(IDS)
    except (AssetFailedError, WaitTimeoutError) as error:
        assert_type(error.result, WaitResult)
    except WaitError as error:
        assert_type(error.result.pending, tuple[str, ...])
    except APIStatusError as error:
        assert_type((error.status_code, error.code), tuple[int | None, int | None])
        assert_type((error.msg, error.request_id, error.body), tuple[str | None, str | None, str | None])
        assert_type((error.operation, error.attempts), tuple[str | None, int | None])
        assert_type((error.retry_after, error.elapsed), tuple[float | None, float | None])
        assert_type((error.batch_result, error.wait_result), tuple[BatchResult | None, WaitResult | None])
    except APITimeoutError as error:
        late: TimeoutError = error
        print(late)
    except (ConfigurationError, APIConnectionError) as error:
        assert_type(error, ConfigurationError | APIConnectionError)
    except JimmyAIError as error:
        assert_type(error.hint, str)


async def generated(jimmy: JimmyAI, awaited: AsyncJimmyAI) -> None:
    body = SeedanceSpRealPersonStatusRequest(asset_id="id1")
    raw: AuthenticatedClient = jimmy.raw
    assert_type(query.sync(client=Client(base_url="https://x.example"), body=body), SeedanceSpRealPersonResponse | None)
    assert_type(query.sync_detailed(client=raw, body=body), Response[SeedanceSpRealPersonResponse])
    assert_type(await query.asyncio(client=awaited.raw, body=body), SeedanceSpRealPersonResponse | None)
