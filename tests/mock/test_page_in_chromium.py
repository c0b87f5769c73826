"""The page in a browser: used by mouse and keyboard, read in light and dark, fed with hostile names."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from jimmy_ai_openapi_client.sdk.mock import MockServer, MockService

from .helpers import KEY, STATUS

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
LAYOUT = Path(__file__).with_name("layout.js").read_text("utf-8")
AXE = Path(__file__).parent / "axe" / "node_modules" / "axe-core" / "axe.min.js"
pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, server: MockServer) -> Iterator[Page]:
    """The page; it asks nobody but its server and complains of nothing but of answers that are to be bad."""
    asked: list[str] = []
    troubles: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: troubles.append(message.text))
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.set_default_timeout(10_000)
    page.goto(server.base_url)
    expect(page.locator("#link")).to_have_text("live")
    yield page
    page.close()
    assert [trouble for trouble in troubles if not trouble.startswith("Failed to load resource")] == []
    assert [url for url in asked if not url.startswith(f"{server.base_url}/")] == []


def row(page: Page, asset_id: str) -> Any:
    return page.locator("#assets tbody tr").filter(has=page.get_by_text(asset_id, exact=True).locator("visible=true"))


def press(page: Page, button: str) -> None:
    page.get_by_role("button", name=button).click()


def expect_said(page: Page, text: str) -> None:
    expect(page.get_by_role("status")).to_have_text(text)


def ask(site: httpx.Client, asset_id: str) -> Any:
    return site.post(STATUS, json={"asset_id": asset_id}, headers=KEY).json()


def test_assets_and_requests_are_live(page: Page, mock: MockService, site: httpx.Client) -> None:
    mock.add("id1", polls=1)
    expect(row(page, "id1")).to_contain_text("1 poll")
    ask(site, "id1")
    expect(row(page, "id1")).to_contain_text("Active")
    expect_said(page, "id1 is Active.")
    requests = page.locator("#requests details")
    for text in ("12:00:00", "id1", "HTTP 200 · code 0"):
        expect(requests).to_contain_text(text)
    ask(site, "id1")
    expect(requests).to_have_count(2)
    sent, answered = requests.first.locator("pre").all()
    expect(sent).to_be_hidden()
    requests.first.locator("summary").click()
    expect(sent).to_contain_text('"asset_id": "id1"')
    expect(answered).to_contain_text('"asset_ref": "asset://id1"')
    ask(site, "id1")
    expect(requests).to_have_count(3)
    expect(requests.nth(1).locator("pre").last).to_be_visible()


def test_by_keyboard_alone(page: Page, mock: MockService, site: httpx.Client) -> None:
    """Add an asset, activate it, fail it; switch a fault on and off. The focus is never lost, and always seen."""
    seen: set[str] = set()

    def type_in(*keys: str) -> None:
        for key in keys:
            page.keyboard.press(key)
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            seen.add(f"{page.evaluate('document.activeElement.tagName')} {outline}")

    type_in("Tab", "Tab", "Tab")
    page.keyboard.type("new-1")
    type_in("Tab", "Tab", "Tab", "Tab", "Enter")
    expect(row(page, "new-1")).to_contain_text("Processing")
    expect_said(page, "new-1 is added.")
    expect(page.get_by_label("Id")).to_be_focused()
    type_in(*["Tab"] * 5, "Enter")
    expect(row(page, "new-1")).to_contain_text("Active")
    expect(page.get_by_role("button", name="Activate new-1")).to_be_focused()
    type_in("Enter", "Tab", "Space")
    expect(row(page, "new-1")).to_contain_text("Failed")
    assert mock.statuses() == {"new-1": "Failed"}
    type_in("Tab")
    page.keyboard.type("code")
    type_in(*["Tab"] * 3, "Enter")
    expect(page.locator("#faults li")).to_contain_text("code -1")
    assert ask(site, "new-1")["code"] == -1
    expect(page.locator("#faults li")).to_have_count(0)
    expect(page.get_by_role("button", name="Switch on")).to_be_focused()
    assert seen == {"A solid", "INPUT solid", "SELECT solid", "BUTTON solid"}


def test_a_fault_stays_on_until_it_is_switched_off(page: Page, site: httpx.Client) -> None:
    page.get_by_label("Kind").select_option("status")
    page.get_by_label("status", exact=True).fill("520")
    page.get_by_role("combobox", name="Requests").select_option("")
    press(page, "Switch on")
    expect(page.locator("#faults li")).to_contain_text("HTTP 520")
    for _ in range(3):
        assert site.post(STATUS).status_code == 520
    expect(page.locator("#faults li")).to_contain_text("all requests; 3 so far")
    page.get_by_role("button", name="Switch off HTTP 520").press("Enter")
    expect(page.locator("#faults-none")).to_be_visible()
    expect(page.get_by_label("Kind")).to_be_focused()
    assert ask(site, "x")["code"] == 20002


def test_every_kind_of_fault_can_be_switched_on(page: Page, mock: MockService) -> None:
    kinds = page.get_by_label("Kind")
    for kind in kinds.locator("option").all():
        kinds.select_option(kind.get_attribute("value"))
        expect(page.locator("#fault-hint")).to_have_text(re.compile(r"^[^`\n]+\.$"))
        press(page, "Switch on")
        expect_said(page, f"{kind.text_content()} is on.")
    expect(page.locator("#faults li")).to_have_count(12)
    assert "code -1, HTTP 429, Retry-After: 1, HTTP 503, HTML page, reset, cut body, delay 1 s" in repr(mock.fault)
    kinds.select_option("null_fields")
    page.get_by_label("names").fill("name, url")
    press(page, "Switch on")
    expect(page.locator("#faults li").last).to_contain_text("null fields: name, url")


def test_what_is_refused_is_said(page: Page, mock: MockService) -> None:
    page.get_by_label("Kind").select_option("cut")
    page.get_by_label("keep").fill("7")
    press(page, "Switch on")
    expect_said(page, "keep must be from 0 to 1, not 7")
    assert mock.fault.planned == []
    page.get_by_label("Id").fill("  ")
    press(page, "Add asset")
    assert page.get_by_label("Id").evaluate("(field) => field.validity.patternMismatch")
    assert mock.statuses() == {}


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "\"'><b>& 😀"])
def test_a_name_is_text_and_nothing_else(page: Page, mock: MockService, site: httpx.Client, name: str) -> None:
    mock.add(name, polls=0)
    mock.fault.unknown_status(name)
    ask(site, name)
    ask(site, f"{name} unknown")
    expect(row(page, name)).to_contain_text("Active")
    expect(page.locator("#requests")).to_contain_text(name)
    press(page, f"Fail {name}")
    expect(row(page, name)).to_contain_text("Failed")
    expect(page.locator("img, b, script")).to_have_count(1)


@pytest.fixture
def _crowded(mock: MockService, site: httpx.Client) -> None:
    """Whatever a page may have to show."""
    mock.add("portrait-1", polls=100_000)
    mock.add("x" * 64, seconds=100_000)
    mock.add("人物肖像" * 8, polls=0)
    mock.add("portrait-4", polls=0, outcome="Failed")
    mock.add("portrait-5", polls=0, outcome="Reviewing")
    for asset_id in [*["x" * 64] * 15, "人物肖像" * 8, "unknown"]:
        ask(site, asset_id)
    site.get(f"/{'x' * 64}")
    mock.load({"faults": ["code", "reset"]})
    ask(site, "portrait-1")
    with pytest.raises(httpx.ReadError):
        ask(site, "portrait-1")
    mock.fault.delay(0.25, chance=0.5, operation="batchQuerySeedanceSpRealPersonStatus")
    mock.fault.null_fields("official_id", "created_at", "name", times=None)


@pytest.mark.usefixtures("_crowded")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 375])
def test_the_layout_holds(page: Page, scheme: Any, width: int) -> None:
    """Nothing but ids is broken, nothing is cut off, and axe finds nothing."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    expect(page.locator("#requests details")).to_have_count(20)
    expect(page.locator("#faults li")).to_have_count(2)
    page.locator("summary").nth(4).click()
    assert page.evaluate(LAYOUT) == {"broken": [], "outside": [], "overlapping": []}
    colour = {"light": "rgb(244, 245, 248)", "dark": "rgb(17, 20, 27)"}[scheme]
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == colour
    if not AXE.exists():
        pytest.skip("axe-core is not installed: make judge")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run()")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []


def test_it_says_when_the_mock_is_gone(page: Page, server: MockServer) -> None:
    server.__exit__(None, None, None)
    expect(page.locator("#link")).to_have_text("not running")
    page.get_by_label("Id").fill("x")
    press(page, "Add asset")
    expect_said(page, "The mock does not answer.")
