"""A picture too large to be looked at, as communities: names with most ties among themselves.

Communities are Louvain's (Blondel and others, 2008, as networkx has it), seeded; one that is still
too large is divided again, and what is left of small groups is put together. The overview has a
node for each community; its links stand for the ties that lead from one to another, with their
sentences. Each community is a picture of its own.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.ontology import ontology
from queries.page.reduction import count_ties
from queries.page.style import is_deal, style
from queries.picture import Link, Node, Picture

_SEED = 11
_LEAST = 4  # names of a group that is a community of its own
_MOST = 200  # communities in one overview
_NAMING = 3  # of its names that a community is called by
_LISTED = 12


@dataclass(frozen=True, slots=True)
class Part:
    """A community: its number, the node that stands for it, its picture, its ties that lead out."""

    number: int
    node: Node
    picture: Picture
    outside: int


def divide(picture: Picture) -> tuple[Picture, tuple[Part, ...]]:
    """The overview of a large picture and its communities, in the order of the overview's nodes."""
    groups, communities = _gather(_find_groups(picture))
    inside, between = _sort_links(picture, groups)
    outside: Counter[int] = Counter()
    for pair, links in between.items():
        outside.update({number: len(links) for number in pair})
    degree = count_ties(picture.links)
    nodes = {node.id: node for node in picture.nodes}
    parts = []
    for number, group in enumerate(groups):
        members = [nodes[id_] for id_ in sorted(group, key=lambda id_: (-degree[id_], id_))]
        node = _draw_community(number, members, len(inside[number]))
        if number >= communities:
            node = replace(node, name=f"Small groups: {node.name}")
        own = set(group)
        shown = tuple(node for node in picture.nodes if node.id in own)
        drawn = _keep(picture, shown, tuple(inside[number]))
        parts.append(Part(number, node, replace(drawn, note=""), outside[number]))
    links_ = tuple(_join(parts, pair, links) for pair, links in sorted(between.items()))
    overview = _keep(picture, tuple(part.node for part in parts), links_)
    return overview, tuple(parts)


def word_parts(parts: Sequence[Part]) -> str:
    """What the overview says of itself."""
    names = sum(1 for part in parts for node in part.picture.nodes if not is_deal(node))
    return (
        f"{names:,} names are too many for one picture. These are {len(parts):,} communities of"
        " names that have most ties among themselves: click one to open it, or find a name."
    )


def _sort_links(
    picture: Picture, groups: Sequence[tuple[str, ...]]
) -> tuple[list[list[Link]], dict[tuple[int, int], list[Link]]]:
    """The links within each group, and those between each two."""
    home = {id_: number for number, group in enumerate(groups) for id_ in group}
    inside: list[list[Link]] = [[] for _ in groups]
    between: dict[tuple[int, int], list[Link]] = defaultdict(list)
    for link in picture.links:
        one, other = sorted((home[link.source], home[link.target]))
        if one == other:
            inside[one].append(link)
        elif not link.folded:
            between[one, other].append(link)
    return inside, between


def _keep(picture: Picture, nodes: tuple[Node, ...], links: tuple[Link, ...]) -> Picture:
    """The picture with these nodes and links, and what they stand on."""
    told = {id_ for link in links for id_ in link.statements}
    evidence = tuple(item for item in picture.evidence if item.id in told)
    named = {item.document for item in evidence}
    documents = tuple(source for source in picture.documents if source.id in named)
    return replace(picture, nodes=nodes, links=links, evidence=evidence, documents=documents)


def _draw_community(number: int, members: Sequence[Node], ties: int) -> Node:
    names = [node.name for node in members if not is_deal(node)]
    told = ", ".join(names[:_NAMING]) + (" …" if len(names) > _NAMING else "")
    return Node(
        id=f"community-{number:04}",
        name=told or "Deals",
        kind=style().community_kind,
        properties={
            "Members": f"{len(names):,}",
            "Ties": f"{ties:,}",
            "Among them": ", ".join(names[:_LISTED]) + (" …" if len(names) > _LISTED else ""),
        },
    )


def _join(parts: Sequence[Part], pair: tuple[int, int], links: Sequence[Link]) -> Link:
    """The ties between two communities as one link, as real as the most real of them."""
    order = {name: rank for rank, name in enumerate(ontology().statuses)}
    statuses = Counter(link.status for link in links)
    best = min(statuses, key=lambda name: (order.get(name, len(order)), name))
    one, other = (parts[number].node.id for number in pair)
    return Link(
        id=f"{one}-{other}",
        source=one,
        target=other,
        type=style().community_tie,
        label="1 tie" if len(links) == 1 else f"{len(links):,} ties",
        status=best,
        confidence=max(link.confidence for link in links),
        directed=False,
        properties={
            "Ties": ", ".join(f"{n:,} {_word(name)}" for name, n in sorted(statuses.items()))
        },
        statements=tuple(sorted({id_ for link in links for id_ in link.statements})),
    )


def _word(status: str) -> str:
    known = ontology().statuses.get(status)
    return known.title.lower() if known else status.replace("_", " ")


def _find_groups(picture: Picture) -> Iterator[tuple[str, ...]]:
    """Louvain's communities; those too large for a plain picture are divided again if they can be.

    Nodes are numbers here: the order of a set of texts differs from run to run.
    """
    import networkx as nx

    ids = sorted(node.id for node in picture.nodes)
    number = {id_: at for at, id_ in enumerate(ids)}
    pairs = sorted(
        {(number[link.source], number[link.target]) for link in picture.links if not link.folded}
    )
    waiting = [(set(range(len(ids))), pairs)]
    while waiting:
        group, own = waiting.pop()
        graph: nx.Graph[int] = nx.Graph()
        graph.add_nodes_from(sorted(group))
        graph.add_edges_from(own)
        found = nx.community.louvain_communities(graph, seed=_SEED)
        for part in found:
            if len(part) > style().limits.plain and len(found) > 1:
                waiting.append((part, [(a, b) for a, b in own if a in part and b in part]))
            else:
                yield tuple(ids[at] for at in sorted(part))


def _gather(groups: Iterable[tuple[str, ...]]) -> tuple[list[tuple[str, ...]], int]:
    """The groups, largest first, and how many of them are communities.

    Small ones, and those beyond ``_MOST``, follow, put together as far as a plain picture holds.
    """
    ranked = sorted(groups, key=lambda group: (-len(group), group[0]))
    kept = [group for group in ranked[:_MOST] if len(group) >= _LEAST]
    rest: list[tuple[str, ...]] = []
    for group in ranked[len(kept) :]:
        if rest and len(rest[-1]) + len(group) <= style().limits.plain:
            rest[-1] += group
        else:
            rest.append(group)
    return kept + rest, len(kept)
