"""An evaluation as one HTML page that asks for nothing: tables, a diagram, every mistake.

There is no script in it, and a Content Security Policy that forbids any.
"""

from __future__ import annotations

import base64
import hashlib
import math
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from extract.evaluation.calibration import Calibration
from extract.evaluation.comparison import Comparison
from extract.evaluation.mistakes import FALSE, MISSED, Mistake, status_words, tie_words
from extract.evaluation.result import TITLES, Evaluation
from extract.writing import result_file

_SIDES = (
    (MISSED, "Missed ties", "Ties of the gold that were not found, each with its words."),
    (FALSE, "False ties", "Ties that were predicted and are not in the gold, surest first."),
)
# Plot of the diagram, as in the template: 300 by 300, its lower left corner at (40, 310).
_SIZE, _LEFT, _BOTTOM, _INSET = 300, 40, 310, 1
# What no page can hold: control characters and lone surrogates.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def render_page(result: Evaluation, comparison: Comparison | None = None) -> str:
    """The page, ending in a line feed; the same evaluation, the same page."""
    styles = _read("page.css")
    html = (
        _environment()
        .get_template("page.html")
        .render(
            result=result,
            comparison=comparison,
            policy=_policy(styles),
            styles=styles,
            titles=TITLES,
            cards=list(_cards(result)),
            statuses=result.statuses(),
            confusion=list(_confusion(result)),
            ticks=list(_ticks()),
            bars=list(_bars(result.calibration)),
            sides=[
                (side, title, note, _by_type(result.mistakes, side)) for side, title, note in _SIDES
            ],
        )
    )
    return _UNWRITABLE.sub("\ufffd", html.strip()) + "\n"


def write_page(result: Evaluation, path: Path, comparison: Comparison | None = None) -> None:
    """Write the page to a file.

    Raises:
        InputError: the file can't be written; the message names it.
    """
    page = render_page(result, comparison)
    with result_file(path) as file:
        file.write(page)


def _cards(result: Evaluation) -> Iterator[tuple[str, str, str]]:
    """The figures to see first: title, figure, what it is made of."""
    for title, rows in (("Ties, F1", result.relations), ("Names, F1", result.mentions_strict)):
        row = rows[-1]
        rates = f"precision {row.precision:.2f}, recall {row.recall:.2f}"
        yield title, f"{row.f1:.2f}", rates if row.predicted or row.gold else "nothing to find"
    doubts, kinds = result.unconfirmed, result.mention_kinds[-1]
    shown = f"{doubts.share:.1%} of the ties predicted; {doubts.total} are in the texts"
    yield (
        "Denied or rumoured ties shown as real",
        f"{doubts.shown} of {doubts.predicted}",
        shown if doubts.predicted else "no tie predicted",
    )
    yield "Traps fallen into", f"{result.fallen} of {result.traps}", "tempting, but not stated"
    yield (
        "Status right",
        _rate(result.accuracy, result.status_known),
        f"{result.status_right} of {result.status_known} ties found",
    )
    yield (
        "Kind right",
        _rate(kinds.share, kinds.matched),
        f"{kinds.right} of {kinds.matched} names found",
    )
    yield (
        "Calibration error",
        _rate(result.calibration.error, result.calibration.ties),
        f"over {result.calibration.ties} ties",
    )


def _confusion(result: Evaluation) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """A row a gold status: the ties read with each status, shaded by their share of the row."""
    statuses = result.statuses()
    for gold in statuses:
        ties = [result.confused(gold, predicted) for predicted in statuses]
        if whole := sum(ties):
            yield (
                gold,
                [
                    {"ties": count, "heat": math.ceil(4 * count / whole), "right": gold == read}
                    for count, read in zip(ties, statuses, strict=True)
                ],
            )


def _ticks() -> Iterator[dict[str, Any]]:
    for fifth in range(6):
        far = _SIZE * fifth // 5
        yield {"x": _LEFT + far, "y": _BOTTOM - far, "label": f"{fifth / 5:.1f}"}


def _bars(calibration: Calibration) -> Iterator[dict[str, Any]]:
    """A bar a bin that has ties, as high as they are right; its dot at their mean confidence."""
    for each in calibration.bins:
        if each.ties:
            height = round(_SIZE * each.share, 1)
            yield {
                "x": round(_LEFT + _SIZE * each.low + _INSET, 1),
                "y": round(_BOTTOM - height, 1),
                "height": height,
                "middle": round(_LEFT + _SIZE * each.confidence, 1),
                "title": f"confidence {each.low} to {each.high}: {each.right} of {each.ties} right",
            }


def _by_type(mistakes: Iterable[Mistake], side: str) -> list[tuple[str, list[Mistake]]]:
    """The mistakes of one side by type, the surest of each first."""
    types: dict[str, list[Mistake]] = {}
    for mistake in sorted(mistakes, key=lambda each: -(each.confidence or 0)):
        if mistake.side == side:
            types.setdefault(mistake.type, []).append(mistake)
    return sorted(types.items())


def _rate(value: float, known: object = True) -> str:
    """A share with two digits; a dash where there was nothing to take a share of."""
    return f"{value:.2f}" if known else "–"


def _policy(styles: str) -> str:
    digest = base64.b64encode(hashlib.sha256(styles.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.FunctionLoader(_read),
    )
    environment.filters["source"] = Markup  # the only door past the escaping: our own styles
    environment.filters["rate"] = _rate
    environment.filters["label"] = tie_words
    environment.filters["status"] = status_words
    return environment


@cache
def _read(name: str) -> str:
    text = files("extract.evaluation").joinpath(name).read_bytes().decode("utf-8")
    return text.replace("\r\n", "\n")
