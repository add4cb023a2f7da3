"""A real Neo4j Community server from its Maven artefacts, for the tests.

    python scripts/neo4j_server.py install    fetch the jars into .engines/neo4j (needs mvn, once)
    python scripts/neo4j_server.py run        start a server and print its address, until Ctrl-C

Java 17 or newer must be there. Nothing is installed outside .engines.
"""

from __future__ import annotations

import argparse
import contextlib
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

VERSION = "5.26.30"  # long-term release, runs on Java 17
JARS = Path(__file__).resolve().parents[1] / ".engines" / "neo4j"
_BOOT_SECONDS = 90
_SET_PASSWORD = "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $password"
_POM = f"""<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>partnergraph</groupId><artifactId>neo4j-server</artifactId><version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.neo4j</groupId><artifactId>neo4j</artifactId><version>{VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.neo4j.app</groupId><artifactId>neo4j-server</artifactId>
      <version>{VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""
_CONF = """server.bolt.listen_address=127.0.0.1:{port}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.heap.max_size=512m
server.memory.pagecache.size=128m
server.directories.import=import
db.tx_log.rotation.retention_policy=false
"""


@dataclass(frozen=True)
class Server:
    """A running server: its address and how to sign in."""

    uri: str
    user: str
    password: str


def missing() -> str:
    """Why no server can be started here; empty where one can."""
    if not any(JARS.glob("neo4j-server-*.jar")):
        return "the Neo4j server is not installed: make neo4j"
    if shutil.which("java") is None:
        return "Neo4j needs Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless)"
    return ""


def install() -> None:
    """Fetch the jars with Maven. Raises CalledProcessError, or FileNotFoundError without it."""
    staging = JARS.with_name("neo4j.part")
    shutil.rmtree(staging, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        pom = Path(folder) / "pom.xml"
        pom.write_text(_POM, encoding="utf-8")
        subprocess.run(
            [
                *("mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies"),
                *("-DincludeScope=runtime", f"-DoutputDirectory={staging}"),
            ],
            check=True,
        )
    shutil.rmtree(JARS, ignore_errors=True)
    staging.rename(JARS)


@contextlib.contextmanager
def running(home: Path, former: Server | None = None) -> Iterator[Server]:
    """A server of its own in ``home``, on a free port, stopped at the end; or the ``former``
    one once more, with its address, password and data.

    Raises RuntimeError with the end of its log where it does not come up.
    """
    server = former or Server(
        f"bolt://127.0.0.1:{_free_port()}", "neo4j", secrets.token_urlsafe(24)
    )
    port = server.uri.rpartition(":")[2]
    for name in ("conf", "data", "logs", "run", "plugins", "import", "licenses"):
        (home / name).mkdir(parents=True, exist_ok=True)
    (home / "conf" / "neo4j.conf").write_text(_CONF.format(port=port), encoding="utf-8")
    with (home / "logs" / "console.log").open("wb") as log:
        process = subprocess.Popen(
            [
                *("java", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                *("-cp", f"{JARS}/*", "org.neo4j.server.CommunityEntryPoint"),
                *(f"--home-dir={home}", f"--config-dir={home / 'conf'}"),
            ],
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        _await(server, process, home, is_new=former is None)
        yield server
    finally:
        process.kill()  # its data is thrown away; a clean stop takes many seconds
        process.wait()


def _await(server: Server, process: subprocess.Popen[bytes], home: Path, is_new: bool) -> None:
    """Wait for the server, and give a new one its password."""
    from neo4j import GraphDatabase
    from neo4j.exceptions import DriverError, Neo4jError

    until = time.monotonic() + _BOOT_SECONDS
    auth = (server.user, "neo4j" if is_new else server.password)
    while True:
        try:
            with GraphDatabase.driver(server.uri, auth=auth) as driver:
                if is_new:
                    with driver.session(database="system") as session:
                        session.run(_SET_PASSWORD, password=server.password).consume()
                else:
                    driver.execute_query("RETURN 1")
            return
        except (DriverError, Neo4jError) as error:
            if process.poll() is not None or time.monotonic() > until:
                log = (home / "logs" / "console.log").read_text(errors="replace")
                raise RuntimeError(f"Neo4j did not start ({error}):\n{log[-3000:]}") from None
            time.sleep(0.2)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    parser = argparse.ArgumentParser(description="A Neo4j server for the tests.")
    parser.add_argument("command", choices=["install", "run"])
    command = parser.parse_args().command
    if command == "install":
        try:
            install()
        except FileNotFoundError:
            print("Maven is missing (Debian: apt-get install maven)", file=sys.stderr)
            return 1
        except subprocess.CalledProcessError:
            print("Maven could not fetch the Neo4j server: see above", file=sys.stderr)
            return 1
        print(JARS)
        return 0
    if reason := missing():
        print(reason, file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as home, running(Path(home)) as server:
        print(f"NEO4J_URI={server.uri} NEO4J_USERNAME={server.user}", end=" ")
        print(f"NEO4J_PASSWORD={server.password}", flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            while True:
                time.sleep(3600)
    return 0


if __name__ == "__main__":
    sys.exit(main())
