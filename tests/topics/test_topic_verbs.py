"""The verbs about topics, as somebody types them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.conftest import World
from tests.topics.test_scores import scored, tables

from openclout.cli import openclout
from openclout.errors import InputError, NotFound, OpenCloutError
from openclout.warehouse.store import Warehouse

Typed = Callable[..., str]


@pytest.fixture
def village(world: World) -> Warehouse:
    """The village of the score's tests, scored and published, its folder free for others."""
    texts = tables()
    warehouse = world(texts["interactions"], posts=texts["posts"])
    scored(warehouse)
    warehouse.close()
    return warehouse


@pytest.fixture
def typed(village: Warehouse) -> Typed:
    """Run a verb on the village; give what it prints, raise what it raises."""

    def run(*words: str) -> str:
        found = CliRunner().invoke(openclout, [*words, "--data", str(village.data)])
        if found.exception and not isinstance(found.exception, SystemExit):
            raise found.exception
        assert found.exit_code == 0, found.output
        return found.output

    return run


def test_topics_are_listed_with_what_is_here(typed: Typed) -> None:
    assert "Q44" in typed("topics", "list", "bier")
    rows = json.loads(typed("topics", "list", "--here", "--json"))
    assert {"tea", "jazz", "zymurgy"} <= {row["topic"] for row in rows}
    assert typed("topics", "list", "tea", "--csv").splitlines()[0].startswith("topic,en")


def test_a_topic_is_shown_with_its_leaders(typed: Typed) -> None:
    text = typed("topics", "show", "Tee")
    assert "Tea (Tee), within food-and-drink" in text
    assert "ann" in text
    found = json.loads(typed("topics", "show", "Q6097", "--json", "--limit", "2"))
    assert found["top"][0]["label"] == "ann"
    assert "number" not in found["top"][0]
    with pytest.raises(NotFound, match='did you mean "tea"'):
        typed("topics", "show", "teas")


def test_top_explain_and_report_know_topics(typed: Typed, tmp_path: Path) -> None:
    rows = json.loads(typed("top", "--topic", "Jazz", "--json"))
    assert rows[0]["label"] == "ann"
    assert "higher than" in typed("top", "--topic", "jazz", "--limit", "1")
    text = typed("explain", "ann")
    assert "in Tea: higher than 93 % of 15 people" in text
    assert "in zymurgy: too few to compare, 5 people" in text
    found = json.loads(typed("explain", "ann", "--json"))
    assert {"tea", "jazz"} <= {row["topic"] for row in found["topics"]}
    typed("report", "--out", str(tmp_path / "report"))
    page = (tmp_path / "report/index.html").read_text(encoding="utf-8")
    assert "About what" in page
    assert "Tea" in page


def test_why_names_posts_and_people(typed: Typed) -> None:
    assert "green tea" in typed("topics", "why", "ann", "tea")
    found = json.loads(typed("topics", "why", "ann", "tea", "--json"))
    assert found["posts"][0]["how"] == "green tea"
    assert found["engagers"][0]["acts"] >= 1
    with pytest.raises(NotFound, match="moved nobody about zymurgy"):
        typed("topics", "why", "w9", "zymurgy")


def test_the_owner_s_word(typed: Typed) -> None:
    assert "no import and no score brings it back" in typed("topics", "hide", "ann", "Tee")
    assert "tea" not in {
        row["topic"] for row in json.loads(typed("explain", "ann", "--json"))["topics"]
    }
    typed("topics", "hide", "ann", "zymurgy")  # a topic that only a tag made
    typed("topics", "claim", "ann", "chess")
    rows = json.loads(typed("topics", "show-hidden", "ann", "--json"))
    assert [(row["topic"], row["choice"]) for row in rows] == [
        ("chess", "claim"),
        ("tea", "hide"),
        ("zymurgy", "hide"),
    ]
    assert "Claimed by the owner: chess" in typed("explain", "ann")
    typed("topics", "undo", "ann", "tea")
    assert "in Tea" in typed("explain", "ann")
    with pytest.raises(NotFound, match="nothing was hidden or claimed"):
        typed("topics", "undo", "ann", "wine")


def test_an_imported_vocabulary_is_used_by_the_next_score(
    typed: Typed, village: Warehouse, tmp_path: Path
) -> None:
    path = tmp_path / "hobby.csv"
    path.write_text(
        "topic,parent,en,de,wikidata\nkettle-things,,Kettle,Kessel,\n"
        "night-life,,A Night,Eine Nacht,\n",
        encoding="utf-8",
    )
    assert "2 of them new beside ours" in typed("topics", "import", str(path))
    assert "night-life" in typed("topics", "list", "night")
    typed("score", "--window", "80d", "--as-of", "2026-07-01")
    assert json.loads(typed("top", "--topic", "night-life", "--json"))
    with pytest.raises(NotFound):  # a single word of theirs counts beside others of its branch only
        typed("top", "--topic", "kettle-things")
    path.write_text("who,what\n", encoding="utf-8")
    with pytest.raises(InputError, match="no vocabulary that we know"):
        typed("topics", "import", str(path))


def test_without_a_score_there_is_a_sentence(tmp_path: Path) -> None:
    for words in (("topics", "show", "tea"), ("top", "--topic", "tea")):
        found = CliRunner().invoke(openclout, [*words, "--data", str(tmp_path)])
        assert isinstance(found.exception, OpenCloutError)
        assert "openclout score" in str(found.exception)
