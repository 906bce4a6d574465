"""What is made from a picture's pixels: two renditions, the model's tensor, its colour, a thumbnail and a tile."""

from io import BytesIO

from PIL import Image

LARGE = 1600
SMALL = 400
"""Longest sides in pixels; a smaller picture stays as it is."""
MEDIA_TYPE = "image/jpeg"
EXTENSION = "jpg"
_QUALITY = {LARGE: 80, SMALL: 75}
"""JPEG, chosen by bytes against processor time: see tests/benchmarks/renditions.py."""

_TILE = 64
_TILE_QUALITY = 75
"""Half of all tiles are smaller than 1.4 kB; WebP spares 0.1 kB, which costs as much to store, and takes longer."""

_THUMBNAIL = 64
_CROPPED = 224 / 256
"""The model sees the middle of a picture whose shorter side is 256, as ImageNet's classifiers are tested."""


def rendition(image: Image.Image, longest: int) -> bytes:
    """Return an RGB picture as a JPEG without any metadata."""
    file = BytesIO()
    image.save(file, "JPEG", quality=_QUALITY[longest])
    return file.getvalue()


def shrunk(image: Image.Image, longest: int) -> Image.Image:
    """Return the picture with no side longer than `longest`, never larger than it was."""
    if max(image.size) <= longest:
        return image
    scale = longest / max(image.size)
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return image.resize(size, Image.Resampling.HAMMING, reducing_gap=2.0)


def tensor(image: Image.Image, side: int) -> bytes:
    """Return the square in the middle as uint8 RGB, (side, side, 3): resize and crop in one step.

    Bilinear with antialiasing finds most true classes among the first five of the resampling filters tried.
    """
    edge = _CROPPED * min(image.size)
    left, top = (image.width - edge) / 2, (image.height - edge) / 2
    box = (left, top, left + edge, top + edge)
    return image.resize((side, side), Image.Resampling.BILINEAR, box=box, reducing_gap=2.0).tobytes()


def color(image: Image.Image) -> str:
    """Return the picture's dominant colour as #rrggbb: the most frequent of the eight it is best reduced to."""
    few = image.quantize(8)
    counts = few.histogram()
    index = counts.index(max(counts))
    red, green, blue = (few.getpalette() or [])[3 * index : 3 * index + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def thumbnail(image: Image.Image) -> Image.Image:
    """Return the picture at thumbnail size, for its colour and its placeholder."""
    return shrunk(image, _THUMBNAIL)


def tile(image: Image.Image) -> Image.Image:
    """Return the square in the middle at the size of a mosaic's tile."""
    edge = min(image.size)
    left, top = (image.width - edge) / 2, (image.height - edge) / 2
    box = (left, top, left + edge, top + edge)
    return image.resize((_TILE, _TILE), Image.Resampling.HAMMING, box=box, reducing_gap=2.0)


def tile_file(square: Image.Image) -> bytes:
    """Return a tile as a JPEG."""
    file = BytesIO()
    square.save(file, "JPEG", quality=_TILE_QUALITY, optimize=True)
    return file.getvalue()


def mean_color(image: Image.Image) -> tuple[int, ...]:
    """Return the mean of all pixels' sRGB values, which is what browsers show of a picture reduced to one pixel."""
    return tuple(image.resize((1, 1), Image.Resampling.BOX).tobytes())
