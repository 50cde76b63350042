"""The published tables. Not Django's to make: each publication makes them anew and swaps them in.

A row of `Person` is an account, or a person to whom several accounts are joined; `slug` is the
address of its public page, null for whom nobody may see. Numbers mean nothing from one
publication to the next. Lists of few small things are kept packed as JSON in their owner's row,
so that a profile of a million is one row to read.
"""

from django.db import models

from openclout.snapshot.detail import KINDS


class Published(models.Model):
    """A table of the snapshot; `indexes_sql` are (name, what follows `on table`).

    Erasure follows the rest: `numbers` are columns that hold the id of a row of Person, times
    `per` where several rows are of one person; `texts` are those in which people may be named.
    """

    indexes_sql: tuple[tuple[str, str], ...] = ()
    numbers: tuple[str, ...] = ()
    per: int = 1
    texts: tuple[str, ...] = ()

    class Meta:
        """Abstract."""

        abstract = True


class Publication(Published):
    """One row: which snapshot this is, as of when, by which model. `facts` is JSON."""

    id = models.IntegerField(primary_key=True)
    folder = models.TextField()
    as_of = models.DateTimeField()
    window_days = models.FloatField()
    model = models.TextField()
    facts = models.TextField()

    class Meta:
        """Made by the load."""

        managed = False
        db_table = "published_publication"


class Person(Published):
    """An account or a joined person with everything that its page shows.

    `id` is twice the snapshot's number, one more for a person; `person` is the id of the person
    to whom an account belongs. `board` is the score where it has a place on the overall board
    (ranked, not an account of a joined person). `handle_key` is the handle, or the id without one,
    in small letters. `engagers`, `typical_post` and `movers` are the signals of these names, which
    are told in words; `day`, `week` and `month` how far the score moved since. `parts` is JSON:
    value and points of each weighted signal, in the publication's order.
    """

    id = models.BigIntegerField(primary_key=True)
    level = models.TextField()
    network = models.TextField()
    account = models.TextField()
    handle = models.TextField(null=True)
    handle_key = models.TextField()
    label = models.TextField()
    slug = models.TextField(null=True)
    person = models.BigIntegerField(null=True)
    status = models.TextField()
    kind = models.TextField(null=True)
    score = models.FloatField(null=True)
    board = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    provisional = models.BooleanField(null=True)
    quiet = models.BooleanField(null=True)
    uncalibrated = models.BooleanField(null=True)
    unguarded = models.BooleanField(null=True)
    percentile = models.FloatField(null=True)
    rank = models.BigIntegerField(null=True)
    cohort = models.BigIntegerField(null=True)
    base = models.FloatField(null=True)
    reach = models.FloatField(null=True)
    amplification = models.FloatField(null=True)
    network_points = models.FloatField(null=True)
    engagers = models.FloatField(null=True)
    typical_post = models.FloatField(null=True)
    movers = models.FloatField(null=True)
    evidence = models.FloatField(null=True)
    brings = models.FloatField(null=True)
    day = models.FloatField(null=True)
    week = models.FloatField(null=True)
    month = models.FloatField(null=True)
    parts = models.TextField(null=True)

    class Meta:
        """Made by the load."""

        managed = False
        db_table = "published_people"

    numbers = ("id",)
    texts = ("label",)
    indexes_sql = (
        ("account", "(network, account)"),
        ("person", "(person) where person is not null"),
        ("handle", "(network, handle_key) where slug is not null"),
        ("slug", "(slug) where slug is not null"),
        ("board", "(board, id) where slug is not null and board is not null"),
        (
            "week",
            "(week, id) where slug is not null and board is not null and week is not null",
        ),
        (
            "network",
            """(network, score, id) where slug is not null and level = 'account'
            and not provisional and score is not null""",
        ),
    )


class Post(Published):
    """A post that moved people; `place` is 1 for its author's most moving, `slug` as in Person."""

    id = models.BigIntegerField(primary_key=True)
    author = models.BigIntegerField()
    slug = models.TextField(null=True)
    place = models.IntegerField()
    post = models.TextField()
    url = models.TextField(null=True)
    published = models.DateTimeField(null=True)
    text = models.TextField(null=True)
    people = models.FloatField()
    everybody = models.BigIntegerField()
    anonymous = models.BigIntegerField()
    kinds = models.TextField()

    class Meta:
        """Made by the load."""

        managed = False
        db_table = "published_posts"

    numbers = ("author",)
    texts = ("text", "url", "post")
    indexes_sql = (
        ("author", "(author, place)"),
        ("people", "(people, id) where slug is not null"),
    )


class Detail(Published):
    """What a profile shows beside the person's row; see snapshot/detail.py. `content` is JSON."""

    id = models.BigIntegerField(primary_key=True)
    content = models.TextField()

    class Meta:
        """Made by the load."""

        managed = False
        db_table = "published_details"

    numbers = ("id",)
    per = KINDS


class Topic(Published):
    """A topic that somebody moves people about; `spread` counts them by tens of score, as JSON."""

    topic = models.TextField(primary_key=True)
    parent = models.TextField(null=True)
    en = models.TextField(null=True)
    de = models.TextField(null=True)
    origin = models.TextField(null=True)
    people = models.BigIntegerField()
    posts = models.BigIntegerField()
    spread = models.TextField()

    class Meta:
        """Made by the load."""

        managed = False
        db_table = "published_topics"


class TopicScore(Published):
    """An account's score about a topic; `slug` as in Person, `owner` the account's id there."""

    id = models.BigIntegerField(primary_key=True)
    topic = models.TextField()
    owner = models.BigIntegerField()
    slug = models.TextField(null=True)
    score = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    provisional = models.BooleanField()
    rank = models.BigIntegerField(null=True)
    percentile = models.FloatField(null=True)
    people = models.BigIntegerField()

    class Meta:
        """Made by the load."""

        managed = False
        db_table = "published_topic_scores"

    numbers = ("owner",)
    indexes_sql = (
        ("owner", "(owner)"),
        ("board", "(topic, score, id) where slug is not null and not provisional"),
    )


class TopicPost(Published):
    """A post about a topic, of those of its author that moved most."""

    id = models.BigIntegerField(primary_key=True)
    topic = models.TextField()
    author = models.BigIntegerField()
    slug = models.TextField(null=True)
    people = models.FloatField()
    anonymous = models.BigIntegerField()
    url = models.TextField(null=True)
    published = models.DateTimeField(null=True)
    text = models.TextField(null=True)

    class Meta:
        """Made by the load."""

        managed = False
        db_table = "published_topic_posts"

    numbers = ("author",)
    texts = ("text", "url")
    indexes_sql = (
        ("author", "(author)"),
        ("topic", "(topic, people, id) where slug is not null"),
    )


TABLES: tuple[type[Published], ...] = (
    Publication, Person, Post, Detail, Topic, TopicScore, TopicPost,
)  # fmt: skip
"""In the order in which they are swapped in: all of them in one transaction."""
