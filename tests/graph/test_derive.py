"""What follows from mentions and statements."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.ontology import ontology
from graph.derive import (
    UNCONFIRMED,
    Claim,
    Tally,
    confidence_of,
    entity_properties,
    look_up_keys,
    partnership_properties,
    sites_of,
    status_of,
    tie_properties,
)

SAID = ["in_effect", "announced", "planned", "ended", "rumoured", "denied", "possible"]


def claim(number: int, status: str, dated: str = "", **properties: Any) -> Claim:
    known = {"type": "ACQUIRED", "tie": "tie-1", "status": status, "confidence": 0.5}
    document = properties.pop("document", f"doc-{number}")
    site = properties.pop("site", None)
    return Claim(
        f"sta-{number}", document, dated, "ent-a", "ent-b", site, "par-1", {**known, **properties}
    )


def status(*said: tuple[str, str]) -> str:
    claims = [claim(number, word, dated) for number, (word, dated) in enumerate(said)]
    found = {status_of(order) for order in permutations(claims)}
    assert len(found) == 1  # whatever the order
    return found.pop()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([("in_effect", "2024")], "in_effect"),
        ([("announced", "2024"), ("in_effect", "2024")], "in_effect"),
        ([("planned", "2024"), ("announced", "2025")], "announced"),
        ([("in_effect", "2024"), ("ended", "2025")], "ended"),
        ([("in_effect", "2024"), ("ended", "")], "in_effect"),
        ([("in_effect", "2024"), ("rumoured", "2025")], "in_effect"),
        ([("rumoured", "2025")], "rumoured"),
        ([("denied", "2025")], "denied"),
        ([("rumoured", "2024"), ("denied", "2025")], "denied"),
        ([("rumoured", "2025"), ("denied", "2025")], "denied"),
        ([("denied", "2024"), ("rumoured", "2025")], "rumoured"),
        ([("announced", "2024"), ("denied", "2025")], "disputed"),
        ([("announced", "2025"), ("denied", "2025")], "disputed"),
        ([("planned", "2024"), ("denied", "2025")], "disputed"),
        ([("denied", "2024"), ("announced", "2025")], "announced"),
        ([("denied", ""), ("in_effect", "")], "disputed"),
        ([("denied", "2024-12"), ("in_effect", "2025")], "in_effect"),
        ([("possible", "2025")], "possible"),
        ([("planned", "2024"), ("possible", "2025")], "planned"),
        ([("ended", ""), ("possible", "2025")], "ended"),
        ([("rumoured", "2024"), ("possible", "2025")], "rumoured"),
        ([("denied", "2024"), ("possible", "2025")], "denied"),
    ],
)
def test_status(said: list[tuple[str, str]], expected: str) -> None:
    assert status(*said) == expected


@given(
    st.lists(
        st.tuples(st.sampled_from(SAID), st.sampled_from(["", "2024", "2025"])),
        min_size=1,
        max_size=4,
    )
)
def test_a_tie_is_named_as_real_only_where_its_status_is(said: list[tuple[str, str]]) -> None:
    claims = [claim(number, word, dated) for number, (word, dated) in enumerate(said)]
    type_, row = tie_properties(claims)
    assert row["status"] == status(*said)
    assert (type_ == UNCONFIRMED) == (not ontology().statuses[row["status"]].confirmed)
    assert row.get("type") == (None if type_ != UNCONFIRMED else "ACQUIRED")


def test_confidence_joins_documents_not_sentences() -> None:
    one = claim(1, "in_effect", confidence=0.5)
    again = claim(2, "in_effect", confidence=0.4, document="doc-1")
    other = claim(3, "in_effect", confidence=0.5)
    assert confidence_of([one, again]) == 0.5
    assert confidence_of([one, again, other]) == 0.75
    assert confidence_of([claim(n, "in_effect", confidence=0.9) for n in range(9)]) == 0.99


def test_attributes_come_from_the_latest_statement_that_has_them() -> None:
    claims = [
        claim(1, "announced", "2024", amount=1.0, currency="EUR", amount_text="EUR 1", kind="rnd"),
        claim(2, "in_effect", "2025", amount_text="a lot", since="2023"),
        claim(3, "in_effect", "2026", date="2022-05"),
        claim(4, "denied", "2023", amount=9.0, amount_text="9"),
    ]
    _, row = tie_properties(claims)
    assert row == {
        "id": "tie-1",
        "status": "in_effect",
        "confidence": 0.875,
        "statements": ["sta-1", "sta-2", "sta-3", "sta-4"],
        "documents": 4,
        "kind": "rnd",
        "amount_text": "a lot",
        "since": "2022-05",
    }


@given(
    st.lists(
        st.tuples(st.sampled_from(SAID[:-1]), st.sampled_from(["", "2024", "2025"])),
        min_size=1,
        max_size=4,
    )
)
def test_a_possible_claim_changes_nothing_beside_any_other(said: list[tuple[str, str]]) -> None:
    claims = [claim(number, word, dated) for number, (word, dated) in enumerate(said)]
    doubt = claim(
        9, "possible", "2026", confidence=0.9, since="1900", stake="9 %", kind="rnd", site="ent-s"
    )
    assert tie_properties([doubt, *claims]) == tie_properties(claims)
    parties, names = [("buyer", "ent-a")], {"ent-a": "A", "ent-s": "S"}
    before, after = (
        partnership_properties("par-1", known, parties, names)
        for known in (claims, [doubt, *claims])
    )
    assert after == before
    assert sites_of([doubt, *claims]) == []


def test_a_tie_of_possible_claims_alone_is_unconfirmed() -> None:
    type_, row = tie_properties([claim(1, "possible", since="2020"), claim(2, "possible")])
    assert (type_, row["type"], row["status"]) == (UNCONFIRMED, "ACQUIRED", "possible")
    assert (row["confidence"], row["since"], row["documents"]) == (0.75, "2020", 2)


def test_a_possible_pair_gives_a_deal_nothing() -> None:
    claims = [claim(1, "denied", tie="tie-ab"), claim(2, "possible", tie="tie-bc")]
    assert partnership_properties("par-1", claims, [], {})["status"] == "denied"
    assert partnership_properties("par-1", claims[1:], [], {})["status"] == "possible"


def test_what_has_ended_has_an_end() -> None:
    claims = [claim(1, "in_effect", "2020", since="2019"), claim(2, "ended", "2024", date="2023")]
    _, row = tie_properties(claims)
    assert (row["status"], row["since"], row["until"]) == ("ended", "2019", "2023")


def test_a_deal_is_titled_by_role() -> None:
    row = partnership_properties(
        "par-1",
        [claim(1, "in_effect", kind="other")],
        [("target", "ent-b"), ("buyer", "ent-a")],
        {"ent-a": "Zeta", "ent-b": "Alpha"},
    )
    assert (row["title"], row["type"]) == ("Zeta – Alpha (acquisition)", "ACQUIRED")


def test_a_deal_goes_on_where_one_of_three_parties_has_left() -> None:
    claims = [
        claim(1, "in_effect", "2023", tie="tie-ab"),
        claim(2, "in_effect", "2023", tie="tie-bc"),
        claim(3, "ended", "2025", tie="tie-ab"),
    ]
    row = partnership_properties("par-1", claims, [], {"ent-b": "B"})
    assert row["status"] == "in_effect"


def test_sum_and_stake_come_from_one_statement() -> None:
    claims = [
        claim(1, "in_effect", "2024", stake="12 %", amount_text="EUR 45m", amount=45e6),
        claim(2, "in_effect", "2025", stake="19 %"),
    ]
    _, row = tie_properties(claims)
    assert row["stake"] == "19 %"
    assert "amount" not in row


def tally(name: str, subtype: str = "firm", documents: int = 1, **more: Any) -> Tally:
    row = {"name": name, "names": [name], "mentions": 2, "type": "ORG", "subtype": subtype}
    return Tally({**row, **more}, documents)


def test_the_name_of_most_documents_then_the_longest_then_the_first() -> None:
    _, most = entity_properties("e", [tally("Volkswagen"), tally("VW", documents=2)])
    _, longest = entity_properties("e", [tally("Volkswagen AG"), tally("Volkswagen")])
    _, first = entity_properties("e", [tally("beta"), tally("Beta")])
    assert [row["name"] for row in (most, longest, first)] == ["VW", "Volkswagen AG", "Beta"]
    assert (most["aliases"], most["mentions"], most["documents"]) == (["Volkswagen"], 6, 3)


def test_the_kind_of_most_documents_then_the_ontology_order() -> None:
    assert entity_properties("e", [tally("A", "media"), tally("A", "firm")])[0] == "Firm"
    label, row = entity_properties("e", [tally("A", "media", 2), tally("A", "firm")])
    assert (label, row["kind"]) == ("Media", "Media")
    assert entity_properties("e", [tally("A", "city", type="LOC")])[0] == "Place"


def test_look_up_keys_hold_all_names_and_well_known_ones() -> None:
    keys = look_up_keys("ORG", {"name": "Volkswagen AG", "aliases": ["Wolfsburg’s giant"]})
    assert {"volkswagen ag", "volkswagen", "vw", "wolfsburg’s giant"} <= set(keys)
