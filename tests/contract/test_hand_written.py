"""What the hand-written layer repeats of the spec is what the spec says."""

import inspect
import json
import re
import sys
from collections.abc import Iterator
from typing import Any, get_type_hints

import attrs
import httpx
import pytest

from jimmy_ai_openapi_client import AsyncJimmyAI, JimmyAI, RealPersonAsset
from jimmy_ai_openapi_client.sdk.asset import AssetStatus
from jimmy_ai_openapi_client.sdk.mock import FakeClock, MockService
from jimmy_ai_openapi_client.sdk.policy.answer import READ_OPERATIONS
from jimmy_ai_openapi_client.sdk.real_person import AsyncRealPerson, RealPerson
from jimmy_ai_openapi_client.sdk.settings import DEFAULT_BASE_URL

from .asked import inside, texts
from .cases import Case, any_case, arguments
from .difference import agree, agree_on_value
from .document import DOCUMENT, HOST
from .expected import check
from .generated import MODELS, annotations, function
from .naming import attribute_names, snake
from .samples import Sampler, styles, unknown
from .schema import Schema
from .spec import OPERATIONS, Operation
from .test_examples import examples
from .wire import TOKEN, Wire, finished

IDS = ["id-1", "id-2", "id-3"]
PUBLIC = [name for name in vars(RealPerson) if not name.startswith("_")]
READS = [each for each in OPERATIONS if (each.method.upper(), each.path) in READ_OPERATIONS]
# A method with the last step of the path of such an operation as its name says that it calls that one.
SAID = {snake(each.path.rpartition("/")[2]): each for each in READS}


def test_base_url() -> None:
    """Unless told otherwise it talks to the first server of the spec."""
    agree("servers.0.url", DEFAULT_BASE_URL, HOST)


def test_methods() -> None:
    """What is safe to send again is an operation of the spec, known by method and whole path, and has its method."""
    agree("paths", len(READS), len(READ_OPERATIONS))
    agree("paths", SAID.keys() - set(PUBLIC), set())
    agree("paths", [name for name in vars(AsyncRealPerson) if not name.startswith("_")], PUBLIC)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_raw_on_the_mock(operation: Operation) -> None:
    """Every operation can be called through `raw` of both clients, and the mock, which nobody told of it, answers."""
    mock, case = MockService(api_key=TOKEN), any_case(operation)
    mock.add(*texts(case.body), polls=0)
    for kind, variant in ((JimmyAI, "sync_detailed"), (AsyncJimmyAI, "asyncio_detailed")):
        jimmy: Any = kind(api_key=TOKEN, transport=mock.transport)
        answer = finished(function(operation, variant)(client=jimmy.raw, **arguments(operation, case)))
        where = f"{operation.id} ({variant}), {operation.place}: HTTP {answer.status_code}, {answer.parsed}"
        assert operation.documented(answer.status_code), where
        assert str(getattr(answer.parsed, "code", 0)) in {"0", "20000"}, where
        finished(jimmy.close())


def takes(method: str, argument: str) -> bool:
    """Whether a method has an argument."""
    return argument in inspect.signature(getattr(RealPerson, method)).parameters


def calls(method: str, asked: list[str], **options: Any) -> Iterator[tuple[list[str], list[httpx.Request]]]:
    """Call a method of both clients about ids; yield the ids of the assets that each gave, and what it sent."""
    mock = MockService(api_key=TOKEN)
    mock.add(*asked, polls=0)
    for kind in (JimmyAI, AsyncJimmyAI):
        wire = Wire(kind is JimmyAI, mock.transport.handle_request)
        jimmy: Any = kind(api_key=TOKEN, transport=wire, clock=FakeClock(), **options)
        call = getattr(jimmy.real_person, method)
        assets = [finished(call(asked[0]))] if takes(method, "asset_id") else finished(call(asked))
        yield sorted(getattr(each, "asset_id", each) for each in assets), wire.requests
        finished(jimmy.close())


@pytest.mark.parametrize("method", PUBLIC)
def test_sends_what_the_spec_describes(method: str) -> None:
    """Each request asks one operation for the ids; a method named like an operation sends that one, once."""
    asked = IDS[:1] if takes(method, "asset_id") else IDS
    for found, requests in calls(method, asked):
        agree(f"ids, what {method} gives", found, asked)
        paths = [request.url.path for request in requests]
        agree(f"paths, requests of {method}", paths, [SAID[method].path] if method in SAID else paths[:1] * len(paths))
        for request in requests:
            (operation,) = (each for each in OPERATIONS if each.path == request.url.path)
            media, schema = next(iter(operation.body.items()))
            body = {name: asked if schema.properties[name].kind == "array" else asked[0] for name in schema.required}
            check(request, operation, Case("ids", media=media, body=body), HOST)


LISTS = [each for read in READS for body in read.body.values() for each in body.properties.values()]
LISTS = [schema for schema in LISTS if schema.kind == "array"]


@pytest.mark.parametrize("method", [name for name in PUBLIC if takes(name, "asset_ids")])
@pytest.mark.parametrize("schema", LISTS, ids=lambda schema: schema.place)
def test_a_request_has_no_more_ids_than_the_spec_allows(schema: Schema, method: str) -> None:
    """By default, and whatever the caller says; where the spec sets no limit the caller does."""
    limit = schema.node.get("maxItems", sys.maxsize)
    default = inspect.signature(JimmyAI).parameters["batch_size"].default
    sizes = (1, default + 1, min(limit, default) + 1)
    for asked, options in ((default, {}), *((size, {"batch_size": size}) for size in sizes)):
        most = min(asked, limit)
        for _, requests in calls(method, [f"id-{number}" for number in range(most + 1)], **options):
            sent = [len(next(iter(json.loads(request.content).values()))) for request in requests]
            agree(f"{schema.place} takes {limit} ids; in a request of {method}", sorted(sent), [1, most])


BY_HAND = {each.alias: each for each in attrs.fields(RealPersonAsset)}
LAYERS_OWN = {"extra", "error", "requested_id"}
"""Attributes that stand for no property."""
MODEL: Any = get_type_hints(RealPersonAsset.from_model)["model"]
(ASSET,) = (place.schema for place in MODELS if place.cls is MODEL)
ATTRIBUTES = attribute_names(ASSET)
NAMED = {name: each for name, each in ATTRIBUTES.items() if each in BY_HAND.keys() - LAYERS_OWN}
(STATUS,) = (name for name, each in NAMED.items() if annotations(RealPersonAsset)[each] == AssetStatus | str)


@pytest.mark.parametrize("style", styles(ASSET))
def test_every_field_arrives(style: str) -> None:
    """Each property of the asset is the attribute of its name, None if it is not there; `extra` has all others.

    There a property has the type that the generated model gives it. Null means absent.
    """
    must = [name for name, each in NAMED.items() if BY_HAND[each].default is attrs.NOTHING]
    wire: dict[str, Any] = styles(ASSET)[style].make(ASSET)
    wire |= {name: Sampler().make(ASSET.properties[name], name) for name in must if not wire.get(name)}
    more = unknown(ASSET)
    model = MODEL.from_dict(wire)
    said = {name: value for name, value in (wire | more).items() if value is not None}
    found = RealPersonAsset.from_model(MODEL.from_dict(said))
    values = {name: getattr(found, attribute) for name, attribute in NAMED.items()}
    agree_on_value(f"{ASSET.place}, RealPersonAsset", ASSET, values, {name: wire.get(name) for name in NAMED})
    kept = {name: value for name, value in more.items() if value is not None}
    kept |= {ATTRIBUTES[name]: getattr(model, ATTRIBUTES[name]) for name in wire.keys() - NAMED.keys()}
    agree(f"{ASSET.place}, RealPersonAsset.extra", found.extra, kept)
    assert [type(value) for value in found.extra.values()] == [type(kept[name]) for name in found.extra]


def test_no_other_field() -> None:
    """It has no attribute that the spec knows nothing of, but for what is not of the service."""
    others = BY_HAND.keys() - LAYERS_OWN - set(ATTRIBUTES.values())
    agree(f"{ASSET.place}, attributes of RealPersonAsset that are no property", others, set())
    compared = {name for name, each in BY_HAND.items() if each.eq}
    agree(f"{ASSET.place}, what makes two assets differ", compared, BY_HAND.keys() - LAYERS_OWN | {"extra"})


def test_statuses() -> None:
    """The statuses that the spec names, in an enum or between slashes, are known; its examples show no others."""
    node = ASSET.properties[STATUS].node
    words = node.get("enum") or re.findall(r"\w+", node["description"])
    agree(f"{ASSET.properties[STATUS].place}, AssetStatus", sorted(AssetStatus), sorted(words))
    for place, _, value in examples(DOCUMENT):
        if place.startswith(tuple(each.place for each in READS)):
            shown = {each[STATUS] for each in inside(value) if isinstance(each, dict) and STATUS in each}
            assert shown <= set(words), place
