# Generated from openapi.yaml by generate.sh. Do not edit.
from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.seedance_sp_real_person_response import SeedanceSpRealPersonResponse
from ...models.seedance_sp_real_person_status_request import (
    SeedanceSpRealPersonStatusRequest,
)
from ...types import Response


def _get_kwargs(
    *,
    body: SeedanceSpRealPersonStatusRequest,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/api/open-api/v1/seedance/sp/realperson/status",
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> SeedanceSpRealPersonResponse | None:
    if response.status_code == 200:
        response_200 = SeedanceSpRealPersonResponse.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[SeedanceSpRealPersonResponse]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: SeedanceSpRealPersonStatusRequest,
) -> Response[SeedanceSpRealPersonResponse]:
    """SP Query Real-Person Status

     Query whitelist processing status for a single Seedance SP real-person asset.

    Args:
        body (SeedanceSpRealPersonStatusRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[SeedanceSpRealPersonResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    body: SeedanceSpRealPersonStatusRequest,
) -> SeedanceSpRealPersonResponse | None:
    """SP Query Real-Person Status

     Query whitelist processing status for a single Seedance SP real-person asset.

    Args:
        body (SeedanceSpRealPersonStatusRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        SeedanceSpRealPersonResponse
    """

    return sync_detailed(
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    body: SeedanceSpRealPersonStatusRequest,
) -> Response[SeedanceSpRealPersonResponse]:
    """SP Query Real-Person Status

     Query whitelist processing status for a single Seedance SP real-person asset.

    Args:
        body (SeedanceSpRealPersonStatusRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[SeedanceSpRealPersonResponse]
    """

    kwargs = _get_kwargs(
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    body: SeedanceSpRealPersonStatusRequest,
) -> SeedanceSpRealPersonResponse | None:
    """SP Query Real-Person Status

     Query whitelist processing status for a single Seedance SP real-person asset.

    Args:
        body (SeedanceSpRealPersonStatusRequest):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        SeedanceSpRealPersonResponse
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
        )
    ).parsed
