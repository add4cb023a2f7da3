"""Near-copies are told from other texts by a few numbers of each."""

from __future__ import annotations

from graph.sketch import ALIKE, Sketch

STORY = """
The carmaker said on Tuesday that it would build a second plant in the port city, where it has
made gearboxes since 2011. Its partner, a maker of cells, takes a third of the shares. The two
want to begin in the autumn of next year, with two thousand people at first. The region pays a
tenth of the sum, as it did for the first plant; the mayor spoke of a good day for the harbour.
Analysts had expected the decision since the spring, when both had bought land by the river.
"""
OTHER = """
Researchers of two universities and a hospital have signed an agreement on the study of sleep.
It runs for six years and is paid for by a foundation. The first volunteers are to be asked in
January, most of them nurses who work at night, and all results will be open to everyone.
"""


def test_a_syndicated_text_is_a_near_copy() -> None:
    changed = STORY.replace("Tuesday", "Wednesday")
    copy = f"HAMBURG, 3 March (Agency) -- {changed} Read more on our site."
    assert Sketch.of(STORY).is_near(Sketch.of(copy))


def test_another_text_is_none() -> None:
    assert Sketch.of(STORY).likeness(Sketch.of(OTHER)) < 0.1
    assert not Sketch.of(STORY).is_near(Sketch.of(OTHER))


def test_the_likeness_is_about_the_share_of_runs_in_common() -> None:
    words = [f"word{number}" for number in range(400)]
    whole, part = " ".join(words), " ".join(words[:300])  # 298 of 398 runs
    assert abs(Sketch.of(whole).likeness(Sketch.of(part)) - 298 / 398) < 0.15


def test_it_comes_back_from_its_line() -> None:
    sketch = Sketch.of(STORY)
    assert Sketch.from_text(sketch.to_text()) == sketch
    assert sketch.likeness(sketch) == 1.0
    assert 0 < ALIKE < 1


def test_texts_of_no_or_few_words_have_one_too() -> None:
    assert Sketch.of("").is_near(Sketch.of("  !  "))
    assert not Sketch.of("Hefei").is_near(Sketch.of("Rugao"))
