"""Loading and forgetting in any order, for corpora made at random."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.records import Reading
from graph.doctor import PROBLEM, inspect
from graph.dump import dump
from graph.forget import forget
from graph.load import load
from graph.store import Store

NAMES = ["Alpha", "Alpha AG", "Beta", "Hefei", "China", "38 firms"]
_TIES = st.lists(
    st.tuples(
        st.sampled_from(NAMES),
        st.sampled_from(["PARTNERS_WITH", "ACQUIRED", "FACILITY_IN", "COMPETES_WITH"]),
        st.sampled_from(NAMES),
        st.fixed_dictionaries(
            {
                "modality": st.sampled_from(
                    ["in_effect", "planned", "rumoured", "ended", "possible"]
                )
            },
            optional={
                "polarity": st.just("denied"),
                "deal": st.sampled_from("ab"),
                "since": st.sampled_from(["2018", "2020"]),
                "confidence": st.sampled_from([0.3, 0.7]),
            },
        ),
    ),
    max_size=4,
)
_DOCUMENT = st.tuples(
    _TIES, st.sampled_from(["", "2024", "2025"]), st.sampled_from(["firm", "university"])
)


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(documents=st.lists(_DOCUMENT, min_size=1, max_size=5), data=st.data())
def test_what_stays_is_as_if_the_rest_had_never_been(
    embedded_store: Store,
    reading: Callable[..., Reading],
    documents: list[tuple[list[tuple[str, str, str, dict[str, object]]], str, str]],
    data: st.DataObject,
) -> None:
    store = embedded_store
    readings = [
        reading(f"Text {n}.", ties, date=date, kinds={"Alpha": ("ORG", subtype)})
        for n, (ties, date, subtype) in enumerate(documents)
    ]
    stay = data.draw(st.lists(st.sampled_from(readings), unique_by=lambda r: r.document.id))
    store.write("MATCH (n) DETACH DELETE n")
    load(store, stay)
    expected = list(dump(store))
    load(store, data.draw(st.permutations(readings)), batch_size=data.draw(st.integers(1, 3)))
    assert not [finding for finding in inspect(store) if finding.level == PROBLEM]
    kept = {item.document.id for item in stay}
    gone = [item.document.id for item in readings if item.document.id not in kept]
    assert forget(store, gone) == len(gone)
    assert list(dump(store)) == expected
