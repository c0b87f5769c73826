"""The main job, on the embedded mock served on loopback: ask for one portrait, ask for several, wait for all."""

import time

from jimmy_ai_openapi_client import JimmyAI, RealPersonAsset
from jimmy_ai_openapi_client.sdk.mock import MockService

KEY = "sk-demo"
started = time.monotonic()


def say(text: str) -> None:
    print(f"{time.monotonic() - started:5.1f} s  {text}")


def show(asset: RealPersonAsset, previous: RealPersonAsset | None) -> None:
    was = f"{previous.status} -> " if previous else ""
    use = f", use it as {asset.reference}" if asset.is_active else ""
    say(f"  {asset.asset_id}: {was}{asset.status}{use}")


mock = MockService(api_key=KEY)
mock.add("portrait-1", seconds=0)
mock.add("portrait-2", seconds=3)
mock.add("portrait-3", seconds=4, outcome="Failed")
mock.add("portrait-4", seconds=8)

with mock.serve() as server, JimmyAI(api_key=KEY, base_url=server.base_url) as jimmy:
    say(f"the mock serves the API at {server.base_url}")

    asset = jimmy.real_person.status("portrait-1")
    say(f"status('portrait-1') -> {asset.status}, use it as {asset.reference}")

    ids = ["portrait-1", "portrait-2", "portrait-3", "portrait-4", "portrait-5"]
    batch = jimmy.real_person.batch_status(ids)
    say(f"batch_status({len(ids)} ids) -> {', '.join(f'{one}: {it.status}' for one, it in batch.items())}")
    say(f"  unknown to the service: {', '.join(batch.missing)}")

    say("wait_many(4 ids), asking only for what is unfinished:")
    result = jimmy.real_person.wait_many(ids[:4], on_update=show, on_failure="return")
    say(f"  {len(result.active)} active, {len(result.failed)} failed, {result.requests} requests")
