"""Write the graph in one of the forms that other programs read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from extract.errors import InputError
from extract.writing import result_file
from graph.export.followthemoney import write_entities
from graph.export.linked import write_jsonld, write_turtle
from graph.export.network import Row, stream_entities, stream_ties
from graph.export.script import write_script
from graph.export.tables import write_admin_files, write_spreadsheets
from graph.export.xml import write_gexf, write_graphml

if TYPE_CHECKING:
    from graph.store import Store


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export: the ending of its file ("" for a folder of files), what it is for, and
    what of the graph it can't hold."""

    name: str
    ending: str
    use: str
    lacks: str


_NETWORK = (
    "documents, all sentences but one of each tie, deals of several parties as such, judgements"
)
_DEALS = "deals of several parties as such, what is only possible, judgements"
_INTERVALS = f"{_DEALS}, confidence; what is planned, rumoured, disputed or denied is a note"
_INDEXES = "indexes, which `partnergraph doctor --mend` makes, and lists that are empty"
FORMATS: Mapping[str, Form] = MappingProxyType(
    {
        form.name: form
        for form in (
            Form("graphml", ".graphml", "Gephi, networkx, yEd, Cytoscape", _NETWORK),
            Form("gexf", ".gexf", "Gephi's timeline: ties by when they were", _NETWORK),
            Form("jsonld", ".jsonld", "RDF tools: schema.org and PROV", _DEALS),
            Form("ttl", ".ttl", "the same for triple stores, as Turtle", _DEALS),
            Form("ftm", ".ftm.json", "FollowTheMoney: OpenAleph, OpenSanctions", _INTERVALS),
            Form("csv", "", "spreadsheets: names.csv, ties.csv", _NETWORK),
            Form("neo4j-csv", "", "neo4j-admin database import full @import.txt", _INDEXES),
            Form("cypher", ".cypher", "cypher-shell, Neo4j Browser", "nothing"),
        )
    }
)
"""The forms, by name."""
_NETWORKS = {"graphml": write_graphml, "gexf": write_gexf}
_WITH_SENTENCES: Mapping[str, Callable[..., Mapping[str, int] | None]] = {
    "jsonld": write_jsonld,
    "ttl": write_turtle,
    "ftm": write_entities,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: where, in which form, how many nodes and ties; of which status how many
    more ties are told as ``notes``, as the form can't mark them as none that exist."""

    path: Path
    form: Form
    nodes: int
    ties: int
    notes: Mapping[str, int] = field(default_factory=dict)


def export(
    store: Store, path: Path, form: str | None = None, *, unconfirmed: bool = False
) -> Exported:
    """Write the graph to ``path`` in a form of FORMATS, by default the one of its ending.

    With ``unconfirmed`` all but the whole graph's forms hold denied, rumoured and disputed ties
    too, marked by their status. Raises InputError for an unknown form and where it can't be
    written.
    """
    chosen = FORMATS[_form_of(path, form)]
    if chosen.name == "neo4j-csv":
        return Exported(path, chosen, *write_admin_files(store, _folder(path)))
    if chosen.name == "cypher":
        return Exported(path, chosen, *_write_statements(store, path))
    nodes = _Counted(stream_entities(store))
    ties = _Counted(stream_ties(store, unconfirmed=unconfirmed))
    notes: Mapping[str, int] = {}
    if chosen.name == "csv":
        write_spreadsheets(nodes, ties, _folder(path))
    else:
        with result_file(path) as file:
            if chosen.name in _NETWORKS:
                _NETWORKS[chosen.name](nodes, ties, file)
            else:
                notes = _WITH_SENTENCES[chosen.name](store, nodes, ties, file) or notes
    return Exported(path, chosen, nodes.number, ties.number - sum(notes.values()), notes)


def _form_of(path: Path, form: str | None) -> str:
    if form is None:
        named = path.name.lower()
        known = (one for one in FORMATS.values() if one.ending and named.endswith(one.ending))
        form = next((one.name for one in known), None)
    if form is None or form not in FORMATS:
        endings = ", ".join(known.ending for known in FORMATS.values() if known.ending)
        raise InputError(
            f"{path}: in which form? Name the file *{endings.replace(', ', ', *')}, or a form: "
            + ", ".join(FORMATS)
        )
    return form


def _folder(path: Path) -> Path:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(f"{path}: no folder can be made ({reason}); name another") from error
    return path


def _write_statements(store: Store, path: Path) -> tuple[int, int]:
    nodes = ties = 0
    with result_file(path) as file:
        for statement, more_nodes, more_ties in write_script(store):
            file.write(f"{statement};\n")
            nodes, ties = nodes + more_nodes, ties + more_ties
    return nodes, ties


class _Counted:
    """Rows, and how many went by."""

    def __init__(self, rows: Iterator[Row]) -> None:
        self.rows, self.number = rows, 0

    def __iter__(self) -> Iterator[Row]:
        for row in self.rows:
            self.number += 1
            yield row
