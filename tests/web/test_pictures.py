"""Badge, card and OpenGraph image: of claimed people only, whole, and not sent twice."""

from typing import Any
from xml.etree import ElementTree as ET

import pytest


@pytest.mark.parametrize("name", ["badge.svg", "card.svg"])
def test_a_drawing_is_whole_and_says_the_score(client: Any, name: str) -> None:
    answer = client.get(f"/picture/ann/{name}")
    assert answer["Content-Type"] == "image/svg+xml"
    tree = ET.fromstring(answer.content)  # noqa: S314 - our own
    score = client.get("/api/v1/people/ann/score").json()["score"]
    assert f"{score:.0f}" in "".join(tree.itertext())


def test_the_wide_picture_is_a_png_of_the_usual_size(client: Any) -> None:
    content = client.get("/picture/ann/wide.png").content
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(content[16:20]), int.from_bytes(content[20:24])) == (1200, 630)


@pytest.mark.parametrize("name", ["badge.svg", "card.svg", "wide.png"])
def test_a_picture_that_is_known_is_not_drawn_again(
    client: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openclout.web.pictures import drawing

    first = client.get(f"/picture/ann/{name}")
    for function in ("draw_badge", "draw_card", "draw_wide"):
        monkeypatch.setattr(drawing, function, None)
    again = client.get(f"/picture/ann/{name}", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_all_who_have_no_page_have_one_badge(client: Any) -> None:
    known, unknown = (client.get(f"/picture/{slug}/badge.svg") for slug in ("evexq", "nobody"))
    assert known.status_code == unknown.status_code == 404
    assert known.content == unknown.content
    assert b"invite" in known.content


def test_a_name_stays_a_name(client: Any, undone: None) -> None:
    from openclout.web.published.models import Person

    Person.objects.filter(slug="ann").update(label='<script>"&</script>')
    content = client.get("/picture/ann/card.svg").content
    assert b"<script" not in content
    ET.fromstring(content)  # noqa: S314 - our own
