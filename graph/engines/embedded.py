"""ArcadeDB inside this process, spoken to over Bolt on the loopback interface.

Each start has passwords of its own, drawn at random and written (hashed) into the folder
before the engine reads them: the ones of an earlier start would fail every login. The
second user, ``reader``, belongs to a group that may only read records, so every write that
comes in through it is refused by the engine.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import secrets
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import StoreError
from graph.engines import hush_driver
from graph.engines.folder import FolderLock, prepare

if TYPE_CHECKING:
    from neo4j import Driver

DATABASE = "partnergraph"
_START_ATTEMPTS = 3  # a free port may be taken by someone else before the engine binds it
_ITERATIONS = 1000  # the passwords are 256 random bits: stretching them adds nothing
_RECORDS = {"*": {"access": ["createRecord", "readRecord", "updateRecord", "deleteRecord"]}}
_ADMIN = ["updateSecurity", "updateSchema", "updateDatabaseSettings"]


class EmbeddedEngine:
    """The engine of one folder. Raises StoreError where it can't be started."""

    name = "embedded"
    database: str | None = DATABASE
    stops_slow_queries = False
    queues_writers = False
    documents_at_once = 500  # more take memory and save no time

    def __init__(self, folder: Path) -> None:
        prepare(folder)
        self._lock = FolderLock(folder)
        self._lock.take()
        self._drivers: list[Driver] = []
        self._server: Any = None
        try:
            self._start(folder)
        except BaseException:
            self.close()
            raise

    def _start(self, folder: Path) -> None:
        hush_driver()
        _hush_engine()
        import arcadedb

        self.version = str(arcadedb.ENGINE_VERSION)
        _prune_events(folder / "log")
        passwords = {"root": secrets.token_urlsafe(32), "reader": secrets.token_urlsafe(32)}
        _write_users(folder / "config", passwords)
        port = self._serve(arcadedb, folder, passwords["root"])
        self.writer = self._connect(port, "root", passwords)
        self.reader = self._connect(port, "reader", passwords)

    def _serve(self, arcadedb: Any, folder: Path, password: str) -> int:
        for attempt in range(1, _START_ATTEMPTS + 1):
            port = _free_port()
            server = arcadedb.create_server(str(folder), password, _settings(port))
            try:
                server.start()
                # Kept: the handle closes the database when it is collected.
                self._handle = server.create_database(DATABASE)
                self._handle.set_wal_flush("yes_nometadata")
            except arcadedb.ArcadeDBError as error:
                with contextlib.suppress(arcadedb.ArcadeDBError):
                    server.stop()
                if "bind" in str(error).lower() and attempt < _START_ATTEMPTS:
                    continue
                raise StoreError(_start_failure(folder, str(error))) from error
            self._server = server
            return port
        raise AssertionError("unreachable")

    def _connect(self, port: int, user: str, passwords: dict[str, str]) -> Driver:
        from neo4j import GraphDatabase

        driver = GraphDatabase.driver(
            f"bolt://127.0.0.1:{port}",
            auth=(user, passwords[user]),
            telemetry_disabled=True,
            max_transaction_retry_time=5.0,
        )
        self._drivers.append(driver)
        return driver

    def close(self) -> None:
        """Stop the engine and free the folder; a second call does nothing."""
        while self._drivers:
            with contextlib.suppress(Exception):  # a talk cut short; the line is dropped anyway
                self._drivers.pop().close()
        server, self._server = self._server, None
        if server is not None:
            with contextlib.suppress(Exception):  # nothing a person could do at this point
                server.stop()
        self._lock.release()


def _hush_engine() -> None:
    """Keep the engine's log off the terminal; read once, at the engine's first call."""
    from platformdirs import user_log_path

    os.environ.setdefault("ARCADEDB_LOG_CONSOLE", "0")
    os.environ.setdefault("ARCADEDB_LOG_DIR", str(user_log_path("partnergraph", appauthor=False)))


def _settings(port: int) -> dict[str, object]:
    # "development" hands the engine's error messages to the client ("production" hides
    # them); what production adds, the flush of the log at commit, is switched on by hand.
    return {
        "mode": "development",
        "host": "127.0.0.1",
        "http_port": _free_port(),
        "bolt_port": port,
        "server_plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _write_users(config: Path, passwords: dict[str, str]) -> None:
    groups = {
        "admin": _group(_ADMIN, _RECORDS),
        "reader": _group([], {"*": {"access": ["readRecord"]}}),
        "*": _group([], {"*": {"access": []}}),
    }
    users = [("root", "admin"), ("reader", "reader")]
    try:
        config.mkdir(exist_ok=True)
        (config / "server-groups.json").write_text(
            json.dumps({"databases": {"*": {"groups": groups}}, "version": 2}), encoding="utf-8"
        )
        (config / "server-users.jsonl").write_text(
            "".join(
                json.dumps(
                    {"name": name, "databases": {"*": [group]}, "password": _hash(passwords[name])}
                )
                + "\n"
                for name, group in users
            ),
            encoding="utf-8",
        )
    except OSError as error:
        raise StoreError(
            f"can't write to {config} ({error.strerror}): choose another folder with --db"
        ) from None


def _group(access: list[str], types: object) -> dict[str, object]:
    return {"resultSetLimit": -1, "readTimeout": -1, "access": access, "types": types}


def _hash(password: str) -> str:
    salt = base64.b64encode(secrets.token_bytes(32)).decode()
    key = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), _ITERATIONS, 32)
    return f"PBKDF2WithHmacSHA256${_ITERATIONS}${salt}${base64.b64encode(key).decode()}"


def _prune_events(log: Path) -> None:
    """Remove the event logs of earlier starts: one is written each time and none is read."""
    for path in log.glob("server-event-log-*.jsonl"):
        with contextlib.suppress(OSError):
            path.unlink()


def _start_failure(folder: Path, reason: str) -> str:
    if "LockException" in reason:
        return f"the graph in {folder} is in use by another process: wait until it ends"
    line = reason.splitlines()[0] if reason else "no reason given"
    return (
        f"the embedded engine can't open {folder} ({line}): "
        "restore the folder from a copy, or name a new one with --db and load again"
    )
