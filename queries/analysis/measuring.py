"""The measures themselves: each takes a network and gives rows, the most telling first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from queries.values import NodeValue

if TYPE_CHECKING:
    import networkx as nx

    Network = nx.Graph[str]

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What measures need besides the network: the country of each, and who is tied in any way."""

    homes: Mapping[str, str] = field(default_factory=dict)
    tied: Set[frozenset[str]] = frozenset()


_SEED = 11
_SAMPLED = 2000  # names from which on betweenness is estimated
_SAMPLE = 200
_FEW = 3  # partners below which nobody brokers, names below which a part is none
_NAMING = 3  # of its members that a community is called by


def measure_degree(network: Network, _: Known) -> Iterator[Row]:
    """entity, kind, partners, ties."""
    found = {
        id_: (number, sum(data["ties"] for *_, data in network.edges(id_, data=True)))
        for id_, number in network.degree()
    }
    for id_ in sorted(found, key=lambda id_: (-found[id_][0], -found[id_][1], id_)):
        yield _node(network, id_), _kind(network, id_), *found[id_]


def measure_betweenness(network: Network, _: Known) -> Iterator[Row]:
    """entity, kind, betweenness, partners."""
    import networkx as nx

    sample = _SAMPLE if len(network) > _SAMPLED else None
    yield from _rank(network, nx.betweenness_centrality(network, k=sample, seed=_SEED))


def measure_pagerank(network: Network, _: Known) -> Iterator[Row]:
    """entity, kind, pagerank, partners."""
    import networkx as nx

    yield from _rank(network, nx.pagerank(network, weight="ties") if network else {})


def measure_core(network: Network, _: Known) -> Iterator[Row]:
    """entity, kind, core, partners."""
    import networkx as nx

    yield from _rank(network, nx.core_number(network))


def measure_brokers(network: Network, _: Known) -> Iterator[Row]:
    """entity, kind, constraint, partners; the least constrained first."""
    import networkx as nx

    able = sorted(id_ for id_, number in network.degree() if number >= _FEW)
    found = nx.constraint(network, nodes=able)
    yield from _rank(network, found, least_first=True)


def measure_communities(network: Network, _: Known) -> Iterator[Row]:
    """community, size, ties, members."""
    for group in find_communities(network):
        members = [_node(network, id_) for id_ in group]
        name = ", ".join(member.name for member in members[:_NAMING])
        more = " …" if len(members) > _NAMING else ""
        yield name + more, len(members), network.subgraph(group).number_of_edges(), members


def find_communities(network: Network) -> list[list[str]]:
    """Louvain's communities, the largest first, the best connected member of each first."""
    import networkx as nx

    # Numbers, since the order of a set of texts differs from run to run.
    ids = sorted(network)
    number = {id_: at for at, id_ in enumerate(ids)}
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(ids)))
    edges = ((number[a], number[b]) for a, b in network.edges)
    plain.add_edges_from(sorted((min(pair), max(pair)) for pair in edges))
    found = nx.community.louvain_communities(plain, seed=_SEED) if ids else []
    groups = [
        sorted((ids[at] for at in group), key=lambda id_: (-network.degree(id_), id_))
        for group in found
    ]
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def measure_bridges(network: Network, _: Known) -> Iterator[Row]:
    """one, other, smaller: bridges that no leaf hangs on."""
    sizes = dict(_weigh_bridges(network))
    for pair in sorted(sizes, key=lambda pair: (-sizes[pair], pair)):
        if sizes[pair] >= _FEW:
            one, other = (_node(network, id_) for id_ in pair)
            yield one, other, sizes[pair]


def _weigh_bridges(network: Network) -> Iterator[tuple[tuple[str, str], int]]:
    """Each bridge and how many names the smaller of its two parts has.

    Without its bridges a component falls into blocks that form a tree: the part below a bridge is
    the sum of the blocks below it.
    """
    import networkx as nx

    bridges = sorted((min(pair), max(pair)) for pair in nx.bridges(network))
    whole = network.copy()
    whole.remove_edges_from(bridges)
    block_of = {id_: at for at, block in enumerate(nx.connected_components(whole)) for id_ in block}
    sizes = Counter(block_of.values())
    tree: nx.Graph[int] = nx.Graph()
    tree.add_nodes_from(sizes)
    named = {}
    for one, other in bridges:
        ends = (block_of[one], block_of[other])
        tree.add_edge(*ends)
        named[frozenset(ends)] = (one, other)
    for component in nx.connected_components(tree):
        total = sum(sizes[block] for block in component)
        below = {block: sizes[block] for block in component}
        edges = list(nx.dfs_edges(tree, min(component)))
        for parent, child in reversed(edges):
            below[parent] += below[child]
        for parent, child in edges:
            yield named[frozenset((parent, child))], min(below[child], total - below[child])


def measure_likely_partners(network: Network, known: Known) -> Iterator[Row]:
    """one, other, score, common."""
    from math import log

    scores: dict[tuple[str, str], float] = {}
    common: dict[tuple[str, str], list[str]] = {}
    for middle in sorted(network):
        partners = sorted(network[middle])
        if not 1 < len(partners) <= _MOST_PARTNERS:
            continue
        for pair in combinations(partners, 2):
            if network.has_edge(*pair) or frozenset(pair) in known.tied:
                continue
            if all(_may_partner(network, id_) for id_ in pair):
                scores[pair] = scores.get(pair, 0.0) + 1 / log(len(partners))
                common.setdefault(pair, []).append(middle)
    for pair in sorted(scores, key=lambda pair: (-round(scores[pair], 6), pair)):
        one, other = (_node(network, id_) for id_ in pair)
        yield one, other, round(scores[pair], 3), [_node(network, id_) for id_ in common[pair]]


_MOST_PARTNERS = 500  # beyond, having one in common says nothing, and pairs would be too many


def _may_partner(network: Network, id_: str) -> bool:
    """People and places are no partners of one another in this sense."""
    return not {"Person", "Place"}.intersection(_node(network, id_).labels)


def measure_assortativity(network: Network, known: Known) -> Iterator[Row]:
    """property, assortativity, ties."""
    kinds = {id_: _kind(network, id_) for id_ in network}
    for name, values in (("kind", kinds), ("home country", known.homes)):
        pairs = [(values[a], values[b]) for a, b in network.edges if a in values and b in values]
        yield name, _assortativity(pairs), len(pairs)


def _assortativity(pairs: list[tuple[str, str]]) -> float | None:
    """Newman's coefficient of the ends' values; None where all are of one value, or none is."""
    both = Counter(pair for a, b in pairs for pair in ((a, b), (b, a)))
    total = sum(both.values())
    ends = Counter(a for pair, times in both.items() for a in [pair[0]] * times)
    like = sum(times for (a, b), times in both.items() if a == b) / total if total else 0.0
    chance = sum((times / total) ** 2 for times in ends.values()) if total else 1.0
    return None if chance >= 1.0 else round((like - chance) / (1 - chance), 3)


def _rank(
    network: Network, values: Mapping[str, float], *, least_first: bool = False
) -> Iterator[Row]:
    """entity, kind, value, partners."""
    sign = 1 if least_first else -1
    for id_ in sorted(values, key=lambda id_: (sign * round(values[id_], 9), id_)):
        value = values[id_]
        told = value if isinstance(value, int) else float(f"{value:.4g}")
        yield _node(network, id_), _kind(network, id_), told, network.degree(id_)


def _node(network: Network, id_: str) -> NodeValue:
    node: NodeValue = network.nodes[id_]["node"]
    return node


def _kind(network: Network, id_: str) -> str:
    return str(_node(network, id_).properties.get("kind") or "")


MEASURES: Mapping[str, Callable[[Network, Known], Iterator[Row]]] = {
    "degree": measure_degree,
    "betweenness": measure_betweenness,
    "pagerank": measure_pagerank,
    "core": measure_core,
    "brokers": measure_brokers,
    "communities": measure_communities,
    "bridges": measure_bridges,
    "likely-partners": measure_likely_partners,
    "assortativity": measure_assortativity,
}
