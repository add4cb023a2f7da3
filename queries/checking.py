"""Check questions of one's own before anyone asks them: each is read and run on an empty graph."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import QueryError
from extract.ontology import ontology
from graph.derive import UNCONFIRMED
from graph.schema import KEYS, RELATIONSHIPS, ensure_schema
from graph.store import Store
from queries.parameters import check_parameters
from queries.questions import Parameter, Question, list_catalogue, read_question, strip_texts
from queries.runner import run_cypher
from queries.suggestions import suggest

# On a graph without a match no write is tried, so that none is refused. A word after a dot, a
# colon, a dollar or in backticks is a name.
_WRITE = re.compile(
    r"(?<![.:$`\w])(CREATE|MERGE|DELETE|SET|REMOVE|DROP|FOREACH|LOAD\s+CSV)\b(?!`)", re.IGNORECASE
)


_LABELS = re.compile(r"[(\[]\w*:([\w:|&!]+)")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with the question in ``file``; "" where nothing is."""

    file: Path
    fault: str = ""


def check_catalogue(folder: Path) -> Iterator[Finding]:
    """A finding for each .cypher file of ``folder``, in the order of names.

    A fault is a header that can't be understood, with its line; an example that is no value of
    its parameter; Cypher that the embedded engine can't read, or that would write. Raises
    QueryError where the folder holds no question.
    """
    files = list_catalogue(folder)
    with tempfile.TemporaryDirectory() as scratch, Store.open(str(Path(scratch, "graph"))) as store:
        ensure_schema(store)
        for file in files:
            yield Finding(file, _find_fault(store, file))


def _find_fault_of(store: Store, parameter: Parameter) -> str:
    """What is wrong with a parameter's own suggestions."""
    cypher = strip_texts(parameter.suggestions)
    if not cypher:
        return ""
    if word := _WRITE.search(cypher):
        return f"its suggestions would write ({word[0].upper()}): questions only read"
    if list(_list_columns(cypher)) != ["value"]:
        return "its suggestions return no column `value`, or others beside it"
    suggest(store, parameter)
    return ""


def _find_mismatch(question: Question) -> str:
    """What the Cypher returns or asks for that the header or the graph doesn't have."""
    cypher = strip_texts(question.cypher)
    returned, declared = list(_list_columns(cypher)), list(question.columns)
    if returned and returned != ["*"] and returned != declared:
        told = f"the query returns {', '.join(returned)}"
        return f"columns: the header has {', '.join(declared)}, {told}"
    known = {*KEYS, *RELATIONSHIPS, *ontology().relations, UNCONFIRMED}
    known |= {kind.label for kind in ontology().kinds.values()}
    used = {word for found in _LABELS.findall(cypher) for word in re.split(r"[:|&!]", found)}
    unknown = sorted(word for word in used - known if word)
    return f"the graph has no {unknown[0]}: see docs/graph-model.md" if unknown else ""


def _list_columns(cypher: str) -> Iterator[str]:
    """The names of the columns of the last RETURN; nothing where they can't be told."""
    *_, last = re.split(r"\bRETURN\b", cypher, flags=re.IGNORECASE)
    body = re.split(r"\b(?:ORDER\s+BY|SKIP|LIMIT)\b", last, flags=re.IGNORECASE)[0]
    body = re.sub(r"^\s*DISTINCT\b", "", body, flags=re.IGNORECASE)
    depth, column = 0, ""
    for letter in f"{body},":
        depth += (letter in "([{") - (letter in ")]}")
        if letter == "," and not depth:
            yield re.split(r"\bAS\b", column, flags=re.IGNORECASE)[-1].strip(" `\n\t")
            column = ""
        else:
            column += letter


def _find_fault(store: Store, file: Path) -> str:
    try:
        question = read_question(file)
        if word := _WRITE.search(strip_texts(question.cypher)):
            return f"{file}: the query would write ({word[0].upper()}): questions only read"
        if fault := _find_mismatch(question):
            return f"{file}: {fault}"
        examples = {parameter.name: parameter.example for parameter in question.parameters}
        run_cypher(store, question.cypher, check_parameters(question, examples))
        for parameter in question.parameters:
            if fault := _find_fault_of(store, parameter):
                return f"{file}: {parameter.name}: {fault}"
    except QueryError as error:
        said = str(error)
        return said if said.startswith(str(file)) else f"{file}: {said}"
    return ""
