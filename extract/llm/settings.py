"""The settings of the language model, from the environment: PARTNERGRAPH_LLM_…"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from extract.errors import InputError

_PREFIX = "PARTNERGRAPH_LLM_"
_CHAT = "/chat/completions"
_SAYS_WHERE = "docs/llm-reader.md says how"


class LlmSettings(BaseSettings):
    """Where the model is, what it costs and how it is asked.

    There is no default address: no text leaves the machine unless someone has said where to.
    ``characters`` and ``paragraphs`` are the most that one request takes, ``parallel`` the
    requests under way at once; ``timeout`` is in seconds, ``backoff`` the first wait before
    asking again; prices are per million tokens, in any currency. ``parameters`` go into each
    request as they are, beside model and messages.
    """

    model_config = SettingsConfigDict(
        env_prefix=_PREFIX, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    url: str
    model: str
    key: SecretStr | None = None
    price_in: float = Field(0.0, ge=0, allow_inf_nan=False)
    price_out: float = Field(0.0, ge=0, allow_inf_nan=False)
    timeout: float = Field(120.0, gt=0, le=3600)
    retries: int = Field(4, ge=0, le=20)
    backoff: float = Field(1.0, ge=0, le=60)
    parallel: int = Field(4, ge=1, le=64)
    characters: int = Field(12_000, ge=500, le=1_000_000)
    paragraphs: int = Field(60, ge=1)
    confidence: float = Field(0.8, ge=0, le=1)
    parameters: dict[str, Any] = Field(
        default_factory=lambda: {"temperature": 0, "response_format": {"type": "json_object"}}
    )

    @field_validator("url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        """An http(s) address without a password in it: addresses are shown in messages."""
        parts = urlsplit(url.strip())
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("an address that begins with http:// or https:// is needed")
        if parts.username or parts.password:
            raise ValueError(f"no user or password in it, please: give those as {_PREFIX}KEY")
        parts.port  # noqa: B018  # raises ValueError where it is none
        path = parts.path.rstrip("/")
        path = path if path.endswith(_CHAT) else path + _CHAT
        return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))

    @field_validator("key")
    @classmethod
    def _fit_for_a_header(cls, key: SecretStr | None) -> SecretStr | None:
        """Checked here, because the library's own message would quote the key."""
        if key is None:
            return None
        text = key.get_secret_value().strip()
        if not (text.isascii() and text.isprintable() and " " not in text):
            raise ValueError("it has white space or other characters that no key has")
        return SecretStr(text) if text else None

    @property
    def place(self) -> str:
        """The address as messages show it: without what may stand after a "?"."""
        return self.url.partition("?")[0]


def llm_settings() -> LlmSettings:
    """The settings of the environment.

    Raises InputError that names the first variable at fault, never with its value.
    """
    try:
        return LlmSettings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        name = f"{_PREFIX}{str(first['loc'][0]).upper()}"
        if first["type"] == "missing":
            raise InputError(f"{name} is not set; {_SAYS_WHERE}") from None
        raise InputError(f"{name}: {first['msg']}; {_SAYS_WHERE}") from None
    except SettingsError:  # a variable that should be JSON is none
        raise InputError(f"{_PREFIX}PARAMETERS: no JSON object; {_SAYS_WHERE}") from None
