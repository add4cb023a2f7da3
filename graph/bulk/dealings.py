"""What all documents together say of one tie, or of one deal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.bulk.rows import GraphRow, NodeRow, TieRow
from graph.derive import partnership_properties, tie_properties
from graph.digest import Claim, Digest
from graph.ids import tie_ends
from graph.shelf import CLAIMS, KEPT_ABOVE, digest_row


def tell_tie(id_: str, claims: Sequence[Claim]) -> Iterator[GraphRow]:
    """A tie between two entities, from all claims (one at least)."""
    digest = Digest.of(claims)
    type_, properties = tie_properties(id_, digest)
    first = claims[0]
    ends = tie_ends(str(first.properties["type"]), first.head, first.tail)
    yield TieRow("Entity", type_, "Entity", *ends, properties)
    yield from _kept(id_, digest)


def tell_deal(
    id_: str, digest: Digest, parties: Iterable[tuple[str, str]], names: Mapping[str, str]
) -> Iterator[GraphRow]:
    """A partnership from the digest of all claims; ``parties`` are (role, entity id), ``names``
    those of parties and sites by id."""
    told = sorted(parties)
    yield NodeRow(("Partnership",), partnership_properties(id_, digest, told, names))
    for role, party in told:
        yield TieRow("Entity", "PARTY_TO", "Partnership", party, id_, {"role": role})
    for site in digest.sites:
        yield TieRow("Partnership", "SITED_IN", "Entity", id_, site)
    yield from _kept(id_, digest)


def _kept(id_: str, digest: Digest) -> Iterator[NodeRow]:
    if digest.claims > KEPT_ABOVE:
        yield NodeRow(("Digest",), digest_row(CLAIMS, id_, digest.to_text()))
