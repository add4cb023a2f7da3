"""Adjectives and nouns of nations and regions: they qualify a name and are no place themselves."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def demonyms() -> Mapping[str, str]:
    """ "Swedish" → "Sweden"; "" for those that name no one country ("Nordic", "Catholic")."""
    text = files("extract").joinpath("demonyms.csv").read_text(encoding="utf-8")
    return {row["demonym"]: row["country"] for row in csv.DictReader(text.splitlines())}
