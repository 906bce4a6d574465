"""States on disk survive a write that is torn anywhere."""

import shutil
from pathlib import Path

import pytest
from infra.local.snapshot_store import SnapshotStore


def contents(folder: Path) -> dict[str, str]:
    return {file.stem: file.read_text() for file in SnapshotStore(folder).newest.glob("*.json")}


def test_the_newest_state_is_found_again(tmp_path: Path) -> None:
    generations = SnapshotStore(tmp_path)
    generations.write({"a": "1", "b": "2"})
    generations.write({"a": "3", "b": "2"})
    assert contents(tmp_path) == {"a": "3", "b": "2"}


def test_a_service_that_could_not_be_read_keeps_its_last_state(tmp_path: Path) -> None:
    generations = SnapshotStore(tmp_path)
    generations.write({"a": "1", "b": "2"})
    generations.write({"a": "3"})
    assert contents(tmp_path) == {"a": "3", "b": "2"}


def test_disk_space_stays_bounded(tmp_path: Path) -> None:
    generations = SnapshotStore(tmp_path)
    for number in range(10):
        generations.write({"a": str(number)})
    assert len([path for path in tmp_path.iterdir() if path.is_dir()]) == 2


@pytest.mark.parametrize("torn_at", ["mkdir", "write", "pointer"])
def test_a_write_torn_anywhere_leaves_the_state_before_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, torn_at: str
) -> None:
    SnapshotStore(tmp_path).write({"a": "good", "b": "good"})
    written: list[Path] = []

    def write_through(file: Path, text: str) -> None:
        written.append(file)
        if (torn_at, len(written)) in (("mkdir", 1), ("write", 2), ("pointer", 3)):
            file.write_text(text[:2])
            raise KeyboardInterrupt
        file.write_text(text)

    monkeypatch.setattr("infra.local.snapshot_store._write_through", write_through)
    with pytest.raises(KeyboardInterrupt):
        SnapshotStore(tmp_path).write({"a": "newer", "b": "newer"})
    assert contents(tmp_path) == {"a": "good", "b": "good"}
    monkeypatch.undo()
    SnapshotStore(tmp_path).write({"a": "newest", "b": "newest"})
    assert contents(tmp_path) == {"a": "newest", "b": "newest"}


def test_leftovers_of_a_torn_write_are_removed(tmp_path: Path) -> None:
    SnapshotStore(tmp_path).write({"a": "1"})
    shutil.copytree(SnapshotStore(tmp_path).newest, tmp_path / "00000099")
    SnapshotStore(tmp_path)
    assert not (tmp_path / "00000099").exists()
