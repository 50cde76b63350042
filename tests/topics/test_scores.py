"""Scores per topic: by the same model over the acts on posts of that topic."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.conftest import NOW, World

from openclout.consent import Ledger
from openclout.pipeline.publishing import publish
from openclout.pipeline.scoring import score
from openclout.pipeline.topics import LEAST_AUTHORS
from openclout.scoring.model import load_model
from openclout.scoring.topics import LEAST_PEOPLE
from openclout.settings import Settings
from openclout.snapshot.reader import Row, Snapshot
from openclout.snapshot.writer import forget
from openclout.topic import Topic
from openclout.topics.choice import CLAIM, HIDE, Choices
from openclout.vocabulary.period import Period
from openclout.warehouse.store import Warehouse

WINDOW = timedelta(days=80)
AUTHORS = 14
PEOPLE = 30


def day(back: float) -> datetime:
    return NOW - timedelta(days=back)


def tables(seed: int = 0) -> dict[str, str]:
    """A village: some write about tea, some about jazz, ann about both; `zymurgy` is a mere tag."""
    dice = random.Random(seed)
    posts, acts = ["id,author,published,text,tags,language"], ["kind,source,object,published"]
    number = 0
    for author in ["ann", *(f"w{n}" for n in range(AUTHORS))]:
        for back in range(1, 60, 6):
            number += 1
            about = "tea" if author == "ann" and number % 2 else ("jazz", "tea")[number % 2]
            tags = "zymurgy" if author in ("ann", "w1", "w2", "w3", "w4") else ""
            text = "A kettle of green tea" if about == "tea" else "A night of jazz and musicians"
            posts.append(f"p{number},{author},{day(back):%Y-%m-%dT%H:%M:%S},{text},{tags},en")
            readers = 12 if author == "ann" else dice.randrange(1, 6)
            for reader in dice.sample(range(PEOPLE), readers):
                at = day(back - dice.random())
                acts.append(f"like,r{reader},p{number},{at:%Y-%m-%dT%H:%M:%S}")
    acts.append(f"follow,r1,,{day(3):%Y-%m-%dT%H:%M:%S}")
    return {"posts": "\n".join(posts), "interactions": "\n".join(acts[:-1])}


def scored(warehouse: Warehouse) -> None:
    run = score(warehouse.engine, Period(NOW, WINDOW), load_model(), lambda _text: None, band=False)
    publish(warehouse, run)


@pytest.fixture
def village(world: World) -> Warehouse:
    """The village, scored and published."""
    texts = tables()
    warehouse = world(texts["interactions"], posts=texts["posts"])
    scored(warehouse)
    return warehouse


@pytest.fixture
def snapshot(village: Warehouse, settings: Settings, tmp_path: Path) -> Iterator[Snapshot]:
    """What is published of it."""
    found = read(village, settings, tmp_path)
    yield found
    found.close()


def read(warehouse: Warehouse, settings: Settings, folder: Path) -> Snapshot:
    return Snapshot(warehouse.data, settings, Ledger(warehouse.data), folder)


def topics_of(snapshot: Snapshot, name: str) -> dict[str, Row]:
    return {row["topic"]: row for row in snapshot.topics.of(snapshot.find(name), 100)}


def test_everybody_has_the_topics_of_the_posts_that_moved_somebody(snapshot: Snapshot) -> None:
    mine = topics_of(snapshot, "ann")
    assert {"tea", "jazz", "food-and-drink", "entertainment", "zymurgy"} <= set(mine)
    assert mine["tea"]["direct"]
    assert not mine["food-and-drink"]["direct"]
    known = {row["topic"]: row for row in snapshot.topics.known()}
    assert known["zymurgy"]["origin"] == "tag"
    assert known["tea"]["people"] == AUTHORS + 1
    assert known["jazz"]["parent"] == snapshot.topics.find("Jazz")["parent"]


def test_a_topic_score_is_never_above_the_score_nor_below_nobodys(snapshot: Snapshot) -> None:
    for name in ("ann", "w1", "w7"):
        row = snapshot.find(name)
        for topic in topics_of(snapshot, name).values():
            assert row["base"] - 1e-9 <= topic["score"] <= row["score"] + 1e-9
            assert topic["low"] <= topic["score"] <= topic["high"]
            assert topic["evidence"] <= row["evidence"] + 1e-9


def test_one_whose_posts_are_all_of_a_topic_has_the_whole_score_in_it(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    texts = tables()
    posts = texts["posts"].replace("A night of jazz and musicians", "A kettle of green tea")
    warehouse = world(texts["interactions"], posts=posts)
    scored(warehouse)
    found = read(warehouse, settings, tmp_path)
    for name in ("ann", "w1", "w9"):
        assert topics_of(found, name)["tea"]["score"] == pytest.approx(
            found.find(name)["score"], abs=1e-9
        )
    found.close()


def test_ranks_and_percentiles_are_among_the_topics_people(snapshot: Snapshot) -> None:
    rows = snapshot.topics.top("tea", None, 100)
    assert [row["rank"] for row in rows] == sorted(row["rank"] for row in rows)
    assert rows[0]["label"] == "ann"
    assert rows[0]["percentile"] == pytest.approx(100 * (AUTHORS) / (AUTHORS + 1))
    assert {row["people"] for row in rows} == {AUTHORS + 1}


def test_a_topic_with_too_few_people_has_no_places(snapshot: Snapshot) -> None:
    few = topics_of(snapshot, "ann")["zymurgy"]
    assert few["people"] == LEAST_AUTHORS < LEAST_PEOPLE
    assert few["rank"] is None
    assert few["percentile"] is None
    assert few["score"] > 0


def test_a_tag_that_too_few_use_is_no_topic(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    texts = tables()
    posts = texts["posts"].replace("w4", "w3")
    warehouse = world(texts["interactions"].replace("w4", "w3"), posts=posts)
    scored(warehouse)
    found = read(warehouse, settings, tmp_path)
    assert "zymurgy" not in {row["topic"] for row in found.topics.known()}
    found.close()


def test_an_answer_has_the_tags_of_what_it_answers(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    warehouse = world(
        "kind,source,object,published\nlike,r1,a,2026-06-20\nlike,r2,a,2026-06-21\n",
        posts="id,author,published,text,tags,in_reply_to\n"
        "q,bob,2026-06-10,How?,photography,\na,ann,2026-06-11,Like this,,q\n",
    )
    scored(warehouse)
    found = read(warehouse, settings, tmp_path)
    assert "photography" in topics_of(found, "ann")
    found.close()


def test_a_post_of_which_only_acts_are_known_has_the_tags_of_the_acts(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    warehouse = world(
        "kind,source,target,object,published,tags\n"
        "share,r1,ann,x,2026-06-20,jazz\nshare,r2,ann,x,2026-06-21,\n"
        "share,r2,bob,y,2026-06-21,\n"
    )
    scored(warehouse)
    found = read(warehouse, settings, tmp_path)
    assert topics_of(found, "ann")["jazz"]["evidence"] == pytest.approx(2)
    assert topics_of(found, "bob") == {}
    found.close()


def test_another_act_lowers_no_topic_score(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    texts = tables()
    row = next(line for line in texts["posts"].splitlines() if ",ann," in line)
    post, found = row.split(",")[0], []
    for more in ("", f"\nlike,r29,{post},{day(2):%Y-%m-%dT%H:%M:%S}\nshare,new,{post},2026-06-29"):
        warehouse = world(texts["interactions"] + more, posts=texts["posts"])
        scored(warehouse)
        view = read(warehouse, settings, tmp_path)
        found.append({topic: row["score"] for topic, row in topics_of(view, "ann").items()})
        view.close()
    before, after = found
    assert all(after[topic] >= score - 1e-9 for topic, score in before.items())
    assert any(after[topic] > score for topic, score in before.items())


def test_provenance_names_the_posts_and_the_people(snapshot: Snapshot) -> None:
    row = snapshot.find("ann")
    posts = snapshot.topics.posts(row, "tea")
    assert posts
    assert {post["how"] for post in posts} == {"green tea"}
    assert posts[0]["people"] == 12
    people = snapshot.topics.engagers(row, "tea")
    assert people
    assert all(one["label"].startswith("r") for one in people)


def test_scores_do_not_depend_on_the_order_of_rows(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    texts = tables()
    found = []
    for seed in (1, 2):
        shuffled = {}
        for name, text in texts.items():
            head, *rows = text.splitlines()
            random.Random(seed).shuffle(rows)
            shuffled[name] = "\n".join([head, *rows])
        warehouse = world(shuffled["interactions"], posts=shuffled["posts"])
        scored(warehouse)
        view = read(warehouse, settings, tmp_path)
        known = [row["topic"] for row in view.topics.known()]
        found.append(
            [
                {name: value for name, value in row.items() if name != "number"}
                for topic in known
                for row in view.topics.top(topic, None, 100)
            ]
        )
        for person in ("ann", "w3"):
            row = view.find(person)
            found[-1] += [*view.topics.posts(row, "tea"), *view.topics.engagers(row, "tea")]
        view.close()
    assert found[0] == found[1]


@pytest.mark.slow
def test_what_spark_measures_has_the_same_topics(
    world: World, settings: Settings, tmp_path: Path, spark: str
) -> None:
    texts = tables()
    found = []
    for engine in ("duckdb", spark):
        warehouse = world(texts["interactions"], posts=texts["posts"])
        warehouse.engine.settings = replace(warehouse.engine.settings, engine=engine)
        scored(warehouse)
        view = read(warehouse, settings, tmp_path)
        found.append([(row["label"], row["score"]) for row in view.topics.top("tea", None, 100)])
        view.close()
    assert [name for name, _score in found[0]] == [name for name, _score in found[1]]
    assert [score for _name, score in found[0]] == pytest.approx([s for _name, s in found[1]])


def test_what_is_hidden_stays_hidden_after_another_import_and_score(
    village: Warehouse, settings: Settings, tmp_path: Path
) -> None:
    choices = Choices(village.data, Ledger(village.data))
    tea = Topic("other-id", "", {"en": "Tea"}, "")
    choices.choose("net", "ann", HIDE, tea, NOW)
    for _again in range(2):
        found = read(village, settings, tmp_path)
        assert "tea" not in topics_of(found, "ann")
        assert "tea" in topics_of(found, "w1")
        assert "ann" not in {row["label"] for row in found.topics.top("tea", None, 100)}
        assert found.topics.posts(found.find("ann"), "tea") == []
        assert found.topics.engagers(found.find("ann"), "tea") == []
        found.close()
        scored(village)
    choices.choose("net", "ann", CLAIM, Topic("chess", "", {"en": "Chess"}), NOW)
    found = read(village, settings, tmp_path)
    assert found.topics.claimed(found.find("ann")) == ["chess"]
    assert "chess" not in topics_of(found, "ann")
    found.close()


def test_who_opted_out_is_in_no_topic(
    village: Warehouse, settings: Settings, tmp_path: Path
) -> None:
    ledger = Ledger(village.data)
    ledger.add([("net", "ann"), ("net", "r3")], NOW)
    forget(village.engine, village.data, ledger)
    found = read(village, settings, tmp_path)
    assert "ann" not in {row["label"] for row in found.topics.top("tea", None, 100)}
    people = found.topics.engagers(found.find("w1"), "tea")
    assert all(one["label"] != "r3" for one in people)
    found.close()


def test_a_tag_that_names_who_opted_out_is_no_topic_any_more(
    world: World, settings: Settings, tmp_path: Path
) -> None:
    texts = tables()
    warehouse = world(texts["interactions"], posts=texts["posts"].replace("zymurgy", "r3"))
    scored(warehouse)
    ledger = Ledger(warehouse.data)
    for is_out in (False, True):
        if is_out:
            ledger.add([("net", "r3")], NOW)
            forget(warehouse.engine, warehouse.data, ledger)
        found = read(warehouse, settings, tmp_path)
        assert ("r3" in {row["topic"] for row in found.topics.known()}) is not is_out
        assert ("r3" in topics_of(found, "ann")) is not is_out
        found.close()
