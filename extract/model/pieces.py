"""Text as the network sees it: word pieces with their case, spaCy's opinion, and windows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from tokenizers import Tokenizer

Ints = NDArray[np.int64]
Floats = NDArray[np.floating[Any]]

LOWER, TITLE, SENTENCE_TITLE, UPPER, SINGLE, MIXED, DIGIT, OTHER = range(8)
CASES = 8
# spaCy's labels by what they tell this reader; each group has a begin and an inside.
OPINIONS = {
    "PERSON": 1,
    "ORG": 2,
    "GPE": 3,
    "LOC": 4,
    "FAC": 4,
    "NORP": 5,
    "PRODUCT": 6,
    "WORK_OF_ART": 6,
    "EVENT": 6,
    "LAW": 6,
    "LANGUAGE": 6,
}
_NUMBERS = 7  # dates, amounts, quantities
VIEWS = 2 * _NUMBERS + 1


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document's word pieces, one row each.

    ``ids``: vocabulary numbers; ``cases`` and ``views`` (spaCy's labels): small classes;
    ``starts`` and ``ends``: code points in the document; ``words``: the number of the word;
    ``sentences``: the number of the sentence. A separator stands between paragraphs; its
    start and end are the same.
    """

    ids: Ints
    cases: Ints
    views: Ints
    starts: Ints
    ends: Ints
    words: Ints
    sentences: Ints

    def __len__(self) -> int:
        return len(self.ids)

    def locate(self, start: int, end: int) -> tuple[int, int]:
        """First and last row of a stretch of the document; the last before the first if none."""
        first = int(np.searchsorted(self.ends, start, side="right"))
        return first, int(np.searchsorted(self.starts, end, side="left")) - 1

    def first_of_words(self) -> Ints:
        """The rows at which a word begins; separators are none."""
        begins = np.ones(len(self), dtype=bool)
        begins[1:] = self.words[1:] != self.words[:-1]
        return np.flatnonzero(begins & (self.ends > self.starts))


def cut_pieces(docs: Sequence[tuple[Doc, int]], tokenizer: Tokenizer) -> Pieces:
    """The word pieces of parsed paragraphs, each with the code point at which it begins.

    The paragraphs need spaCy's sentences and entities.
    """
    texts = [doc.text for doc, _ in docs]  # once: spaCy builds it anew each time
    encoded = tokenizer.encode_batch(texts, add_special_tokens=False)
    separator = tokenizer.token_to_id("[SEP]")
    rows: list[Ints] = []
    words = sentences = 0
    for (doc, offset), text, encoding in zip(docs, texts, encoded, strict=True):
        begins = [sentence.start_char for sentence in doc.sents] or [0]
        block = _paragraph(doc, text, encoding, begins)
        block[3:5] += offset
        block[5] += words
        block[6] += sentences
        words = int(block[5, -1]) + 1 if block.size else words
        sentences += len(begins)
        end = offset + len(text)
        rows += [block, np.array([[separator, OTHER, 0, end, end, words, sentences - 1]]).T]
        words += 1
    table = np.concatenate(rows, axis=1) if rows else np.zeros((7, 0), dtype=np.int64)
    return Pieces(*table)


def _paragraph(doc: Doc, text: str, encoding: Any, begins: Sequence[int]) -> Ints:
    """The rows of ``Pieces`` for one paragraph, counted from its own beginning."""
    size = len(encoding.ids)
    block = np.zeros((7, size), dtype=np.int64)
    if not size:
        return block
    block[0] = encoding.ids
    block[3:5] = np.array(encoding.offsets, dtype=np.int64).T
    block[5] = numbers = np.array(encoding.word_ids, dtype=np.int64)
    starts, ends = block[3], block[4]
    block[6] = np.maximum(np.searchsorted(begins, starts, side="right") - 1, 0)
    firsts = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1))
    lasts = np.append(firsts[1:], size) - 1
    opening = np.isin(firsts, np.searchsorted(starts, begins))
    words = zip(starts[firsts].tolist(), ends[lasts].tolist(), opening.tolist(), strict=True)
    cases = [case_of(text[start:end], opens) for start, end, opens in words]
    block[1] = np.repeat(cases, lasts - firsts + 1)
    block[2] = _views(doc, starts)
    return block


def case_of(word: str, opens: bool) -> int:
    """The case class of a word; ``opens`` where it begins a sentence."""
    if word.islower():
        return LOWER
    if word.isupper():
        return SINGLE if len(word) == 1 else UPPER
    if word[:1].isupper() and word[1:].islower():
        return SENTENCE_TITLE if opens else TITLE
    if any(c.isalpha() for c in word):
        return MIXED
    return DIGIT if any(c.isdigit() for c in word) else OTHER


def _views(doc: Doc, starts: Ints) -> Ints:
    views = np.zeros(len(starts), dtype=np.int64)
    entities = doc.ents
    edges = np.searchsorted(starts, [(e.start_char, e.end_char) for e in entities])
    for entity, (first, last) in zip(entities, edges.tolist(), strict=True):
        group = OPINIONS.get(entity.label_, _NUMBERS)
        views[first:last] = 2 * group
        views[first : first + 1] = 2 * group - 1
    return views


def windows(pieces: Pieces, size: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Stretches of whole sentences of at most ``size`` pieces that cover a document.

    The next one starts at a sentence at most ``overlap`` pieces before the last one's end, so
    that ties across sentences are seen by one window at least; it starts later where it would
    not reach a sentence further. A sentence that is longer than a window is cut.
    """
    total = len(pieces)
    bounds = np.r_[np.flatnonzero(np.diff(pieces.sentences)) + 1, total]
    start = 0
    while start < total:
        end = min(start + size, total)
        after = int(np.searchsorted(bounds, end, side="right"))
        if after and bounds[after - 1] > start:
            end = int(bounds[after - 1])
        yield start, end
        if end < total:
            earliest = max(end - overlap, int(bounds[after]) - size, start + 1)
            end = min(int(bounds[np.searchsorted(bounds, earliest)]), end)
        start = end
