"""Which tile goes where: the nearest in colour, unless the same one lies too near already.

A tile costs its distance in CIELAB, and more for each of the same within three places: so much beside it that it is
only taken where all candidates lie there, further off as much as a colour that is visibly another. Places more than
three apart don't mind each other, so a sixteenth of all is chosen at a time, in one go.
"""

from itertools import product

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from gallery import limits
from mosaic.color import Lab

Arrangement = npt.NDArray[np.intp]
"""The tile of each place, (rows, columns)."""

CANDIDATES = 32
"""Of how many nearest tiles one is chosen; eight others can lie beside it, so nine would keep equal ones apart."""
REACH = 3
PENALTIES = {1: 1000.0, 2: 20.0, 3: 10.0}
"""What the same tile at such a distance (the greater of rows and columns) costs, in units of CIELAB."""
_WHERE_FEW = 30.0
"""What it costs beside the same at most where there are too few tiles to do without: the picture shall be seen."""

_STEP = REACH + 1
_AROUND = [(y, x) for y, x in product(range(-REACH, REACH + 1), repeat=2) if (y, x) != (0, 0)]


def grid(size: tuple[int, int], tile_size: int, width: int) -> tuple[int, int]:
    """Return how many columns and rows show a picture of a size best, within the limits of mosaics."""
    shape = size[1] / size[0]
    widest = min(width, limits.MAX_MOSAIC_PIXELS / max(1, shape)) / tile_size
    columns = max(1, int(min(widest, (limits.MAX_MOSAIC_TILES / shape) ** 0.5)))
    highest = min(limits.MAX_MOSAIC_PIXELS // tile_size, limits.MAX_MOSAIC_TILES // columns)
    return columns, min(max(1, round(columns * shape)), highest)


def arrange(target: Lab, tiles: Lab) -> Arrangement:
    """Return which of the tiles (n, 3) takes the place of each wanted colour (rows, columns, 3)."""
    nearest = np.arange(1, min(CANDIDATES, len(tiles)) + 1)
    distances, candidates = cKDTree(tiles).query(target, k=nearest)
    rows, columns = target.shape[:2]
    chosen = np.full((rows + 2 * REACH, columns + 2 * REACH), -1)
    penalties = _penalties(len(tiles))
    for top, left in _turns():
        places = np.s_[top:rows:_STEP, left:columns:_STEP]
        cost = distances[places]
        for y, x in _AROUND:
            laid = chosen[REACH + y + top : REACH + y + rows : _STEP, REACH + x + left : REACH + x + columns : _STEP]
            cost += penalties[max(abs(y), abs(x))] * (candidates[places] == laid[:, :, None])
        best = np.take_along_axis(candidates[places], cost.argmin(axis=-1)[:, :, None], axis=-1)
        chosen[REACH + top : REACH + rows : _STEP, REACH + left : REACH + columns : _STEP] = best[:, :, 0]
    return chosen[REACH:-REACH, REACH:-REACH]


def _penalties(tiles: int) -> dict[int, float]:
    """Return what the same tile costs at each distance; the fewer there are, the less."""
    if tiles >= CANDIDATES:
        return PENALTIES
    return {away: min(cost, _WHERE_FEW) * tiles / CANDIDATES for away, cost in PENALTIES.items()}


def _turns() -> list[tuple[int, int]]:
    """Return the sixteen sets of places in an order in which neighbours follow each other late."""
    return sorted(product(range(_STEP), range(_STEP)), key=lambda place: (place[0] % 2 + place[1] % 2, sum(place)))
