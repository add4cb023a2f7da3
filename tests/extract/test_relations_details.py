"""What a text says of a tie: status, deal, amount, date, and whom a phrase refers to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extract.ontology import ontology
from extract.records import Reading, Statement

Read = Callable[..., Reading]


def _by_tie(reading: Reading) -> dict[str, Statement]:
    names = {entity.id: entity.name for entity in reading.entities}
    return {
        f"{names[each.head]} {each.type} {names[each.tail]}": each for each in reading.statements
    }


@pytest.mark.parametrize(
    ("text", "tie", "status"),
    [
        ("{Norvik} is weighing a takeover of {Telsa}.", "Norvik ACQUIRED Telsa", "rumoured"),
        ("{Norvik} has made a bid for {Telsa}.", "Norvik ACQUIRED Telsa", "rumoured"),
        ("{Norvik} could offer about €90m for {Telsa}.", "Norvik ACQUIRED Telsa", "rumoured"),
        (
            "{Norvik} will continue its joint research with {Telsa}.",
            "Norvik PARTNERS_WITH Telsa",
            "in_effect",
        ),
        ("{Norvik} will keep its mill in {city:Turin}.", "Norvik FACILITY_IN Turin", "in_effect"),
        (
            "{Norvik} is among the firms to have built a mill in {city:Turin}.",
            "Norvik FACILITY_IN Turin",
            "in_effect",
        ),
        (
            "{Norvik} has granted {Telsa} a licence to make pumps.",
            "Norvik PARTNERS_WITH Telsa",
            "in_effect",
        ),
        ("{Norvik} awarded {Telsa} a contract.", "Telsa SUPPLIES Norvik", "in_effect"),
        (
            "{Norvik} praised the {association:Pump League}, of which {Telsa} and {Orma} are "
            "members.",
            "Orma MEMBER_OF Pump League",
            "in_effect",
        ),
        (
            "{Norvik} and {Telsa} are both parents of the venture.",
            "Norvik JOINT_VENTURE_WITH Telsa",
            "in_effect",
        ),
        (
            "{agency:Pump Council} would support {Norvik} with a grant.",
            "Pump Council FUNDS Norvik",
            "planned",
        ),
        (
            "{university:Pump College} tested valves with a grant from the {agency:Pump Council}.",
            "Pump Council FUNDS Pump College",
            "in_effect",
        ),
        (
            "{Norvik} and {Telsa} have formed a pump venture.",
            "Norvik JOINT_VENTURE_WITH Telsa",
            "in_effect",
        ),
        ("{Orma}, a venture of {Norvik} and {Telsa}, met.", "Telsa INVESTED_IN Orma", "in_effect"),
        (
            "{Norvik} and {Telsa} launched a programme on pumps.",
            "Norvik PARTNERS_WITH Telsa",
            "in_effect",
        ),
        ("{agency:Pump Council} gave €2m to {Norvik}.", "Pump Council FUNDS Norvik", "in_effect"),
    ],
)
def test_tie_has_status(read: Read, text: str, tie: str, status: str) -> None:
    assert _by_tie(read(text))[tie].status == status


def test_grant_of_a_licence_funds_nobody(read: Read) -> None:
    reading = read("{Norvik} has granted {Telsa} a licence to make pumps.")
    assert {each.type for each in reading.statements} == {"PARTNERS_WITH"}


def test_partnerships_with_a_group_are_a_deal_each(read: Read) -> None:
    ties = _by_tie(read("{Norvik} and {Telsa} have formed alliances with 12 Korean suppliers."))
    assert set(ties) == {
        "Norvik PARTNERS_WITH Korean suppliers",
        "Telsa PARTNERS_WITH Korean suppliers",
    }
    assert len({each.attrs["deal"] for each in ties.values()}) == 2


def test_joint_ventures_are_one_with_each(read: Read) -> None:
    ties = _by_tie(read("{Norvik} has joint ventures with {Telsa} and {Orma}."))
    assert set(ties) == {"Norvik JOINT_VENTURE_WITH Telsa", "Norvik JOINT_VENTURE_WITH Orma"}
    assert len({each.attrs["deal"] for each in ties.values()}) == 2


def test_alliance_of_three_is_one_deal(read: Read) -> None:
    ties = _by_tie(read("{Norvik}, {Telsa} and {Orma} have formed an alliance."))
    assert len(ties) == 3
    assert len({each.attrs["deal"] for each in ties.values()}) == 1


def test_what_one_party_ends_the_others_may_continue(read: Read) -> None:
    ties = _by_tie(read("{Norvik} has quit its joint venture with {Telsa} and {Orma}."))
    assert {tie: each.status for tie, each in ties.items()} == {
        "Norvik JOINT_VENTURE_WITH Telsa": "ended",
        "Norvik JOINT_VENTURE_WITH Orma": "ended",
    }


def test_stake_and_date_of_another_clause_are_not_taken(read: Read) -> None:
    ties = _by_tie(
        read(
            "{Norvik} acquired {Telsa} in March 2024, and {Orma} cut its stake in {Pardo} "
            "to 8 per cent in May 2024."
        )
    )
    bought = ties["Norvik ACQUIRED Telsa"].attrs
    assert (bought.get("stake"), bought["date"]) == (None, "2024-03")
    assert ties["Orma INVESTED_IN Pardo"].attrs["date"] == "2024-05"


def test_stake_that_describes_a_party_is_not_taken(read: Read) -> None:
    reading = read("{Norvik} acquired {Telsa}, which holds 30 per cent of {Orma}.")
    assert "stake" not in _by_tie(reading)["Norvik ACQUIRED Telsa"].attrs


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("{Norvik} will acquire {Telsa} in March.", "2026-03"),
        ("{Norvik} agreed to acquire {Telsa} in March.", "2026-03"),
        ("{Norvik} acquired {Telsa} in March.", "2025-03"),
    ],
)
def test_month_is_ahead_of_what_is_planned(read: Read, text: str, date: str) -> None:
    statement = _by_tie(read(text, date="2025-10-07"))["Norvik ACQUIRED Telsa"]
    assert statement.attrs["date"] == date


@pytest.mark.parametrize(
    ("text", "tie"),
    [
        (
            "{Norvik}, {Telsa} and {Orma} formed a joint venture. They will invest €80m.",
            "Telsa JOINT_VENTURE_WITH Orma",
        ),
        (
            "{Norvik} plans a mill in {city:Turin}. The company wants to spend €80m.",
            "Norvik FACILITY_IN Turin",
        ),
        (
            "{Norvik} opened a mill in {city:Turin}. It has spent €80m on the site.",
            "Norvik FACILITY_IN Turin",
        ),
        (
            "{Norvik} will supply {Telsa}. The contract ends in 2030 and is worth €80m.",
            "Norvik SUPPLIES Telsa",
        ),
    ],
)
def test_sum_of_the_next_sentence(read: Read, text: str, tie: str) -> None:
    statement = _by_tie(read(text))[tie]
    assert statement.attrs["amount"] == "EUR 80m"
    assert len(statement.evidence) > 1


@pytest.mark.parametrize(
    "text",
    [
        "{Norvik} opened a mill in {city:Turin}. It spent €80m on software.",
        "{Norvik} opened a mill in {city:Turin}. {Telsa} will invest €80m.",
        "{Norvik} opened a mill in {city:Turin}. Wages rose. The company invested €80m.",
    ],
)
def test_sum_for_something_else(read: Read, text: str) -> None:
    assert "amount" not in _by_tie(read(text))["Norvik FACILITY_IN Turin"].attrs


def test_object_is_not_its_own_subject(read: Read) -> None:
    ties = _by_tie(
        read("{Norvik} holds 20 per cent of {Telsa}, valuing the Danish company at €80m.")
    )
    assert "Norvik HEADQUARTERED_IN Denmark" not in ties
    assert "Telsa HEADQUARTERED_IN Denmark" in ties


def test_unclear_reference_seats_nobody(read: Read) -> None:
    reading = read("{Norvik} met {Telsa} and {Orma}. {Pardo} praised the Danish company.")
    assert not [each for each in reading.statements if each.type == "HEADQUARTERED_IN"]


def test_head_of_the_new_centre_is_its_owner_s(read: Read) -> None:
    reading = read(
        "{Norvik} opened a research centre in {city:Turin}.\n\nIt works with {university:Pump "
        "College}, said {person:Ann Lee}, who heads the new centre."
    )
    statement = _by_tie(reading)["Ann Lee EMPLOYED_BY Norvik"]
    assert statement.attrs["role"] == "head"


def test_head_of_an_unknown_centre_is_nobody_s(read: Read) -> None:
    reading = read(
        "{Norvik} works with {university:Pump College}, said {person:Ann Lee}, who heads the "
        "new centre."
    )
    assert not [each for each in reading.statements if each.type == "EMPLOYED_BY"]


def test_place_owns_no_site(read: Read) -> None:
    reading = read(
        "{country:Norway} and {country:Italy} opened the first of their two test sites, in "
        "{city:Turin}. {country:Norway}'s mill in {city:Bari} closed."
    )
    kinds = {entity.id: entity.type for entity in reading.entities}
    for each in reading.statements:
        assert ontology().allows(each.type, kinds[each.head], kinds[each.tail])


def test_evidence_is_the_text_with_its_markup(read: Read) -> None:
    reading = read("{Norvik} signed a [pump agreement](#) with {Telsa}.", blanks="[]()#")
    (statement,) = reading.statements
    (span,) = statement.evidence
    assert span.text == "Norvik signed a [pump agreement](#) with Telsa."
    assert reading.document.text[span.start : span.end] == span.text


def test_group_s_mention_is_the_text_with_its_markup(read: Read) -> None:
    reading = read("{Norvik} has alliances with 12 [Korean](#) suppliers.", blanks="[]()#")
    (group,) = [entity for entity in reading.entities if entity.subtype == "group"]
    (mention,) = group.mentions
    assert reading.document.text[mention.start : mention.end] == mention.text
    assert group.name == "Korean suppliers"


def test_directory_is_no_deal(read: Read) -> None:
    text = ", ".join(f"{{Firm{i}}}" for i in range(100)) + " and {Norvik} formed a venture."
    assert not read(text).statements


def test_short_form_in_brackets_breaks_no_list(read: Read) -> None:
    ties = _by_tie(read("{Norvik Pumps} ({NP}) and {Telsa Motors} signed a research agreement."))
    assert "Norvik Pumps PARTNERS_WITH Telsa Motors" in ties
