"""PDF files, by pypdf: the text of every page, its lines joined to paragraphs again."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from extract.sources.draft import Draft, UnreadableError
from extract.sources.lines import Line, join_pages

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

# What programs put where nobody gave a title.
_NO_TITLE = re.compile(
    r"^(?:untitled.*|microsoft word\b.*|.*\.(?:docx?|pdf|indd|tex|html?))$", re.I
)
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LETTERS = ("ff", "fi", "fl", "ffi", "ffl", "st", "st")


def read_pdf(data: bytes) -> Draft:
    """The text of a PDF, with the title of its metadata.

    Its date of creation is left: it is the day when somebody printed the page.

    Raises UnreadableError for a broken or locked file, and for scanned pages without text.
    """
    with _quiet():
        reader = _opened(data)
        try:
            pages = [_lines(page) for page in reader.pages]
            title = _title(reader)
        except Exception as error:  # a broken file makes pypdf raise nearly anything
            raise _broken(error) from error
    text = join_pages(pages)
    if not text.strip():
        raise UnreadableError(
            "the PDF holds pictures of pages and no text; make it searchable (OCR) first, "
            "for instance with ocrmypdf"
        )
    return Draft(text, title=title)


def _opened(data: bytes) -> PdfReader:
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted and not reader.decrypt("")
    except Exception as error:  # as above
        raise _broken(error) from error
    if locked:
        raise UnreadableError(
            "the PDF is protected by a password; save a copy without one, for instance with "
            "qpdf --decrypt --password=… IN OUT"
        )
    return reader


def _lines(page: PageObject) -> list[Line]:
    """The page's lines that aren't blank, each with where it stands."""
    pieces: list[tuple[str, float, float]] = []

    def visit(text: str, page_matrix: Any, matrix: Any, _font: Any, size: float) -> None:
        height = matrix[5] * page_matrix[3] + page_matrix[5]
        pieces.append((text, height, size * abs(matrix[3] * page_matrix[3])))

    text = page.extract_text(visitor_text=visit)
    placed = _placed_lines(pieces)
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if [line.text for line in placed] != lines:  # the pieces are not all of the page
        placed = [Line(line) for line in lines]
    return [replace(line, text=_LIGATURE.sub(_spelled, line.text)) for line in placed]


def _placed_lines(pieces: Iterable[tuple[str, float, float]]) -> list[Line]:
    lines: list[Line] = []
    text, height, size = "", 0.0, 0.0
    for piece, piece_height, piece_size in [*pieces, ("\n", 0.0, 0.0)]:
        for number, part in enumerate(piece.split("\n")):
            if number and text.strip():
                lines.append(Line(text.strip(), height, size))
            text = part if number else text + part
            if part.strip() and text.strip() == part.strip():
                height, size = piece_height, piece_size
    return lines


def _broken(error: Exception) -> UnreadableError:
    what = " ".join(str(error).split())[:100] or type(error).__name__
    return UnreadableError(f"the PDF is broken ({what}); open it in a viewer and save it again")


@contextmanager
def _quiet() -> Iterator[None]:
    """Keeps pypdf's warnings on small faults of a file from standard error."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _title(reader: PdfReader) -> str:
    title = str((reader.metadata and reader.metadata.title) or "").strip()
    return "" if _NO_TITLE.match(title) else title


def _spelled(match: re.Match[str]) -> str:
    return _LETTERS[ord(match[0]) - 0xFB00]
