"""Taking CIFAR-10 over: its batches and nothing else, and nothing in them is ever run."""

import os
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.photographs import SHARED, needs_shared

from gallery import limits
from mosaic import cifar
from mosaic.cifar import NotCifar, convert, main, read_batch
from mosaic.sets import StoredTiles

RANDOM = np.random.default_rng(3)


def batch(folder: Path, content: Any, name: str = "data_batch_1", protocol: int = 2) -> Path:  # noqa: ANN401 - any pickle
    path = folder / name
    path.write_bytes(pickle.dumps(content, protocol=protocol))
    return path


def pictures(count: int) -> Any:  # noqa: ANN401 - numpy's own
    return RANDOM.integers(0, 255, (count, 3072), dtype=np.uint8)


@pytest.mark.parametrize("protocol", [2, 4])
def test_a_batch_gives_pictures_in_rows_of_rgb(tmp_path: Path, protocol: int) -> None:
    data = pictures(5)
    found = read_batch(batch(tmp_path, {b"data": data, b"labels": [1] * 5}, protocol=protocol))
    assert found.shape == (5, 32, 32, 3)
    assert (found[2, 7, 9] == data[2].reshape(3, 32, 32)[:, 7, 9]).all()


class _Harmful:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> Any:  # noqa: ANN401 - pickle's own
        return os.mkdir, (str(self.path),)


def test_a_batch_that_would_do_something_is_refused_and_does_nothing(tmp_path: Path) -> None:
    harm = tmp_path / "harm"
    with pytest.raises(NotCifar, match=r"posix\.mkdir|nt\.mkdir"):
        read_batch(batch(tmp_path, {b"data": _Harmful(harm)}))
    assert not harm.exists()


@pytest.mark.parametrize(
    "content",
    [
        {},
        [],
        None,
        {b"data": b"bytes"},
        {b"data": np.zeros((2, 3071), np.uint8)},
        {b"data": np.zeros((2, 3072), np.float64)},
        {b"data": np.zeros((3072, 2), np.uint8)},
        {b"data": np.zeros((2, 3072), np.uint8, order="F")},
        {b"data": np.zeros((0, 3072), np.uint8)},
        {b"data": np.array([{}], object)},
    ],
    ids=str,
)
def test_any_other_content_is_refused(tmp_path: Path, content: Any) -> None:  # noqa: ANN401 - any pickle
    with pytest.raises(NotCifar, match="data_batch_1"):
        read_batch(batch(tmp_path, content))


def test_a_file_that_is_cut_off_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = batch(tmp_path, {b"data": pictures(5)})
    whole = path.read_bytes()
    path.write_bytes(whole[:-2000])
    with pytest.raises(NotCifar):
        read_batch(path)
    path.write_bytes(whole)
    monkeypatch.setattr(cifar, "_LARGEST_BATCH", 1000)
    with pytest.raises(NotCifar, match="too large"):
        read_batch(path)


def test_a_folder_becomes_one_array_without_pickles(tmp_path: Path) -> None:
    batch(tmp_path, {b"data": pictures(5)}, "data_batch_1")
    batch(tmp_path, {b"data": pictures(3)}, "test_batch")
    target = tmp_path / "made" / "cifar10.npy"
    assert main([str(tmp_path), "--output", str(target)]) == 0
    assert np.load(target, allow_pickle=False).shape == (8, 32, 32, 3)
    assert [each.name for each in target.parent.iterdir()] == ["cifar10.npy"]


def test_no_more_tiles_are_kept_than_a_mosaic_can_have(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MOSAIC_TILES", 4)
    batch(tmp_path, {b"data": pictures(11)})
    assert convert(tmp_path, tmp_path / "cifar10.npy") == 4


def test_a_folder_of_other_things_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path), "--output", str(tmp_path / "cifar10.npy")]) == 1
    assert "cifar-10-batches-py" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@needs_shared
def test_the_real_batches_are_taken_over(tmp_path: Path) -> None:
    assert SHARED
    target = tmp_path / "cifar10.npy"
    assert convert(SHARED / "data" / "cifar-10-batches-py", target) == 4000
    tiles = StoredTiles(np.load(target, mmap_mode="r", allow_pickle=False))
    assert tiles.colors.shape == (4000, 3)
    assert 90 < tiles.colors.mean() < 150
    assert tiles.pixels(17, 64).shape == (64, 64, 3)
    neighbouring = np.abs(np.diff(tiles.pixels(17, 32).astype(int), axis=0)).mean()
    assert neighbouring < 30, "these pixels are noise, no photograph"
