"""partnergraph: a graph of who works with whom, read from text, every tie with its sentence.

All that the command line can do, Python can do:

>>> from partnergraph import Graph  # doctest: +SKIP
>>> with Graph.open("partnergraph.db") as graph:  # doctest: +SKIP
...     graph.build(["articles/"])
...     graph.query("partners-of", name="Volkswagen").save("volkswagen.html")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from extract.errors import InputError, PartnergraphError, QueryError, StoreError

if TYPE_CHECKING:
    from extract.evaluate import evaluate, evaluate_files
    from extract.exchange import read_readings, write_reading
    from extract.explaining import explain
    from extract.ontology import ontology
    from extract.records import Document, Entity, Failure, Mention, Reading, Span, Statement
    from graph.backup import Backup, backup, restore, verify
    from graph.doctor import inspect, mend
    from graph.documents import forget_documents, list_documents
    from graph.dump import dump
    from graph.export import export
    from graph.forget import forget
    from graph.measures import list_measures
    from graph.names import compare
    from graph.names.evaluate import evaluate_names
    from graph.network import to_networkx
    from graph.resolution.judgements import Judged, Judgement, judge, list_judgements, undo
    from graph.resolution.portrait import portray
    from graph.resolution.review import unsure_pairs
    from graph.spark.write import Server
    from graph.store import Store
    from partnergraph.cluster import extract_on_spark, inspect_cluster, load_on_spark
    from partnergraph.explorer import Graph, Result
    from partnergraph.identity import export_judgements, import_judgements, merge, split
    from partnergraph.intake import build, load, read, read_exchange, write_exchange
    from queries.analysis import analyse, measures
    from queries.drawing import draw
    from queries.files import picture_of
    from queries.page import render, write
    from queries.profile import profiles
    from queries.runner import ask, questions, run_cypher
    from queries.suggestions import suggest

__version__ = "0.1.0"

# Where each public name lives; imported on first use, so that `partnergraph --help` is quick.
_HOMES = {
    "Backup": "graph.backup",
    "Document": "extract.records",
    "Entity": "extract.records",
    "Failure": "extract.records",
    "Graph": "partnergraph.explorer",
    "Judged": "graph.resolution.judgements",
    "Judgement": "graph.resolution.judgements",
    "Mention": "extract.records",
    "Reading": "extract.records",
    "Result": "partnergraph.explorer",
    "Server": "graph.spark.write",
    "Span": "extract.records",
    "Statement": "extract.records",
    "Store": "graph.store",
    "analyse": "queries.analysis",
    "ask": "queries.runner",
    "backup": "graph.backup",
    "build": "partnergraph.intake",
    "compare": "graph.names",
    "draw": "queries.drawing",
    "dump": "graph.dump",
    "evaluate": "extract.evaluate",
    "evaluate_files": "extract.evaluate",
    "evaluate_names": "graph.names.evaluate",
    "explain": "extract.explaining",
    "export": "graph.export",
    "export_judgements": "partnergraph.identity",
    "extract_on_spark": "partnergraph.cluster",
    "forget": "graph.forget",
    "forget_documents": "graph.documents",
    "import_judgements": "partnergraph.identity",
    "inspect": "graph.doctor",
    "inspect_cluster": "partnergraph.cluster",
    "judge": "graph.resolution.judgements",
    "list_documents": "graph.documents",
    "list_judgements": "graph.resolution.judgements",
    "list_measures": "graph.measures",
    "load": "partnergraph.intake",
    "load_on_spark": "partnergraph.cluster",
    "measures": "queries.analysis",
    "mend": "graph.doctor",
    "merge": "partnergraph.identity",
    "ontology": "extract.ontology",
    "picture_of": "queries.files",
    "portray": "graph.resolution.portrait",
    "profiles": "queries.profile",
    "questions": "queries.runner",
    "read": "partnergraph.intake",
    "read_exchange": "partnergraph.intake",
    "read_readings": "extract.exchange",
    "render": "queries.page",
    "restore": "graph.backup",
    "run_cypher": "queries.runner",
    "split": "partnergraph.identity",
    "suggest": "queries.suggestions",
    "to_networkx": "graph.network",
    "undo": "graph.resolution.judgements",
    "unsure_pairs": "graph.resolution.review",
    "verify": "graph.backup",
    "write": "queries.page",
    "write_exchange": "partnergraph.intake",
    "write_reading": "extract.exchange",
}

__all__ = [
    "Backup",
    "Document",
    "Entity",
    "Failure",
    "Graph",
    "InputError",
    "Judged",
    "Judgement",
    "Mention",
    "PartnergraphError",
    "QueryError",
    "Reading",
    "Result",
    "Server",
    "Span",
    "Statement",
    "Store",
    "StoreError",
    "analyse",
    "ask",
    "backup",
    "build",
    "compare",
    "draw",
    "dump",
    "evaluate",
    "evaluate_files",
    "evaluate_names",
    "explain",
    "export",
    "export_judgements",
    "extract_on_spark",
    "forget",
    "forget_documents",
    "import_judgements",
    "inspect",
    "inspect_cluster",
    "judge",
    "list_documents",
    "list_judgements",
    "list_measures",
    "load",
    "load_on_spark",
    "measures",
    "mend",
    "merge",
    "ontology",
    "picture_of",
    "portray",
    "profiles",
    "questions",
    "read",
    "read_exchange",
    "read_readings",
    "render",
    "restore",
    "run_cypher",
    "split",
    "suggest",
    "to_networkx",
    "undo",
    "unsure_pairs",
    "verify",
    "write",
    "write_exchange",
    "write_reading",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'partnergraph' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
