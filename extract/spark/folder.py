"""A folder on whatever file system Spark knows: this machine's, HDFS, S3, by one interface."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from extract.errors import InputError
from extract.spark.session import spark_reason

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Folder:
    """The folder at ``path``, of which ``uri`` is the full address. Names in it use "/".

    Raises InputError, here and in all methods, where the file system refuses.
    """

    def __init__(self, session: SparkSession, path: str) -> None:
        context: Any = session.sparkContext
        self._jvm = context._jvm
        try:
            here = self._jvm.org.apache.hadoop.fs.Path(path)
            self._files = here.getFileSystem(context._jsc.hadoopConfiguration())
            self.uri = str(self._files.makeQualified(here).toString()).rstrip("/")
        except Exception as error:
            raise _refused(path, error) from error

    def at(self, name: str) -> str:
        """The full address of what is called ``name`` here."""
        return f"{self.uri}/{name}"

    def exists(self, name: str) -> bool:
        """Whether there is such a file or folder."""
        return bool(self._do(name, lambda path: self._files.exists(path)))

    def names(self, name: str = "") -> list[str]:
        """What lies in the folder ``name``, sorted, none hidden; [] if it isn't there."""
        if not self.exists(name):
            return []
        found = self._do(name, lambda path: self._files.listStatus(path))
        names = (str(status.getPath().getName()) for status in found)
        return sorted(each for each in names if not each.startswith("."))

    def read(self, name: str) -> str | None:
        """The text of a small file; None where it isn't there."""
        if not self.exists(name):
            return None
        return bytes(self._do(name, self._content)).decode("utf-8")

    def begins(self, name: str, number: int) -> bytes:
        """The first bytes of a file."""
        return bytes(self._do(name, lambda path: self._content(path, number)))

    def write(self, name: str, text: str = "") -> None:
        """Write a small file, which is there whole or not at all."""
        draft = f"{name}.draft"
        self._do(draft, lambda path: self._write(path, text.encode("utf-8")))
        self.remove(name)
        self.move(draft, name)

    def make(self, name: str) -> None:
        """Make the folder ``name``, and those above it."""
        if not self._do(name, lambda path: self._files.mkdirs(path)):
            raise InputError(f"{self.at(name)}: the folder can't be made; name another one")

    def move(self, name: str, target: str) -> None:
        """Give a file or folder another name, which nothing has."""
        to = self._path(target)
        if not self._do(name, lambda path: self._files.rename(path, to)):
            raise InputError(f"{self.at(name)}: can't be moved to {target}; run the job again")

    def remove(self, name: str) -> None:
        """Take away a file or a folder with all in it, if it is there."""
        self._do(name, lambda path: self._files.delete(path, True))

    def _path(self, name: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(self.at(name) if name else self.uri)

    def _do(self, name: str, action: Any) -> Any:
        try:
            return action(self._path(name))
        except Exception as error:
            raise _refused(self.at(name) if name else self.uri, error) from error

    def _content(self, path: Any, most: int = 0) -> bytes:
        stream = self._files.open(path)
        try:
            return bytes(stream.readNBytes(most) if most else stream.readAllBytes())
        finally:
            stream.close()

    def _write(self, path: Any, data: bytes) -> None:
        stream = self._files.create(path, True)
        try:
            stream.write(bytearray(data))
        finally:
            with suppress(Exception):  # what went wrong is raised already
                stream.flush()
            stream.close()


def _refused(where: str, error: Exception) -> InputError:
    return InputError(
        f"{where}: can't be read or written ({spark_reason(error)}); check the address and the "
        "permissions, or name another folder"
    )
