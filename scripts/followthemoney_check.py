"""The real FollowTheMoney, apart from our packages, to check what we write for it.

    python scripts/followthemoney_check.py install     into .engines/followthemoney, once
    python scripts/followthemoney_check.py check FILE  what is wrong with a file of entities

It needs normality 3, and we an older one; and PyICU, of which there are no wheels: a C++ compiler
and ICU's headers must be there to build it. Only the YAML of its model can be had without.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

VERSION = "4.11.2"
HOME = Path(__file__).resolve().parents[1] / ".engines" / "followthemoney"
_FTM = HOME / "bin" / "ftm"
_NEEDED = "a C++ compiler, Python's and ICU's headers and pkg-config (Debian: make icu)"


def missing() -> str:
    """Why nothing can be checked here; empty where it can."""
    return "" if _FTM.exists() else "FollowTheMoney is not installed: make followthemoney"


def install() -> None:
    """Make a virtual environment of its own. Raises CalledProcessError."""
    shutil.rmtree(HOME, ignore_errors=True)
    try:
        venv.create(HOME, with_pip=True)
        pip = [str(HOME / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "-q"]
        subprocess.run([*pip, "install", f"followthemoney=={VERSION}"], check=True)
    except BaseException:
        shutil.rmtree(HOME, ignore_errors=True)
        raise


def validate(file: Path) -> list[str]:
    """The lines that ``ftm validate`` makes of a file. It drops in silence what is not valid:
    compare. Raises CalledProcessError where it gives up."""
    done = subprocess.run(
        [str(_FTM), "validate", "-i", str(file)], check=True, capture_output=True, text=True
    )
    return done.stdout.splitlines()


def problems(file: Path) -> list[str]:
    """What does not fit the model: schemata, properties, values, what is required, and ends that
    are not there or of another schema than the model wants."""
    command = [str(HOME / "bin" / "python"), __file__, "check", str(file)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return done.stdout.splitlines()


def _problems(file: Path) -> Iterator[str]:
    """``problems``, in the environment that has FollowTheMoney."""
    from followthemoney import model
    from followthemoney.exc import InvalidData

    entities = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    schemata = {entity["id"]: model.get(entity["schema"]) for entity in entities}
    if len(schemata) < len(entities):
        yield "an id is there twice"
    for entity in entities:
        where, schema, properties = entity["id"], schemata[entity["id"]], entity["properties"]
        if schema is None or schema.abstract:
            yield f"{where}: no schema {entity['schema']}"
            continue
        yield from (f"{where}: lacks {name}" for name in schema.required if name not in properties)
        try:
            schema.validate(entity)
        except InvalidData as error:
            yield f"{where}: {error.errors}"
        for name, values in properties.items():
            prop = schema.get(name)
            if prop is None or prop.stub:
                yield f"{where}: {schema.name} has no {name}"
            elif prop.range is not None:
                for end in (schemata.get(value) for value in values):
                    if end is None or not end.is_a(prop.range):
                        yield f"{where}: {name} is {end and end.name}, not {prop.range.name}"


def main() -> int:
    parser = argparse.ArgumentParser(description="FollowTheMoney, to check what we write for it.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("install")
    commands.add_parser("check").add_argument("file", type=Path)
    told = parser.parse_args()
    if told.command == "check":
        found = list(_problems(told.file))
        sys.stdout.writelines(f"{line}\n" for line in found)
        return 1 if found else 0
    try:
        install()
    except subprocess.CalledProcessError:
        print(f"FollowTheMoney could not be installed; PyICU needs {_NEEDED}", file=sys.stderr)
        return 1
    print(HOME)
    return 0


if __name__ == "__main__":
    sys.exit(main())
