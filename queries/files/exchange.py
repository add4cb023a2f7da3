"""A file in the exchange format as a picture: its ties are derived as in a graph, but names are
one only where they are equal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from extract.errors import InputError
from extract.exchange import read_file
from extract.records import Failure, Reading
from graph.contribution import contribution
from graph.dealings import claims_of
from graph.derive import entity_properties, tie_properties
from graph.digest import Claim, Digest
from graph.ids import tie_ends
from graph.placement import Placed, place
from graph.tallies import Tallies
from queries import captions
from queries.picture import Picture
from queries.values import NodeValue, TieValue

_NOTE = (
    "Drawn from a file: names are one where they are equal. Build a graph to have other names "
    "of the same organisation or person joined."
)


def draw_exchange(file: Path) -> Picture:
    """The picture of a file in the exchange format; its note tells of lines that are none.
    Raises InputError where no line can be read."""
    found = list(read_file(str(file)))
    placed = [_place(reading) for reading in found if isinstance(reading, Reading)]
    failures = [failure for failure in found if isinstance(failure, Failure)]
    if failures and not placed:
        raise InputError(f"{failures[0].source}: {failures[0].reason}")
    claims = [claim for new in placed for claim in claims_of(new, {})]
    entities = dict(_entities(placed))
    ties = [tie for tie in _ties(claims, entities) if captions.is_drawn(tie)]
    told = _told(placed, {id_ for tie in ties for id_ in captions.statements_of(tie)})
    links = [captions.draw_tie(tie, told) for tie in ties]
    ends = {end for link in links for end in (link.source, link.target)}
    papers = {claim.document.id: claim.document for claim in told.values() if claim.document}
    return Picture(
        title=file.stem,
        question=f"All ties in {file.name}, each with the sentences that say so.",
        nodes=tuple(
            captions.draw_entity(entities[id_])
            for id_ in sorted(ends, key=lambda id_: (entities[id_].name.casefold(), id_))
        ),
        links=tuple(sorted(links, key=lambda link: (link.source, link.target, link.type, link.id))),
        evidence=tuple(captions.draw_sentence(told[id_]) for id_ in sorted(told)),
        documents=tuple(captions.draw_source(papers[id_]) for id_ in sorted(papers)),
        note=_note(bool(links), failures),
    )


def _note(drawn: bool, failures: Sequence[Failure]) -> str:
    note = _NOTE if drawn else "The file holds no tie that is sure enough to be drawn."
    if not failures:
        return note
    first = f"{failures[0].source}: {failures[0].reason}"
    return f"{note} Not all could be read ({len(failures):,} left out); the first: {first}."


def _place(reading: Reading) -> Placed:
    told = contribution(reading)
    return place(told, {use.reference: use.reference for use in told.uses})


def _entities(placed: Iterable[Placed]) -> Iterator[tuple[str, NodeValue]]:
    tallies: dict[str, Tallies] = defaultdict(Tallies)
    for new in placed:
        for mention in new.mentions:
            tallies[mention.entity].add(dict(mention.properties))
    for id_, known in tallies.items():
        label, properties = entity_properties(id_, known)
        yield id_, NodeValue(id_, tuple(sorted(("Entity", label))), properties)


def _ties(claims: Iterable[Claim], entities: dict[str, NodeValue]) -> Iterator[TieValue]:
    about: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.tie:
            about[claim.tie].append(claim)
    for id_, said in sorted(about.items()):
        type_, properties = tie_properties(id_, Digest.of(said))
        one, other = tie_ends(str(said[0].properties["type"]), said[0].head, said[0].tail)
        yield TieValue(type_, entities[one], entities[other], properties)


def _told(placed: Iterable[Placed], wanted: set[str]) -> dict[str, captions.Claim]:
    """The statements behind ties, with their documents, as a picture reads them."""
    found = {}
    for new in placed:
        row = new.contribution.document
        document = NodeValue(str(row["id"]), ("Document",), row)
        for statement in new.statements:
            if (id_ := statement.row.id) not in wanted:
                continue
            node = NodeValue(id_, ("Statement",), statement.properties)
            sides = frozenset((statement.head, statement.tail))
            found[id_] = captions.Claim(node, document, sides)
    return found
