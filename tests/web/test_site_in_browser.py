"""Pages in a real browser: nothing serious for axe-core, nothing wider than the screen, no script
refused, and reading works without JavaScript."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from tests.web.browser import browser, served

from openclout.settings import Site

pytestmark = pytest.mark.slow
PAGES = (
    "/", "/@ann", "/@bob", "/leaderboard", "/compare?people=ann,bob,cat", "/topics",
    "/topics/coffee", "/moments", "/api", "/@nobody", "/search?q=zz",
)  # fmt: skip
SCREENS = {"phone": (360, 740), "desktop": (1280, 900)}


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_pages_are_for_everybody(
    chromium: Browser, address: str, screen: str, scheme: Any, language: str
) -> None:
    width, height = SCREENS[screen]
    context = chromium.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, locale=language,
        bypass_csp=True,  # for axe alone; that no page breaks its policy is tested below
    )  # fmt: skip
    page = context.new_page()
    for path in PAGES:
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate("document.documentElement.lang") == language
        found = Axe().run(page).response["violations"]
        serious = [
            (path, one["id"], [node["html"] for node in one["nodes"]][:3])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == []
    context.close()


def test_no_page_breaks_its_own_policy_nor_asks_elsewhere(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES:
        page.goto(address + path, wait_until="networkidle")
    assert [text for text in said if "404" not in text] == []
    assert [url for url in asked if not url.startswith(address)] == []
    context.close()


def test_the_search_suggests_while_one_types(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    page.goto(address + "/")
    page.locator("#qmain").press_sequentially("an")
    page.locator("#foundmain a").first.wait_for()
    assert page.locator("#foundmain a").first.get_attribute("href") == "/@ann"
    page.close()


def test_everything_can_be_read_without_javascript(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address + "/")
    page.locator("#qmain").fill("ann")
    page.locator("main form.search button").click()
    assert page.url == address + "/@ann"
    assert page.locator(".numeral .big").is_visible()
    assert page.locator("table.parts tr.sum").is_visible()
    page.get_by_role("button", name="Deutsch").click()
    assert page.locator("html").get_attribute("lang") == "de"
    page.get_by_role("button", name="Dunkel").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    context.close()
