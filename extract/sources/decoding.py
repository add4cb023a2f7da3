"""Bytes to text: byte order marks, UTF-8, then the encodings that English is met in."""

from __future__ import annotations

import codecs
import re

from extract.sources.draft import UnreadableError

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROL = re.compile(b"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HIGH = re.compile(b"[\x80-\xff]")
_STRAY = re.compile("[\udc80-\udcff]")
_SAMPLE = 1 << 16

_SAVE = "save it as UTF-8 text"


def decode(data: bytes) -> str:
    """The text of ``data``.

    A text that is UTF-8 but for a few bytes, or English with a few letters beyond ASCII, is
    read as UTF-8 and Windows-1252 mixed: short English gives charset-normalizer too little to
    choose by ("Luleå" became "Luleĺ"). Only what has many such bytes is put to it.

    Raises UnreadableError for binary data, and where the encoding stays unsure.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding)
    if len(_CONTROL.findall(data[:_SAMPLE])) > len(data[:_SAMPLE]) // 100:
        raise UnreadableError(f"holds binary data, not text; {_SAVE}, or give it its own extension")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_unmarked(data)


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        reason = f"begins as {encoding.upper()} text and is not; {_SAVE}"
        raise UnreadableError(reason) from error


def _decode_unmarked(data: bytes) -> str:
    text = data.decode("utf-8", "surrogateescape")
    if len(_STRAY.findall(text)) <= max(1, len(text) // 8):
        return _STRAY.sub(_windows_1252, text)
    encoding = _guess(data)
    if encoding:
        return data.decode(encoding)
    raise UnreadableError(f"is in an encoding that can't be told with any surety; {_SAVE}")


def _windows_1252(match: re.Match[str]) -> str:
    return bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace")


def _guess(data: bytes) -> str:
    from charset_normalizer import from_bytes

    # a sample of the lines that say something of the encoding, so that a long file costs little
    telling = (line for line in data.splitlines(keepends=True) if _HIGH.search(line))
    sample = b"".join(telling)[:_SAMPLE]
    best = from_bytes(sample).best()
    if best is None or best.chaos > 0.1 or best.coherence < 0.3:
        return ""
    try:
        data.decode(best.encoding)
    except (UnicodeError, LookupError):
        return ""
    return best.encoding
