"""The walks of members, organisers and the operator in a real browser, phone and desktop, in both
languages: axe-core looks at each page, none is wider than the screen, none breaks its policy."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.web.browser import browser, served
from tests.web.people import member, organiser, sweep

from openclout.settings import Site

pytestmark = pytest.mark.slow
NOW = datetime.now(UTC)
WALKS = [("en", "light", (1280, 900)), ("de", "dark", (360, 740))]


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with served(site) as found:
        yield found


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture
def cast(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An organiser, an operator, and Ann with a score in tea; all of it gone afterwards."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright runs a loop of its own
    from openclout.web.endorsing.models import Endorsement
    from openclout.web.perks.models import Perk
    from openclout.web.published.models import Person, TopicScore

    root = member("root")
    root.is_staff = root.is_superuser = True
    root.save()
    ann = Person.objects.get(slug="ann", level="account")
    TopicScore.objects.create(id=10**9, owner=ann.id, topic="tea", score=61.5, low=50, high=70,
                              provisional=False, percentile=90.0, people=99)  # fmt: skip
    yield organiser()
    TopicScore.objects.filter(id=10**9).delete()
    Endorsement.objects.all().delete()
    Perk.objects.all().delete()
    sweep()


class Visit:
    """A browser window of somebody who is signed in, whose every page is looked at."""

    def __init__(self, chromium: Browser, address: str, walk: Any, who: Any) -> None:
        """`who` is a member."""
        from django.test import Client

        self.language, scheme, (self.width, height) = walk
        client = Client()
        client.force_login(who)
        self._context = chromium.new_context(
            viewport={"width": self.width, "height": height}, color_scheme=scheme,
            locale=self.language, bypass_csp=True, base_url=address,
        )  # fmt: skip
        cookie = client.cookies["sessionid"].value
        self._context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
        self.page: Page = self._context.new_page()

    def open(self, path: str) -> Page:
        """Open a page and look at it."""
        self.page.goto(path)
        self.look()
        return self.page

    def look(self) -> None:
        """Nothing serious for axe, nothing wider than the screen."""
        page = self.page
        assert page.evaluate("document.documentElement.scrollWidth") <= self.width, page.url
        found = Axe().run(page).response["violations"]
        serious = [
            (page.url, one["id"], [node["html"] for node in one["nodes"]][:3])
            for one in found
            if one["impact"] in ("serious", "critical")
        ]
        assert serious == []

    def close(self) -> None:
        """Close the window."""
        self._context.close()


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk[0])
def test_a_member_gives_and_takes_back(
    chromium: Browser, address: str, cast: Any, walk: Any
) -> None:
    eve = member("eve")
    visit = Visit(chromium, address, walk, eve)
    page = visit.open("/@ann/k?topic=Hard+Bop")
    assert page.locator("#topic").input_value() == "hard-bop"
    page.locator("form.stacked button").click()
    visit.look()
    assert page.locator(".pip.spent").count() == 1
    assert "hard-bop" in page.locator(".plainlist").inner_text()
    visit.open("/k")
    page.locator(".plainlist button").click()
    visit.look()
    assert eve.given.count() == 0
    visit.open("/invitations")
    page.locator("form.card button").click()
    visit.look()
    link = page.locator("input.link").input_value()
    visit.open("/invitation/" + link.rpartition("/")[2])
    visit.open("/webhooks")
    visit.close()


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk[0])
def test_an_offer_from_the_organiser_over_the_operator_to_ann(
    chromium: Browser, address: str, cast: Any, walk: Any
) -> None:
    orga = Visit(chromium, address, walk, cast)
    page = orga.open("/offers/new")
    soon = NOW + timedelta(days=3)
    for name, value in (
        ("title", "A pot of tea"), ("text", "At the harbour."), ("topic", "tea"), ("quota", "2"),
        ("minimum_score", "40"), ("starts", f"{NOW:%Y-%m-%d}T00:00"),
        ("ends", f"{soon:%Y-%m-%d}T00:00"),
    ):  # fmt: skip
        page.locator(f"[name={name}]").fill(value)
    page.locator("button[name=submit]").click()
    orga.look()
    root = Visit(chromium, address, walk, member("root"))
    desk = root.page
    desk.goto("/desk/perks/perk/")
    desk.locator("input.action-select").first.check()
    desk.locator("select[name=action]").select_option("approve")
    desk.locator("button[name=index]").click()
    ann = Visit(chromium, address, walk, member("ann"))
    shown = ann.open("/perks")
    shown.locator("article.perk form button").click()
    ann.look()
    code = shown.locator(".ticket code").inner_text()
    orga.open("/offers")
    page.locator("input[name=code]").fill(code)
    page.locator("form.row button").first.click()
    orga.look()
    assert member("ann").claimed.get().redeemed
    for visit in (orga, root, ann):
        visit.close()


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk[0])
def test_a_shortlist_with_notes(chromium: Browser, address: str, cast: Any, walk: Any) -> None:
    orga = Visit(chromium, address, walk, cast)
    page = orga.open("/shortlists")
    page.locator("#name").fill("Harbour")
    page.locator("#purpose").fill("whom to invite")
    page.locator("form.card button").click()
    orga.look()
    page.locator("#who").fill("@bob")
    page.locator("form.row button").first.click()
    page.locator("textarea[name=note]").fill("Knows water.")
    page.locator("form.note button").first.click()
    orga.look()
    assert page.locator("textarea[name=note]").input_value() == "Knows water."
    orga.open(page.url + ".html")
    orga.close()


def test_the_desk_breaks_no_policy(chromium: Browser, address: str, cast: Any) -> None:
    from django.test import Client

    client = Client()
    client.force_login(member("root"))
    context = chromium.new_context(base_url=address)
    cookie = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])
    page, said = context.new_page(), list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for path in ("", "desk/run/", "desk/run/add/", "perks/perk/", "endorsing/endorsement/",
                 "members/member/", f"members/member/{member('eve').pk}/change/",
                 "desk/auditentry/"):  # fmt: skip
        page.goto(f"/desk/{path}", wait_until="networkidle")
        assert page.locator("#site-name").is_visible()
    assert said == []
    context.close()
