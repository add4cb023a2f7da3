"""The entities of a document: what the model named and the text has, where it has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.llm.answers import DocumentAnswer, EntityAnswer
from extract.llm.flat import FlatText, squeezed
from extract.llm.prompt import prompt
from extract.ontology import ontology
from extract.records import Document, Entity, Mention


@dataclass(slots=True)
class _Named:
    """An entity on the way: its forms, and the mentions of each."""

    type: str
    subtype: str
    forms: list[str]
    mentions: list[Mention] = field(default_factory=list)
    id: str = ""


class NamesInText:
    """The entities of the answers on a document's parts that its text bears out, in the order
    of their first mention, with ids "e0", "e1", …
    """

    def __init__(
        self, document: Document, flat: FlatText, answers: Sequence[DocumentAnswer]
    ) -> None:
        self._rows: dict[tuple[int, str], _Named] = {}
        named = self._joined(answers)
        _locate(named, document, flat)
        found = sorted((n for n in named if n.mentions), key=lambda n: n.mentions[0].start)
        for number, each in enumerate(found):
            each.id = f"e{number}"
        self.entities = tuple(map(_entity, found))
        self._by_id = {entity.id: entity for entity in self.entities}

    def get(self, answer: int, id_: str) -> Entity | None:
        """What ``id_`` is in the answer of this number; None where the text has no such thing."""
        named = self._rows.get((answer, id_))
        return self._by_id.get(named.id) if named else None

    def _joined(self, answers: Sequence[DocumentAnswer]) -> list[_Named]:
        """Entities of several answers are one where they share a form; within one answer the
        model has told them apart, unless they go by the same first form."""
        known: list[_Named] = []
        earlier: dict[tuple[str, str], _Named] = {}
        for number, answer in enumerate(answers):
            here: dict[tuple[str, str], _Named] = {}
            for row in answer.entities:
                type_, forms = row.type.strip().upper(), _forms(row)
                if not forms or type_ not in {kind.type for kind in ontology().kinds.values()}:
                    continue
                keys = [(type_, form) for form in forms]
                same = here.get(keys[0]) or next((earlier[k] for k in keys if k in earlier), None)
                if same is None:
                    known.append(same := _Named(type_, _subtype(type_, row), []))
                same.forms += [form for form in forms if form not in same.forms]
                here.setdefault(keys[0], same)
                self._rows.setdefault((number, row.id), same)
            for named in known:
                for form in named.forms:
                    earlier.setdefault((named.type, form), named)
        return known


def _forms(row: EntityAnswer) -> list[str]:
    """The names of an answer. Words in small letters ("the company") are none where there is
    one with a capital or a figure."""
    forms = list(dict.fromkeys(form for raw in row.forms if (form := squeezed(raw))))
    spoken = [form for form in forms if any(c.isalpha() or c.isdigit() for c in form)]
    proper = [form for form in spoken if any(c.isupper() or c.isdigit() for c in form)]
    return proper or spoken


def _subtype(type_: str, row: EntityAnswer) -> str:
    kind = ontology().kind_of(type_, (row.subtype or "").strip().lower())
    return (ontology().kind_of(type_, "") if kind.name in prompt().unnamed else kind).subtype


def _locate(named: Iterable[_Named], document: Document, flat: FlatText) -> None:
    """Give each name all its places in the text; one that two share goes to the first."""
    owners: dict[str, _Named] = {}
    for each in named:
        for form in each.forms:
            owners.setdefault(form, each)
    for form, start, end in flat.find_names(list(owners)):
        owners[form].mentions.append(Mention(start, end, document.text[start:end]))


def _entity(named: _Named) -> Entity:
    """The name is the longest way in which the text writes it."""
    written = list(dict.fromkeys(" ".join(mention.text.split()) for mention in named.mentions))
    name = max(written, key=len)
    aliases = tuple(form for form in written if form != name)
    return Entity(named.id, named.type, named.subtype, name, aliases, tuple(named.mentions))
