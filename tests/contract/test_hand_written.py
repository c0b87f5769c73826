"""What the hand-written layer repeats of the spec is what the spec says."""

import asyncio
import inspect
import json
import sys
from collections.abc import Iterator
from typing import Any

import attrs
import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI, RealPersonAsset
from jimmy_ai_openapi_client.sdk.asset import AssetStatus
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService
from jimmy_ai_openapi_client.sdk.policy.answer import READ_OPERATIONS
from jimmy_ai_openapi_client.sdk.real_person import AsyncRealPerson, RealPerson
from jimmy_ai_openapi_client.sdk.settings import DEFAULT_BASE_URL

from .asset_in_spec import ASSET, ATTRIBUTES, MODEL, STATUSES, asset, assets, status_property
from .cases import Case
from .difference import NOTHING, agree, agree_on_value
from .document import DOCUMENT, HOST
from .expected import check
from .naming import snake
from .samples import Sampler, styles, unknown
from .schema import Schema
from .spec import OPERATIONS, Operation
from .test_examples import examples
from .wire import TOKEN, Wire

IDS = ["id-1", "id-2", "id-3"]


def test_base_url() -> None:
    """Unless told otherwise it talks to the first server of the spec."""
    agree("servers.0.url", DEFAULT_BASE_URL, HOST)


def is_read(operation: Operation) -> bool:
    return (operation.method.upper(), operation.path) in READ_OPERATIONS


def test_reads() -> None:
    """What it takes for safe to send again is one operation of the spec each, known by its method and whole path."""
    assert len([operation for operation in OPERATIONS if is_read(operation)]) == len(READ_OPERATIONS)


def said(name: str) -> list[Operation]:
    """Return the operations that a method says it calls: those reads with its name as the last step of their path."""
    return [each for each in OPERATIONS if is_read(each) and snake(each.path.rpartition("/")[2]) == name]


PUBLIC = [name for name in vars(RealPerson) if not name.startswith("_")]
METHODS = [name for name in PUBLIC if said(name)]


def calls(method: str, asked: str | list[str], **options: Any) -> Iterator[tuple[Any, list[httpx.Request]]]:
    """Call a method of both clients; yield what each gave, an iterator as a list, and what it sent."""

    def wire(*, blocking: bool) -> Wire:
        mock = MockService(api_key=TOKEN)
        mock.add(*([asked] if isinstance(asked, str) else asked), polls=0)
        return Wire(blocking, mock.transport.handle_request)

    threads, loop = wire(blocking=True), wire(blocking=False)
    with JimmyAI(api_key=TOKEN, transport=threads, clock=FakeClock(), **options) as jimmy:
        result = getattr(jimmy.real_person, method)(asked)
        yield list(result) if inspect.isgenerator(result) else result, threads.requests

    async def wait() -> Any:
        async with AsyncJimmyAI(api_key=TOKEN, transport=loop, clock=FakeClock(), **options) as jimmy:
            result = getattr(jimmy.real_person, method)(asked)
            return [each async for each in result] if inspect.isasyncgen(result) else await result

    yield asyncio.run(wait()), loop.requests


def body_for(operation: Operation) -> tuple[str, dict[str, Any]]:
    """Return the media type and a body that asks for the ids, for one where there is room for no more."""
    media, schema = next(iter(operation.body.items()))
    return media, {name: IDS if each.kind == "array" else IDS[0] for name, each in schema.properties.items()}


@pytest.mark.parametrize("method", METHODS)
def test_says_what_it_calls(method: str) -> None:
    """A method named like an operation sends that one, once, with the ids it was given and the security of the spec."""
    (operation,) = said(method)
    media, body = body_for(operation)
    asked = next(iter(body.values()))
    for result, requests in calls(method, asked):
        agree(f"{operation.id}, requests of {method}", len(requests), 1)
        check(requests[0], operation, Case("ids", media=media, body=body), HOST)
        found = list(result) if isinstance(asked, list) else result.asset_id
        agree(f"{operation.id}, what {method} gives", found, asked)


@pytest.mark.parametrize("method", [name for name in PUBLIC if name not in METHODS])
def test_calls_nothing_else(method: str) -> None:
    """Any other method sends what the spec lets it send."""
    one = "asset_id" in inspect.signature(getattr(RealPerson, method)).parameters
    for _, requests in calls(method, IDS[0] if one else IDS):
        assert requests
        for request in requests:
            paths = [each for each in OPERATIONS if request.url.path == each.path]
            assert paths, f"{method}: the spec has no {request.url.path}"
            media, body = body_for(paths[0])
            asked = [IDS[0]] if one else IDS
            body = {name: asked if isinstance(each, list) else each for name, each in body.items()}
            check(request, paths[0], Case("ids", media=media, body=body), HOST)


def test_methods() -> None:
    """There is a method for each operation of the spec that is a read, by its name, and the asynchronous ones equal."""
    agree("paths", sorted(METHODS), sorted(snake(path.rpartition("/")[2]) for _, path in READ_OPERATIONS))
    agree("paths", [name for name in vars(AsyncRealPerson) if not name.startswith("_")], PUBLIC)


def complete(sampler: Sampler) -> dict[str, Any]:
    """Return an asset on the wire that has at least what an asset must have: those without a default by hand."""
    wire: dict[str, Any] = sampler.make(ASSET)
    by_hand = attrs.fields_dict(RealPersonAsset)
    must = [name for name, each in ATTRIBUTES.items() if each in by_hand and by_hand[each].default is attrs.NOTHING]
    made = {name: Sampler().make(ASSET.properties[name], name) for name in must if not wire.get(name)}
    return {**wire, **made}


BY_HAND = {each.alias: each for each in attrs.fields(RealPersonAsset)}
LAYERS_OWN = {"extra", "error", "requested_id"}
"""Attributes that stand for no property."""


@pytest.mark.parametrize("style", styles(ASSET))
def test_every_field_arrives(style: str) -> None:
    """Each property of the asset is the attribute of its name, None if it is not there; `extra` has all others.

    There a property has the type that the generated model gives it.
    """
    wire = complete(styles(ASSET)[style])
    more = unknown(ASSET)
    found, model = asset(wire | more), MODEL.from_dict(wire)
    named = {name: each for name, each in ATTRIBUTES.items() if each in BY_HAND.keys() - LAYERS_OWN}
    values = {name: getattr(found, attribute, NOTHING) for name, attribute in named.items()}
    agree_on_value(f"{ASSET.place}, RealPersonAsset", ASSET, values, {name: wire.get(name) for name in named})
    kept = {name: value for name, value in more.items() if value is not None}
    kept |= {ATTRIBUTES[name]: getattr(model, ATTRIBUTES[name]) for name in wire.keys() - named.keys()}
    agree(f"{ASSET.place}, RealPersonAsset.extra", found.extra, kept)
    assert [type(value) for value in found.extra.values()] == [type(kept[name]) for name in found.extra]


def test_no_other_field() -> None:
    """It has no attribute that the spec knows nothing of, but for what is not of the service."""
    others = BY_HAND.keys() - LAYERS_OWN - set(ATTRIBUTES.values())
    agree(f"{ASSET.place}, attributes of RealPersonAsset that are no property", others, set())
    compared = {name for name, each in BY_HAND.items() if each.eq}
    agree(f"{ASSET.place}, what makes two assets differ", compared, BY_HAND.keys() - LAYERS_OWN | {"extra"})


def test_statuses() -> None:
    """The statuses that the spec names are known, in its spelling, and no others."""
    place = ASSET.properties[status_property()].place
    agree(f"{place}, AssetStatus", sorted(AssetStatus), sorted(STATUSES))


@pytest.mark.parametrize("word", STATUSES)
def test_status_is_read(word: str) -> None:
    """Each is read as itself, in any letter case; a word that the spec does not name is kept as it is."""
    name = status_property()
    for said_so in (word, word.upper(), word.lower(), f" {word}\n"):
        found = getattr(asset(complete(Sampler()) | {name: said_so}), ATTRIBUTES[name])
        assert found is AssetStatus(word), f"{ASSET.properties[name].place}: found {found!r} for {said_so!r}"
    strange = f"{word}-not"
    agree(name, getattr(asset(complete(Sampler()) | {name: strange}), ATTRIBUTES[name]), strange)


EXAMPLES = [
    pytest.param(each[status_property()], id=f"{place}-{number}")
    for place, _, value in examples(DOCUMENT)
    if any(place.startswith(operation.place) for method in METHODS for operation in said(method))
    for number, each in enumerate(assets(value))
]


@pytest.mark.parametrize("status", EXAMPLES)
def test_examples_have_known_statuses(status: str) -> None:
    """An example shows no status that is not one."""
    assert status in STATUSES


LISTS = [each for read in METHODS for body in said(read)[0].body.values() for each in body.properties.values()]
LISTS = [schema for schema in LISTS if schema.kind == "array"]


@pytest.mark.parametrize(
    "method", [name for name in PUBLIC if "asset_ids" in inspect.signature(vars(RealPerson)[name]).parameters]
)
@pytest.mark.parametrize("schema", LISTS, ids=lambda schema: schema.place)
def test_a_request_has_no_more_ids_than_the_spec_allows(schema: Schema, method: str) -> None:
    """By default, and whatever the caller says; where the spec sets no limit the caller does."""
    limit = schema.node.get("maxItems", sys.maxsize)
    default = inspect.signature(JimmyAI).parameters["batch_size"].default
    for asked, options in (
        (default, {}),
        *((size, {"batch_size": size}) for size in (1, default + 1, min(limit, default) + 1)),
    ):
        most = min(asked, limit)
        for _, requests in calls(method, [f"id-{number}" for number in range(most + 1)], **options):
            sizes = [len(next(iter(json.loads(request.content).values()))) for request in requests]
            agree(f"{schema.place} takes {limit} ids; in a request of {method}", sorted(sizes), [1, most])
