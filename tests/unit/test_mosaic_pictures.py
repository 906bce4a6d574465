"""How good a mosaic is: near to its picture, of many tiles, the same ones apart, whatever the picture."""

from io import BytesIO

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from skimage.color import rgb2lab
from tests.photographs import free

from caption.renditions import mean_color, tile_file
from gallery import limits
from gallery.mosaics.mosaics import Design
from gallery.pictures.model import Tile
from mosaic.arranging import arrange, grid
from mosaic.color import lab
from mosaic.composing import Composition, compose
from mosaic.sets import GalleryTiles, StoredTiles, opened

RANDOM = np.random.default_rng(7)


def photograph(name: str = "chelsea") -> Image.Image:
    (path,) = (each.path for each in free() if name in each.name)
    return Image.open(path).convert("RGB")


def pieces(count: int) -> GalleryTiles:
    """Tiles cut from photographs."""
    images = [Image.open(each.path).convert("RGB") for each in free()]
    return GalleryTiles([_piece(images[turn % len(images)]) for turn in range(count)])


def _piece(image: Image.Image) -> Tile:
    left, top = (int(RANDOM.integers(0, length - 64)) for length in image.size)
    square = image.crop((left, top, left + 64, top + 64))
    red, green, blue = mean_color(square)
    return Tile(tile_file(square), (red, green, blue))


def plain(*colors: tuple[int, int, int]) -> StoredTiles:
    """Tiles of one colour each."""
    return StoredTiles(np.array(colors, np.uint8)[:, None, None, :].repeat(64, 1).repeat(64, 2))


def design(tile_size: int = 16, blend: float = 0, width: int = 640) -> Design:
    return Design("gallery", tile_size, blend, width)


def distance(picture: Image.Image, pixels: npt.NDArray[np.uint8]) -> float:
    """How far a mosaic is from its picture when both are seen small, by a judge that is not ours (CIELAB)."""
    small = [
        rgb2lab(np.asarray(each.resize((40, 27), Image.Resampling.BOX))) for each in (picture, Image.fromarray(pixels))
    ]
    return float(np.linalg.norm(small[0] - small[1], axis=-1).mean())


def at_random(made: Composition, tiles: GalleryTiles, side: int) -> npt.NDArray[np.uint8]:
    rows, columns = made.arrangement.shape
    stones = [
        [tiles.pixels(int(RANDOM.integers(len(tiles.colors))), side) for _ in range(columns)] for _ in range(rows)
    ]
    return np.concatenate([np.concatenate(row, axis=1) for row in stones])


def neighbours(arrangement: npt.NDArray[np.intp], reach: int = 1) -> int:
    """How many places have the same tile no more than `reach` places away."""
    rows, columns = arrangement.shape
    steps = [(y, x) for y in range(-reach, reach + 1) for x in range(-reach, reach + 1) if (y, x) > (0, 0)]
    found = 0
    for y, x in steps:
        here = arrangement[: rows - y, max(0, -x) : columns - max(0, x)]
        there = arrangement[y:, max(0, x) : columns - max(0, -x)]
        found += int((here == there).sum())
    return found


def test_a_mosaic_is_far_nearer_to_its_picture_than_tiles_at_random() -> None:
    tiles, picture = pieces(400), photograph()
    made = compose(picture, tiles, design())
    assert distance(picture, made.pixels) < distance(picture, at_random(made, tiles, 16)) / 3
    assert made.pixels.shape == (27 * 16, 40 * 16, 3)
    assert made.arrangement.shape == (27, 40)
    assert made.tiles_used > 100


def test_blending_brings_it_nearer_until_each_place_has_its_colour() -> None:
    tiles, picture = pieces(300), photograph()
    far = [distance(picture, compose(picture, tiles, design(blend=blend)).pixels) for blend in (0, 0.5, 1)]
    assert far[0] > far[1] > far[2]
    assert far[2] < 1.5


def test_without_blending_tiles_are_as_they_are_and_with_it_they_can_still_be_told() -> None:
    tiles, picture = pieces(50), photograph()
    raw, blended = compose(picture, tiles, design(64)), compose(picture, tiles, design(64, blend=1))
    for row, column in ((0, 0), (3, 5), (6, 9)):
        tile = tiles.pixels(int(raw.arrangement[row, column]), 64)
        place = np.s_[row * 64 : (row + 1) * 64, column * 64 : (column + 1) * 64]
        assert (raw.pixels[place] == tile).all()
        assert np.corrcoef(blended.pixels[place].ravel(), tile.ravel())[0, 1] > 0.5


def test_no_tile_lies_beside_itself_where_there_are_enough() -> None:
    colors = lab(RANDOM.integers(0, 255, (64, 3), dtype=np.uint8))
    even = np.broadcast_to(lab(np.array([120, 130, 140], np.uint8)), (40, 50, 3))
    arrangement = arrange(even, colors)
    assert neighbours(arrangement) == 0
    assert neighbours(arrangement, reach=3) < neighbours(np.zeros_like(arrangement), reach=3) / 20


def test_the_nearest_is_taken_where_nothing_lies_near() -> None:
    colors = lab(RANDOM.integers(0, 255, (500, 3), dtype=np.uint8))
    wanted = lab(RANDOM.integers(0, 255, (1, 1, 3), dtype=np.uint8))
    nearest = np.linalg.norm(colors - wanted[0, 0], axis=-1).argmin()
    assert arrange(wanted, colors)[0, 0] == nearest


@pytest.mark.parametrize("count", [1, 2, 9, 20])
def test_few_tiles_are_repeated(count: int) -> None:
    picture = photograph()
    made = compose(picture, pieces(count), design())
    assert 1 <= made.tiles_used <= count
    assert made.pixels.shape == (27 * 16, 40 * 16, 3)


def test_black_and_white_tiles_still_show_the_picture() -> None:
    image = Image.new("L", (100, 100))
    image.paste(255, (50, 0, 100, 100))
    made = compose(image.convert("RGB"), plain((0, 0, 0), (255, 255, 255)), design(width=640))
    assert made.pixels[:, :320].mean() < 40
    assert made.pixels[:, 320:].mean() > 215


@pytest.mark.parametrize("size", [(1, 1), (2, 1), (1600, 1), (1, 1600), (1600, 1200), (900, 1600)])
@pytest.mark.parametrize("tile_size", [16, 33, 64])
@pytest.mark.parametrize("width", [64, 2048, 4000])
def test_a_picture_of_any_shape_stays_within_bounds(size: tuple[int, int], tile_size: int, width: int) -> None:
    columns, rows = grid(size, tile_size, width)
    assert columns >= 1
    assert rows >= 1
    assert columns * rows <= limits.MAX_MOSAIC_TILES
    assert columns * tile_size <= width
    assert rows * tile_size <= limits.MAX_MOSAIC_PIXELS
    if max(size) < 2 * min(size) and columns >= 40:
        assert columns / rows == pytest.approx(size[0] / size[1], rel=0.05)


def test_the_largest_has_as_many_tiles_as_there_may_be() -> None:
    columns, rows = grid((1600, 1600), 16, 4000)
    assert 19_000 < columns * rows <= 20_000


@pytest.mark.parametrize("size", [(1, 1), (1600, 2), (2, 1600)])
def test_tiny_and_narrow_pictures_are_made(size: tuple[int, int]) -> None:
    made = compose(Image.new("RGB", size, "red"), plain((250, 5, 5), (0, 0, 255)), design(blend=1))
    assert (made.pixels[0, 0] == (255, 0, 0)).all()


def test_a_file_is_a_jpeg_of_the_pixels() -> None:
    made = compose(photograph(), pieces(30), design())
    with Image.open(BytesIO(made.file())) as image:
        assert (image.format, image.size) == ("JPEG", (640, 432))


def test_colours_are_those_of_cielab() -> None:
    pixels = RANDOM.integers(0, 255, (500, 3), dtype=np.uint8)
    assert lab(pixels) == pytest.approx(rgb2lab(pixels), abs=0.05)


def test_what_the_gallery_never_makes_is_not_opened() -> None:
    out = BytesIO()
    Image.new("RGB", (65, 64)).save(out, "JPEG")
    with pytest.raises(ValueError, match="65 by 64"):
        opened(out.getvalue(), 64)
    png = BytesIO()
    Image.new("RGB", (64, 64)).save(png, "PNG")
    with pytest.raises(OSError, match="cannot identify"):
        opened(png.getvalue(), 64)
