"""Reading the topics of the snapshot: of people, and people of topics."""

from typing import Any

from openclout.errors import NotFound
from openclout.scoring.topics import LEAST_PEOPLE
from openclout.topic import Topic
from openclout.topics.choice import CLAIM, HIDE, Choices
from openclout.warehouse.engine import Engine, quoted

Row = dict[str, Any]
_ORDER = "t.score desc, p.network, p.account"


class Topics:
    """The topics of one snapshot, without what the owners of accounts hid."""

    def __init__(self, engine: Engine, choices: Choices) -> None:
        """Look at the snapshot's views in `engine`, which knows `keyed` where there are choices."""
        self._engine, self._choices = engine, choices
        self._hide()

    def _hide(self) -> None:
        """Make the views topic_scores, topic_posts and topic_ties without what is hidden."""
        marks = self._pairs(HIDE)
        hidden = "select 0 as number, '' as topic limit 0"
        if marks:
            rows = ", ".join(f"({quoted(mark)}, {quoted(topic)})" for mark, topic in marks)
            hidden = (
                f"select p.number, h.topic from people p join (values {rows}) h(mark, topic)"
                " on h.mark = keyed(p.network, p.account) where p.level = 'account'"
            )
        self._engine.run(f"create or replace temp table hidden_topics as {hidden}")
        for table, number in (("scores", "number"), ("posts", "target"), ("ties", "target")):
            self._engine.run(
                f"create or replace temp view shown_topic_{table} as from topic_{table} t"
                f" where ({number}, topic) not in (select number, topic from hidden_topics)"
            )

    def _pairs(self, what: str) -> list[tuple[str, str]]:
        return self._choices.pairs(what, map(_topic, self.known())) if self._choices.all else []

    def known(self, word: str = "") -> list[Row]:
        """Give the topics that somebody moves people about, those with most people first."""
        return self._engine.records(
            "select * from topics where ? = '' or contains(lower(concat_ws(' ', topic, en, de)),"
            " lower(?)) order by people desc, topic",
            (word, word),
        )

    def find(self, text: str) -> Row:
        """Find a topic by id, name or Wikidata id; raises NotFound with the nearest."""
        word = text.strip().removeprefix("#").lower()
        for column in ("topic", "en", "de", "wikidata"):
            rows = self._engine.records(
                f"select * from topics where lower({column}) = ? order by people desc, topic",
                (word,),
            )
            if rows:
                return rows[0]
        near = self._engine.rows(
            "select topic from topics where jaro_winkler_similarity(topic, ?) > 0.8"
            " order by jaro_winkler_similarity(topic, ?) desc, topic limit 3",
            (word, word),
        )
        names = ", ".join(f'"{row[0]}"' for row in near)
        raise NotFound(
            f'nobody moves anybody about a topic "{text}" here',
            fix=f"did you mean {names}?" if near else "openclout topics list --here",
        )

    def below(self, topic: str) -> list[Row]:
        """Give the topics right beneath one, those with most people first."""
        return self._engine.records(
            "select * from topics where parent = ? order by people desc, topic", (topic,)
        )

    def of(self, row: Row, limit: int) -> list[Row]:
        """Give an account's topics, those that its own posts name before what stands above them.

        Of a person, each topic as of the account that is highest in it.
        """
        numbers = (
            "select account from members where leader = ?" if row["level"] == "person" else "?"
        )
        return self._engine.records(
            "select n.en, n.de, n.parent, n.wikidata, n.origin, t.* exclude (number) from (select"
            " *, row_number() over (partition by topic order by score desc, number) as turn"
            f" from shown_topic_scores where number in ({numbers})) t join topics n using (topic)"
            " where turn = 1 order by direct desc, score desc, topic limit ?",
            (row["number"], limit),
        )

    def claimed(self, row: Row) -> list[str]:
        """Give the ids of the topics that an account's owner claims."""
        found = self._choices.of(row["network"], row["account"]) if self._choices.all else []
        return [choice.topic for choice in found if choice.what == CLAIM]

    def top(self, topic: str, network: str | None, limit: int) -> list[Row]:
        """Give those who move most people about a topic; provisional scores are not here."""
        return self._engine.records(
            "select p.level, p.network, p.account, p.handle, p.label, p.number, t.* exclude"
            " (number), p.score as whole from shown_topic_scores t join people p"
            " on p.number = t.number and p.level = 'account' where t.topic = ?"
            f" and not t.provisional and p.network = coalesce(?, p.network) order by {_ORDER}"
            " limit ?",
            (topic, network, limit),
        )

    def board(self, network: str, limit: int, best: int) -> list[Row]:
        """Give a network's topics with enough people to compare, and the `best` of each by label.

        Those with most people come first; `named` are those of them who have a place.
        """
        return self._engine.records(
            "select t.topic, n.en, n.de, count(*) as people, list({'label': p.label, 'score':"
            f" t.score}} order by {_ORDER}) filter (where not t.provisional)[:{int(best)}] as named"
            " from shown_topic_scores t join topics n using (topic) join people p"
            " on p.number = t.number and p.level = 'account' where p.network = ?"
            " and t.people >= ? group by t.topic, n.en, n.de"
            " order by people desc, t.topic limit ?",
            (network, LEAST_PEOPLE, limit),
        )

    def place(self, row: Row, topic: str) -> Row:
        """Give an account's place in a topic; raises NotFound where it has none."""
        found = [one for one in self.of(row, 100_000) if one["topic"] == topic]
        if not found:
            raise NotFound(
                f"{row['label']} moved nobody about {topic}, or hid it",
                fix=f"openclout explain {row['network']}:{row['label']} shows the topics",
            )
        return found[0]

    def posts(self, row: Row, topic: str) -> list[Row]:
        """Give the posts that made a topic, those that moved most first, and how it was found."""
        return self._engine.records(
            "select post, url, published, text, how, people, anonymous from shown_topic_posts"
            " where target = ? and topic = ? order by people desc, anonymous desc, post",
            (row["number"], topic),
        )

    def engagers(self, row: Row, topic: str) -> list[Row]:
        """Give who acted upon these posts last, those who are vouched for first."""
        return self._engine.records(
            "select coalesce(p.label, 'somebody not shown') as label,"
            " coalesce(p.network, ?) as network, t.acts, t.age, t.vouched from shown_topic_ties t"
            " left join people p on p.number = t.source and p.level = 'account'"
            " where t.target = ? and t.topic = ? order by t.place",
            (row["network"], row["number"], topic),
        )


def _topic(row: Row) -> Topic:
    names = {language: row[language] for language in ("en", "de")}
    return Topic(row["topic"], row["parent"], names, row["wikidata"], row["origin"])
