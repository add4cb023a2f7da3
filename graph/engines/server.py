"""A Neo4j server, reached by its address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extract.errors import StoreError
from graph.engines import hush_driver

if TYPE_CHECKING:
    from neo4j import Driver

SCHEMES = ("bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc")
_CONNECT_SECONDS = 10.0
_RETRY_SECONDS = 30.0  # a server that is started anew is back by then


class ServerEngine:
    """A database of a Neo4j server. Raises StoreError where it can't be reached."""

    name = "neo4j"
    stops_slow_queries = True
    queues_writers = True
    documents_at_once = 1000  # each batch has its queries planned anew while a graph is small

    def __init__(
        self, uri: str, user: str | None, password: str | None, database: str | None
    ) -> None:
        from neo4j import GraphDatabase
        from neo4j.exceptions import ConfigurationError

        hush_driver()
        self.database = database
        auth = None if user is None and password is None else (user or "neo4j", password or "")
        try:
            driver = GraphDatabase.driver(
                uri,
                auth=auth,
                telemetry_disabled=True,
                notifications_min_severity="OFF",
                connection_timeout=_CONNECT_SECONDS,
                connection_acquisition_timeout=_CONNECT_SECONDS,
                max_transaction_retry_time=_RETRY_SECONDS,
            )
        except (ConfigurationError, ValueError) as error:
            raise StoreError(f"{shown(uri)} is no usable address: {_line(error)}") from None
        self.writer: Driver = driver
        self.reader: Driver = driver  # a READ session is refused every write by the server
        try:
            self.version = self._check(uri)
        except BaseException:
            self.close()
            raise

    def _check(self, uri: str) -> str:
        from neo4j.exceptions import DriverError, Neo4jError

        try:
            # A plain run: the other ways try again for half a minute.
            with self.writer.session(database=self.database) as session:
                agent = session.run("RETURN 1").consume().server.agent
        except (DriverError, Neo4jError, OSError, ValueError) as error:
            raise StoreError(_explain(uri, self.database, error)) from None
        if "ArcadeDB" in agent:
            raise StoreError(
                f"{shown(uri)} is an ArcadeDB server, which does not keep readers from writing: "
                "use Neo4j, or a folder for the embedded engine"
            )
        return agent.removeprefix("Neo4j/")

    def close(self) -> None:
        """Close the connections; a second call does nothing."""
        self.writer.close()


def shown(uri: str) -> str:
    """The address without a password that someone may have put into it."""
    scheme, _, rest = uri.partition("://")
    place = re.split("[/?#]", rest.rpartition("@")[2], maxsplit=1)[0]
    return f"{scheme}://{place}"


def _explain(uri: str, database: str | None, error: Exception) -> str:
    from neo4j.exceptions import AuthError, Neo4jError

    where = shown(uri)
    if isinstance(error, AuthError):
        return f"{where} refuses the user name or password: set NEO4J_USERNAME and NEO4J_PASSWORD"
    code = error.code or "" if isinstance(error, Neo4jError) else ""
    if "DatabaseNotFound" in code or "DatabaseUnavailable" in code:
        return (
            f"{where} has no database {database!r} that is running: "
            "set NEO4J_DATABASE to one of SHOW DATABASES"
        )
    if code:
        return f"{where} answers: {_line(error)}"
    return _explain_connection(uri, where, error)


def _explain_connection(uri: str, where: str, error: Exception) -> str:
    causes = " ".join(str(cause) + type(cause).__name__ for cause in chain(error))
    secure = "+s" in uri.partition("://")[0]
    if secure and any(word in causes for word in ("SSL", "ssl", "CERTIFICATE", "handshake")):
        return (
            f"{where} does not speak TLS as asked, or its certificate is not trusted: use "
            "bolt:// for a server without TLS, bolt+ssc:// for a self-signed certificate"
        )
    if "handshake" in causes.lower() or "http" in causes.lower():
        return (
            f"{where} answers, but not as a Neo4j server does: check the port "
            "(Bolt is 7687, not 7474), and use bolt+s:// or neo4j+s:// where it asks for TLS"
        )
    return f"no Neo4j server answers at {where}: start it, or check the address and the port"


def chain(error: BaseException) -> list[BaseException]:
    """The error and what led to it, the last first."""
    found: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in found:
        found.append(current)
        current = current.__cause__ or current.__context__
    return found


def _line(error: Exception) -> str:
    message = getattr(error, "message", None) or str(error)
    return " ".join(str(message).split())[:300]
