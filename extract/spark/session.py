"""A Spark session from a master's address, and one clear line where there can't be one.

Everything else is Spark's own configuration: ``SPARK_CONF_DIR/spark-defaults.conf``,
``PYSPARK_SUBMIT_ARGS``, ``SPARK_HOME``, ``PYSPARK_PYTHON``; what is set there wins over what is
set here. Nothing here knows what the session is for.
"""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from extract.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

JAVA = 17  # the oldest that Spark 4 runs on
PATIENCE = "PARTNERGRAPH_SPARK_TIMEOUT"
"""The environment variable that says how many seconds a master, its first task included, may
take to answer: machines that are only started for the job take minutes."""

_PATIENCE = 120.0
_KNOCK = 5.0  # seconds for a connection to a master's port
_FAILURES = 4  # of one task, before the job ends; Spark allows none on a laptop
_LOCAL = re.compile(r"local(?:\[(\d+|\*)(?:\s*,\s*\d+)?\])?")
_KINDS = ("spark://", "k8s://", "yarn")
_ADDRESS = re.compile(r"\[([^\]]+)\]:(\d+)|([^:/\[\]]+):(\d+)")
_LOOPBACK = ("127.", "localhost", "::1")
_PYTHON_ERROR = re.compile(r"[A-Za-z_.]*(?:Error|Exception): (?!Traceback)")
_CLASS = re.compile(r"^(?:[a-z]\w*\.)+[A-Z]\w*: ")
_QUIET = Path(__file__).with_name("log4j2.properties")

Found = TypeVar("Found")


@contextmanager
def open_session(master: str, name: str) -> Iterator[SparkSession]:
    """A session on ``master`` that has done one task; ``name`` is what Spark's pages call it.

    ``master`` is ``local[N]``, ``local[*]``, ``spark://HOST:PORT``, ``k8s://…`` or ``yarn``. A
    session that is open already (a notebook, ``spark-submit``, a hosted service) is taken as it
    is, and left open; one that is opened here is stopped at the end.

    Raises InputError, within the time that PARTNERGRAPH_SPARK_TIMEOUT gives (seconds, default
    120), where pyspark or Java is missing, or the master or its workers don't answer.
    """
    check_installed()
    if (running := _running()) is not None:
        yield running
        return
    master = _checked(master)
    session = _in_time(lambda: _started(master, name), master, "it did not answer")
    try:
        _in_time(
            lambda: session.sparkContext.parallelize([0], 1).count(),
            master,
            "it answered, but no worker took a task: start workers, or free cores and memory",
        )
        yield session
    finally:
        with contextlib.suppress(Exception):  # a cluster that is gone can't be left in order
            session.stop()


def _running() -> SparkSession | None:
    """The session of this process, if it has one."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    # A session is active in the thread that opened it only; of contexts a process has one.
    return SparkSession.builder.getOrCreate() if SparkContext._active_spark_context else None


def check_installed() -> None:
    """Raise InputError where pyspark or a Java that it runs on is missing."""
    if importlib.util.find_spec("pyspark") is None:
        raise InputError("Spark needs pyspark: pip install 'partnergraph[spark]'")
    version = java_version()
    if version is None:
        raise InputError(
            f"Spark needs Java {JAVA} or newer: install it (Debian: apt-get install "
            "openjdk-17-jre-headless), or set JAVA_HOME to where it is"
        )
    if version < JAVA:
        raise InputError(
            f"Spark needs Java {JAVA} or newer, and {_java()} is Java {version}: install one, or "
            "set JAVA_HOME to where one is"
        )


def java_version() -> int | None:
    """The major version of the Java that Spark would start; None where there is none."""
    command = _java()
    if command is None:
        return None
    try:
        told = subprocess.run([command, "-version"], capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r'version "(?:1\.)?(\d+)', told.stderr + told.stdout)
    return int(found[1]) if found and told.returncode == 0 else None


def _java() -> str | None:
    home = os.environ.get("JAVA_HOME")
    return str(Path(home, "bin", "java")) if home else shutil.which("java")


def _checked(master: str) -> str:
    """``master`` as Spark wants it, if something listens there. Raises InputError."""
    if local := _LOCAL.fullmatch(master):
        return f"local[{local[1] or 1},{_FAILURES}]"
    if not master.startswith(_KINDS):
        raise InputError(
            f"{master!r} is no Spark master: give local[*], spark://HOST:PORT, k8s://… or yarn"
        )
    if master != "yarn":
        _knock(master)
    return master


def _knock(master: str) -> None:
    """Raise InputError where no address of ``master`` takes a connection."""
    places = [
        (match[1] or match[3], int(match[2] or match[4])) for match in _ADDRESS.finditer(master)
    ]
    reason = "no HOST:PORT in it"
    for place in places:
        try:
            with socket.create_connection(place, timeout=_KNOCK):
                return
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or str(error)
    raise InputError(
        f"the Spark master {master} can't be reached ({reason}): check the address, and that it "
        "runs"
    )


def _started(master: str, name: str) -> SparkSession:
    from pyspark import SparkConf, SparkContext
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # read before any configuration is
    warnings.filterwarnings("ignore", message="PySpark does not yet", category=FutureWarning)
    logging.getLogger("py4j").setLevel(logging.CRITICAL)
    conf = SparkConf(loadDefaults=False).setMaster(master).setAppName(name)
    taken = _configured()
    for key, value in _defaults(master).items():
        if key not in taken:
            conf.set(key, value)
    quiet = {} if _own_log() else {"stderr": subprocess.DEVNULL}
    launch: Any = launch_gateway  # it has no types
    gateway = launch(conf, quiet)
    return SparkSession(SparkContext(conf=conf, gateway=gateway))


def _defaults(master: str) -> dict[str, str]:
    """What is set unless the configuration says otherwise."""
    found = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        # Else Spark leaves an empty folder where the command was typed.
        "spark.sql.warehouse.dir": Path(tempfile.gettempdir(), "spark-warehouse").as_uri(),
    }
    if not _own_log():
        quiet = f"-Dlog4j2.configurationFile={_QUIET.as_uri()}"
        found["spark.driver.extraJavaOptions"] = quiet
    here = master.removeprefix("spark://").startswith(_LOOPBACK)
    if here or master.startswith("local["):  # nothing of this machine is open to others
        found |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return found


def _own_log() -> bool:
    """Whether the person has said what Spark shall log."""
    conf = os.environ.get("SPARK_CONF_DIR")
    return bool(conf) and Path(conf or "", _QUIET.name).exists()


def _configured() -> set[str]:
    """The settings that the person's own configuration makes."""
    home = os.environ.get("SPARK_HOME")
    folder = os.environ.get("SPARK_CONF_DIR") or (str(Path(home, "conf")) if home else None)
    lines = os.environ.get("PYSPARK_SUBMIT_ARGS", "").replace("--conf", "\n").splitlines()
    if folder:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            lines += Path(folder, "spark-defaults.conf").read_text(encoding="utf-8").splitlines()
    return {found[0] for line in lines if (found := re.match(r"spark\.[\w.\-]+", line.strip()))}


def _in_time(action: Callable[[], Found], master: str, late: str) -> Found:
    """What ``action`` gives; it is left behind, and InputError raised, where it takes too long."""
    found: list[Found] = []
    raised: list[Exception] = []

    def act() -> None:
        try:
            found.append(action())
        except Exception as error:
            raised.append(error)

    thread = threading.Thread(target=act, daemon=True)
    thread.start()
    seconds = _patience()
    thread.join(seconds)
    if found:
        return found[0]
    reason = spark_reason(raised[0]) if raised else f"{late} ({PATIENCE} is {seconds:g} seconds)"
    if "stopped SparkContext" in reason:  # what Spark says when it gave up
        reason = "nothing there answers as a Spark master of this version does"
    raise InputError(f"the Spark master {master} can't be used: {reason}")


def _patience() -> float:
    told = os.environ.get(PATIENCE, "")
    try:
        return float(told) if told else _PATIENCE
    except ValueError:
        raise InputError(f"{PATIENCE} is {told!r}: give a number of seconds") from None


def spark_reason(error: Exception) -> str:
    """What Spark says in one line: an exception of the JVM comes with the stacks of all that
    passed it on. Of one that began in a worker's Python, what that said."""
    java: Any = getattr(error, "java_exception", None)
    text = str(java.toString()) if java is not None else str(error)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    told = [line for line in lines if _PYTHON_ERROR.match(line)]
    first = lines[0] if lines else type(error).__name__
    return _CLASS.sub("", told[-1] if told else first)[:300]
