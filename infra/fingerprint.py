"""What a template and its assets are made of, as one digest: where it is the same, so are they."""

import hashlib
import os
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from infra.assets import python_of_lambda
from infra.settings import ROOT

SOURCES = (
    "infra",
    "functions",
    "layers",
    "requirements",
    "docs/openapi.json",
    "docs/runbook",
    "pyproject.toml",
    "cdk.json",
)
LEFT_OUT = {"__pycache__", "node_modules"}
LOCAL = ROOT / "infra/local"
"""What runs a local cloud; no template is made of it."""

SYNTHESIZERS = ("aws-cdk-lib", "cdk-nag", "constructs", "jsii", "uv")
"""Packages whose other versions may make another template of the same sources."""

VARIABLES = ("MODEL_SOURCE", "MORE_MODELS")
"""The environment's part of it, see infra.assets."""


def fingerprint(*given: str) -> str:
    """Return a digest (hexadecimal) of what is given and of all that goes into a template that is made here and now."""
    digest = hashlib.sha256()
    for part in (*given, *_circumstances()):
        digest.update(part.encode() + b"\0")
    for file in _files():
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _circumstances() -> Iterator[str]:
    yield sys.version
    yield str(python_of_lambda())  # with which packages are compiled, where there is one
    yield from (version(path) for path in SYNTHESIZERS)
    for name in VARIABLES:
        value = os.environ.get(name, "")
        yield value
        if value and Path(value).is_file():
            yield hashlib.sha256(Path(value).read_bytes()).hexdigest()


def _files() -> list[Path]:
    """Return the files it is made of, in an order of their own; what is compiled here is below its function."""
    paths = [ROOT / name for name in SOURCES if (ROOT / name).is_file()]
    paths += [path for name in SOURCES for path in (ROOT / name).rglob("*") if path.is_file()]
    return sorted(
        path for path in paths if not LEFT_OUT & set(path.relative_to(ROOT).parts) and LOCAL not in path.parents
    )
