"""A session, or one line within the time limit that says why there is none."""

from __future__ import annotations

import socket
import time
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from extract.errors import InputError
from extract.spark import session
from extract.spark.session import java_version, open_session


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return monkeypatch


@pytest.fixture
def none_open(spark_script: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a process of which no other test has opened a session."""
    assert spark_script
    monkeypatch.setattr(session, "_running", lambda: None)


def _refusal(master: str) -> str:
    with pytest.raises(InputError) as error, open_session(master, "test"):
        pass
    assert "\n" not in str(error.value)
    return str(error.value)


def _java(folder: Path, version: str) -> Path:
    command = folder / "bin" / "java"
    command.parent.mkdir(parents=True)
    command.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\"' >&2\n", encoding="ascii")
    command.chmod(0o755)
    return folder


def test_without_pyspark_the_extra_is_named(told: pytest.MonkeyPatch) -> None:
    told.setattr(session.importlib.util, "find_spec", lambda _: None)
    assert "pip install 'partnergraph[spark]'" in _refusal("local[1]")


def test_without_java_it_is_said_how_to_get_it(
    spark_script: ModuleType, told: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert spark_script
    told.setenv("PATH", str(tmp_path))
    assert "Java 17 or newer: install it" in _refusal("local[1]")


@pytest.mark.parametrize(("version", "number"), [("1.8.0_392", 8), ("11.0.21", 11)])
def test_an_old_java_is_refused(
    spark_script: ModuleType, told: pytest.MonkeyPatch, tmp_path: Path, version: str, number: int
) -> None:
    assert spark_script
    told.setenv("JAVA_HOME", str(_java(tmp_path / "java", version)))
    assert f"is Java {number}: install one" in _refusal("local[1]")


def test_a_new_java_is_taken(told: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told.setenv("JAVA_HOME", str(_java(tmp_path / "java", "21.0.4")))
    assert java_version() == 21


@pytest.mark.parametrize("master", ["mesos://here:5050", "local[many]", "spark:/here:1", ""])
@pytest.mark.usefixtures("none_open")
def test_what_is_no_master_is_refused(master: str) -> None:
    assert "is no Spark master" in _refusal(master)


@pytest.mark.usefixtures("none_open")
def test_an_address_where_nothing_listens_is_told_at_once() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        begun = time.monotonic()
        assert "can't be reached" in _refusal(f"spark://127.0.0.1:{port}")
        assert time.monotonic() - begun < 10


def test_a_time_limit_that_is_no_number_is_refused(told: pytest.MonkeyPatch) -> None:
    told.setenv(session.PATIENCE, "soon")
    with pytest.raises(InputError, match="give a number of seconds"):
        session._patience()


def test_what_the_configuration_says_is_not_set_again(
    told: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    conf = tmp_path / "spark-defaults.conf"
    conf.write_text("# mine\nspark.driver.host 10.0.0.5\nspark.ui.enabled=true\n", encoding="ascii")
    told.setenv("SPARK_CONF_DIR", str(tmp_path))
    told.setenv("PYSPARK_SUBMIT_ARGS", "--conf spark.sql.session.timeZone=CET pyspark-shell")
    assert session._configured() == {
        "spark.driver.host",
        "spark.ui.enabled",
        "spark.sql.session.timeZone",
    }


def test_a_session_that_is_open_is_taken_and_left_open(spark: Any) -> None:
    with open_session("spark://nowhere:1", "test") as taken:
        assert taken.sparkContext is spark.sparkContext
    assert spark.range(3).count() == 3
