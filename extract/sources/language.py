"""Is it English? The reader knows no other language."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

SHORTEST = 30
"""Characters below which a language can't be told (py3langid); such a text is accepted."""

_SAMPLE = 5_000
_SURE = 0.5  # of py3langid's calibrated confidence: English sentences full of names stay below


def foreign_language(text: str) -> str:
    """The English name of the language of ``text`` where it is surely not English, else ""."""
    sample = " ".join(text[:_SAMPLE].split())
    if len(sample) < SHORTEST:
        return ""
    code, confidence = _identifier().classify(sample)
    if code in ("en", "zxx") or confidence < _SURE:  # zxx: no language at all
        return ""
    return language_names().get(code, f"the language {code!r}")


@cache
def language_names() -> Mapping[str, str]:
    """ISO 639 code to English name, from ``languages.csv``."""
    text = files("extract.sources").joinpath("languages.csv").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
