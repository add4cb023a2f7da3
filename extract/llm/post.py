"""One POST to the endpoint: the bytes that come back, or why none did.

The key goes into one header and nowhere else: redirects are not followed, and what the
endpoint says is quoted without it.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import ssl
import time
import urllib.error
import urllib.request
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from extract.llm.errors import NoAnswerError
from extract.llm.settings import LlmSettings
from extract.sources.characters import clean_line

_BUSY = frozenset({408, 425, 429})  # as are all of 500 and more
_UNFIT = frozenset({400, 413, 422})  # what a request gets that is too long, among others
_LARGEST = 20_000_000  # bytes of a reply
_CHUNK = 65_536
_QUOTED = 200  # characters of what the endpoint says


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any, **__: Any) -> None:
        """None: the key is for the address that it was given for."""


def post(settings: LlmSettings, body: bytes) -> bytes:
    """The endpoint's reply to ``body`` within ``settings.timeout`` seconds.

    Raises NoAnswerError.
    """
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    if settings.key:
        headers["Authorization"] = f"Bearer {settings.key.get_secret_value()}"
    request = urllib.request.Request(settings.url, body, headers)
    end = time.monotonic() + settings.timeout
    try:
        with _opener(settings.url).open(request, timeout=settings.timeout) as response:
            return _read(response, end)
    except urllib.error.HTTPError as error:
        with error:
            raise _refusal(settings, error) from None
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        raise _silence(settings, reason) from None


def _opener(url: str) -> urllib.request.OpenerDirector:
    """Proxies as the environment says, but none on the way to this machine itself."""
    host = urlsplit(url).hostname or ""
    try:
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        local = host == "localhost"
    proxies = [urllib.request.ProxyHandler({})] if local else []
    return urllib.request.build_opener(_NoRedirect, *proxies)


def _read(response: http.client.HTTPResponse, end: float) -> bytes:
    """All of a reply. The socket's own timeout is for each piece, this one for the whole."""
    pieces: list[bytes] = []
    size = 0
    while piece := response.read1(_CHUNK):
        pieces.append(piece)
        size += len(piece)
        if size > _LARGEST:
            raise ValueError(f"a reply of more than {_LARGEST:,} bytes")
        if time.monotonic() > end:
            raise TimeoutError
    return b"".join(pieces)


def _silence(settings: LlmSettings, reason: object) -> NoAnswerError:
    """No reply at all, or half of one."""
    place = settings.place
    if isinstance(reason, TimeoutError):
        return NoAnswerError(
            f"{place} did not answer within {settings.timeout:g} seconds; raise "
            "PARTNERGRAPH_LLM_TIMEOUT or lower PARTNERGRAPH_LLM_CHARACTERS",
            again=True,
        )
    what = reason.strerror if isinstance(reason, OSError) and reason.strerror else str(reason)
    return NoAnswerError(
        f"{place} can't be reached ({_quoted(settings, what)}); check PARTNERGRAPH_LLM_URL and "
        "that the endpoint is up",
        again=not isinstance(reason, ssl.SSLCertVerificationError),
        everywhere=True,
    )


def _refusal(settings: LlmSettings, error: urllib.error.HTTPError) -> NoAnswerError:
    """A reply that is no answer, by its status."""
    status, place = error.code, settings.place
    if status in (401, 403):
        return NoAnswerError(
            f"{place} refused the key ({status}); set PARTNERGRAPH_LLM_KEY to one that it takes",
            everywhere=True,
        )
    if 300 <= status < 400:
        return NoAnswerError(
            f"{place} sends elsewhere ({status}); set PARTNERGRAPH_LLM_URL to the final address",
            everywhere=True,
        )
    said = f"{place} said {status}: {_message(settings, error)}"
    if status in _BUSY or status >= 500:
        return NoAnswerError(
            f"{said}; run it again later", again=True, wait=_retry_after(error.headers)
        )
    return NoAnswerError(
        f"{said}; check PARTNERGRAPH_LLM_URL, PARTNERGRAPH_LLM_MODEL and "
        "PARTNERGRAPH_LLM_PARAMETERS",
        shorter=status in _UNFIT,
        everywhere=status not in _UNFIT,
    )


def _message(settings: LlmSettings, error: urllib.error.HTTPError) -> str:
    """What the endpoint says is wrong, in its own words, shortened."""
    try:
        raw = error.read(_CHUNK).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException):
        raw = ""
    try:
        value = json.loads(raw)["error"]
        raw = str(value["message"] if isinstance(value, dict) else value)
    except (ValueError, LookupError, TypeError, RecursionError):
        pass  # some other form: quoted as it is
    return _quoted(settings, raw or str(error.reason))


def _quoted(settings: LlmSettings, text: str) -> str:
    """Words from outside, on one short line, without the key."""
    key = settings.key.get_secret_value() if settings.key else ""
    shown = clean_line(text.replace(key, "[key]") if key else text)
    return shown if len(shown) <= _QUOTED else shown[: _QUOTED - 1] + "…"


def _retry_after(headers: Any) -> float | None:
    """Seconds to wait, where the endpoint says them, as a number or as a time of day."""
    value = str(headers.get("Retry-After") or "").strip()
    if not value:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return None
