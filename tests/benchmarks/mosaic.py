"""How long a mosaic takes, and what its parts are worth: `python -m tests.benchmarks.mosaic`.

The largest that may be asked for of a 4:3 photograph, 4000 by 3000 pixels of 4000 tiles of 32 pixels, on one processor.
Beside it the loop that such programs usually are: each place compared with each tile, one after the other. Distances
are in CIELAB, between each place and the mean of what lies there.
"""

import sys
import time
from collections.abc import Callable, Sequence
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps
from tests.benchmarks._size import sized
from tests.photographs import SHARED, free, labelled

from caption.renditions import mean_color, tile_file
from gallery.mosaics.mosaics import Design
from gallery.pictures.model import Tile
from mosaic import arranging, composing
from mosaic.color import lab
from mosaic.sets import GalleryTiles, Tiles

TILES = sized(4000, 100)
DESIGN = Design("gallery", 32, 0.3, 4000)
LARGE = 1600
RUNS = sized(3)


def photographs() -> Sequence[Image.Image]:
    """Return photographs, the largest first."""
    files = sorted(labelled() if SHARED else free(), key=lambda each: -each.path.stat().st_size)
    return [Image.open(each.path).convert("RGB") for each in files]


def tiles(images: Sequence[Image.Image], count: int = TILES) -> list[Tile]:
    """Return as many tiles as a large gallery has: pieces of photographs, as the gallery would keep them."""
    random = np.random.default_rng(1)
    return [_tile(images[turn % len(images)], random) for turn in range(count)]


def _tile(image: Image.Image, random: np.random.Generator) -> Tile:
    side = int(min(image.size) * random.uniform(0.2, 1))
    left, top = (int(random.integers(0, length - side + 1)) for length in image.size)
    square = image.resize((64, 64), Image.Resampling.BOX, box=(left, top, left + side, top + side))
    red, green, blue = mean_color(square)
    return Tile(tile_file(square), (red, green, blue))


def naive(picture: Image.Image, found: Sequence[Tile], design: Design) -> Image.Image:
    """Return the mosaic as it is usually made: for each place the tile of the least distance, one by one."""
    columns, rows = arranging.grid(picture.size, design.tile_size, design.width)
    side = design.tile_size
    small = picture.resize((columns * side, rows * side))
    mosaic = Image.new("RGB", small.size)
    opened = [Image.open(BytesIO(each.image)).convert("RGB").resize((side, side)) for each in found]
    colors = [lab(np.array(each.color, np.uint8)) for each in found]
    for top in range(0, rows * side, side):
        for left in range(0, columns * side, side):
            place = np.asarray(small.crop((left, top, left + side, top + side)))
            wanted = lab(place.mean(axis=(0, 1)).round().astype(np.uint8))
            best = min(range(len(colors)), key=lambda each: float(np.sum((colors[each] - wanted) ** 2)))
            mosaic.paste(opened[best], (left, top))
    return mosaic


def distance(picture: Image.Image, pixels: "np.typing.NDArray[np.uint8]", columns: int, rows: int) -> float:
    """Return how far a mosaic is from its picture, on the mean of all places, in units of CIELAB."""
    seen = np.asarray(Image.fromarray(pixels).resize((columns, rows), Image.Resampling.BOX))
    wanted = np.asarray(picture.resize((columns, rows), Image.Resampling.BOX))
    return float(np.linalg.norm(lab(seen) - lab(wanted), axis=-1).mean())


def _seconds(what: Callable[[], object]) -> float:
    started = time.process_time()
    what()
    return time.process_time() - started


def _line(name: str, seconds: float, far: float | None = None) -> None:
    quality = "" if far is None else f"{far:>12.1f}"
    sys.stdout.write(f"{name:48}{seconds:>8.2f} s{quality}\n")


def main() -> None:
    """Print the table."""
    images = photographs()
    picture = ImageOps.fit(images[0], (LARGE, LARGE * 3 // 4))
    found = tiles(images)
    kept: Tiles = GalleryTiles(found)
    columns, rows = arranging.grid(picture.size, DESIGN.tile_size, DESIGN.width)
    sys.stdout.write(f"{columns} by {rows} places, {TILES} tiles{'':24}time    distance\n")
    for blend in (0.0, 0.3, 1.0):
        design = Design("gallery", DESIGN.tile_size, blend, DESIGN.width)
        seconds = min(_seconds(lambda: composing.compose(picture, kept, design).file()) for _ in range(RUNS))  # noqa: B023
        made = composing.compose(picture, kept, design)
        _line(
            f"ours, blend {blend}, {made.tiles_used} tiles used", seconds, distance(picture, made.pixels, columns, rows)
        )
    wanted = lab(np.asarray(picture.resize((columns, rows), Image.Resampling.BOX)))
    _line("  of which: which tile goes where", _seconds(lambda: arranging.arrange(wanted, lab(kept.colors))))
    part = picture.crop((0, 0, LARGE // 10, LARGE * 3 // 40))
    tenth = Design("gallery", DESIGN.tile_size, 0, DESIGN.width // 10)
    small, low = arranging.grid(part.size, tenth.tile_size, tenth.width)
    ours = composing.compose(part, kept, tenth)
    _line(
        f"ours, {small * low} places",
        _seconds(lambda: composing.compose(part, kept, tenth)),
        distance(part, ours.pixels, small, low),
    )
    seconds = _seconds(lambda: naive(part, found, tenth))
    made_so = naive(part, found, tenth)
    _line(f"one by one, {small * low} places", seconds, distance(part, np.asarray(made_so), small, low))
    _line(f"one by one, {columns * rows} places (reckoned)", seconds * columns * rows / (small * low))


if __name__ == "__main__":
    main()
