"""The errors that partnergraph shows to people: one family, three members.

Every message says what went wrong, where, and what to do next.
"""

from __future__ import annotations


class PartnergraphError(Exception):
    """Anything that partnergraph can explain. ``str(error)`` is one line for a person."""


class InputError(PartnergraphError):
    """A source, a document or a file of records can't be used."""


class StoreError(PartnergraphError):
    """The graph can't be opened, read or written."""


class QueryError(PartnergraphError):
    """A question can't be asked as it stands: unknown name, wrong parameter, faulty Cypher."""
