"""Documents in, readings out, by a language model: the same as ``extract.pipeline.Reader``.

The model proposes; what the text does not bear out, word for word, is not believed.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from extract.errors import InputError
from extract.llm.answers import DocumentAnswer, read_answer
from extract.llm.client import ChatClient
from extract.llm.errors import BadAnswerError, NoAnswerError
from extract.llm.names import NamesInText
from extract.llm.parts import Item, Part, batches, failure
from extract.llm.prompt import messages, part_name
from extract.llm.settings import LlmSettings, llm_settings
from extract.llm.ties import TiesInText
from extract.llm.usage import Usage
from extract.records import Document, Failure, Reading

_Trouble = BadAnswerError | NoAnswerError
_Found = DocumentAnswer | _Trouble
_Waiting = deque[tuple[tuple[Item, ...], "Future[list[_Found]]"]]


class LlmReader:
    """Reads documents with the model that the settings name.

    ``settings`` are the environment's where they are not given. ``usage`` says at any time what
    reading has taken. Raises InputError where a setting is missing or wrong.
    """

    def __init__(self, settings: LlmSettings | None = None) -> None:
        self.settings = settings or llm_settings()
        self.usage = Usage(self.settings.price_in, self.settings.price_out)
        self._client = ChatClient(self.settings, self.usage)

    def read(self, documents: Iterable[Document]) -> Iterator[Reading | Failure]:
        """One reading a document, in order; a failure where no usable answer came on it.

        Several documents share a request, several requests are under way, and no more
        documents are taken than those need. Raises InputError where the endpoint has never
        answered and can't: a wrong key or address.
        """
        stop = threading.Event()
        pool = ThreadPoolExecutor(self.settings.parallel, thread_name_prefix="llm")
        try:
            yield from self._readings(self._in_order(documents, pool, stop))
        finally:
            stop.set()
            pool.shutdown(wait=False, cancel_futures=True)

    def _in_order(
        self, documents: Iterable[Document], pool: ThreadPoolExecutor, stop: threading.Event
    ) -> Iterator[tuple[Part, _Found] | Failure]:
        """Every part with what was found on it, in the order of the documents."""
        waiting: _Waiting = deque()
        limits = (self.settings.characters, self.settings.paragraphs)
        for batch in batches(documents, *limits):
            parts = [item for item in batch if isinstance(item, Part)]
            waiting.append((batch, pool.submit(self._answers, parts, stop)))
            while len(waiting) > self.settings.parallel or (waiting and waiting[0][1].done()):
                yield from _with_items(*waiting.popleft())
        while waiting:
            yield from _with_items(*waiting.popleft())

    def _answers(self, parts: Sequence[Part], stop: threading.Event) -> list[_Found]:
        """What the model says on each part; a part that it answered badly is asked once more,
        alone."""
        asked = [part for part in parts if part.paragraphs]
        if not asked:
            return [_nothing() for _ in parts]
        found = dict(zip(map(id, asked), self._ask(asked, stop, again=False), strict=True))
        for part in asked:
            answer = found[id(part)]
            shorter = isinstance(answer, NoAnswerError) and answer.shorter and len(asked) > 1
            if isinstance(answer, BadAnswerError) or shorter:
                (found[id(part)],) = self._ask([part], stop, again=True)
        return [found.get(id(part)) or _nothing() for part in parts]

    def _ask(self, parts: Sequence[Part], stop: threading.Event, *, again: bool) -> list[_Found]:
        names = [part_name(number) for number in range(len(parts))]
        try:
            content = self._client.ask(messages(parts), stop, again=again)
            answers = read_answer(content, names)
        except (BadAnswerError, NoAnswerError) as error:
            return [error] * len(parts)
        return [answers[name] for name in names]

    def _readings(
        self, found: Iterable[tuple[Part, _Found] | Failure]
    ) -> Iterator[Reading | Failure]:
        held: list[_Found] = []
        for item in found:
            if isinstance(item, Failure):
                yield item
                continue
            part, answer = item
            if isinstance(answer, NoAnswerError) and answer.everywhere:
                self._check_endpoint(answer)
            held.append(answer)
            if part.last:
                yield self._reading(part, held)
                held = []

    def _check_endpoint(self, error: NoAnswerError) -> None:
        """Nothing is lost yet where it has never answered: better to end than to fail each."""
        if not self._client.answered:
            raise InputError(f"language model: {error}")

    def _reading(self, part: Part, found: Sequence[_Found]) -> Reading | Failure:
        document, flat = part.document, part.flat
        answers = []
        for answer in found:
            if isinstance(answer, BadAnswerError):
                advice = "lower PARTNERGRAPH_LLM_CHARACTERS, or take another model"
                return failure(document, f"{answer}, twice; {advice}")
            if isinstance(answer, NoAnswerError):
                return failure(document, str(answer))
            answers.append(answer)
        try:
            names = NamesInText(document, flat, answers)
            ties = TiesInText(document, flat, names, self.settings.confidence)
            statements = ties.statements(answers)
        except Exception as error:  # one document never stops the others
            return failure(
                document, f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            )
        self.usage.dropped.update(ties.dropped)
        return Reading(document, names.entities, statements)


def _with_items(
    batch: Sequence[Item], answered: Future[list[_Found]]
) -> Iterator[tuple[Part, _Found] | Failure]:
    """The batch again, each part with its answer."""
    answers = iter(answered.result())
    for item in batch:
        yield item if isinstance(item, Failure) else (item, next(answers))


def _nothing() -> DocumentAnswer:
    """What a text without prose says; nobody has to be asked for that."""
    return DocumentAnswer(document="", entities=[], ties=[])
