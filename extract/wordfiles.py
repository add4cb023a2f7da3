"""The YAML files beside the modules, read fast: a start of the reader reads a dozen of them."""

from __future__ import annotations

from typing import Any

import yaml

# libyaml's is ten times as fast as Python's; not every build of PyYAML has it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def parse_yaml(text: str) -> Any:
    """What a YAML text holds, in plain lists, dicts and strings."""
    return yaml.load(text, _LOADER)
