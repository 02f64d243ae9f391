"""The files that come with Dertig: the starter library and the dated facts of law. Facts only; no tables."""

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "library"


@cache
def starter_items(name):
    """The items of one file, read once per process."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
