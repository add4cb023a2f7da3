"""The graph's store: one door to an embedded engine in a folder or to a Neo4j server.

with Store.open("./partnergraph.db") as store:
    for record in store.read("MATCH (e:Firm) RETURN e.name AS name"):
        print(record["name"])
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from extract.errors import PartnergraphError, QueryError, StoreError
from graph.columns import column_names
from graph.engines.server import SCHEMES, ServerEngine, chain, shown
from graph.guard import check_reading

if TYPE_CHECKING:
    from types import TracebackType

    from neo4j import ManagedTransaction, Record, Transaction

    from graph.engines import Engine

T = TypeVar("T")
_FETCH = 1000
_CONFLICT_ATTEMPTS = 5
_OUT_OF_MEMORY = "OutOfMemory"


class TransactionTooLargeError(StoreError):
    """A transaction needs more memory than the server gives to one: do it in parts."""


class Rows(list["Record"]):
    """The records of an answer. ``columns`` are their names, also where there are none;
    ``truncated`` tells that ``limit`` left some out."""

    def __init__(self, records: list[Record], columns: list[str], truncated: bool = False) -> None:
        super().__init__(records)
        self.columns = tuple(columns)
        self.truncated = truncated

    def keys(self) -> tuple[str, ...]:
        """The names of the columns, in the query's order."""
        return self.columns


class Store:
    """An open graph. Close it, or use it in a ``with`` statement.

    ``share`` tells that it may be put beside other data in one database; ``restoring`` that
    it may be half there, for it is being restored.
    """

    def __init__(self, engine: Engine, address: str, share: bool = False) -> None:
        self.engine = engine
        self.address = address
        self.share = share
        self.restoring = False
        self._closing = weakref.finalize(self, engine.close)  # runs at exit at the latest

    @classmethod
    def open(
        cls,
        uri: str | Path,
        *,
        user: str | None = None,
        password: str | None = None,
        database: str | None = None,
        create: bool = True,
        share: bool = False,
        restoring: bool = False,
    ) -> Store:
        """Open the graph at ``uri``: a folder (embedded), or an address such as
        bolt://host:7687 or neo4j+s://host with ``user`` and ``password``.

        A folder that is not there is made, unless ``create`` is false: a question to a graph
        whose name was mistyped must not make an empty one. Loading into a database that holds
        other data is refused, unless ``share`` is true. ``restoring`` opens one in which a
        restore was broken off, for the next one.

        Raises StoreError, one line that says what to do: no server, wrong password, a folder
        in use or with other files, a graph written by a newer version, …
        """
        from graph.schema import check_version

        store = cls(*_start(uri, user, password, database, create), share=share)
        store.restoring = restoring
        try:
            check_version(store)
        except BaseException:
            store.close()
            raise
        return store

    def read(
        self,
        cypher: str,
        parameters: Mapping[str, Any] | None = None,
        *,
        timeout: float | None = None,
        limit: int | None = None,
    ) -> Rows:
        """Run a query that can't write: the engine refuses it, and LOAD CSV is refused here.

        ``limit`` is the most rows taken, ``timeout`` in seconds. Raises QueryError where the
        query is faulty, writes or takes too long, StoreError where the engine is gone.
        """
        check_reading(cypher)

        def work() -> Rows:
            return self._fetch(cypher, dict(parameters or {}), timeout, limit)

        if timeout is None or self.engine.stops_slow_queries:
            return self._guarded(work)
        return _within(timeout, lambda: self._guarded(work))

    def stream(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Iterator[Record]:
        """The records of one of our own reading queries, as they come: for more than memory
        holds. Raises StoreError, QueryError."""
        with self.engine.reader.session(
            database=self.engine.database, default_access_mode="READ", fetch_size=_FETCH
        ) as session:
            result = iter(self._guarded(lambda: session.run(cypher, dict(parameters or {}))))
            while (record := self._guarded(lambda: next(result, None))) is not None:
                yield record

    def write(self, cypher: str, parameters: Mapping[str, Any] | None = None) -> Rows:
        """Run one writing query in a transaction of its own. Raises StoreError, QueryError."""

        def work(tx: ManagedTransaction) -> Rows:
            result = tx.run(cypher, dict(parameters or {}))
            return Rows(list(result), list(result.keys()))

        return self.transact(work)

    def transact(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Run ``work`` in one transaction, all or nothing; it may run again after a conflict
        with another writer, so it must depend on what it reads in the transaction alone.

        Raises TransactionTooLargeError; at once where ``work`` meets it, though the driver
        would try that again."""
        from neo4j.exceptions import ConstraintError, TransientError

        def once(tx: ManagedTransaction) -> T:
            try:
                return work(tx)
            except TransientError as error:
                if _OUT_OF_MEMORY not in (error.code or ""):
                    raise
                raise TransactionTooLargeError(_too_large(self.address)) from error

        def attempt() -> T:
            with self.engine.writer.session(database=self.engine.database) as session:
                return session.execute_write(once)

        for _ in range(_CONFLICT_ATTEMPTS - 1):
            try:
                return self._guarded(attempt, ConstraintError, writing=True)
            except ConstraintError:
                continue
        return self._guarded(attempt, writing=True)

    def consult(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Run ``work``, of our own reading queries, in one transaction that can't write."""

        def attempt() -> T:
            with self.engine.reader.session(database=self.engine.database) as session:
                return session.execute_read(work)

        return self._guarded(attempt)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Let no other writer change the graph meanwhile, on a server where this account may
        write; an embedded graph has no other writer."""
        from graph.cypher import LOCK

        if not self.engine.queues_writers:
            yield
            return
        with (
            self.engine.writer.session(database=self.engine.database) as session,
            session.begin_transaction() as tx,
        ):
            with suppress(QueryError):  # an account that may only read
                self._guarded(lambda: tx.run(LOCK).consume())
            yield
            tx.rollback()

    def close(self) -> None:
        """Close the graph; a second call does nothing."""
        self._closing()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _fetch(
        self, cypher: str, parameters: dict[str, Any], timeout: float | None, limit: int | None
    ) -> Rows:
        size = _FETCH if limit is None else max(1, min(_FETCH, limit + 1))
        with self.engine.reader.session(
            database=self.engine.database, default_access_mode="READ", fetch_size=size
        ) as session:
            tx: Transaction
            with session.begin_transaction(timeout=timeout) as tx:
                result = tx.run(cypher, parameters)
                columns = list(result.keys())
                found = list(result) if limit is None else result.fetch(limit + 1)
                if limit is not None:
                    tx.rollback()  # what is left is not asked for
                if not found and not columns:
                    columns = list(column_names(cypher))
                kept = found if limit is None else found[:limit]
                return Rows(kept, columns, truncated=len(kept) < len(found))

    def _guarded(self, work: Callable[[], T], *passed: type[Exception], writing: bool = False) -> T:
        """Run ``work``; errors of the driver become ours, but those in ``passed``."""
        from neo4j.exceptions import DriverError, Neo4jError

        if not self._closing.alive:
            raise StoreError(f"the graph at {self.address} is closed: open it again")
        try:
            return work()
        except passed:
            raise
        except (Neo4jError, DriverError, UnicodeEncodeError, OverflowError, OSError) as error:
            if any(isinstance(cause, KeyboardInterrupt) for cause in chain(error)):
                raise KeyboardInterrupt from error  # the driver met it in the midst of a message
            raise _translated(error, self.address, writing) from error


def _start(
    uri: str | Path, user: str | None, password: str | None, database: str | None, create: bool
) -> tuple[Engine, str]:
    text = str(uri)
    scheme, separator, _ = text.partition("://")
    if isinstance(uri, str) and separator:
        if scheme.lower() not in SCHEMES:
            raise StoreError(
                f"{scheme}:// is no address of a graph: use bolt://, neo4j:// "
                "(+s or +ssc for TLS), or a folder for the embedded engine"
            )
        return ServerEngine(text, user, password, database), shown(text)
    if not text.strip() or "\0" in text:
        raise StoreError("no place for the graph was given: name a folder or an address with --db")
    from graph.engines.embedded import EmbeddedEngine

    folder = Path(text).expanduser().absolute()
    if not create and not folder.exists():
        raise StoreError(
            f"there is no graph in {folder}: make one with `partnergraph build SOURCES --db "
            f"{folder}`, or name another with --db"
        )
    return EmbeddedEngine(folder), str(folder)


def _within(seconds: float, work: Callable[[], T]) -> T:
    """Wait for ``work`` no longer than ``seconds``. The embedded engine can't be told to stop
    a query: it runs out in a thread that nobody waits for."""
    outcome: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(work())
        except BaseException as error:
            failure.append(error)

    thread = threading.Thread(target=run, daemon=True, name="partnergraph-query")
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        raise QueryError(f"the query took longer than {seconds:g} s: narrow it, or add a LIMIT")
    if failure:
        raise failure[0]
    return outcome[0]


def _too_large(address: str) -> str:
    return (
        f"the graph at {address} has too little memory for this change: raise "
        "dbms.memory.transaction.total.max or the heap of the server"
    )


def _translated(error: Exception, address: str, writing: bool) -> PartnergraphError:
    """Our error for one of the driver's: the query's fault, or the engine's."""
    from neo4j.exceptions import DriverError, Forbidden, Neo4jError

    if isinstance(error, UnicodeEncodeError):
        return QueryError("the query holds half a character (a lone surrogate): remove it")
    if isinstance(error, OverflowError):
        return QueryError("a number in the query is too large: 64 bits is the most")
    line = " ".join(str(getattr(error, "message", None) or error).split())[:400]
    code = (error.code or "") if isinstance(error, Neo4jError) else ""
    if _OUT_OF_MEMORY in code:
        return TransactionTooLargeError(_too_large(address))
    refused = "AccessMode" in code or "access mode" in line.lower()
    lost = "TransactionNotFound" in code
    if lost and writing:
        return StoreError(
            f"the graph at {address} lost a change before it was written ({line}): look at its "
            "disk and memory, and load again; all that was loaded before is there"
        )
    # The embedded engine profiles a refused write in silence, and then has no transaction.
    if isinstance(error, Forbidden) or refused or lost:
        return QueryError("the query would write: queries only read the graph")
    if "TimedOut" in code or "timed out" in line.lower():
        return QueryError("the query took too long: narrow it, or add a LIMIT")
    if "ClientError.Statement" in code or "ClientError.Procedure" in code:
        return QueryError(f"the query is faulty: {line}")
    if isinstance(error, DriverError | OSError) and not code:
        return StoreError(f"the graph at {address} does not answer ({line}): open it again")
    return StoreError(f"the graph at {address} refuses: {line}")
