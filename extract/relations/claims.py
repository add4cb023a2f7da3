"""A claim: a tie that a rule has read in a sentence, before it becomes a statement."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from extract.relations.scene import Party


@dataclass(frozen=True, slots=True)
class Claim:
    """``trigger`` is the word that states the tie; ``attrs`` what the rule itself knows of it.

    ``status`` overrides what the sentence says of modality ("left the firm": ended). ``deal``
    tells claims of one deal from others of the paragraph.
    """

    type: str
    head: Party
    tail: Party
    trigger: Token
    rule: str
    attrs: Mapping[str, str] = field(default_factory=dict)
    status: str = ""
    deal: str = ""
