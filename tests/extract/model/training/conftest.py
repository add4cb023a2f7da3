"""Annotated texts and the examples made of them; the network that they train is a tiny one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from extract.model.annotated import read_corpus
from extract.model.training.examples import Example, make_examples

CORPUS = """@ one | wire | plants
{e1:Orbis} opened a plant in {e2:Gdansk}. {e3:Ann Lee} of {e4:Telsa Pumps} denied buying {e1:Orbis}.
--
e1 ORG/firm
e2 LOC/city
e3 PER
e4 ORG/firm
e1 FACILITY_IN e2 | status=in_effect; kind=plant
e3 EMPLOYED_BY e4
no e4 ACQUIRED e1 | why=denied
no e1 COMPETES_WITH e4 | why=other

@ two | wire | partners
{e1:Vega} and {e2:Norvik Marine} will build ships together.
--
e1 ORG/firm
e2 ORG/firm
e1 PARTNERS_WITH e2 | status=planned; kind=production
no e1 MERGED_WITH e2 | why=other
"""

Make = Callable[..., list[Example]]


@pytest.fixture(scope="session")
def records(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The two passages above."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "a.txt").write_text(CORPUS, encoding="utf-8")
    return list(read_corpus(folder))


@pytest.fixture(scope="session")
def passages() -> list[dict[str, Any]]:
    """Every fortieth passage of the corpus."""
    return list(read_corpus())[::40]


@pytest.fixture(scope="module")
def examples(nlp: Any, tokenizer: Any) -> Make:
    """``examples(record, …, size=…)``: the windows of records."""

    def make(*records: dict[str, Any], size: int = 320, overlap: int = 20) -> list[Example]:
        return list(make_examples(records, nlp, tokenizer, size, overlap))

    return make
