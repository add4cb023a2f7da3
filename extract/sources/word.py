"""Word documents (.docx), by python-docx: paragraphs, and tables a row a paragraph."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from extract.sources.draft import MAX_BYTES, Draft, UnreadableError, too_large

_OLE = b"\xd0\xcf\x11\xe0"  # the container of old .doc files, and of encrypted .docx files


def read_word(data: bytes) -> Draft:
    """The text of a .docx file, with the title of its properties.

    Its date of creation is left: it is the day when somebody saved the text.

    Raises UnreadableError for a broken or locked file.
    """
    if data.startswith(_OLE):
        raise UnreadableError(
            "the file is protected by a password, or an old .doc; open it in Word or LibreOffice "
            "and save it as .docx without a password"
        )
    try:
        _check_size(data)
        document = _opened(data)
        text = "\n\n".join(_paragraphs(document))
        title = _title(document)
    except UnreadableError:
        raise
    except Exception as error:  # a broken file makes python-docx and lxml raise nearly anything
        what = " ".join(str(error).split())[:100] or type(error).__name__
        reason = f"the .docx is broken ({what}); open it in Word or LibreOffice and save it again"
        raise UnreadableError(reason) from error
    return Draft(text, title=title)


def _check_size(data: bytes) -> None:
    """A few kilobytes of zip can unpack to gigabytes."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > 4 * MAX_BYTES:
            raise too_large("unpacked file")


def _opened(data: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(data))


def _paragraphs(document: Any) -> Iterator[str]:
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        elif block.text.strip():
            yield block.text.strip()


def _rows(table: Any) -> Iterator[str]:
    for row in table.rows:
        # a merged cell comes once for every column that it spans
        cells = [next(same).text for _, same in groupby(row.cells, key=lambda cell: cell._tc)]
        text = "\t".join(" ".join(cell.split()) for cell in cells).strip()
        if text:
            yield text


def _title(document: Any) -> str:
    for paragraph in document.paragraphs:
        if paragraph.text.strip():
            named = paragraph.style is not None and paragraph.style.name in ("Title", "Heading 1")
            return paragraph.text if named else document.core_properties.title or ""
    return ""
