"""A question as Neo4j Browser takes it: a ``:param`` line for each parameter, then the Cypher.

Neo4j wants a value for every parameter, also for those that may be left out here. What stands
after ``=>`` is Cypher, so a whole number stays one, which LIMIT needs.
"""

from __future__ import annotations

from collections.abc import Mapping

from queries.parameters import check_parameters
from queries.questions import Question


def write_statement(question: Question, given: Mapping[str, str] | None = None) -> str:
    """The text to paste, with the ``given`` parameters, else with the question's examples.

    What may be left out has its default. Raises QueryError where a parameter given is none.
    """
    examples = {p.name: p.example for p in question.parameters if p.required}
    values = check_parameters(question, {**examples, **(given or {})})
    lines = [f":param {name} => {write_literal(value)};" for name, value in values.items()]
    return "\n".join([*lines, f"{question.cypher.strip()};"])


def write_literal(value: object) -> str:
    """A parameter's value as Cypher writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    text = str(value).replace("\\", "\\\\").replace("'", "\\'")
    return f"'{text}'"
