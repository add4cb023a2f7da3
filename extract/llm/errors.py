"""What may come of a question instead of an answer; inside this package only.

``LlmReader`` makes failures of documents of them, or an InputError.
"""

from __future__ import annotations


class BadAnswerError(Exception):
    """An answer, or what it has on one document, that can't be used. One line that says why."""


class NoAnswerError(Exception):
    """No answer came. One line that says why, and what to do.

    ``again``: the same may be answered later, after ``wait`` seconds where the endpoint says so.
    ``shorter``: a shorter request may be answered. ``everywhere``: no request will be.
    """

    def __init__(
        self,
        reason: str,
        *,
        again: bool = False,
        wait: float | None = None,
        shorter: bool = False,
        everywhere: bool = False,
    ) -> None:
        super().__init__(reason)
        self.again = again
        self.wait = wait
        self.shorter = shorter
        self.everywhere = everywhere
