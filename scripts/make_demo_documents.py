"""Make the demo corpus's Word and PDF documents from the texts in ``scripts/demo_documents``.

    python scripts/make_demo_documents.py [FOLDER]

writes them to FOLDER, by default to the corpus itself. The same texts give the same documents.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

TEXTS = Path(__file__).parent / "demo_documents"
CORPUS = Path(__file__).parents[1] / "partnergraph" / "demo" / "corpus"
WORD, REPORT = "2024-02-ferrante-poznan", "2025-09-battery-alliances-report"

PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 595, 842, 84  # A4, in points
HEADER = "Institute for Applied Electrochemistry"
# Widths of Helvetica from the space on, in thousandths of the size (Adobe's core font metrics).
WIDTHS = [
    *(278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278),
    *(556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556),
    *(1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778),
    *(667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556),
    *(333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556),
    *(556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page: its text, the font's size, and the space above it, in points."""

    text: str
    size: int
    above: int


def main() -> None:
    """Write both documents and say where they are."""
    for path in make(Path(sys.argv[1]) if len(sys.argv) > 1 else CORPUS):
        print(path)


def make(folder: Path) -> list[Path]:
    """Write both documents into ``folder``."""
    documents = {
        f"{WORD}.docx": word_document(blocks_of(WORD), table_of(WORD), datetime(2024, 2, 27)),
        f"{REPORT}.pdf": pdf_document(blocks_of(REPORT), "20250909080000Z"),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in documents.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in documents]


def blocks_of(name: str) -> list[str]:
    """The blocks of a text between blank lines; the first is the title."""
    return (TEXTS / f"{name}.txt").read_text(encoding="utf-8").strip().split("\n\n")


def table_of(name: str) -> list[list[str]]:
    """The rows of the table that goes with a text."""
    with (TEXTS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def word_document(blocks: Sequence[str], rows: Sequence[Sequence[str]], made: datetime) -> bytes:
    """A .docx with a title, paragraphs and a table."""
    from docx import Document

    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.comments = blocks[0], "Invented", ""
    properties.created = properties.modified = made
    document.add_paragraph(blocks[0], style="Title")
    for block in blocks[1:]:
        document.add_paragraph(block)
    table = document.add_table(rows=0, cols=len(rows[0]), style="Light Grid Accent 1")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made_now = io.BytesIO()
    document.save(made_now)
    return _dated(made_now, made)


def _dated(packed: io.BytesIO, made: datetime) -> bytes:
    """The same zip archive with one date on every part, not that of today."""
    result = io.BytesIO()
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, made.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return result.getvalue()


def pdf_document(blocks: Sequence[str], made: str) -> bytes:
    """A PDF 1.4 of A4 pages in Helvetica, with a running head and page numbers."""
    pages = [_page(lines, number) for number, lines in enumerate(_pages(_lines(blocks)), start=1)]
    first = 5  # objects 1 to 4: catalogue, page tree, font, information
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        f"<< /Title ({_escaped(blocks[0])}) /Author ({HEADER}) /CreationDate (D:{made}) >>",
    ]
    for i, content in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE_WIDTH} {PAGE_HEIGHT}] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {first + 2 * i + 1} 0 R >>"
        )
        length = len(content.encode("cp1252"))
        objects.append(f"<< /Length {length} >>\nstream\n{content}\nendstream")
    return _pdf_file(objects)


def _pdf_file(objects: Iterable[str]) -> bytes:
    """The objects, numbered from 1, the table of where each begins, and the trailer."""
    data, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    size = len(offsets) + 1
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = (
        f"trailer\n<< /Size {size} /Root 1 0 R /Info 4 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    )
    return data + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode("ascii")


def _lines(blocks: Sequence[str]) -> Iterator[Line]:
    for i, block in enumerate(blocks):
        heading = block[-1] not in ".?!”"
        size, above = (20, 12) if i == 0 else (14, 18) if heading else (11, 9)
        for j, text in enumerate(_wrapped(block, size)):
            yield Line(text, size, above if j == 0 else 4)


def _wrapped(text: str, size: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and _width(longer, size) > PAGE_WIDTH - 2 * MARGIN:
            yield line
            longer = word
        line = longer
    yield line


def _width(text: str, size: int) -> float:
    codes = (ord(character) - 32 for character in text)
    return sum(WIDTHS[code] if 0 <= code < len(WIDTHS) else 556 for code in codes) * size / 1000


def _pages(lines: Iterable[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    room = PAGE_HEIGHT - 2 * MARGIN
    for line in lines:
        room -= line.size + line.above
        if page and room < 0:
            yield page
            page, room = [], PAGE_HEIGHT - 2 * MARGIN - line.size
        page.append(line)
    yield page


def _page(lines: Iterable[Line], number: int) -> str:
    """The drawing commands of a page."""
    shown = [_shown(HEADER, 9, PAGE_HEIGHT - MARGIN // 2)]
    height = PAGE_HEIGHT - MARGIN
    for line in lines:
        height -= line.size + line.above
        shown.append(_shown(line.text, line.size, height))
    return "\n".join([*shown, _shown(str(number), 9, MARGIN // 2)])


def _shown(text: str, size: int, height: int) -> str:
    return f"BT /F1 {size} Tf {MARGIN} {height} Td ({_escaped(text)}) Tj ET"


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


if __name__ == "__main__":
    main()
