"""Questions to a chat-completions endpoint, asked again where that may help, and counted."""

from __future__ import annotations

import json
import random
import threading
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field, ValidationError

from extract.llm.errors import BadAnswerError, NoAnswerError
from extract.llm.post import post
from extract.llm.prompt import Message
from extract.llm.settings import LlmSettings
from extract.llm.usage import Usage

_LONGEST_WAIT = 300.0  # seconds; where an endpoint asks for more, come again another day
_LONGEST_BACKOFF = 60.0  # seconds, where it asks for nothing
_PATIENCE = 3  # questions in a row without an answer; after them each is asked once only


class _Said(BaseModel):
    content: str | None = None


class _Choice(BaseModel):
    message: _Said
    finish_reason: str | None = None


class _Tokens(BaseModel):
    prompt_tokens: int = Field(0, ge=0)
    completion_tokens: int = Field(0, ge=0)


class _Reply(BaseModel):
    """What of a chat completion is used."""

    choices: list[_Choice] = Field(min_length=1)
    usage: Any = None


class ChatClient:
    """Asks the endpoint of ``settings``; several threads may. ``usage`` counts."""

    def __init__(self, settings: LlmSettings, usage: Usage) -> None:
        self.answered = False
        self.usage = usage
        self._settings = settings
        self._lock = threading.Lock()
        self._in_vain = 0

    def ask(self, messages: Sequence[Message], stop: threading.Event, *, again: bool) -> str:
        """What the model says. ``again`` counts the question as asked before; ``stop`` ends
        the waiting.

        Raises NoAnswerError where none came, as often as it was asked; BadAnswerError where it
        is cut off or no chat completion.
        """
        body = json.dumps(
            {
                **self._settings.parameters,
                "model": self._settings.model,
                "messages": list(messages),
                "stream": False,
            }
        ).encode("ascii")
        most = 1 if self._in_vain >= _PATIENCE else 1 + self._settings.retries
        for number in range(most):
            try:
                raw = self._send(body, again=again or number > 0)
            except NoAnswerError as error:
                wait = self._wait(number, error.wait)
                if not error.again or number + 1 == most or wait > _LONGEST_WAIT:
                    self._note(answered=False)
                    raise
                if stop.wait(wait):
                    break
            else:
                return self._content(raw)
        raise NoAnswerError("reading was stopped")

    def _send(self, body: bytes, *, again: bool) -> bytes:
        with self._lock:
            self.usage.requests += 1
            self.usage.retries += again
        return post(self._settings, body)

    def _wait(self, number: int, asked: float | None) -> float:
        """Seconds until the next try: what the endpoint asks for, or twice as long each time;
        and some more by chance, so that what failed together does not come back together."""
        grown = min(self._settings.backoff * 2**number, _LONGEST_BACKOFF)
        least = grown if asked is None else asked
        return least + random.uniform(0, self._settings.backoff)

    def _note(self, *, answered: bool) -> None:
        with self._lock:
            self.answered = self.answered or answered
            self._in_vain = 0 if answered else self._in_vain + 1

    def _content(self, raw: bytes) -> str:
        self._note(answered=True)
        try:
            reply = _Reply.model_validate_json(raw)
        except ValidationError:
            raise BadAnswerError("the endpoint's reply is no chat completion") from None
        self._count(reply.usage)
        choice = reply.choices[0]
        if choice.finish_reason == "length":
            raise BadAnswerError("the model's answer was cut off")
        if not choice.message.content:
            raise BadAnswerError("the model gave an empty answer")
        return choice.message.content

    def _count(self, usage: Any) -> None:
        try:
            tokens = _Tokens.model_validate(usage or {})
        except ValidationError:
            return  # an endpoint that counts in a way of its own
        with self._lock:
            self.usage.tokens_in += tokens.prompt_tokens
            self.usage.tokens_out += tokens.completion_tokens
