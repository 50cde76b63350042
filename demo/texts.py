"""What the community talks about: short sentences of ours, English and German, with their tags."""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Topic:
    """Words for one topic in one language: any subject goes with any remark."""

    tags: tuple[str, ...]
    subjects: tuple[str, ...]
    remarks: tuple[str, ...]


TOPICS: dict[str, dict[str, Topic]] = {
    "tea": {
        "en": Topic(
            ("tea", "oolong", "greentea", "teatime", "matcha"),
            (
                "The second steep of this oolong", "My grandmother's dented teapot",
                "Cold-brewed sencha", "A pinch of salt in the water", "Leaf tea in a paper cup",
                "The first flush that came by post", "A thermometer in the kitchen",
            ),
            (
                "is better than the first.", "took me ten years to understand.",
                "changed my mornings.", "needs exactly 82 degrees.", "divides the whole office.",
                "deserves more patience than I have.", "beats anything from a bag.",
            ),
        ),
        "de": Topic(
            ("tea", "tee", "grüntee", "teezeit", "ostfriesentee"),
            (
                "Der zweite Aufguss", "Omas verbeulte Kanne", "Kalt gezogener Sencha",
                "Eine Prise Salz im Wasser", "Das Kandisstück am Boden",
                "Ein Thermometer in der Küche",
            ),
            (
                "ist besser als der erste.", "hat meinen Morgen gerettet.",
                "braucht genau 82 Grad.", "spaltet das ganze Büro.",
                "verdient mehr Geduld, als ich habe.",
            ),
        ),
    },
    "gardening": {
        "en": Topic(
            ("gardening", "allotment", "compost", "seeds", "growyourown"),
            (
                "The compost heap behind the shed", "One courgette plant", "My row of leeks",
                "A robin with no fear of forks", "The neighbour's seed swap box",
                "Mulch from the council", "A polytunnel held together with tape",
            ),
            (
                "has survived the frost.", "feeds the entire street.",
                "is winning against the slugs.", "was worth the sore back.",
                "keeps its secrets.", "made me late again.", "smells of spring.",
            ),
        ),
        "de": Topic(
            ("gardening", "garten", "kompost", "saatgut", "schrebergarten"),
            (
                "Der Komposthaufen hinter der Laube", "Eine einzige Zucchini",
                "Mein Lauchbeet", "Die Tauschkiste am Vereinsheim", "Mulch vom Bauhof",
                "Das Hochbeet aus alten Türen",
            ),
            (
                "hat den Frost überstanden.", "ernährt die ganze Straße.",
                "gewinnt gegen die Schnecken.", "war den Muskelkater wert.",
                "duftet nach Frühling.",
            ),
        ),
    },
    "cycling": {
        "en": Topic(
            ("cycling", "bikelane", "cargobike", "puncture", "commute"),
            (
                "The new lane by the canal", "A cargo bike full of seedlings",
                "Riding home in the rain", "My squeaking bottom bracket",
                "The hill behind the brewery", "A headwind in both directions",
            ),
            (
                "saves me twenty minutes.", "is the best part of the day.",
                "ends in front of a hedge.", "taught me humility.", "calls for tea.",
                "deserves a wider kerb.",
            ),
        ),
        "de": Topic(
            ("cycling", "fahrrad", "radweg", "lastenrad", "pendeln"),
            (
                "Der neue Radweg am Kanal", "Ein Lastenrad voller Setzlinge",
                "Die Heimfahrt im Regen", "Mein knarzendes Tretlager",
                "Gegenwind in beide Richtungen",
            ),
            (
                "spart mir zwanzig Minuten.", "ist das Beste am Tag.",
                "endet vor einer Hecke.", "macht bescheiden.", "verlangt nach Tee.",
            ),
        ),
    },
    "opensource": {
        "en": Topic(
            ("opensource", "firmware", "kettle", "selfhosting", "python"),
            (
                "The kettle firmware", "A pull request with tests", "Our old mailing list",
                "The first bug I ever closed", "Documentation with real output",
                "A release on a Friday",
            ),
            (
                "boots in half a second now.", "made three strangers friends.",
                "is older than my car.", "needed one more review.", "explains itself at last.",
                "went better than feared.",
            ),
        ),
        "de": Topic(
            ("opensource", "freiesoftware", "firmware", "selbsthosten", "python"),
            (
                "Die Firmware für den Wasserkocher", "Ein Patch mit Tests",
                "Unsere alte Mailingliste", "Der erste Fehler, den ich schloss",
                "Eine Anleitung mit echter Ausgabe",
            ),
            (
                "startet jetzt in einer halben Sekunde.", "hat drei Fremde zu Freunden gemacht.",
                "ist älter als mein Rad.", "brauchte nur noch einen Blick.",
                "erklärt sich endlich selbst.",
            ),
        ),
    },
}  # fmt: skip

REPLIES = {
    "en": (
        "Same here, every single week.", "I tried it and it works.", "Which one do you use?",
        "Thank you, that solved it.", "Only with soft water.", "You made my day.",
        "Could you show a picture?", "I would add a spoon of patience.", "Not in my kitchen!",
    ),
    "de": (
        "Bei mir auch, jede Woche.", "Ausprobiert, es klappt.", "Welche nimmst du?",
        "Danke, das war's.", "Nur mit weichem Wasser.", "Du hast mir den Tag gerettet.",
        "Zeigst du ein Bild?", "Ich nähme noch etwas Geduld dazu.", "Nicht in meiner Küche!",
    ),
}  # fmt: skip

SHOUTS = (
    "GOOD MORNING EVERYBODY!!!", "Who is awake?", "Ten things you will not believe",
    "Follow me, I follow back", "Hot take, read to the end", "Number 7 will surprise you",
    "Guten Morgen, ihr alle!", "Like if you agree", "I said it before and I say it again",
)  # fmt: skip
"""What Cat posts all day; never about tea, which the bot would like."""


def write_sentence(topic: str, language: str, rng: Random) -> str:
    """Make one sentence about a topic."""
    words = TOPICS[topic][language]
    return f"{rng.choice(words.subjects)} {rng.choice(words.remarks)}"


def pick_tags(topic: str, language: str, rng: Random) -> list[str]:
    """Pick the topic's own tag and up to two of its others."""
    main, *others = TOPICS[topic][language].tags
    return [main, *rng.sample(others, rng.choice((0, 1, 1, 2)))]


def hashtag(text: str, tags: list[str]) -> str:
    """Put the tags behind a text."""
    return " ".join([text, *(f"#{tag}" for tag in tags)])
