"""Ties read from grammar: one short text per construction, names marked in braces.

"{Volkswagen}" is a firm; "{city:Hefei}", "{person:Ann Lee}", "{university:…}" say the kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from extract.model.annotated import CORPUS
from extract.ontology import ontology
from extract.records import Reading, Statement

Read = Callable[..., Reading]


def _ties(reading: Reading) -> set[str]:
    names = {entity.id: entity.name for entity in reading.entities}
    return {
        f"{names[each.head]} {each.type} {names[each.tail]}"
        for each in reading.statements
        if each.polarity == "affirmed"
    }


def _only(reading: Reading, type_: str) -> Statement:
    (found,) = [each for each in reading.statements if each.type == type_]
    return found


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        ("{Norvik} acquired {Telsa} in May.", "Norvik ACQUIRED Telsa"),
        ("{Telsa} was acquired by {Norvik} in May.", "Norvik ACQUIRED Telsa"),
        ("{Norvik}'s acquisition of {Telsa} closed in May.", "Norvik ACQUIRED Telsa"),
        ("{Telsa}, acquired by {Norvik} in 2019, makes pumps.", "Norvik ACQUIRED Telsa"),
        ("{Norvik} plans to buy {Telsa}.", "Norvik ACQUIRED Telsa"),
        ("{Telsa}, a unit of {Norvik}, makes pumps.", "Telsa SUBSIDIARY_OF Norvik"),
        ("{Telsa} is a subsidiary of {Norvik}.", "Telsa SUBSIDIARY_OF Norvik"),
        ("{Telsa} belongs to {Norvik}.", "Telsa SUBSIDIARY_OF Norvik"),
        ("{Norvik} holds 20 per cent of {Telsa}.", "Norvik INVESTED_IN Telsa"),
        ("{Norvik} has bought a 10% stake in {Telsa}.", "Norvik INVESTED_IN Telsa"),
        ("{Norvik} has supplied {Telsa} with pumps.", "Norvik SUPPLIES Telsa"),
        ("{Norvik} buys its pumps from {Telsa}.", "Telsa SUPPLIES Norvik"),
        ("{Norvik} competes with {Telsa} in pumps.", "Norvik COMPETES_WITH Telsa"),
        ("{Norvik} has joined the {association:Pump Alliance}.", "Norvik MEMBER_OF Pump Alliance"),
        ("{Telsa} was spun off from {Norvik} in 2012.", "Telsa SPUN_OFF_FROM Norvik"),
        ("{Norvik} has merged with {Telsa}.", "Norvik MERGED_WITH Telsa"),
        ("{person:Ann Lee} founded {Norvik} in 1999.", "Norvik FOUNDED_BY Ann Lee"),
        ("{person:Ann Lee}, an analyst at {Norvik}, agreed.", "Ann Lee EMPLOYED_BY Norvik"),
        ("{Norvik} chairman and CEO {person:Ann Lee} agreed.", "Ann Lee EMPLOYED_BY Norvik"),
        ("{Norvik}'s chief executive, {person:Ann Lee}, agreed.", "Ann Lee EMPLOYED_BY Norvik"),
        (
            "{person:Ann Lee}, head of {Norvik}'s China research division, agreed.",
            "Ann Lee EMPLOYED_BY Norvik",
        ),
        ("{Norvik}, based in {city:Turin}, makes pumps.", "Norvik HEADQUARTERED_IN Turin"),
        ("{city:Turin}-based {Norvik} makes pumps.", "Norvik HEADQUARTERED_IN Turin"),
        ("{Norvik}, of {city:Turin}, makes pumps.", "Norvik HEADQUARTERED_IN Turin"),
        ("{country:Italy}'s {Norvik} makes pumps.", "Norvik HEADQUARTERED_IN Italy"),
        ("{Norvik} opened a factory in {city:Turin}.", "Norvik FACILITY_IN Turin"),
        ("{Norvik}'s {city:Turin} plant makes pumps.", "Norvik FACILITY_IN Turin"),
        (
            "On the edge of {city:Turin}, {Norvik}, a pump maker, opened a factory.",
            "Norvik FACILITY_IN Turin",
        ),
        (
            "{institute:Centre for Pumps} at the {university:University of Turin} opened.",
            "Centre for Pumps PART_OF University of Turin",
        ),
    ],
)
def test_construction(read: Read, text: str, tie: str) -> None:
    assert tie in _ties(read(text))


def test_every_pair_of_a_list_is_a_tie(read: Read) -> None:
    reading = read("{Norvik}, {Telsa} and {Orma} have formed a joint venture.")
    assert _ties(reading) == {
        "Norvik JOINT_VENTURE_WITH Telsa",
        "Norvik JOINT_VENTURE_WITH Orma",
        "Telsa JOINT_VENTURE_WITH Orma",
    }


def test_parties_of_one_deal_share_it(read: Read) -> None:
    reading = read("{Norvik}, {Telsa} and {Orma} have formed a joint venture.")
    assert {each.attrs["deal"] for each in reading.statements} == {"d1"}


def test_deal_told_again_is_the_same_deal(read: Read) -> None:
    reading = read(
        "{Norvik}, {Telsa} and {Orma} have formed a joint venture.\n\n"
        "The joint venture of {Norvik} and {Telsa} makes pumps."
    )
    assert {each.attrs["deal"] for each in reading.statements} == {"d1"}


def test_sides_of_a_partnership_are_not_paired_within(read: Read) -> None:
    reading = read("{Norvik} and {Telsa} have formed partnerships with {Orma}.")
    assert _ties(reading) == {"Norvik PARTNERS_WITH Orma", "Telsa PARTNERS_WITH Orma"}


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("{Norvik} acquired {Telsa}.", "in_effect"),
        ("{Norvik} plans to acquire {Telsa}.", "planned"),
        ("{Norvik} will acquire {Telsa}.", "planned"),
        ("{Norvik} agreed to acquire {Telsa}.", "announced"),
        ("{Norvik} is considering acquiring {Telsa}.", "rumoured"),
        ("{Norvik} may acquire {Telsa}.", "rumoured"),
        ("{Norvik} denied that it had acquired {Telsa}.", "denied"),
        ("{Norvik} did not acquire {Telsa}.", "denied"),
        ("{Norvik} has no plans to acquire {Telsa}.", "denied"),
        ("{Norvik} called off its acquisition of {Telsa}.", "denied"),
    ],
)
def test_status(read: Read, text: str, status: str) -> None:
    assert _only(read(text), "ACQUIRED").status == status


def test_partnership_that_ended(read: Read) -> None:
    statement = _only(read("{Norvik} ended its partnership with {Telsa}."), "PARTNERS_WITH")
    assert statement.status == "ended"


def test_counted_group_becomes_an_entity(read: Read) -> None:
    reading = read(
        "Since 2018, {Norvik} has formed partnerships with at least 38 Chinese companies."
    )
    (group,) = [entity for entity in reading.entities if entity.subtype == "group"]
    assert (group.id, group.name, group.count) == ("e2", "Chinese companies", 38)
    statement = _only(reading, "PARTNERS_WITH")
    assert {statement.head, statement.tail} == {"e1", "e2"}
    assert (statement.attrs["since"], statement.attrs["count"]) == ("2018", "38")


def test_country_known_from_an_adjective(read: Read) -> None:
    reading = read("Swedish truckmaker {Norvik} opened a shop.")
    (country,) = [entity for entity in reading.entities if entity.type == "LOC"]
    assert (country.name, country.mentions[0].kind) == ("Sweden", "nominal")
    assert "Norvik HEADQUARTERED_IN Sweden" in _ties(reading)


def test_country_named_elsewhere_is_not_added(read: Read) -> None:
    reading = read("Swedish truckmaker {Norvik} opened a shop.\n\nIt left {country:Sweden} later.")
    assert [entity.name for entity in reading.entities] == ["Norvik", "Sweden"]


def test_firm_spoken_of_as_the_company(read: Read) -> None:
    reading = read("{Norvik} makes pumps.\n\nThe company opened a factory in {city:Turin}.")
    statement = _only(reading, "FACILITY_IN")
    assert "Norvik FACILITY_IN Turin" in _ties(reading)
    assert [span.text for span in statement.evidence] == [
        "The company opened a factory in Turin.",
        "Norvik makes pumps.",
    ]


def test_reference_is_less_sure_than_a_name(read: Read) -> None:
    named = _only(read("{Norvik} opened a factory in {city:Turin}."), "FACILITY_IN")
    spoken = read("{Norvik} makes pumps.\n\nThe company opened a factory in {city:Turin}.")
    assert _only(spoken, "FACILITY_IN").confidence < named.confidence


def test_states_are_partners_through_their_ministers(read: Read) -> None:
    reading = read(
        "{person:Ann Lee}, the {country:UK}'s science minister, landed in {city:Beijing} to sign a "
        "statement of co-operation with {country:China}."
    )
    statement = _only(reading, "PARTNERS_WITH")
    assert "UK PARTNERS_WITH China" in _ties(reading)
    assert statement.attrs["kind"] == "government"


def test_amount_date_and_kind_of_a_factory(read: Read) -> None:
    reading = read("{Norvik} opened a €2bn factory in {city:Turin} in October.", date="2025-11")
    attrs = _only(reading, "FACILITY_IN").attrs
    assert (attrs["amount"], attrs["date"], attrs["kind"]) == ("EUR 2bn", "2025-10", "plant")


def test_team_counted_elsewhere_is_the_centre_s(read: Read) -> None:
    reading = read(
        "{Norvik} has a 700-person research and development team.\n\n"
        "Visitors travel to the group's R&D centre in {city:Turin}."
    )
    assert _only(reading, "FACILITY_IN").attrs["people"] == "700"


def test_site_of_a_joint_venture(read: Read) -> None:
    reading = read("{Norvik} and {Telsa} have formed a joint venture in {city:Turin}.")
    site = _only(reading, "JOINT_VENTURE_WITH").attrs["site"]
    assert site == next(entity.id for entity in reading.entities if entity.name == "Turin")


def test_tie_stated_twice_is_one_statement_with_both_sentences(read: Read) -> None:
    reading = read("{Norvik} acquired {Telsa}.\n\n{Telsa} was acquired by {Norvik}.")
    assert len(_only(reading, "ACQUIRED").evidence) == 2


@pytest.mark.parametrize(
    "text",
    [
        "{Norvik} and {Telsa} reported higher profits.",
        "{Norvik} sold its factory to {Telsa}.",
        "{person:Ann Lee} met {Norvik} and {Telsa} in {city:Turin}.",
        "Like {Norvik}, {Telsa} makes pumps.",
        "",
    ],
)
def test_nothing_is_invented(read: Read, text: str) -> None:
    assert _ties(read(text)) == set()


@pytest.mark.parametrize(
    "text",
    [
        "of the unit " * 2000,
        "{Norvik} said that " + "the company said that " * 500 + "it would buy {Telsa}.",
        ", ".join(f"{{Firm{i}}}" for i in range(400)) + " and {Norvik} formed a joint venture.",
    ],
    ids=["nouns", "clauses", "list"],
)
def test_endless_sentence_is_no_sentence(read: Read, text: str) -> None:
    assert len(read(text).statements) < 50


def test_evidence_lies_where_it_says(read: Read) -> None:
    reading = read("Some talk.\n\n  {Norvik} acquired {Telsa}.  It opened a plant in {city:Turin}.")
    assert reading.statements
    for statement in reading.statements:
        for span in statement.evidence:
            assert reading.document.text[span.start : span.end] == span.text


def test_same_text_same_statements(read: Read) -> None:
    text = "{Norvik}, {Telsa} and {Orma} have formed a joint venture in {city:Turin}."
    assert read(text) == read(text)


def test_every_tie_is_allowed_by_the_ontology(read: Read) -> None:
    path = CORPUS / "11-newspaper-coreference.txt"
    blocks = path.read_text(encoding="utf-8").split("\n@ ")[:12]
    for block in blocks:
        marked = re.sub(r"\{e\d+:", "{", block.partition("\n")[2].partition("\n--\n")[0])
        reading = read(marked)
        kinds = {entity.id: entity.type for entity in reading.entities}
        for each in reading.statements:
            assert ontology().allows(each.type, kinds[each.head], kinds[each.tail])
