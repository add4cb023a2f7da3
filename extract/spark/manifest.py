"""What a folder of results was made of, and whether that is what is asked for now."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from extract.errors import InputError
from extract.model.network import WEIGHTS
from extract.pipeline import VENDORED_MODEL
from extract.records import Failure
from extract.spark.folder import Folder
from extract.spark.sources import Source
from extract.spark.worker import Settings

MANIFEST = "manifest.json"
SUCCESS = "_SUCCESS"

# What may have changed since a job began, in words.
_CHANGED = {
    "partnergraph": "the version of partnergraph",
    "weights": "the reader's weights",
    "model": "the spaCy model",
    "min_confidence": "the lowest confidence",
    "sources": "the sources (files, their sizes or times)",
}


def asked_for(settings: Settings, found: Sequence[Source | Failure]) -> dict[str, Any]:
    """What decides what is read and how: the same here, the same readings."""
    model = settings.model or VENDORED_MODEL
    return {
        "partnergraph": _version("partnergraph"),
        "weights": _weights(),
        "model": f"{model} {_version(model)}".strip(),
        "min_confidence": settings.min_confidence,
        "sources": _digest(found),
    }


def check_same(folder: Folder, asked: Mapping[str, Any]) -> dict[str, Any] | None:
    """The manifest of a job that was begun in ``folder``; None where the folder is new or empty.

    Raises InputError where the folder holds something else, or readings of something else.
    """
    text = folder.read(MANIFEST)
    if text is None:
        if folder.names():
            raise InputError(
                f"{folder.uri} holds files that no reading on Spark wrote: name another folder"
            )
        return None
    try:
        manifest = json.loads(text)
        before = manifest["asked"]
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{folder.at(MANIFEST)} is broken: name another folder") from error
    changed = [words for key, words in _CHANGED.items() if before.get(key) != asked[key]]
    if changed:
        raise InputError(
            f"{folder.uri} holds readings of something else, changed since: {', '.join(changed)}; "
            "name another folder, or delete this one to read all again"
        )
    return dict(manifest)


def write_manifest(folder: Folder, manifest: Mapping[str, Any]) -> None:
    """Write the manifest, whole."""
    folder.write(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True, ensure_ascii=False))


def _version(package: str) -> str:
    try:
        return version(package.replace("_", "-"))
    except PackageNotFoundError:
        return ""


def _weights() -> str:
    found = hashlib.sha256()
    for path in sorted(WEIGHTS.iterdir()):
        if path.is_file():
            found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


def _digest(found: Sequence[Source | Failure]) -> str:
    """Of the files, whatever their order, and of what is none."""
    lines = sorted(
        f"{each.uri}\0{each.size}\0{each.modified}"
        if isinstance(each, Source)
        else f"{each.source}\0{each.reason}"
        for each in found
    )
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()[:16]
