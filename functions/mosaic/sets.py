"""The sets of tiles: the gallery's own, and CIFAR-10 where the deployment has it."""

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
from PIL import Image

from gallery import limits
from gallery.mosaics.mosaics import TileSet
from gallery.mosaics.tiles import public_tiles
from gallery.pictures.model import Tile
from gallery.sizes import MAX_PIXELS

Pixels = npt.NDArray[np.uint8]

CIFAR10 = Path(__file__).with_name("tiles") / "cifar10.npy"
"""What `python -m mosaic.cifar` makes: sRGB values (n, 32, 32, 3)."""


class Tiles(Protocol):
    """A set of tiles; `colors` are their mean sRGB values (n, 3)."""

    @property
    def colors(self) -> Pixels:
        """The mean colour of each tile."""

    def pixels(self, index: int, side: int) -> Pixels:
        """Return a tile at a size, (side, side, 3)."""


class GalleryTiles:
    """Tiles as the gallery keeps them."""

    def __init__(self, tiles: Sequence[Tile]) -> None:
        self._tiles = tiles
        self.colors: Pixels = np.array([tile.color for tile in tiles], np.uint8).reshape(-1, 3)

    def pixels(self, index: int, side: int) -> Pixels:
        """Return a tile at a size, (side, side, 3)."""
        return _resized(opened(self._tiles[index].image, limits.MAX_TILE), side)


class StoredTiles:
    """Tiles of one array of sRGB values (n, height, width, 3)."""

    def __init__(self, array: Pixels) -> None:
        self._array = array
        self.colors: Pixels = array.mean(axis=(1, 2)).round().astype(np.uint8)

    def pixels(self, index: int, side: int) -> Pixels:
        """Return a tile at a size, (side, side, 3)."""
        return _resized(Image.fromarray(self._array[index]), side)


def tiles_of(name: TileSet) -> Tiles:
    """Return a set of tiles as it is at this moment."""
    return GalleryTiles(public_tiles()) if name == "gallery" else _cifar10()


@cache
def _cifar10() -> Tiles:
    return StoredTiles(np.load(CIFAR10, mmap_mode="r", allow_pickle=False))


def opened(body: bytes, longest: int) -> Image.Image:
    """Return the picture of a JPEG that the gallery made; raises ValueError for one that it never makes."""
    image = Image.open(BytesIO(body), formats=["JPEG"])
    if max(image.size) > longest or image.width * image.height > MAX_PIXELS:
        raise ValueError(f"a picture of {image.width} by {image.height} pixels")
    return image.convert("RGB")


def _resized(image: Image.Image, side: int) -> Pixels:
    if image.size != (side, side):
        image = image.resize((side, side), Image.Resampling.HAMMING if side < image.width else Image.Resampling.BICUBIC)
    return np.asarray(image)
