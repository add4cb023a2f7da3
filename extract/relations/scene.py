"""One parsed paragraph with its names: which entities a token stands for.

Everything that rules ask of grammar is here: coordination, apposition, relative clauses,
lists ("rivals, including X"), metonymy ("engineers at X"), and reference by pronoun or noun.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from extract.passages import Name, Passage
from extract.records import Span
from extract.relations.clauses import SUBJECTS, subject_of, verb_over
from extract.relations.discourse import Discourse, Focus
from extract.relations.lists import surface_lists

_RELATIVES = frozenset({"which", "that", "who", "whom", "whose"})
_PERSONAL = frozenset({"he", "she", "his", "her", "him"})
_IMPERSONAL = frozenset({"it", "its"})
_PLURAL = frozenset({"they", "their", "them"})
_SHARES = frozenset({"each", "both", "all", "most", "one", "part"})


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a tie: the entity, the token that stands for it, and the sentence that a
    pronoun or noun leads back to (None where the entity is named here)."""

    entity: str
    token: Token
    via: Span | None = None
    nominal: bool = False


class Scene:
    """A paragraph as rules see it.

    ``text`` is the document's, which the passage may have blanks of; ``extra`` are counted
    groups, named by a noun phrase.
    """

    def __init__(
        self, passage: Passage, discourse: Discourse, text: str, extra: Collection[Name] = ()
    ) -> None:
        self.text = text
        self.doc = passage.doc
        self.offset = passage.offset
        self.discourse = discourse
        self.words = discourse.words
        self.names = sorted([*passage.names, *extra], key=lambda name: name.start)
        self._at = {i: name for name in self.names for i in range(name.start, name.end)}
        self._lists = surface_lists(self.doc, self.names, discourse)

    def name_at(self, token: Token) -> Name | None:
        """The name that the token is part of."""
        return self._at.get(token.i)

    def type_of(self, name: Name) -> str:
        """Record type of the entity that a name names."""
        return self.discourse.entities[name.entity].type

    def head(self, name: Name) -> Token:
        """The token of a name that the rest of the sentence hangs on."""
        return self.doc[name.start : name.end].root

    def span(self, tokens: Tokens) -> Span:
        """Where tokens stand in the document."""
        start, end = self.offset + tokens.start_char, self.offset + tokens.end_char
        return Span(start, end, self.text[start:end])

    def denote(
        self,
        token: Token | None,
        types: Collection[str],
        through: Collection[str] = (),
        but: Collection[str] = (),
    ) -> list[Party]:
        """The entities of these types that the phrase headed by a token stands for.

        ``but`` are entities that a pronoun or noun can't refer back to: "A is its rival".
        """
        if token is None:
            return []
        name = self.name_at(token)
        if name:
            return [
                Party(each.entity, self.head(each))
                for each in self.coordinated(name)
                if self.type_of(each) in types
            ] or self._represented(name, types, through)
        lower = token.lower_
        if lower in _RELATIVES:
            return self._antecedent(token, types)
        listed = self._listed(token, types)
        if listed:
            return listed
        if lower in _SHARES and (whole := self._child(token, "of")):
            return self.denote(whole, types)
        if token.lemma_.lower() in through or lower in through:
            owners = self.owners(token, types) or self._owner_of_site(token, types)
            if owners:
                return owners
        joined = [
            party
            for other in token.conjuncts
            if self.name_at(other)
            for party in self.denote(other, types)
        ]
        return self._referred(token, types, but) + joined

    def _represented(
        self, name: Name, types: Collection[str], through: Collection[str]
    ) -> list[Party]:
        """The state that a person in office acts for: "Jane Roe, the UK's science minister"."""
        if self.type_of(name) != "PER" or "LOC" not in types:
            return []
        head = self.head(name)
        for noun in (*head.children, head.head):
            if noun.lemma_.lower() in through and noun.dep_ in ("appos", "nmod", "compound"):
                return self.owners(noun, ("LOC",))[:1]
        return []

    def owners(self, token: Token, types: Collection[str]) -> list[Party]:
        """Whose a noun is: "X's unit", "a unit of X", "the X unit", "engineers at X"."""
        for child in token.children:
            if child.dep_ == "poss":
                return self.denote(child, types)
        for preposition in ("of", "at", "from"):
            pobj = self._child(token, preposition)
            found = self.denote(pobj, types) if pobj is not None else []
            if found:
                return found
        return self.before(token, types)

    def before(self, token: Token, types: Collection[str]) -> list[Party]:
        """The name that modifies a noun from the left: "the X unit", "X chief executive"."""
        i = token.i - 1
        while i >= token.sent.start and token.i - i < 7:
            left = self.doc[i]
            name = self.name_at(left)
            if name and self.type_of(name) in types:
                return [Party(name.entity, self.head(name))]
            if name is None and not (
                left.pos_ in ("ADJ", "NOUN", "PROPN", "NUM") or left.lower_ in ("-", "and", "&")
            ):
                return []
            i = (name.start if name else i) - 1
        return []

    def coordinated(self, name: Name) -> list[Name]:
        """A name with those it stands in a list with, in order."""
        run = set(self._lists.get(name, (name,)))
        for other in self.head(name).conjuncts:
            joined = self.name_at(other)
            if (
                joined
                and self.type_of(joined) == self.type_of(name)
                and self._no_verb(name, joined)
            ):
                run.add(joined)
                run.update(self._lists.get(joined, ()))
        return sorted(run, key=lambda each: each.start)

    def lemma(self, token: Token) -> str:
        """The lemma; for the root of a hyphenated word that the tokeniser took apart, all of it:
        "co-operation", "tie-up", "spin-off"."""
        for start in (token.i - 2, token.i):
            if start >= 0 and start + 2 < len(self.doc) and self.doc[start + 1].lower_ == "-":
                word = self.doc[start : start + 3]
                whole = f"{word[0].lower_}-{word[2].lemma_.lower()}"
                if word.root == token and whole in self.words.hyphenated:
                    return whole
        return token.lemma_.lower()

    def focus(self, sentence: Tokens) -> Focus:
        """What a sentence leaves in mind for the next one."""
        names = tuple(
            name.entity for name in self.names if sentence.start <= name.start < sentence.end
        )
        subjects: tuple[str, ...] = ()
        for token in sentence:
            if token.dep_ in SUBJECTS and token.lower_ not in _RELATIVES:
                parties = self.denote(token, ("ORG", "PER"))
                if parties:
                    subjects = (*subjects, *(party.entity for party in parties))
                    if len(subjects) > 1:
                        break
        return Focus(
            self.span(sentence),
            tuple(dict.fromkeys(subjects)),
            (*names, *self._spoken_of(sentence)),
        )

    def _spoken_of(self, sentence: Tokens) -> Iterator[str]:
        """The organisations that a sentence has only a noun for: "the German company"."""
        for token in sentence:
            if token.tag_ == "NN" and not self.name_at(token) and self._definite(token):
                noun = token.lemma_.lower()
                if self.discourse.kinds_of(noun):
                    yield from (party.entity for party in self._referred(token, ("ORG",)))

    def _no_verb(self, one: Name, other: Name) -> bool:
        left, right = sorted((one, other), key=lambda name: name.start)
        return not any(token.pos_ in ("VERB", "AUX") for token in self.doc[left.end : right.start])

    def _child(self, token: Token, preposition: str) -> Token | None:
        for child in token.children:
            if child.dep_ == "prep" and child.lower_ == preposition:
                return next((below for below in child.children if below.dep_ == "pobj"), None)
        return None

    def _antecedent(self, token: Token, types: Collection[str]) -> list[Party]:
        clause = next((up for up in token.ancestors if up.dep_ == "relcl"), None)
        noun = clause.head if clause is not None else None
        if noun is None or noun.i >= token.i:
            return []
        name = self.name_at(noun)
        if name is None and noun.dep_ == "appos":
            name = self.name_at(noun.head)
        if name is None:
            return self._listed(noun, types) or self._referred(noun, types)
        nearest = max(
            (each for each in self.coordinated(name) if each.end <= token.i),
            key=lambda each: each.end,
            default=name,
        )
        if self.type_of(nearest) not in types:
            return []
        return [Party(nearest.entity, self.head(nearest))]

    def _listed(self, token: Token, types: Collection[str]) -> list[Party]:
        """Names that a noun introduces: "the carmaker, X", "firms such as X and Y"."""
        found: list[Party] = []
        for child in token.children:
            if child.dep_ == "appos":
                named = self.name_at(child)
            elif child.lower_ in self.words.lists or (
                child.lower_ == "as" and child.i and self.doc[child.i - 1].lower_ == "such"
            ):
                named = next(
                    (hit for below in child.children if (hit := self.name_at(below))), None
                )
            else:
                named = None
            if named and self.type_of(named) in types:
                found += [Party(each.entity, self.head(each)) for each in self.coordinated(named)]
        return found

    def _referred(
        self, token: Token, types: Collection[str], but: Collection[str] = ()
    ) -> list[Party]:
        lower = token.lower_
        here = [entity for entity in self._earlier(token) if entity not in but]
        if lower in _PERSONAL:
            person = self.discourse.person(here, lower) if "PER" in types else None
            return [Party(person[0], token, person[1], True)] if person else []
        if "ORG" not in types:
            return []
        plural = lower in _PLURAL or (
            lower in ("both", "two", "pair", "duo")
            or (
                token.tag_ == "NNS"
                and token.lemma_.lower() in self.words.plurals
                and self._definite(token)
            )
        )
        if plural and (together := self._together(token)):
            return [
                Party(each.entity, token, None, True)
                for each in together
                if self.type_of(each) in types
            ]
        if plural and (both := self.discourse.several()):
            return [Party(entity, token, both[1], True) for entity in both[0]]
        if lower in _IMPERSONAL or lower in _PLURAL:
            found = self.discourse.organisation(here)
            if found and not self._is_firm(found[0]):  # "the firm works with X at its laboratory"
                over = [each for each in self._subjects_over(token) if each not in but]
                firms = [each for each in over if self._is_firm(each)]
                found = self.discourse.organisation([*firms, *here])
        elif token.tag_ == "NN" and self._definite(token):
            apart = {*but, *self._subjects_over(token)}
            here = [entity for entity in here if entity not in apart]
            noun = token.lemma_.lower()
            found = self.discourse.organisation(here, noun, self.country(token), apart)
        else:
            return []
        return [Party(found[0], token, found[1], True)] if found else []

    def _is_firm(self, entity: str) -> bool:
        return self.discourse.entities[entity].subtype == "firm"

    def _together(self, token: Token) -> list[Name]:
        """ "A and B said they …": the subjects of the clause over a plural pronoun."""
        for up in token.ancestors:
            for child in up.children:
                if child.dep_ in SUBJECTS and child.i < token.i and (name := self.name_at(child)):
                    run = self.coordinated(name)
                    if len(run) > 1:
                        return run
        return []

    def _subjects_over(self, token: Token) -> list[str]:
        """The organisations that are subject of the clause in which a noun phrase is no subject:
        "X sold the company" is about two of them."""
        verb = verb_over(token)
        if verb is None:
            return []
        for up in (token, *token.ancestors):
            if up == verb:
                break
            if up.dep_ in SUBJECTS:
                return []
        subject = subject_of(verb)
        return [party.entity for party in self.denote(subject, ("ORG",))]

    def is_clear(self, token: Token) -> bool:
        """Whether a noun phrase that refers back can mean one organisation of the text only,
        or is a subject, which goes on with the subject before it."""
        if token.dep_ in SUBJECTS:
            return True
        apart = self._subjects_over(token)
        here = [entity for entity in self._earlier(token) if entity not in apart]
        noun, country = token.lemma_.lower(), self.country(token)
        return len(self.discourse.candidates(here, noun, country, apart)) == 1

    def _owner_of_site(self, token: Token, types: Collection[str]) -> list[Party]:
        """Whose "the new factory" is, where the text has told of one."""
        if "ORG" not in types or not self._definite(token):
            return []
        found = self.discourse.owner_of(token.lemma_.lower())
        return [Party(found[0], token, found[1], True)] if found else []

    def country(self, token: Token) -> str:
        """The country that an adjective before a noun gives: "the Swedish company"."""
        for child in token.children:
            if child.i < token.i and (known := self.words.demonyms.get(child.lower_)):
                return known
        return ""

    def _definite(self, token: Token) -> bool:
        lefts = [child.lower_ for child in token.children if child.i < token.i]
        if not ("the" in lefts or "this" in lefts or "these" in lefts):
            return False
        if any(child.dep_ in ("relcl", "prep", "acl") for child in token.rights):
            return False  # "the company that …" is described here, not referred to
        return not any(self.name_at(child) for child in token.children)

    def _earlier(self, token: Token) -> list[str]:
        """The entities named before a token in its sentence: governing subjects first."""
        found: list[str] = []
        for up in token.ancestors:
            for child in up.children:
                if child.dep_ in SUBJECTS and child.i < token.i and (name := self.name_at(child)):
                    found.append(name.entity)
        start = token.sent.start
        found += [name.entity for name in self.names if start <= name.start and name.end <= token.i]
        return list(dict.fromkeys(found))
