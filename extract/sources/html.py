"""Web pages: the article without menus, footers and related links, by trafilatura."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from extract.sources.decoding import decode
from extract.sources.draft import Draft, UnreadableError

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{2,40})", re.I)
# of HTML, and of the tree that trafilatura makes of it
_BLOCKS = (
    *("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "dt", "dd", "blockquote", "pre"),
    *("figcaption", "div", "section", "article", "main", "ul", "ol", "table", "tr"),
    *("head", "item", "list", "quote", "row", "code"),
)
_CELLS = ("td", "th", "cell")
_BREAKS = ("br", "lb")
_FURNITURE = (
    *("script", "style", "noscript", "template", "nav", "header", "footer", "aside"),
    *("button", "iframe", "svg", "head", "title"),
)
_SHORT = 250  # characters below which trafilatura gives up and glues all the page into one line
# no guessing from numbers in the text: "© 2019" is the date of no article
_DATES = {"original_date": True, "extensive_search": False}
_MARK = "\ue000"  # private use: stands in no text
_SPACE = re.compile(r"\s+")


def read_html(data: bytes) -> Draft:
    """The article of a page, with its title, date, address and site.

    Raises UnreadableError for what is no text, and for a page without an article.
    """
    from trafilatura import bare_extraction

    page = decode_page(data)
    found: Any = bare_extraction(
        page, with_metadata=True, include_comments=False, date_extraction_params=_DATES
    )
    text = "\n\n".join(_paragraphs(found.body)) if found and found.body is not None else ""
    if len(text) < _SHORT:
        text = fragment_text(page)
    if not text:
        reason = "no article is found in the page; save the article's own page, or its text as .txt"
        raise UnreadableError(reason, "skipped" if not page.strip() else "failed")
    if found is None:
        return Draft(text)
    return Draft(
        text,
        title=found.title or "",
        date=found.date or "",
        url=found.url or "",
        publisher=found.sitename or "",
    )


def decode_page(data: bytes) -> str:
    """The page's text; the encoding that it names itself is used where it isn't UTF-8."""
    named = _CHARSET.search(data[:4096])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if named is None:
            return decode(data)
    name = named[1].decode("ascii")
    try:
        encoding = codecs.lookup(name).name
        # what calls itself Latin-1 on the web is Windows-1252 (WHATWG Encoding, "names and labels")
        return data.decode("cp1252" if encoding in ("iso8859-1", "ascii") else encoding)
    except (LookupError, UnicodeError):
        return decode(data)


def fragment_text(markup: str) -> str:
    """The text of a piece of HTML, a paragraph a block; scripts, menus and the like left out."""
    from trafilatura import load_html

    tree = load_html(f"<!DOCTYPE html><html><body>{markup}</body></html>")
    if tree is None:
        return ""
    for element in [*tree.iter(*_FURNITURE)]:
        element.drop_tree()
    return "\n\n".join(_paragraphs(tree))


def _paragraphs(tree: Any) -> Iterator[str]:
    """The text of every block, in order. Marks the ends of blocks and cells in ``tree``."""
    for tags, mark in ((_BREAKS, " "), (_CELLS, "\t"), (_BLOCKS, _MARK)):
        for element in tree.iter(*tags):
            element.text = mark + (element.text or "")
            element.tail = mark + (element.tail or "")
    for block in str(tree.xpath("string()")).split(_MARK):
        cells = (_SPACE.sub(" ", cell).strip() for cell in block.split("\t"))
        text = "\t".join(cell for cell in cells if cell)
        if text:
            yield text
