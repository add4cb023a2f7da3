"""Measures of the network: who is central, who brokers, which groups there are, who comes next."""

from __future__ import annotations

from queries.analysis.analyse import analyse, measures

__all__ = ["analyse", "measures"]
