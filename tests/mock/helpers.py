"""What the tests send to a mock, and a client that sends it in-process."""

from pathlib import Path
from typing import Any

import httpx

from jimmy_ai_openapi_client.sdk.mock import MockService

GROWTH = Path(__file__).with_name("growth.yaml")
KEY = {"Authorization": "Bearer sk-mock"}
JSON = {"Content-Type": "application/json"}
SITE = "https://www.jimmyai.cn"
STATUS = "/api/open-api/v1/seedance/sp/realperson/status"
BATCH = "/api/open-api/v1/seedance/sp/realperson/batch-status"


class Caller:
    """Asks a mock in-process, with the right key."""

    def __init__(self, mock: MockService) -> None:
        self.mock = mock
        self.http = httpx.Client(transport=mock.transport, base_url=SITE, headers=KEY)

    def one(self, asset_id: str) -> Any:
        """The answer to a single query."""
        return self.http.post(STATUS, json={"asset_id": asset_id}).json()

    def several(self, *asset_ids: str) -> dict[str, str]:
        """Status by id, from one batch."""
        items = self.http.post(BATCH, json={"asset_ids": asset_ids}).json()["data"]["items"]
        return {item["asset_id"]: item["status"] for item in items}
