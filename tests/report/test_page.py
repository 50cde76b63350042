"""The page: complete in itself, safe whatever people call themselves, honest, always the same."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.report.conftest import IMAGE, SCRIPT, START, Elements, acts, bring, report, run

from openclout.errors import InputError, NotFound

FETCHING = {"script", "img", "iframe", "object", "embed", "video", "audio", "image", "use", "base"}


def rows_of(page: str, place: str) -> list[str]:
    """Give the rows of the leaderboards whose place reads so, each up to its end."""
    rows = re.findall(r'<tr role="row"[^>]*>\s*<td.*?</tr>', page, re.DOTALL)
    return [row for row in rows if re.search(rf'class="place">{place}</td>', row)]


def test_nothing_is_fetched(page: str) -> None:
    elements = Elements(page)
    assert not {tag for tag, _ in elements.found} & FETCHING
    for tag, attributes in elements.found:
        assert not {name for name in attributes if name.startswith("on") or name == "src"}
        for name in ("href", "xlink:href"):
            assert (attributes.get(name) or "#").startswith(("#", "data:image/svg+xml;base64,")), (
                tag
            )
    assert not re.search(r"https?://|@import|url\(", page)
    assert "default-src 'none'" in page


def test_links_lead_to_something_on_the_page(page: str) -> None:
    elements = Elements(page)
    keys = {attributes["id"] for _, attributes in elements.found if "id" in attributes}
    links = [attributes["href"] or "" for tag, attributes in elements.found if tag == "a"]
    assert len(links) >= 4
    assert {link.removeprefix("#") for link in links} <= keys
    assert len(keys) == page.count(' id="')


@pytest.mark.parametrize("name", [SCRIPT, IMAGE])
def test_names_are_text_wherever_they_stand(page: str, name: str) -> None:
    elements = Elements(page)
    assert name in elements.texts["bdi"]
    assert any(text.rstrip("…") and name.startswith(text.rstrip("…"))
               for text in elements.texts["text"])  # fmt: skip
    assert name not in page


def test_names_cannot_turn_the_page(page: str) -> None:
    assert "eve" in Elements(page).texts["bdi"]
    assert not {"\u202e", "\x07"} & set(page)


def test_the_same_snapshot_gives_the_same_bytes(community: Path, page: str) -> None:
    assert report(community).encode() == page.encode()


def test_everybody_with_a_place_is_there_in_order(community: Path, page: str) -> None:
    top = json.loads(run("top", "--network", "chatter", "--limit", "25", "--json",
                         "--data", community))  # fmt: skip
    assert len(top) == 25
    found = re.findall(r'<th role="rowheader".*?<bdi>(.*?)</bdi>', page)
    plain = [name for name in found if "&" not in name and name != "eve"]
    wanted = [row["label"] for row in top if row["label"] in plain]
    assert [name for name in plain if name in wanted] == wanted
    assert len(wanted) == 25 - 3  # the three whose names are written otherwise


def test_who_is_provisional_has_a_question_mark_and_no_place(page: str) -> None:
    unsure = rows_of(page, r'<span aria-label="no place">–</span>')
    assert len(unsure) == 4  # p02 to p05 are moved by one or two; those with three have places
    assert all(re.search(r'class="score">[\d.]+\?</td>', row) for row in unsure)
    sure = rows_of(page, r"\d+")
    assert not any("?" in row.replace("&quot;", "") for row in sure)


def test_parts_add_up_to_the_score_shown(page: str) -> None:
    table = page[page.index("The same as a table") :]
    rows = re.findall(r'<tr><th scope="row".*?</tr>', table[: table.index("</details>")])
    assert len(rows) == 15
    for row in rows:
        *parts, score = [float(number) for number in re.findall(r">(-?[\d.]+)<", row)]
        assert round(sum(parts), 1) == score


def test_charts_say_in_words_what_they_show(page: str) -> None:
    drawn = [attributes for tag, attributes in Elements(page).found
             if tag == "svg" and "chart" in (attributes["class"] or "")]  # fmt: skip
    assert len(drawn) == 2 * (4 + 1)  # wide and narrow; a network of one has no distribution
    assert all(chart["role"] == "img" and chart["aria-label"] for chart in drawn)


def test_what_a_score_does_not_say_is_said(page: str) -> None:
    for words in ("Anger counts like applause", "Offline excellence is not measured",
                  "Not for hiring", "provisional", "uncalibrated"):  # fmt: skip
        assert words in page


def test_a_post_is_linked_only_to_the_web_and_nothing_is_fetched(full_page: str) -> None:
    elements = Elements(full_page)
    links = [attributes for tag, attributes in elements.found if tag == "a"]
    away = [link for link in links if not (link["href"] or "").startswith("#")]
    assert {link["href"] for link in away} == {
        "https://chatter.example/ann/1", "http://chatter.example/bob/3",
    }  # fmt: skip
    assert all(link["rel"] == "noreferrer noopener nofollow" for link in away)
    assert not {tag for tag, _ in elements.found} & FETCHING
    assert not re.search(r"@import|url\(|javascript:", full_page)
    assert SCRIPT not in full_page
    assert SCRIPT in elements.texts["bdi"]


def test_moments_tell_of_the_posts_and_whom_they_moved(full_page: str) -> None:
    found = re.findall(r"<li>\s*<p class=\"many\">.*?</li>", full_page, re.DOTALL)
    assert len(found) == 4
    people = [float(re.search(r"<b>(\d+)</b>", one)[1]) for one in found]  # type: ignore[index]
    assert people == sorted(people, reverse=True)
    assert "A long day at the kettle" in found[0]
    assert "<bdi>ann</bdi>" in found[0]
    assert "21 likes" in found[0]
    assert re.search(r"moved (<bdi>p\d\d</bdi>, ){7}<bdi>p\d\d</bdi> and 13 more", found[0])


def test_persons_stand_with_what_each_account_brings(page: str, full_page: str) -> None:
    assert 'id="persons"' not in page
    part = full_page[full_page.index('id="persons"') :]
    part = part[: part.index("</section>")]
    assert "chatter:bob" in part
    assert "islet:lone" in part


def test_those_compared_stand_side_by_side(page: str, full_page: str) -> None:
    assert 'id="aside"' not in page
    part = full_page[full_page.index('id="aside"') :]
    part = part[: part.index("</section>")]
    assert "points above bob" in part
    spreads = [float(one) for one in re.findall(r'class="number">([\d.]+)</td></tr>', part)]
    assert len(spreads) > 5
    assert spreads[1:] == sorted(spreads[1:], reverse=True)
    assert "what the scores of ann, bob, " in part


def test_a_network_without_a_past_says_that_it_is_unguarded(page: str, full_page: str) -> None:
    part = page[page.index('id="network-2"') :]
    assert "<strong>Unguarded</strong>" in part[: part.index("</p>")]


def test_one_network_alone(community: Path) -> None:
    page = report(community, "--network", "islet")
    assert ">lone<" in page
    assert "chatter" not in page
    with pytest.raises(NotFound, match="chatter, islet"):
        report(community, "--network", "nowhere")


def test_who_opted_out_is_nowhere(tmp_path: Path) -> None:
    data = bring(tmp_path, acts())
    assert ">dan<" in report(data)
    run("optout", "add", "chatter:dan", "--data", data)
    page = report(data)
    assert not re.search(r"\bdan\b", page)
    assert ">ann<" in page


def test_nobody_scored_is_said_kindly(tmp_path: Path) -> None:
    data = bring(tmp_path, acts(), "--as-of", "2020-01-01")
    page = report(data)
    assert "Nobody is scored yet" in page
    assert f"{len({name for act in acts() for name in act[:2]})} accounts are known" in page
    assert "<table" in page  # what is asked is told all the same


def test_one_account_is_a_guess_and_no_distribution(tmp_path: Path) -> None:
    page = report(bring(tmp_path, [("ann", "bob", START, "chatter")]))
    assert "No places yet" in page
    assert re.search(r"<bdi>bob</bdi>", page)
    assert "How the scores are spread" not in page


def test_profiles_alone_are_guesses_without_a_curve(tmp_path: Path) -> None:
    table = tmp_path / "profiles.csv"
    lines = [f"u{n:02},albums,{n * n * 10},{n}" for n in range(1, 31)]
    table.write_text("\n".join(["id,network,followers,listed", *lines]), encoding="utf-8")
    data = bring(tmp_path, [("ann", "bob", START, "chatter")])
    run("import", table, "--as", "accounts", "--data", data)
    run("score", "--data", data)
    page = report(data, "--network", "albums")
    named = re.findall(r"<bdi>(u\d\d)</bdi>", page)
    assert named == [f"u{n:02}" for n in range(30, 5, -1)]
    assert "Only profile counters are known here" in page
    for words in ("published curve", "sum R", "Reach against amplification"):
        assert words not in page


def test_nothing_to_report_and_nowhere_to_write(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nothing has been scored yet"):
        run("report", "--out", tmp_path / "out", "--data", tmp_path / "data")
    data = bring(tmp_path, [("ann", "bob", START, "chatter")])
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="--out"):
        run("report", "--out", tmp_path / "file" / "deeper", "--data", data)


def test_a_backtest_is_shown_where_one_was_run(tmp_path: Path) -> None:
    start = datetime(2025, 1, 1, tzinfo=UTC)
    rows = [
        (f"p{(n * 7) % 31:02}", f"q{n % (1 + n % 23):02}", start + timedelta(hours=9 * n), "chat")
        for n in range(900)
    ]
    data = bring(tmp_path, rows, "--window", "80d")
    assert "Does it predict?" not in report(data)
    run("backtest", "--window", "80d", "--data", data)
    page = report(data)
    assert "Does it predict?" in page
    assert "NDCG at 100" in page
    (data / "backtest.json").write_text('{"sets": {"chat": 3}}', encoding="utf-8")
    with pytest.raises(InputError, match="it is no backtest"):
        report(data)
