"""Clustering: what belongs together, and never what is known to be different."""

from __future__ import annotations

import random
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from graph.resolution.clusters import Evidence, cluster, pair

IDS = "abcdefg"
PAIRS = [pair(*two) for two in combinations(IDS, 2)]
LIMITS = {"join": 0.7, "margin": 0.1, "decided": 0.97}


def _clusters(evidence: Evidence, ids: str = IDS) -> list[str]:
    return ["".join(sorted(group)) for group in cluster(ids, evidence, **LIMITS)]


def test_likely_pairs_come_together_over_others() -> None:
    links = {pair("a", "b"): 0.9, pair("b", "c"): 0.8, pair("c", "d"): 0.5}
    assert _clusters(Evidence(links), "abcd") == ["abc", "d"]


def test_a_known_difference_keeps_whole_clusters_apart() -> None:
    links = {pair("a", "b"): 0.99, pair("b", "c"): 0.98}
    evidence = Evidence(links, apart=frozenset({pair("a", "c")}))
    assert _clusters(evidence, "abc") == ["ab", "c"]


def test_a_short_name_of_two_bearers_stays_by_itself() -> None:
    links = {pair("a", "s"): 0.8, pair("b", "s"): 0.78}
    evidence = Evidence(links, apart=frozenset({pair("a", "b")}))
    assert _clusters(evidence, "abs") == ["a", "b", "s"]


def test_a_short_name_goes_to_a_bearer_that_is_far_likelier() -> None:
    links = {pair("a", "s"): 0.95, pair("b", "s"): 0.75}
    evidence = Evidence(links, apart=frozenset({pair("a", "b")}))
    assert _clusters(evidence, "abs") == ["as", "b"]


def test_people_know_better_than_documents() -> None:
    known = frozenset({pair("a", "b")})
    assert _clusters(Evidence({}, apart=known, same=known), "ab") == ["ab"]
    assert _clusters(Evidence({pair("a", "b"): 1.0}, different=known), "ab") == ["a", "b"]


_EVIDENCE = st.builds(
    Evidence,
    links=st.dictionaries(st.sampled_from(PAIRS), st.floats(0, 1)),
    apart=st.frozensets(st.sampled_from(PAIRS), max_size=4),
    different=st.frozensets(st.sampled_from(PAIRS), max_size=3),
)


@given(_EVIDENCE, st.randoms())
def test_no_cluster_holds_a_pair_known_to_be_different(
    evidence: Evidence, draw: random.Random
) -> None:
    groups = cluster(IDS, evidence, **LIMITS)
    assert sorted(member for group in groups for member in group) == list(IDS)
    for group in groups:
        for link in combinations(sorted(group), 2):
            assert link not in evidence.apart | evidence.different
    shuffled = draw.sample(IDS, len(IDS))
    links = dict(draw.sample(sorted(evidence.links.items()), len(evidence.links)))
    again = Evidence(links, evidence.apart, evidence.same, evidence.different)
    assert cluster(shuffled, again, **LIMITS) == groups
