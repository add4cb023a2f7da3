"""Digests: one more claim is folded in as if all had been folded at once."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from graph.derive import partnership_properties, tie_properties
from graph.digest import MOST_STATEMENTS, Claim, Digest
from graph.tallies import Tallies

_STATUSES = ("in_effect", "announced", "planned", "ended", "rumoured", "denied", "possible")


@st.composite
def _claims(draw: st.DrawFn) -> list[Claim]:
    told = draw(
        st.lists(
            st.tuples(
                st.sampled_from(_STATUSES),
                st.sampled_from(["", "2024", "2025-03"]),
                st.sampled_from([0.3, 0.5, 0.95]),
                st.fixed_dictionaries(
                    {"tie": st.sampled_from(["tie-1", "tie-2"])},
                    optional={
                        "kind": st.sampled_from(["rnd", "plant"]),
                        "since": st.sampled_from(["2001", "2010"]),
                        "stake": st.sampled_from(["9 %", "50 %"]),
                        "people": st.integers(1, 3),
                    },
                ),
                st.sampled_from([None, "ent-s", "ent-t"]),
            ),
            min_size=1,
            max_size=12,
        )
    )
    return [
        Claim(
            id=f"sta-{number:03}",
            document=f"doc-{number // 2}",
            story=f"doc-{number // 2}",
            dated=dated,
            head="ent-a",
            tail="ent-b",
            site=site,
            deal="par-1",
            properties={"type": "ACQUIRED", "status": status, "confidence": sure, **more},
        )
        for number, (status, dated, sure, more, site) in enumerate(told)
    ]


@given(claims=_claims(), data=st.data())
def test_one_document_after_the_other(claims: list[Claim], data: st.DataObject) -> None:
    whole = Digest.of(claims)
    documents = data.draw(st.permutations(sorted({claim.document for claim in claims})))
    digest = Digest("ACQUIRED")
    for document in documents:
        digest.fold(claim for claim in claims if claim.document == document)
        digest = Digest.from_text(digest.to_text())  # as it is kept in the graph
    assert digest.to_text() == whole.to_text()
    assert tie_properties("tie-1", digest) == tie_properties("tie-1", whole)
    names = {"ent-a": "A"}
    parties = [("buyer", "ent-a")]
    if not digest.sites:
        told = [partnership_properties("par-1", one, parties, names) for one in (digest, whole)]
        assert told[0] == told[1]


def test_it_stays_small_however_much_is_said() -> None:
    claims = [
        Claim(
            f"sta-{n:05}",
            *(f"doc-{n}", f"doc-{n}", "2025", "a", "b", None, None),
            {"type": "SUPPLIES", "tie": "t", "status": "in_effect", "confidence": 0.5},
        )
        for n in range(3000)
    ]
    digest = Digest.of(claims)
    assert len(digest.to_text()) < 6000
    _, row = tie_properties("t", digest)
    assert (row["documents"], len(row["statements"])) == (3000, MOST_STATEMENTS)


_ROW = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["VW", "Volkswagen"]),
        "names": st.lists(st.sampled_from(["VW", "Volkswagen", "VW AG"]), unique=True),
        "mentions": st.integers(1, 5),
        "type": st.just("ORG"),
        "subtype": st.sampled_from(["firm", "media"]),
    },
    optional={"count": st.integers(1, 50)},
)


@given(stay=st.lists(_ROW, max_size=5), gone=st.lists(_ROW, max_size=5))
def test_what_is_taken_off_a_tally_was_never_there(
    stay: list[dict[str, object]], gone: list[dict[str, object]]
) -> None:
    tallies = Tallies.of([*gone, *stay])
    for row in gone:
        tallies.remove(row)
    assert tallies.to_text() == Tallies.of(stay).to_text()
    again = Tallies.from_text(tallies.to_text())
    assert again.kinds == +Counter(tallies.kinds)
