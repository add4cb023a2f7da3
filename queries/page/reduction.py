"""What of a picture is drawn: everything, or, of a crowd, the nodes with the most ties.

Limits measured in Chromium on two cores: dashes alone take a redraw of 5,000 nodes from 0.09 s
to 0.64 s, and above 5,000 a picture answers nothing that a filter wouldn't answer better.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from queries.page.style import find_status, is_deal, style
from queries.picture import Link, Picture


def drop_undrawn_links(picture: Picture) -> Picture:
    """The picture without ties and deals of a status that is never drawn, and their sentences."""
    links = tuple(link for link in picture.links if find_status(link.status).drawn)
    undrawn = [link for link in picture.links if not find_status(link.status).drawn]
    lost = {end for link in undrawn for end in (link.source, link.target)}
    lost -= {end for link in links for end in (link.source, link.target)}
    return replace(
        picture,
        nodes=tuple(node for node in picture.nodes if not (is_deal(node) and node.id in lost)),
        links=links,
        evidence=tuple(item for item in picture.evidence if find_status(item.status).drawn),
    )


def drop_loose_links(picture: Picture) -> tuple[Picture, str]:
    """The picture without links to nodes that it lacks, and the sentence that says so."""
    ids = {node.id for node in picture.nodes}
    links = tuple(link for link in picture.links if link.source in ids and link.target in ids)
    lost = len(picture.links) - len(links)
    if not lost:
        return picture, ""
    ties = "1 tie leads" if lost == 1 else f"{lost:,} ties lead"
    return replace(picture, links=links), f"{ties} out of this answer and can't be drawn."


def reduce(picture: Picture) -> tuple[Picture, str]:
    """At most ``limits.most`` nodes: above, the best connected ones, and a sentence saying so."""
    limits = style().limits
    total = len(picture.nodes)
    if total <= limits.most:
        return picture, ""
    degree = count_ties(picture.links)
    ranked = sorted(picture.nodes, key=lambda node: (-degree[node.id], node.id))
    keep = {node.id for node in ranked[: limits.reduced]}
    links = tuple(link for link in picture.links if {link.source, link.target} <= keep)
    told = {statement for link in links for statement in link.statements}
    evidence = tuple(item for item in picture.evidence if item.id in told)
    reduced = replace(
        picture,
        nodes=tuple(node for node in picture.nodes if node.id in keep),
        links=links,
        evidence=evidence,
    )
    return reduced, (
        f"Too much for one picture: of {total:,} nodes only the {limits.reduced:,} with the most"
        f" ties are shown, and {len(links):,} of {len(picture.links):,} ties."
        " Ask a narrower question to see the rest."
    )


def count_ties(links: tuple[Link, ...]) -> Counter[str]:
    """The number of links at each node id; folded ones say what others say already."""
    degree: Counter[str] = Counter()
    for link in links:
        if link.folded:
            continue
        degree[link.source] += 1
        if link.target != link.source:
            degree[link.target] += 1
    return degree
