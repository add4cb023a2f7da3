"""Markdown: front matter, then the prose without its markup, a paragraph a block."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from extract.sources.characters import clean_text
from extract.sources.decoding import decode
from extract.sources.draft import Draft
from extract.sources.html import fragment_text

if TYPE_CHECKING:
    from markdown_it.token import Token

# Read line by line and not as YAML: "title: Halden: the deal" is common, and no YAML.
_FRONT_MATTER = re.compile(r"\s*^---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*$\n?", re.M | re.S)
_FIELD = re.compile(r"^([A-Za-z][\w-]*)[ \t]*:[ \t]*(.*?)[ \t]*$", re.M)
_LONGEST, _MOST_BRACKETS = 20_000, 200  # characters, and "[" among them, of an honest block


def read_markdown(data: bytes) -> Draft:
    """The prose of a Markdown file, with title, date, url and publisher of its front matter.

    Without a title there, the first heading of level 1 is it. Raises UnreadableError for what is
    no text.
    """
    fields, body = split_front_matter(clean_text(decode(data)))
    tokens = _parser_tokens(body)
    return Draft(
        "\n\n".join(block for block in blocks(tokens) if block),
        title=fields.get("title") or _first_heading(tokens),
        date=fields.get("date", ""),
        url=fields.get("url") or fields.get("link", ""),
        publisher=fields.get("publisher") or fields.get("source", ""),
    )


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields between two lines of ``---`` at the very beginning, and the rest."""
    found = _FRONT_MATTER.match(text)
    if found is None:
        return {}, text
    fields = {name.lower(): _unquote(value) for name, value in _FIELD.findall(found[1])}
    return fields, text[found.end() :]


def _unquote(value: str) -> str:
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value


def _parser_tokens(text: str) -> Sequence[Token]:
    from markdown_it import MarkdownIt

    # an indented paragraph in an article is a paragraph, never code
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"]).disable("code")
    parser.core.ruler.disable("inline")
    known: dict[str, Any] = {}
    tokens = parser.parse(text, known)
    for token in tokens:
        if token.type == "inline":
            token.children = []
            if not _is_trap(token.content):
                parser.inline.parse(token.content, parser, known, token.children)
    return tokens


def _is_trap(block: str) -> bool:
    """Brackets in a block take time by the square of their number; such a block is kept as is."""
    return len(block) > _LONGEST or block.count("[") > _MOST_BRACKETS


def blocks(tokens: Iterable[Token]) -> Iterator[str]:
    """The text of every block: a paragraph, heading, list item, table row, code or HTML block."""
    row: list[str] = []
    in_row = False
    for token in tokens:
        if token.type == "tr_open":
            row, in_row = [], True
        elif token.type == "tr_close":
            in_row = False
            yield "\t".join(row)
        elif token.type == "inline":
            text = _inline_text(token.children) if token.children else token.content
            if in_row:
                row.append(text)
            else:
                yield text
        elif token.type == "fence":
            yield token.content.strip()
        elif token.type == "html_block":
            yield fragment_text(token.content)


def _inline_text(tokens: Iterable[Token]) -> str:
    parts = []
    for token in tokens:
        if token.type in ("text", "text_special", "code_inline"):
            parts.append(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
    return "".join(parts).strip()


def _first_heading(tokens: Sequence[Token]) -> str:
    for token, following in pairwise(tokens):
        if token.type == "heading_open" and token.tag == "h1":
            return _inline_text(following.children or ())
    return ""
