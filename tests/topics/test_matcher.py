"""How posts find their topics: tags, phrases with word boundaries, languages and senses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openclout.topic import Topic
from openclout.topics.language import detect_language
from openclout.topics.matcher import MOST, TEXT_READ, Matcher
from openclout.topics.phrases import Phrases, forms, tag_key
from openclout.topics.vocabulary import Vocabulary, load_vocabulary

OURS = load_vocabulary()


def asked_for_nothing(_text: str) -> str:
    raise AssertionError("no language needs to be detected here")


MATCHER = Matcher(OURS, detect=asked_for_nothing)


def topics(text: str | None, *tags: str, language: str | None = None) -> list[str]:
    return [topic for topic, _how in MATCHER.match(text, tags, language)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We talked about social media all night", ["social-media"]),
        ("Die sozialen Medien und der Klimawandel", ["climate-change"]),
        ("Knitting and photojournalism", ["knitting", "photojournalism"]),
        ("Beerhouse of theories", []),  # a phrase within a word is none
        ("see https://beer.example/wine and @beer, or www.whisky.example", []),
        ("A new craft beer from a small brewery", ["beer", "breweries"]),
        ("Das Bier und der Rotwein", ["beer", "wine"]),
        ("#CraftBeer at its best", ["beer"]),
        ("", []),
    ],
)
def test_topics_of_a_text(text: str, found: list[str]) -> None:
    assert topics(text) == found


def test_tags_stand_first_and_are_compared_by_letters_and_digits() -> None:
    assert topics("about whisky", "Machine-Learning", "social_media") == [
        "machine-learning",
        "social-media",
        "whiskey",
    ]
    assert topics(None, "c++", "no such tag") == ["c-plus-plus"]


def test_a_word_of_many_senses_counts_beside_its_branch_only() -> None:
    assert topics("I ate an apple") == []
    assert topics("an apple and other smartphones") == ["apple", "smartphones"]
    assert topics("an apple", "smartphones") == ["smartphones", "apple"]
    assert topics("an apple with whisky") == ["whiskey"]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "Urlaub auf Island", ["iceland"]),
        ("en", "lost on an island", []),
        ("de-AT", "Er besucht das Gymnasium", ["high-school"]),
        ("en", "in the gymnasium", []),
        ("fr", "une île, island", []),
    ],
)
def test_a_word_that_is_another_in_the_other_language(
    language: str, text: str, found: list[str]
) -> None:
    assert topics(text, language=language) == found


def test_the_language_is_detected_only_where_the_post_names_none_and_it_matters() -> None:
    asked: list[str] = []

    def detect(text: str) -> str:
        asked.append(text)
        return "de"

    matcher = Matcher(OURS, detect=detect)
    matcher.match("a fine whisky", (), None)
    matcher.match("Urlaub auf Island", (), "de")
    assert asked == []
    assert matcher.match("Urlaub auf Island", (), None) == [("iceland", "island")]
    assert asked == ["Urlaub auf Island"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Wir fahren im Sommer wieder mit dem Zelt nach Island.", "de"),
        ("They were stranded on an island without any water.", "en"),
        ("123 456", ""),
    ],
)
def test_the_detector_works_without_a_network(text: str, language: str) -> None:
    found = detect_language(text)
    assert found == language or (language == "" and found not in ("de", "en"))


def test_a_post_has_not_more_than_a_few_topics_and_its_end_is_not_read() -> None:
    many = "whisky, vodka, tequila, absinthe, mezcal, bourbon and chocolate"
    assert len(topics(many)) == MOST
    assert topics("x " * (TEXT_READ // 2) + "whisky") == []


def test_tags_that_became_topics_count_unless_they_are_known_already() -> None:
    matcher = Matcher(OURS, own={"zymurgy": "#zymurgy", "beer": "#beer"})
    assert matcher.match(None, ["Zymurgy", "beer"], None) == [
        ("#zymurgy", "#Zymurgy"),
        ("beer", "#beer"),
    ]
    assert not MATCHER.knows("zymurgy")


def test_names_of_others_are_looked_on_with_care() -> None:
    theirs = [Topic("gap", "", {"en": "Gap"}, origin="klout"),
              Topic("old-navy", "", {"en": "Old Navy"}, origin="klout")]  # fmt: skip
    matcher = Matcher(Vocabulary([*OURS.topics.values(), *theirs]), detect=asked_for_nothing)
    assert matcher.match("mind the gap", (), None) == []
    assert matcher.match("at Old Navy", (), None) == [("old-navy", "old navy")]
    assert matcher.match(None, ("gap",), None) == [("gap", "#gap")]


def test_no_two_topics_mean_the_same_phrase_in_one_language() -> None:
    table = Phrases(OURS)
    assert len(table.meanings) > 4000
    assert all(meaning.topics for meaning in table.meanings.values())


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    matcher = Matcher(OURS, detect=lambda _text: "en")
    found = matcher.match(text, [text], None)
    assert len({topic for topic, _how in found}) == len(found) <= MOST
    assert all(topic in OURS.topics for topic, _how in found)


@given(st.lists(st.sampled_from(["whisky", "vodka", "jazz", "and", "the", "apple"]), max_size=8))
def test_the_order_of_words_changes_no_topic(words: list[str]) -> None:
    forward, backward = " ".join(words), " ".join(reversed(words))
    assert sorted(topics(forward)) == sorted(topics(backward))


def test_forms_of_names() -> None:
    assert forms("Electronic Dance Music (EDM)", "en")[0] == "electronic dance music"
    assert forms("Skating boxes", "en") == ["skating boxes", "skating box"]
    assert forms("Physics", "en") == ["physics", "physics"]
    assert forms("R&B", "en") == []
    assert tag_key("#") == ""
