"""Published vocabularies are read in the forms in which they are published."""

import gzip
import json
from pathlib import Path

import pytest

from openclout.errors import InputError, NotFound, UnsafeInput
from openclout.topics import published
from openclout.topics.published import keep, read_published
from openclout.topics.vocabulary import load_vocabulary

KLOUT = {
    "ontology": """topicId,topicSlug,topicDisplayName,wikiItemId,freebaseMachineId
0,_ROOT_,_ROOT_,null,null
1,tea-super,Tea and Rest,Q6097,0a
2,gong-fu-brewing,Gong Fu Brewing,null,0b
3,teaware,Teaware,Q2293362,0c
4,hand-thrown-gaiwans,Hand-Thrown Gaiwans,,0d
5,bamboo-whisks,Bamboo Whisks,,0e
""",
    "edge": """parentTopicId,parrentTopicSlug,childTopicId,childTopicSlug
0,_ROOT_,0,_ROOT_
0,_ROOT_,1,tea-super
1,tea-super,2,gong-fu-brewing
1,tea-super,3,teaware
3,teaware,4,hand-thrown-gaiwans
4,hand-thrown-gaiwans,3,teaware
1,tea-super,5,bamboo-whisks
3,teaware,5,bamboo-whisks
""",
    "display": """topicId,language,topicDisplayName
3,de,Teegeschirr
3,fr,Service à thé
4,en,Hand-Thrown Gaiwans
""",
}
BASE = "http://cv.iptc.org/newscodes/mediatopic/"
ITEM = "https://www.wikidata.org/entity/Q"
CONCEPTS = [
    {"uri": f"{BASE}1", "qcode": "medtop:1", "prefLabel": {"en-GB": "beverages", "de": "Trinken"}},
    {"uri": f"{BASE}2", "qcode": "medtop:2", "prefLabel": {"en-GB": "beer", "de": "Bier"},
     "broader": [f"{BASE}1"], "exactMatch": ["http://x.example/1", f"{ITEM}44"]},
    {"uri": f"{BASE}3", "prefLabel": {"en-US": "Small Beer"}, "broader": [f"{BASE}2"]},
    {"uri": f"{BASE}4", "prefLabel": {"en-GB": "mead"}, "retired": "2020-01-01T00:00:00+00:00"},
]  # fmt: skip
RDF = f"""<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:ConceptScheme rdf:about="{BASE}"/>
  <rdf:Description rdf:about="{BASE}1">
    <skos:prefLabel xml:lang="en-GB">beverages</skos:prefLabel>
    <skos:prefLabel xml:lang="de">Trinken</skos:prefLabel>
  </rdf:Description>
  <skos:Concept rdf:about="{BASE}2">
    <skos:prefLabel xml:lang="en-GB">beer</skos:prefLabel>
    <skos:prefLabel xml:lang="de">Bier</skos:prefLabel>
    <skos:broader rdf:resource="{BASE}1"/><skos:exactMatch rdf:resource="{ITEM}44"/>
  </skos:Concept>
  <skos:Concept rdf:about="{BASE}3">
    <skos:prefLabel xml:lang="en-US">Small Beer</skos:prefLabel>
    <skos:broader rdf:resource="{BASE}2"/>
  </skos:Concept>
</rdf:RDF>
"""
SHEET = """IPTC Media Topics,,,,,,
NewsCode-URI,NewsCode-QCode (flat),Level1/NewsCode,Level2/NewsCode,Level3/NewsCode,Name (en-GB),\
Name (de),Wikidata mapping
x/1,medtop:1,medtop:1,,,beverages,Trinken,
x/2,medtop:2,,medtop:2,,beer,Bier,https://www.wikidata.org/entity/Q44
x/3,medtop:3,,,medtop:3,Small Beer,,
"""


def klout_files(folder: Path, packed: bool = False) -> list[Path]:
    paths = []
    for name, text in KLOUT.items():
        path = folder / f"klout_topic_{name}.csv{'.gz' if packed else ''}"
        path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
        paths.append(path)
    return paths


@pytest.mark.parametrize("packed", [False, True])
def test_klouts_three_files_are_one_vocabulary(tmp_path: Path, packed: bool) -> None:
    name, topics = read_published(klout_files(tmp_path, packed))
    found = {topic.topic: topic for topic in topics}
    assert name == "klout"
    assert list(found) == ["bamboo-whisks", *sorted(list(found)[1:])]
    assert found["teaware"].names == {"en": "Teaware", "de": "Teegeschirr"}
    assert found["teaware"].wikidata == "Q2293362"
    assert found["gong-fu-brewing"].wikidata == ""
    assert found["bamboo-whisks"].parent == "teaware"  # the parent with fewest children
    assert found["hand-thrown-gaiwans"].parent == "teaware"
    assert found["teaware"].parent == "tea-super"  # and no circle


@pytest.mark.shared
def test_klouts_files_are_read_as_they_were_published(shared: Path, tmp_path: Path) -> None:
    files = sorted((shared / "topics").glob("klout_topic_*.csv.gz"))
    name, topics = read_published(files)
    assert (name, len(topics)) == ("klout", 8033)
    keep(tmp_path, name, topics)
    known = load_vocabulary(tmp_path)
    assert len(known.topics) > 7900
    assert known.find("beer").origin == "ours"
    assert known.line("guinness") == ("guinness", "beer", "food-and-drink")


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("mediatopic.json", json.dumps({"uri": BASE, "conceptSet": CONCEPTS})),
        ("mediatopic.rdf", RDF),
        ("IPTC-MediaTopic-NewsCodes.csv", SHEET),
    ],
)
def test_iptc_is_read_in_each_of_its_forms(tmp_path: Path, file: str, text: str) -> None:
    path = tmp_path / file
    path.write_text(text, encoding="utf-8")
    name, topics = read_published([path])
    rows = [(topic.topic, topic.parent, topic.name("de"), topic.wikidata) for topic in topics]
    assert name == "iptc"
    assert rows == [
        ("beer", "beverages", "Bier", "Q44"),
        ("beverages", "", "Trinken", ""),
        ("small-beer", "beer", "Small Beer", ""),
    ]


def test_what_is_imported_joins_ours_by_the_wikidata_item(tmp_path: Path) -> None:
    path = tmp_path / "mediatopic.json"
    path.write_text(json.dumps({"conceptSet": CONCEPTS}), encoding="utf-8")
    name, topics = read_published([path])
    for _again in range(2):
        keep(tmp_path, name, topics)
    known = load_vocabulary(tmp_path)
    assert known.find("beer").origin == "ours"
    assert known.line("small-beer") == ("small-beer", "beer", "food-and-drink")
    assert len(known.topics) == len(load_vocabulary().topics) + 2


@pytest.mark.parametrize(
    ("file", "content", "error", "words"),
    [
        ("a.csv", b"name,age\nann,3\n", InputError, "no vocabulary that we know"),
        ("a.json", b"{", InputError, "no JSON"),
        ("a.json", b'{"conceptSet": 3}', InputError, "no conceptSet"),
        ("a.rdf", b"<rdf", InputError, "no XML"),
        ("a.rdf", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', UnsafeInput, "XML entities"),
        ("a.csv", b"\xff\xfe", InputError, "not UTF-8"),
        ("a.csv.gz", b"no gzip", InputError, "cannot be unpacked"),
        ("klout_edge.csv", KLOUT["edge"].encode(), InputError, "wikiItemId is missing"),
        ("m.csv", b"topic,parent,en\nbebop,jaz,Bebop\n", InputError, "line 2"),
    ],
)
def test_a_bad_file_is_told_with_its_place(
    tmp_path: Path, file: str, content: bytes, error: type[Exception], words: str
) -> None:
    path = tmp_path / file
    path.write_bytes(content)
    with pytest.raises(error, match=words):
        read_published([path])


def test_a_bomb_and_a_missing_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "MOST_BYTES", 1000)
    bomb = tmp_path / "bomb.csv.gz"
    bomb.write_bytes(gzip.compress(b"a" * 2000))
    with pytest.raises(UnsafeInput, match="larger than"):
        read_published([bomb])
    with pytest.raises(NotFound, match="no such file"):
        read_published([tmp_path / "none.csv"])


@pytest.mark.parametrize("name", ["../mine", "", "a/b", "mine.csv"])
def test_a_vocabulary_s_name_cannot_lie_elsewhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="no name for a vocabulary"):
        keep(tmp_path, name, [])
