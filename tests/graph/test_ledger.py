"""The ledger of a load."""

from __future__ import annotations

from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import StoreError
from graph.ledger import Ledger

_TEXT = st.text(st.characters(codec=None), max_size=4)  # with halves of characters
_RANKS = st.tuples(_TEXT, _TEXT, _TEXT)


def test_an_id_counts_once_a_kind() -> None:
    with closing(Ledger()) as ledger:
        ledger.meet("entities", ["a", "b", "a"])
        ledger.meet("entities", ["b", "c"])
        ledger.meet("deals", ["a"])
        assert (ledger.count("entities"), ledger.count("deals")) == (3, 1)
        assert ledger.count("documents") == 0


@given(st.lists(st.tuples(st.sampled_from("ab"), _RANKS)))
def test_only_what_is_less_than_all_before_is_taken(
    came: list[tuple[str, tuple[str, str, str]]],
) -> None:
    least: dict[str, tuple[str, str, str]] = {}
    with closing(Ledger()) as ledger:
        for id_, rank in came:
            expected = id_ not in least or rank < least[id_]
            assert ledger.is_least(id_, rank) is expected
            least[id_] = min(rank, least.get(id_, rank))


def test_a_full_temporary_folder_is_one_line() -> None:
    with closing(Ledger()) as ledger:
        ledger._file.execute("PRAGMA max_page_count = 20")
        with pytest.raises(StoreError, match="TMPDIR") as error:
            ledger.meet("entities", (f"{number:0200}" for number in range(10_000)))
        assert "\n" not in str(error.value)
