"""Names of a document: found, typed, joined, and nothing that is no name."""

import csv
from importlib.resources import files

import pytest
import yaml

from extract.entities.joining import Naming, is_acronym, join_names
from extract.entities.kinds import kind_of_name
from extract.entities.lexicon import lexicon
from extract.ontology import ontology
from extract.pipeline import Reader
from extract.records import Document, Entity

DATA = files("extract.entities")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.fixture
def entities(reader):
    def read(text: str) -> dict[str, Entity]:
        [found] = reader.read([Document("doc", text)])
        named = (e for e in found.entities if any(m.kind == "name" for m in e.mentions))
        return {entity.name: entity for entity in named}

    return read


@pytest.mark.parametrize("name", ["organisations.csv", "places.csv"])
def test_gazetteers_hold_only_kinds_of_the_ontology(name):
    kinds = {kind.subtype for kind in ontology().kinds.values()}
    rows = list(csv.DictReader(DATA.joinpath(name).read_text(encoding="utf-8").splitlines()))
    assert {row["kind"] for row in rows} <= kinds
    assert all(row["name"] == row["name"].strip() and None not in row for row in rows)


def test_head_nouns_belong_to_kinds():
    raw = yaml.safe_load(DATA.joinpath("heads.yaml").read_text(encoding="utf-8"))
    kinds = {kind.subtype for kind in ontology().kinds.values()} | {"place"}
    assert set(raw) <= kinds
    assert all(isinstance(word, str) for words in raw.values() for word in words)


def test_word_lists_hold_words_only():
    raw = yaml.safe_load(DATA.joinpath("words.yaml").read_text(encoding="utf-8"))
    wrong = [(name, w) for name, words in raw.items() for w in words if not isinstance(w, str)]
    assert wrong == []


def test_mentions_are_the_text_at_their_offsets(reader):
    text = "Volkswagen's plant in Hefei hires. VW said so.\n\nThe UK-based firm Arm did not."
    (reading,) = reader.read([Document("doc", text)])
    mentions = [mention for entity in reading.entities for mention in entity.mentions]
    assert mentions
    assert all(text[m.start : m.end] == m.text for m in mentions)


def test_ids_follow_the_first_mentions(reader):
    text = "Siemens will build trains with Alstom in Munich, said Siemens of Germany."
    (reading,) = reader.read([Document("doc", text)])
    firsts = [entity.mentions[0].start for entity in reading.entities]
    assert firsts == sorted(firsts)
    assert [entity.id for entity in reading.entities] == [f"e{i}" for i in range(len(firsts))]


def test_passages_mark_the_names_in_tokens(reader):
    document = Document("doc", "Renault opened a research centre in Shanghai this year.")
    docs = reader.parse(document)
    [(_, passages, found, _)] = reader.ties.scored([(document, docs)])
    named = {entity.id: entity.name for entity in found}
    marks = {named[n.entity]: passages[0].doc[n.start : n.end].text for n in passages[0].names}
    assert marks == {"Renault": "Renault", "Shanghai": "Shanghai"}


@pytest.mark.parametrize(
    ("text", "name", "subtype"),
    [
        ("In Rugao, Scania, a truckmaker, opened a factory in October.", "Scania", "firm"),
        ("Halvarsson Trucks GmbH said it would build vans.", "Halvarsson Trucks GmbH", "firm"),
        ("She teaches at the University of Lunden now.", "University of Lunden", "university"),
        (
            "The Ministry of Trade and Industry signed it.",
            "Ministry of Trade and Industry",
            "agency",
        ),
        ("He told Reuters that the talks had failed.", "Reuters", "media"),
        ("Volkswagen will build a plant in Anhui province, China.", "Anhui", "region"),
        ("A stream of engineers is travelling to Europe.", "Europe", "region"),
        ("The firm sells nothing in the US.", "United States", "country"),
        (
            "“We are proud,” says Maria Keller, chief executive of the firm.",
            "Maria Keller",
            "person",
        ),
    ],
)
def test_names_get_their_kind(entities, text, name, subtype):
    assert entities(text)[name].subtype == subtype


@pytest.mark.parametrize(
    "text",
    [
        "R&D spending of \\$136bn was less than a third of it, the report said.",
        "They make EVs with AI, and each has a PhD, since Covid-19.",
        "The Swedish and Chinese companies met on Monday, in October.",
        "The plant makes lithium carbonate equivalent (LCE) for cars.",
        "The chief executive met the CEO and the CFO.",
    ],
)
def test_what_is_no_name_gives_no_entity(entities, text):
    assert entities(text) == {}


@pytest.mark.parametrize(
    ("text", "name", "forms"),
    [
        (
            "Dr Anna Weber leads the firm. Weber's plan failed, said Weber.",
            "Anna Weber",
            {"Anna Weber", "Weber"},
        ),
        (
            "The Industrial Transition Forum (ITF) met. The ITF agreed.",
            "Industrial Transition Forum",
            {"Industrial Transition Forum", "ITF"},
        ),
        (
            "Wang of Norvia Group said so. Norvia did not agree with it.",
            "Norvia Group",
            {"Norvia Group", "Norvia"},
        ),
        ("Volkswagen said so. VW is a carmaker.", "Volkswagen", {"Volkswagen", "VW"}),
        ("The UK signed. Britain will pay.", "United Kingdom", {"UK", "Britain"}),
    ],
)
def test_names_of_one_thing_are_one_entity(entities, text, name, forms):
    assert {mention.text for mention in entities(text)[name].mentions} == forms


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Volkswagen", "Volkswagen Anhui"),
        ("Honda", "Honda North America Inc."),
        ("University of Leeds", "University of Leeds Beckett"),
        ("Siemens", "Siemens Energy"),
    ],
)
def test_names_of_different_organisations_stay_apart(short, full):
    names = [
        Naming(surface, "ORG", (start,), (frozenset(),))
        for start, surface in enumerate((full, short))
    ]
    assert len(join_names(names)) == 2


def test_a_surname_of_two_people_goes_to_the_one_with_the_same_words_near():
    names = [
        Naming("Ann Zhang", "PER", (0,), (frozenset({"professor"}),)),
        Naming("Lin Zhang", "PER", (50,), (frozenset({"analyst"}),)),
        Naming("Zhang", "PER", (99,), (frozenset({"professor"}),)),
    ]
    assert [("Ann Zhang", 0), ("Zhang", 0)] in [sorted(group) for group in join_names(names)]


@pytest.mark.parametrize(
    ("short", "full", "expected"),
    [
        ("W-L", "Warner-Lambert", True),
        ("MIT", "Massachusetts Institute of Technology", True),
        ("ITA", "Industrial Transition Forum", False),
        ("Ita", "Industrial Transition Accelerator", False),
    ],
)
def test_acronyms_are_spelt_by_initials(short, full, expected):
    assert is_acronym(short, full) is expected


def test_a_gazetteer_gives_the_full_name():
    assert kind_of_name("LOC", ["US"], "city") == ("United States", "country")


def test_a_well_known_city_is_no_small_one():
    assert lexicon().places["Shanghai"].big
