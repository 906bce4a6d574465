"""From a picture and a set of tiles to the mosaic's pixels."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import numpy as np
import numpy.typing as npt
from PIL import Image

from gallery.mosaics.mosaics import Design
from mosaic.arranging import Arrangement, arrange, grid
from mosaic.color import lab
from mosaic.sets import Tiles

Pixels = npt.NDArray[np.uint8]
Report = Callable[[float], None]
"""Told how much is done, 0…1."""

_QUALITY = 85
_BANDS = 4
"""How often it is told while tiles are laid."""


@dataclass(frozen=True, slots=True)
class Composition:
    """A mosaic: sRGB pixels (height, width, 3), and which tile lies where (rows, columns)."""

    pixels: Pixels
    arrangement: Arrangement

    @property
    def tiles_used(self) -> int:
        """How many different tiles there are in it."""
        return len(np.unique(self.arrangement))

    def file(self) -> bytes:
        """Return it as a JPEG."""
        out = BytesIO()
        Image.fromarray(self.pixels).save(out, "JPEG", quality=_QUALITY)
        return out.getvalue()


def compose(picture: Image.Image, tiles: Tiles, design: Design, report: Report = lambda _: None) -> Composition:
    """Return an RGB picture as a mosaic of tiles, of which there is at least one."""
    columns, rows = grid(picture.size, design.tile_size, design.width)
    targets = np.asarray(picture.resize((columns, rows), Image.Resampling.BOX))
    arrangement = arrange(lab(targets), lab(tiles.colors))
    report(0.3)
    used, place = np.unique(arrangement, return_inverse=True)
    stones = np.stack([tiles.pixels(int(tile), design.tile_size) for tile in used])
    report(0.6)
    shift = design.blend * (targets - tiles.colors[arrangement].astype(np.float32))
    pixels = _laid(stones, place.reshape(rows, columns), shift.round().astype(np.int16), report)
    return Composition(pixels, arrangement)


def _laid(
    stones: Pixels, place: npt.NDArray[np.intp], shift: npt.NDArray[np.int16], report: Report
) -> npt.NDArray[np.uint8]:
    """Lay stones (n, side, side, 3) where they belong (rows, columns), each made lighter or redder by its shift."""
    (rows, columns), side = place.shape, stones.shape[1]
    canvas = np.empty((rows, side, columns, side, 3), np.uint8)
    for row in range(rows):
        band = stones[place[row]]
        if shift[row].any():
            band = np.clip(band + shift[row][:, None, None, :], 0, 255).astype(np.uint8)
        canvas[row] = band.transpose(1, 0, 2, 3)
        if (row + 1) * _BANDS // rows > row * _BANDS // rows:
            report(0.6 + 0.3 * (row + 1) / rows)
    return canvas.reshape(rows * side, columns * side, 3)
