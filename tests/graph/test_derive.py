"""What follows from mentions and statements."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.ontology import ontology
from graph.derive import (
    UNCONFIRMED,
    confidence_of,
    entity_properties,
    look_up_keys,
    partnership_properties,
    status_of,
    tie_properties,
)
from graph.digest import Claim, Digest
from graph.tallies import Tallies

SAID = ["in_effect", "announced", "planned", "ended", "rumoured", "denied", "possible"]


def claim(number: int, status: str, dated: str = "", **properties: Any) -> Claim:
    known = {"type": "ACQUIRED", "tie": "tie-1", "status": status, "confidence": 0.5}
    document = properties.pop("document", f"doc-{number}")
    site = properties.pop("site", None)
    return Claim(
        f"sta-{number}",
        document,
        properties.pop("story", document),
        dated,
        "ent-a",
        "ent-b",
        site,
        "par-1",
        {**known, **properties},
    )


def tie(claims: list[Claim]) -> tuple[str, dict[str, Any]]:
    return tie_properties("tie-1", Digest.of(claims))


def deal(
    claims: list[Claim], parties: Iterable[tuple[str, str]], names: dict[str, str]
) -> dict[str, Any]:
    return partnership_properties("par-1", Digest.of(claims), parties, names)


def status(*said: tuple[str, str]) -> str:
    claims = [claim(number, word, dated) for number, (word, dated) in enumerate(said)]
    found = {status_of(Digest.of(order)) for order in permutations(claims)}
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
    type_, row = tie(claims)
    assert row["status"] == status(*said)
    assert (type_ == UNCONFIRMED) == (not ontology().statuses[row["status"]].confirmed)
    assert row.get("type") == (None if type_ != UNCONFIRMED else "ACQUIRED")


def test_confidence_joins_documents_not_sentences() -> None:
    one = claim(1, "in_effect", confidence=0.5)
    again = claim(2, "in_effect", confidence=0.4, document="doc-1")
    other = claim(3, "in_effect", confidence=0.5)
    assert tie([one, again])[1]["confidence"] == 0.5
    assert tie([one, again, other])[1]["confidence"] == 0.75
    assert confidence_of(dict.fromkeys("abcdefghi", 0.9)) == 0.99


def test_near_copies_count_once() -> None:
    claims = [claim(number, "in_effect", story="doc-1") for number in (1, 2, 3)]
    _, row = tie([*claims, claim(4, "in_effect")])
    assert (row["documents"], row["confidence"]) == (2, 0.75)
    assert row["statements"] == ["sta-1", "sta-2", "sta-3", "sta-4"]  # each can be read


def test_attributes_come_from_the_latest_statement_that_has_them() -> None:
    claims = [
        claim(1, "announced", "2024", amount=1.0, currency="EUR", amount_text="EUR 1", kind="rnd"),
        claim(2, "in_effect", "2025", amount_text="a lot", since="2023"),
        claim(3, "in_effect", "2026", date="2022-05"),
        claim(4, "denied", "2023", amount=9.0, amount_text="9"),
    ]
    _, row = tie(claims)
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
    assert tie([doubt, *claims]) == tie(claims)
    parties, names = [("buyer", "ent-a")], {"ent-a": "A", "ent-s": "S"}
    before, after = (deal(known, parties, names) for known in (claims, [doubt, *claims]))
    assert after == before
    assert Digest.of([doubt, *claims]).sites == []


def test_a_tie_of_possible_claims_alone_is_unconfirmed() -> None:
    type_, row = tie([claim(1, "possible", since="2020"), claim(2, "possible")])
    assert (type_, row["type"], row["status"]) == (UNCONFIRMED, "ACQUIRED", "possible")
    assert (row["confidence"], row["since"], row["documents"]) == (0.75, "2020", 2)


def test_a_possible_pair_gives_a_deal_nothing() -> None:
    claims = [claim(1, "denied", tie="tie-ab"), claim(2, "possible", tie="tie-bc")]
    assert deal(claims, [], {})["status"] == "denied"
    assert deal(claims[1:], [], {})["status"] == "possible"


def test_what_has_ended_has_an_end() -> None:
    claims = [claim(1, "in_effect", "2020", since="2019"), claim(2, "ended", "2024", date="2023")]
    _, row = tie(claims)
    assert (row["status"], row["since"], row["until"]) == ("ended", "2019", "2023")


def test_a_deal_is_titled_by_role() -> None:
    row = deal(
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
    row = deal(claims, [], {"ent-b": "B"})
    assert row["status"] == "in_effect"


def test_sum_and_stake_come_from_one_statement() -> None:
    claims = [
        claim(1, "in_effect", "2024", stake="12 %", amount_text="EUR 45m", amount=45e6),
        claim(2, "in_effect", "2025", stake="19 %"),
    ]
    _, row = tie(claims)
    assert row["stake"] == "19 %"
    assert "amount" not in row


def tallies(*names: str, **more: Any) -> Tallies:
    """One document a name; ``name*2`` is in two of them, ``name/media`` of another kind."""
    found = Tallies()
    for told in names:
        name, _, number = told.partition("*")
        name, _, subtype = name.partition("/")
        row = {"name": name, "names": [name], "mentions": 2, "type": "ORG"}
        found.add({**row, "subtype": subtype or "firm", **more}, int(number or 1))
    return found


def test_the_name_of_most_documents_then_the_longest_then_the_first() -> None:
    _, most = entity_properties("e", tallies("Volkswagen", "VW*2"))
    _, longest = entity_properties("e", tallies("Volkswagen AG", "Volkswagen"))
    _, first = entity_properties("e", tallies("beta", "Beta"))
    assert [row["name"] for row in (most, longest, first)] == ["VW", "Volkswagen AG", "Beta"]
    assert (most["aliases"], most["mentions"], most["documents"]) == (["Volkswagen"], 6, 3)


def test_the_kind_of_most_documents_then_the_ontology_order() -> None:
    assert entity_properties("e", tallies("A/media", "A"))[0] == "Firm"
    label, row = entity_properties("e", tallies("A/media*2", "A"))
    assert (label, row["kind"]) == ("Media", "Media")
    assert entity_properties("e", tallies("A/city", type="LOC"))[0] == "Place"


def test_look_up_keys_hold_all_names_and_well_known_ones() -> None:
    keys = look_up_keys("ORG", {"name": "Volkswagen AG", "aliases": ["Wolfsburg’s giant"]})
    assert {"volkswagen ag", "volkswagen", "vw", "wolfsburg’s giant"} <= set(keys)
