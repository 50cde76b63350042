"""What an owner removed stays removed, under whatever name it comes back."""

from pathlib import Path

import pytest
from tests.conftest import NOW

from openclout.consent import Ledger
from openclout.errors import NotFound, WarehouseError
from openclout.topic import Topic
from openclout.topics.choice import CLAIM, FILE, HIDE, Choices

BEER = Topic("beer", "", {"en": "Beer", "de": "Bier"}, "Q44")
WINE = Topic("wine", "", {"en": "Wine", "de": "Wein"}, "Q282")


def opened(data: Path) -> Choices:
    return Choices(data, Ledger(data))


def test_a_choice_is_kept_without_the_account_s_name(tmp_path: Path) -> None:
    opened(tmp_path).choose("net", "ann", HIDE, BEER, NOW)
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert "ann" not in text
    [choice] = opened(tmp_path).of("net", "@ANN")
    assert (choice.what, choice.topic) == (HIDE, "beer")
    assert opened(tmp_path).of("net", "bob") == []


@pytest.mark.parametrize(
    "again",
    [
        Topic("medtop-beer", "", {"en": "ales"}, "Q44", "iptc"),
        Topic("getraenk", "", {"en": "brew", "de": "Bier"}, origin="mine"),
        Topic("beer", "", {"en": "#Beer"}, origin="tag"),
    ],
)
def test_it_is_hidden_under_another_vocabulary_s_name_too(tmp_path: Path, again: Topic) -> None:
    opened(tmp_path).choose("net", "ann", HIDE, BEER, NOW)
    mark = Ledger(tmp_path).keyed("net", "ann")
    assert opened(tmp_path).pairs(HIDE, [again, WINE]) == [(mark, again.topic)]
    assert opened(tmp_path).pairs(CLAIM, [again, WINE]) == []


def test_the_later_word_counts_and_can_be_taken_back(tmp_path: Path) -> None:
    choices = opened(tmp_path)
    choices.choose("net", "ann", HIDE, BEER, NOW)
    choices.choose("net", "ann", CLAIM, BEER, NOW)
    choices.choose("net", "bob", HIDE, BEER, NOW)
    assert [choice.what for choice in opened(tmp_path).of("net", "ann")] == [CLAIM]
    choices.undo("net", "ann", BEER)
    assert opened(tmp_path).of("net", "ann") == []
    assert len(opened(tmp_path).all) == 1
    with pytest.raises(NotFound, match="nothing was hidden or claimed"):
        choices.undo("net", "ann", WINE)


def test_choices_that_cannot_be_read_stop_everything(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text('[{"account": 1}]', encoding="utf-8")
    with pytest.raises(WarehouseError, match="cannot be read"):
        opened(tmp_path)


def test_who_opts_out_leaves_no_choice_behind(tmp_path: Path) -> None:
    choices = opened(tmp_path)
    choices.choose("net", "ann", HIDE, BEER, NOW)
    choices.choose("net", "bob", CLAIM, BEER, NOW)
    Ledger(tmp_path).add([("net", "ann"), ("net", "Ann of Kent")], NOW)
    opened(tmp_path).forget()
    assert [choice.what for choice in opened(tmp_path).all] == [CLAIM]
