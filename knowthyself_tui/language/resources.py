"""The data files of the reader, each loaded once."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any


@cache
def load_yaml(name: str) -> Any:
    """The content of a file in `data/`."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = files("knowthyself_tui.language").joinpath("data", *name.split("/")).read_text("utf-8")
    return yaml.load(text, Loader=loader)


@cache
def word_set(name: str) -> frozenset[str]:
    """A named set of `words.yaml`."""
    return frozenset(load_yaml("words.yaml")["sets"][name])
