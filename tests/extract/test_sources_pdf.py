"""PDF: lines of a page, back to paragraphs."""

from __future__ import annotations

from extract.sources.lines import Line, join_pages


def page(*lines: str, start: float = 700, step: float = 15) -> list[Line]:
    """Lines one below the other; "" is a space as high as half a line."""
    placed, height = [], start
    for text in lines:
        height -= step if text else step / 2
        if text:
            placed.append(Line(text, height, 11))
    return placed


FULL = "The two firms build a laboratory together in the harbour, and they said"


def test_a_space_parts_paragraphs_and_nothing_else_does() -> None:
    text = join_pages([page(FULL, "so.", "Then they went on.", FULL, "", "New one here.", FULL)])
    assert text == f"{FULL} so. Then they went on. {FULL}\n\nNew one here. {FULL}"


def test_without_spaces_a_short_last_line_parts() -> None:
    lines = [Line(text) for text in (FULL, FULL, "so on Monday.", FULL, FULL)]
    assert join_pages([lines]) == f"{FULL} {FULL} so on Monday.\n\n{FULL} {FULL}"


def test_a_hyphen_at_a_line_end_goes_unless_the_word_has_it() -> None:
    lines = page(
        "A long-term plan for develop-", "ment at Mercedes-", "Benz is a long-", "term one."
    )
    assert join_pages([lines]) == (
        "A long-term plan for development at Mercedes-Benz is a long-term one."
    )


def test_heads_feet_and_page_numbers_are_left_out() -> None:
    bodies = ["The first firm.", "The second one.", "A third."]
    pages = [page("Annual report", body, f"Page {body.count(' ')} of 3") for body in bodies]
    assert join_pages(pages) == "\n\n".join(bodies)


def test_a_paragraph_runs_on_over_the_page() -> None:
    first, second = page(FULL, "1"), page("so on Monday.", "2")
    assert join_pages([first, second]) == f"{FULL} so on Monday."


def test_bullets_are_paragraphs() -> None:
    assert join_pages([page("They agreed:", "• one", "• two")]) == "They agreed:\n\n• one\n\n• two"
