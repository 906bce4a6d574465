"""What is made from a picture's pixels: renditions, the model's tensor, its colour, a thumbnail and a tile."""

from collections.abc import Mapping
from io import BytesIO

from PIL import Image

from caption.resizing import resampled, resized
from gallery.sizes import SIZES, Size, fitted

MEDIA_TYPE = "image/jpeg"
EXTENSION = "jpg"
_QUALITY: Mapping[Size, int] = {"large": 80, "medium": 80, "small": 75}
"""JPEG, chosen by bytes against processor time: see tests/benchmarks/renditions.py."""
_EVERY_COLOUR, _HALF_THE_COLOURS = 0, 2
"""Chroma of each pixel (4:4:4), or of every other one either way (4:2:0), in Pillow's numbers."""
_ICON = 240
"""Shorter side in pixels of what is as small as a drawing's details are."""

_TILE = 64
_TILE_QUALITY = 75
"""Half of all tiles are smaller than 1.4 kB; WebP spares 0.1 kB, which costs as much to store, and takes longer."""

_THUMBNAIL = 64
_CROPPED = 224 / 256
"""The model sees the middle of a picture whose shorter side is 256, as ImageNet's classifiers are tested."""


def reduced(large: Image.Image) -> dict[Size, Image.Image]:
    """Return the picture in each size in which it has another extent than in the next larger one; large always is."""
    renditions: dict[Size, Image.Image] = {}
    image = large
    for size in reversed(SIZES):
        smaller = resized(image, fitted(image.size, size))
        if smaller is not image or not renditions:
            renditions[size] = smaller
        image = smaller
    return renditions


def rendition(image: Image.Image, size: Size, *, drawn: bool) -> bytes:
    """Return an RGB picture as a JPEG without any metadata.

    Where it is `drawn` (a screenshot, a diagram) or little larger than an icon, each pixel keeps its own colour: else
    coloured text of one pixel's width smears.
    """
    file = BytesIO()
    fine = drawn or min(image.size) <= _ICON
    image.save(file, "JPEG", quality=_QUALITY[size], subsampling=_EVERY_COLOUR if fine else _HALF_THE_COLOURS)
    return file.getvalue()


def tensor(image: Image.Image, side: int) -> bytes:
    """Return the square in the middle as uint8 RGB, (side, side, 3): resize and crop in one step.

    Bilinear with antialiasing finds most true classes among the first five of the resampling filters tried.
    """
    edge = _CROPPED * min(image.size)
    left, top = (image.width - edge) / 2, (image.height - edge) / 2
    box = (left, top, left + edge, top + edge)
    return resampled(image, (side, side), "bilinear", box).tobytes()


def color(image: Image.Image) -> str:
    """Return the picture's dominant colour as #rrggbb: the most frequent of the eight it is best reduced to.

    Half the thumbnail's width and height do: its time goes by how many different colours there are.
    """
    few = image.reduce(2).quantize(8)
    counts = few.histogram()
    index = counts.index(max(counts))
    red, green, blue = (few.getpalette() or [])[3 * index : 3 * index + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def thumbnail(image: Image.Image) -> Image.Image:
    """Return the picture at thumbnail size, for its colour and its placeholder."""
    scale = min(1.0, _THUMBNAIL / max(image.size))
    extent = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image if extent == image.size else resampled(image, extent, "lanczos")


def tile(image: Image.Image) -> Image.Image:
    """Return the square in the middle at the size of a mosaic's tile."""
    edge = min(image.size)
    left, top = (image.width - edge) / 2, (image.height - edge) / 2
    box = (left, top, left + edge, top + edge)
    return resampled(image, (_TILE, _TILE), "lanczos", box)


def tile_file(square: Image.Image) -> bytes:
    """Return a tile as a JPEG."""
    file = BytesIO()
    square.save(file, "JPEG", quality=_TILE_QUALITY, optimize=True)
    return file.getvalue()


def mean_color(image: Image.Image) -> tuple[int, ...]:
    """Return the mean of all pixels' sRGB values, which is what browsers show of a picture reduced to one pixel."""
    return tuple(image.resize((1, 1), Image.Resampling.BOX).tobytes())
