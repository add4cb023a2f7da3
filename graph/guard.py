"""What a reader may not ask although it writes nothing to the graph.

The engines refuse writes themselves. What is left: LOAD CSV reads files of the server and
asks the network, procedures may do anything, TERMINATE stops other people's queries, SHOW
tells of them and of how the server is set up, sleep() keeps the engine. The query is cut into
tokens, so that a name in a string, a comment or backticks is no keyword.
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
_WORD = re.compile(r"[^\W\d]\w*")
_REACHING = frozenset({"load", "csv", "call", "show", "terminate", "sleep"})
_SECRETS = frozenset({"setting", "settings", "user", "users", "transaction", "transactions"})


def check_reading(cypher: str) -> None:
    """Raise QueryError where the query loads files, calls a procedure off the short list, or
    looks into how the server is set up and who else asks what."""
    if _ESCAPE.search(cypher):
        _check_escaped(cypher)
        return
    tokens = list(_tokens(cypher))
    for position, token in enumerate(tokens):
        following = tokens[position + 1] if position + 1 < len(tokens) else ""
        if token == "load" and following == "csv":
            raise QueryError(
                "LOAD CSV is not allowed in a query: read the file with `partnergraph load`"
            )
        if token == "show" and following in _SECRETS:
            raise QueryError(
                f"SHOW {following.upper()} is not allowed here: it tells of the server and of "
                "other people, not of the graph"
            )
        if token == "terminate" and following.startswith("transaction"):
            raise QueryError("TERMINATE is not allowed here: queries only read the graph")
        if token in ("sleep", "`sleep") and following == "(":
            raise QueryError("sleep() is not allowed in a query: it would only keep the engine")
        if token == "call":
            _check_call(tokens[position + 1 :])


def _check_escaped(cypher: str) -> None:
    """Neo4j resolves \\uXXXX before it looks for quotes and comments, so where they begin and
    end is not to be told: no word that matters may be there, wherever it stands."""
    words = {word.lower() for text in (cypher, _unescape(cypher)) for word in _WORD.findall(text)}
    if found := sorted(words & _REACHING):
        raise QueryError(
            f"\\u escapes and {found[0].upper()} are not allowed together in a query: write the "
            "characters themselves"
        )


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
