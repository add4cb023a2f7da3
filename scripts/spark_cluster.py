"""A Spark standalone cluster on this machine, each part a process of its own, for the tests.

    python scripts/spark_cluster.py [WORKERS]    start it and print its address, until Ctrl-C

pyspark (the extra "spark") and Java 17 or newer must be there. It listens on loopback only.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BOOT_SECONDS = 60
_ADDRESS = re.compile(r"Starting Spark master at (spark://127\.0\.0\.1:\d+)")
_REGISTERED = "Successfully registered with master"
_MEMORY = "2g"


def missing() -> str:
    """Why no cluster can be started here; empty where one can."""
    from extract.errors import InputError
    from extract.spark.session import check_installed

    try:
        check_installed()
    except InputError as error:
        return str(error)
    return ""


@contextmanager
def running(folder: Path, workers: int = 2, **environment: str) -> Iterator[str]:
    """The address of a master with so many workers, of one core each.

    ``environment`` is added to that of all processes: also of the Python that reads. Logs and
    what executors write lie in ``folder``.
    """
    started: list[subprocess.Popen[bytes]] = []
    try:
        log = _start(started, folder, "Master", ("--port", "0"), environment)
        address = _told(started, log, _ADDRESS)[1]
        logs = [
            _start(started, folder, "Worker", ("--cores", "1", "-m", _MEMORY, address), environment)
            for _ in range(workers)
        ]
        for each in logs:
            _told(started, each, re.compile(_REGISTERED))
        yield address
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()


def _start(
    started: list[subprocess.Popen[bytes]],
    folder: Path,
    role: str,
    arguments: tuple[str, ...],
    environment: dict[str, str],
) -> Path:
    """Start a process of the cluster; the file that it logs to."""
    found = importlib.util.find_spec("pyspark")
    assert found is not None
    assert found.origin is not None
    home = Path(found.origin).parent
    place = folder / f"{role.lower()}-{len(started)}"
    place.mkdir(parents=True)
    log = place / "log"
    loopback = {
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(place),
        "SPARK_LOCAL_DIRS": str(place),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false",
    }
    command = [str(home / "bin" / "spark-class"), f"org.apache.spark.deploy.{role.lower()}.{role}"]
    with log.open("wb") as file:
        started.append(
            subprocess.Popen(
                [*command, "--host", "127.0.0.1", "--webui-port", "0", *arguments],
                env={**os.environ, **loopback, **environment},
                cwd=place,
                stdout=file,
                stderr=subprocess.STDOUT,
            )
        )
    return log


def _told(
    started: list[subprocess.Popen[bytes]], log: Path, sign: re.Pattern[str]
) -> re.Match[str]:
    """What a log says when the process is ready. Raises RuntimeError where it never does."""
    end = time.monotonic() + _BOOT_SECONDS
    while time.monotonic() < end and all(process.poll() is None for process in started):
        if found := sign.search(log.read_text(encoding="utf-8", errors="replace")):
            return found
        time.sleep(0.1)
    tail = log.read_text(encoding="utf-8", errors="replace")[-500:]
    raise RuntimeError(f"the Spark cluster did not start: {tail}")


def main() -> None:
    """Run a cluster until Ctrl-C."""
    with (
        tempfile.TemporaryDirectory() as folder,
        running(Path(folder), int(sys.argv[1]) if sys.argv[1:] else 2) as address,
    ):
        print(address, flush=True)
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            print("stopped")


if __name__ == "__main__":
    main()
