"""From what a person names to the files it stands for, and a Failure for what is none."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path, PurePath

from extract.records import Failure
from extract.sources.characters import clean_line
from extract.sources.draft import UnreadableError
from extract.sources.folder import walk

_WEB_ADDRESS = re.compile(r"^https?://", re.I)


def find_files(source: str, extensions: Collection[str]) -> Iterator[Path | Failure]:
    """The files that ``source`` stands for: itself, or all below it where it is a folder.

    Of a kind that is not among ``extensions`` (".txt", …), a file is a Failure: "failed" where
    it was named, "skipped" where it was met in a folder. A named file without any extension is
    taken. Nothing is opened, and nothing raises.
    """
    path = Path(source)
    name = clean_line(path.as_posix())
    try:
        if path.is_dir():
            yield from _in_folder(path, name, extensions)
        else:
            yield _named(path, source, extensions)
    except UnreadableError as error:
        yield Failure(name, str(error), error.status)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        yield Failure(name, unopened(error))


def _named(path: Path, source: str, extensions: Collection[str]) -> Path:
    if _WEB_ADDRESS.match(source):
        raise UnreadableError("nothing is fetched from the web; save the page as .html and name it")
    if not path.exists():
        raise UnreadableError(
            "a link to nothing; mend the link or name the file itself"
            if path.is_symlink()
            else "there is no such file or folder; check the path"
        )
    if (extension := extension_of(path)) and extension not in extensions:
        raise UnreadableError(unknown(path, extensions))
    return path


def _in_folder(path: Path, name: str, extensions: Collection[str]) -> Iterator[Path | Failure]:
    found = None
    for found in walk(path):
        yield found if isinstance(found, Failure) else _met(found, extensions)
    if found is None:
        yield Failure(name, "the folder is empty", "skipped")


def _met(path: Path, extensions: Collection[str]) -> Path | Failure:
    """A file met in a folder: of an unknown kind, it is passed over."""
    name = clean_line(path.as_posix())
    try:
        if extension_of(path) not in extensions:
            return Failure(name, unknown(path, extensions), "skipped")
        if path.exists() and not path.is_file():
            return Failure(name, "not a regular file", "skipped")
        return _named(path, str(path), extensions)
    except UnreadableError as error:
        return Failure(name, str(error), error.status)
    except (OSError, ValueError) as error:
        return Failure(name, unopened(error))


def extension_of(path: PurePath) -> str:
    """The extension in lower case, that of the packed file where it is packed."""
    packed = path.suffix.lower() == ".gz"
    return (path.with_suffix("") if packed else path).suffix.lower()


def unknown(path: PurePath, extensions: Collection[str]) -> str:
    """Why a file of another kind is not read."""
    return f"files of type {path.suffix} are not read; save it as one of {' '.join(extensions)}"


def unopened(error: OSError | ValueError) -> str:
    """Why a file can't be opened."""
    what = getattr(error, "strerror", None) or str(error)
    return f"can't be opened ({what}); check the path and its permissions"
