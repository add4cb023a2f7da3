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

    def first_of_words(self) -> Ints:
        """The rows at which a word begins; separators are none."""
        begins = np.ones(len(self), dtype=bool)
        begins[1:] = self.words[1:] != self.words[:-1]
        return np.flatnonzero(begins & (self.ends > self.starts))


def cut_pieces(docs: Sequence[tuple[Doc, int]], tokenizer: Tokenizer) -> Pieces:
    """The word pieces of parsed paragraphs, each with the code point at which it begins.

    The paragraphs need spaCy's sentences and entities.
    """
    encoded = tokenizer.encode_batch([doc.text for doc, _ in docs], add_special_tokens=False)
    separator = tokenizer.token_to_id("[SEP]")
    rows: list[NDArray[np.int64]] = []
    words = sentences = 0
    for (doc, offset), encoding in zip(docs, encoded, strict=True):
        block = _paragraph(doc, encoding, words, sentences)
        block[3:5] += offset
        end = offset + len(doc.text)
        words = int(block[5, -1]) + 1 if block.size else words
        sentences += max(1, sum(1 for _ in doc.sents))
        gap = np.array([[separator], [OTHER], [0], [end], [end], [words], [sentences - 1]])
        rows += [block, gap]
        words += 1
    table = np.concatenate(rows, axis=1) if rows else np.zeros((7, 0), dtype=np.int64)
    return Pieces(*table)


def _paragraph(doc: Doc, encoding: Any, words: int, sentences: int) -> Ints:
    text = doc.text
    size = len(encoding.ids)
    block = np.zeros((7, size), dtype=np.int64)
    if not size:
        return block
    block[0] = encoding.ids
    offsets = np.array(encoding.offsets, dtype=np.int64)
    block[3], block[4] = offsets[:, 0], offsets[:, 1]
    numbers = np.array(encoding.word_ids, dtype=np.int64)
    block[5] = numbers + words
    starts = np.array([sent.start_char for sent in doc.sents] or [0], dtype=np.int64)
    sentence = np.maximum(np.searchsorted(starts, block[3], side="right") - 1, 0)
    block[6] = sentence + sentences
    firsts = np.flatnonzero(np.r_[True, numbers[1:] != numbers[:-1]])
    ends = np.r_[block[4][firsts[1:] - 1], block[4][-1]]
    opening = np.isin(np.arange(size), np.searchsorted(block[3], starts))
    for first, end, last in zip(firsts, ends, np.r_[firsts[1:], size], strict=True):
        block[1, first:last] = case_of(text[block[3, first] : end], bool(opening[first]))
    block[2] = _views(doc, block[3])
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
    for entity in doc.ents:
        group = OPINIONS.get(entity.label_, _NUMBERS)
        first, last = np.searchsorted(starts, (entity.start_char, entity.end_char))
        views[first:last] = 2 * group
        views[first : first + 1] = 2 * group - 1
    return views


def windows(pieces: Pieces, size: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Stretches of whole sentences of at most ``size`` pieces that cover a document.

    The next one starts at a sentence some ``overlap`` pieces before the last one's end, so
    that ties across sentences are seen by one window at least. A sentence that is longer than
    a window is cut.
    """
    total = len(pieces)
    bounds = np.flatnonzero(np.diff(pieces.sentences)) + 1
    start = 0
    while start < total:
        end = min(start + size, total)
        if end < total:
            inside = bounds[(bounds > start) & (bounds <= end)]
            end = int(inside[-1]) if len(inside) else end
        yield start, end
        if end >= total:
            return
        later = bounds[(bounds >= end - overlap) & (bounds > start) & (bounds <= end)]
        start = int(later[0]) if len(later) else end
