"""Documents cut and packed into requests: parts, each of one document, several a request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.clean import clean
from extract.llm.flat import FlatText
from extract.pipeline import LONGEST_TEXT
from extract.records import Document, Failure

_SENTENCE_ENDS = (". ", "! ", "? ", '." ', ".” ")


@dataclass(frozen=True, slots=True)
class Part:
    """Paragraphs of one document that go into one request; ``last`` is the document's last."""

    document: Document
    flat: FlatText
    number: int
    paragraphs: tuple[str, ...]
    last: bool

    @property
    def characters(self) -> int:
        """What it takes of a request."""
        return sum(map(len, self.paragraphs))


Item = Part | Failure


def batches(
    documents: Iterable[Document], characters: int, paragraphs: int
) -> Iterator[tuple[Item, ...]]:
    """Requests' worth of parts, in the order of the documents, as documents are asked for.

    A document that fits shares a request with others and is never torn; a longer one has
    requests of its own, cut between paragraphs. One that can't be prepared is a failure in
    its place.
    """
    batch: list[Item] = []
    used = lines = 0
    for document in documents:
        for item in _items(document, characters, paragraphs):
            size = item.characters if isinstance(item, Part) else 0
            length = len(item.paragraphs) if isinstance(item, Part) else 0
            if batch and (used + size > characters or lines + length > paragraphs):
                yield tuple(batch)
                batch, used, lines = [], 0, 0
            batch.append(item)
            used, lines = used + size, lines + length
    if batch:
        yield tuple(batch)


def _items(document: Document, characters: int, paragraphs: int) -> Iterator[Item]:
    try:
        cleaned = clean(document)
        flat = FlatText(cleaned)
    except Exception as error:  # one document never stops the others
        yield failure(document, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}")
        return
    groups = list(_groups(flat.paragraphs, characters, paragraphs)) or [()]
    length = sum(len(text) for group in groups for text in group)
    if length > LONGEST_TEXT:
        what = f"one text of {length:,} characters, {LONGEST_TEXT:,} is the most"
        yield Failure(
            document.source or document.id, f"{what}: split it into its articles or chapters"
        )
        return
    described = cleaned.described(document)
    for number, group in enumerate(groups):
        yield Part(described, flat, number, group, last=number == len(groups) - 1)


def failure(document: Document, reason: str) -> Failure:
    """A document that could not be read, and why."""
    return Failure(
        document.source or document.id,
        f"reading failed: {reason}; the other documents are not touched by it",
    )


def _groups(paragraphs: Iterable[str], characters: int, most: int) -> Iterator[tuple[str, ...]]:
    group: list[str] = []
    used = 0
    for paragraph in paragraphs:
        for piece in _pieces(paragraph, characters):
            if group and (used + len(piece) > characters or len(group) == most):
                yield tuple(group)
                group, used = [], 0
            group.append(piece)
            used += len(piece)
    if group:
        yield tuple(group)


def _pieces(paragraph: str, limit: int) -> Iterator[str]:
    """A paragraph that is too long for a request, cut after a sentence, or else a word."""
    while len(paragraph) > limit:
        cut = max(paragraph.rfind(end, limit // 2, limit) + len(end) for end in _SENTENCE_ENDS)
        if cut <= limit // 2:
            cut = paragraph.rfind(" ", limit // 2, limit) + 1 or limit
        yield paragraph[:cut].rstrip()
        paragraph = paragraph[cut:]
    if paragraph.strip():
        yield paragraph
