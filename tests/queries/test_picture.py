"""A picture in a notebook: a frame that can reach nothing, and the same in words."""

from __future__ import annotations

import re
from html import unescape

from queries.page import render
from queries.picture import Link, Node, Picture

PICTURE = Picture(
    'Ties of "A" <b>',
    "",
    (Node("a", "Alpha", "Firm"), Node("b", "Beta", "Firm")),
    tuple(
        Link(f"l{i}", "a", "b", "PARTNERS_WITH", "partners with", "planned", 0.9)
        for i in range(12)
    ),
)  # fmt: skip


def test_a_notebook_gets_the_whole_page_in_a_sandbox() -> None:
    html = PICTURE._repr_html_()

    frame = re.fullmatch(
        r'<iframe title="[^"]*" srcdoc="([^"]*)" ([^>]*)></iframe>\n<p>.*</p>', html
    )
    assert frame
    assert unescape(frame[1]) == render(PICTURE)
    assert 'sandbox="allow-scripts allow-downloads allow-popups"' in frame[2]
    assert "allow-same-origin" not in html.replace(frame[1], "")


def test_the_same_in_words() -> None:
    lines = str(PICTURE).splitlines()

    assert lines[0] == 'Ties of "A" <b>: 2 names, 12 ties'
    assert lines[1] == "Alpha partners with Beta (planned)"
    assert (len(lines), lines[-1]) == (12, "and 2 more")
