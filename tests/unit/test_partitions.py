"""Kinds of partitions: each is declared, and the sweeper removes rows of declared postings alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.conftest import Gallery
from tests.unit.pictures import annas

from gallery import partitions
from gallery.aws.items import encode
from gallery.partitions import PARTITIONS, holds_postings, kind_of
from gallery.pictures import rows
from people import erasing, exporting
from sweep.scanning import scan_postings
from sweep.sweeping import sweep

ROOT = Path(__file__).parents[2]
SOURCES = [each for folder in ("functions", "layers/gallery") for each in sorted((ROOT / folder).rglob("*.py"))]

SORT_KEYS = {"EXPORT"}
"""What sort keys begin with, in the same form."""


def partitions_in(tree: ast.Module) -> Iterator[str]:
    """The kinds that a module makes keys of: `table.key("POSTS", …)`, `table.key(_PARTITION, …)`, `f"POST#…"`."""
    named = {
        target.id: each.value
        for each in tree.body
        if isinstance(each, ast.Assign)
        for target in ast.walk(each.targets[0])
        if isinstance(target, ast.Name)
    }
    for each in ast.walk(tree):
        if isinstance(each, ast.JoinedStr) and (found := re.match(r"f['\"]([A-Z]{3,})#", ast.unparse(each))):
            yield found[1]
        if isinstance(each, ast.Call) and each.args and ast.unparse(each.func) in {"table.key", "key"}:
            partition = each.args[0]
            if isinstance(partition, ast.Name):
                partition = named.get(partition.id, partition)
            if isinstance(partition, ast.Constant):
                yield kind_of(str(partition.value))


@pytest.mark.parametrize("path", SOURCES, ids=lambda each: str(each.relative_to(ROOT)))
def test_every_kind_of_partition_is_declared(path: Path) -> None:
    assert set(partitions_in(ast.parse(path.read_text(encoding="utf-8")))) <= PARTITIONS.keys() | SORT_KEYS


def test_each_kind_is_declared_once_with_the_forms_of_its_keys() -> None:
    told = [kind_of(pk) for pk, *_ in partitions.described()]
    assert told == list(PARTITIONS)
    for pk, *others in partitions.described():
        assert {kind_of(each) for each in pk.split(", ")} == {kind_of(pk)}
        assert all(others)


def test_each_kind_is_kept_by_a_module_that_there_is() -> None:
    files = {".".join(each.with_suffix("").parts[-2:]) for each in SOURCES} | {"powertools"}
    assert {each.module for each in PARTITIONS.values()} <= files


def test_the_erasure_and_the_export_know_every_kind_that_they_are_declared_for() -> None:
    assert set(partitions.emptied()) == erasing._LISTS.keys()
    assert {kind for kind, _ in partitions.exported()} == {"PERSON", *exporting._LISTS}


def test_all_lists_of_a_picture_are_postings(gallery: Gallery) -> None:
    assert all(holds_postings(pk) for pk, _ in rows.postings(annas()))
    assert {kind_of(row["pk"]) for row in gallery.rows()} <= PARTITIONS.keys()


def test_the_sweeper_leaves_what_it_does_not_know_and_says_so(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown = [rows.posting_row((f"ALBUM{number}#x", "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"), 1, at=0) for number in range(30)]
    for each in unknown:
        gallery.dynamodb.put_item(TableName="gallery-test", Item=encode(each))
    monkeypatch.setattr("time.time", lambda: 4_000_000_000)
    lines: list[dict[str, object]] = []
    monkeypatch.setattr("sweep.scanning.logger.warning", lambda _, extra: lines.append(extra))
    assert sweep(lambda: 300_000)["postings"] == 0
    assert all(each in gallery.rows() for each in unknown)
    assert [(line["rows"], len(dict(line["kinds"]))) for line in lines] == [(30, 20)]  # type: ignore[call-overload]


def test_a_posting_of_an_older_version_is_swept_as_ever(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    gallery.dynamodb.put_item(
        TableName="gallery-test", Item=encode(rows.posting_row((rows.PUBLIC, "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"), 1, at=0))
    )
    assert [each.image_id for each in scan_postings(None)[0].postings] == ["01KAGVQ2W3M8Y6Z5T4R7N9P0XC"]
    monkeypatch.setattr("time.time", lambda: 4_000_000_000)
    assert sweep(lambda: 300_000)["postings"] == 1
