"""Identifiers are the field's words: names that once stood for something else do not come back."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
RENAMED: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("names.toml").read_text())["renamed"]


@cache
def named() -> list[tuple[str, int, str]]:
    """Return each name that is given to something, or a file's: path, line, name. Names of others' are only used."""
    found = []
    for folder in ("functions", "layers", "infra", "tests"):
        for path in sources(ROOT / folder):
            name = str(path.relative_to(ROOT))
            found += [(name, 1, path.stem), *((name, *each) for each in given(ast.parse(path.read_text())))]
    return found


def sources(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and path.name != "node_modules":
            yield from sources(path)
        elif path.suffix == ".py":
            yield path


def given(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                yield node.lineno, name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield node.lineno, name


@pytest.mark.parametrize("renamed", RENAMED, ids=lambda renamed: str(renamed["old"][0]))
def test_nothing_has_a_name_that_was_given_up(renamed: dict[str, Any]) -> None:
    where = tuple(renamed.get("where", [""]))
    places = [each for each in named() if each[2] in renamed["old"] and each[0].startswith(where)]
    assert not places, f"say {renamed['new']}"
