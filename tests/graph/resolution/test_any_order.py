"""Who is who does not depend on the order in which documents and judgements come and go."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.errors import QueryError
from extract.records import Reading
from graph.doctor import PROBLEM, inspect
from graph.dump import dump
from graph.forget import forget
from graph.load import load
from graph.resolution.judgements import Judged, Judgement, judge, undo
from graph.store import Store

NAMES = [
    "Calder Motors",
    "Calder",
    "Calder Motors Holding",
    "Calder Bank",
    "University of Arden",
    "Arden University",
    "Northvale Robotics",
    "Northvale",
    "Hefei",
]
_TIES = st.lists(
    st.tuples(
        st.sampled_from(NAMES[:-1]),
        st.sampled_from(["PARTNERS_WITH", "SUBSIDIARY_OF", "FACILITY_IN"]),
        st.sampled_from(NAMES),
        st.fixed_dictionaries({}, optional={"deal": st.just("a"), "since": st.just("2018")}),
    ).filter(lambda tie: tie[0] != tie[2]),
    max_size=3,
)
_DOCUMENTS = st.lists(
    st.tuples(_TIES, st.lists(st.sampled_from(NAMES), max_size=2), st.sampled_from(["", "2025"])),
    min_size=1,
    max_size=5,
)
_ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["same", "different"]),
        st.sampled_from(NAMES[:-1]),
        st.sampled_from(NAMES[:-1]),
    ),
    unique=True,
    max_size=3,
)


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(documents=_DOCUMENTS, actions=_ACTIONS, data=st.data())
def test_the_graph_is_what_is_said_and_judged(
    embedded_store: Store,
    reading: Callable[..., Reading],
    documents: list[tuple[list[tuple[str, str, str, dict[str, str]]], list[str], str]],
    actions: list[tuple[str, str, str]],
    data: st.DataObject,
) -> None:
    store = embedded_store
    readings = [
        reading(f"Text {n}.", ties, date=date, names=names)
        for n, (ties, names, date) in enumerate(documents)
    ]
    stay = data.draw(st.lists(st.sampled_from(readings), unique_by=lambda r: r.document.id))
    store.write("MATCH (n) DETACH DELETE n")
    judged = [item for number, item in enumerate(actions) if _judge(store, number, item)]
    load(store, stay)
    expected = list(dump(store))

    store.write("MATCH (n) DETACH DELETE n")
    load(store, data.draw(st.permutations(readings)), batch_size=data.draw(st.integers(1, 3)))
    for number, item in enumerate(actions):
        assert _judge(store, number, item) == (item in judged)
    kept = {item.document.id for item in stay}
    forget(store, [item.document.id for item in readings if item.document.id not in kept])
    assert not [finding for finding in inspect(store) if finding.level == PROBLEM]
    assert list(dump(store)) == expected

    for _ in judged:
        undo(store)
    unjudged = list(dump(store))
    store.write("MATCH (n) DETACH DELETE n")
    load(store, stay)
    assert unjudged == list(dump(store))


def _judge(store: Store, number: int, action: tuple[str, str, str]) -> bool:
    """Whether the judgement was taken: it may contradict an earlier one, or say nothing new."""
    verdict, one, other = action
    time = f"2026-01-01T00:00:0{number}Z"
    made = Judgement(verdict, Judged("ORG", one), Judged("ORG", other), time=time, action=time)
    try:
        return bool(judge(store, [made]))
    except QueryError:
        return False
