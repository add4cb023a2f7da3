"""Where on the map what a picture shows is: places, who is based there, deals by their site."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import TYPE_CHECKING

from extract.ontology import ontology
from queries.page.style import style
from queries.picture import Link, Node, Picture, Place

if TYPE_CHECKING:
    from queries.map import Spot


def place_nodes(picture: Picture) -> dict[str, Spot]:
    """Node id → where it is on the map, of those of which it is known.

    Of two places of one name that nearer to the picture's other places is taken: Valencia is in
    Spain where the talk is of Turin and Coventry.
    """
    places = dict(_list_places(picture))
    if not places:
        return {}
    from queries.map import find_spots, locate  # reads GeoNames: half a second

    named = sorted(set(places.values()), key=lambda place: (place.name, place.kind))
    found = [find_spots(place.name, place.kind) for place in named]
    only = [spots[0] for spots in found if len(spots) == 1]
    middle = (median(s.x for s in only), median(s.y for s in only)) if only else None
    known = {place: locate(place.name, place.kind, middle) for place in named}
    return {id_: spot for id_, place in places.items() if (spot := known[place])}


def _list_places(picture: Picture) -> Iterator[tuple[str, Place]]:
    """(node id, its place), the surest last."""
    for node in picture.nodes:
        if node.home:
            yield node.id, node.home
    nodes = {node.id: node for node in picture.nodes}
    for type_ in (*reversed(style().homes), *style().sites):
        # The surest last: it is the one that stays.
        for link in sorted(picture.links, key=lambda link: (link.confidence, link.id)):
            target = nodes[link.target]
            if link.type == type_ and _is_place(target) and _is_sure(link):
                yield link.source, Place(target.name, target.kind)
    for node in picture.nodes:
        if _is_place(node):
            yield node.id, Place(node.name, node.kind)


def _is_sure(link: Link) -> bool:
    """A deal is where it is planned to be; who was, or is only said to be, somewhere is not."""
    return link.type in style().sites or link.status in style().home_statuses


def _is_place(node: Node) -> bool:
    kind = ontology().kinds.get(node.kind)
    return bool(kind and kind.type == "LOC")
