"""What a reader may not ask although it writes nothing to the graph.

The engines refuse writes themselves. What is left: LOAD CSV reads files of the server and
asks the network, procedures may do anything, TERMINATE stops other people's queries, SHOW
SETTINGS tells how the server is set up. The
query is cut into tokens, so that a name in a string, a comment or backticks is no keyword.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.errors import QueryError

ALLOWED_PROCEDURES = frozenset(
    {
        "db.index.fulltext.querynodes",
        "db.index.fulltext.queryrelationships",
        "db.indexes",
        "db.labels",
        "db.propertykeys",
        "db.relationshiptypes",
        "db.schema.nodetypeproperties",
        "db.schema.reltypeproperties",
        "db.schema.visualization",
        "dbms.components",
    }
)

TOKEN = re.compile(
    r"""
    (?P<skip>  \s+ | //[^\n\r]* | /\*.*?(?:\*/|\Z) )
  | (?P<text>  '(?:\\.|[^'\\])*(?:'|\Z) | "(?:\\.|[^"\\])*(?:"|\Z) )
  | (?P<quoted> `(?:``|[^`])*(?:`|\Z) )
  | (?P<word>  [^\W\d]\w* )
  | (?P<other> . )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\+u+([0-9a-fA-F]{4})")


def check_reading(cypher: str) -> None:
    """Raise QueryError where the query loads files or calls a procedure off the short list."""
    escaped = _ESCAPE.search(cypher) is not None
    # Neo4j resolves \uXXXX before it looks for quotes and comments; where there are any,
    # every word counts, wherever it stands.
    tokens = list(_words(_unescape(cypher)) if escaped else _tokens(cypher))
    for position, token in enumerate(tokens):
        following = tokens[position + 1 : position + 2]
        if token == "load" and following == ["csv"]:
            raise QueryError(
                "LOAD CSV is not allowed in a query: read the file with `partnergraph load`"
            )
        if token == "show" and following and following[0] in ("setting", "settings"):
            raise QueryError("SHOW SETTINGS is not allowed here: it tells how the server is set up")
        if token == "terminate" and following and following[0].startswith("transaction"):
            raise QueryError("TERMINATE is not allowed here: queries only read the graph")
        if token == "call":
            _check_call(tokens[position + 1 :])


def _tokens(cypher: str) -> Iterator[str]:
    """Words in small letters, quoted names without their quotes, other characters as they are."""
    for match in TOKEN.finditer(cypher):
        if match.lastgroup == "quoted":
            # A quoted name is never a keyword; it may be part of a procedure's name.
            yield "`" + match.group().strip("`").lower()
        elif match.lastgroup == "text":
            yield "''"
        elif match.lastgroup != "skip":
            yield match.group().lower()


def _words(cypher: str) -> Iterator[str]:
    for match in re.finditer(r"\w+|[^\w\s'\"`/*]", cypher):
        yield match.group().lower()


def _unescape(cypher: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), cypher)


def _check_call(rest: list[str]) -> None:
    """``CALL {`` and ``CALL (n) {`` are subqueries; else a dotted name follows."""
    if not rest or rest[0] in "{(":
        return
    name = rest[0].removeprefix("`")
    for dot, part in zip(rest[1::2], rest[2::2], strict=False):
        if dot != ".":
            break
        name += "." + part.removeprefix("`")
    if name not in ALLOWED_PROCEDURES and _is_name(rest):
        raise QueryError(
            f"the procedure {name} is not allowed in a query: only db.labels and a few others "
            "that read are"
        )


def _is_name(rest: list[str]) -> bool:
    """Whether a procedure is called: ``call`` may also be a variable, a label or a property."""
    first = rest[0]
    return first.startswith("`") or first[0].isalpha() or first[0] == "_"
