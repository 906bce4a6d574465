"""Which of a file's pictures is shown, where it has several."""

from contextlib import suppress

from PIL import Image, ImageStat
from PIL.ImageFile import ImageFile

_ANIMATED = {"GIF", "PNG", "WEBP", "AVIF"}
_MOST_FRAMES = 12
_MOST_PIXELS = 60_000_000
"""How far an animation is looked through for a frame that shows something."""
_CONTRAST = 24
"""Levels of 255 between the darkest and the lightest; a frame of less is empty, or about to fade in."""


def load(image: ImageFile) -> Image.Image:
    """Decode the picture that stands for a file: of an animation the first frame that shows something.

    Where none does it is the first frame. APNG's default image is no frame unless it says so, as for browsers.
    """
    first = 1 if getattr(image, "default_image", False) else 0
    if image.format not in _ANIMATED or not getattr(image, "is_animated", False):
        return _frame(image, image.tell(), Image.new("L", image.size))
    frames = range(first, first + max(1, min(_MOST_FRAMES, _MOST_PIXELS // (image.width * image.height))))
    drawn, shown = Image.new("L", image.size), None
    with suppress(EOFError):
        for frame in frames:
            picture = _frame(image, frame, drawn)
            if _shows_something(picture):
                return picture
            # Kept, since Pillow can't go back in every animation.
            shown = shown or picture.copy()
    return shown or image


def _frame(image: ImageFile, frame: int, drawn: Image.Image) -> Image.Image:
    """Return a frame; what no frame of a GIF has drawn on is transparent, and not of its first colour as for Pillow."""
    if frame != image.tell():
        image.seek(frame)
    image.load()
    if image.format != "GIF":
        return image
    drawn.paste(255, getattr(image, "dispose_extent", (0, 0, *image.size)))
    if drawn.getextrema() == (255, 255):
        return image
    picture = image.convert("RGBA")
    nothing = Image.new("RGBA", image.size, (0, 0, 0, 0))
    nothing.paste(picture, mask=drawn)
    return nothing


def _shows_something(image: Image.Image) -> bool:
    """Tell whether there is contrast in what is seen, or between that and what is transparent."""
    picture = image.convert("RGBA")
    ground = Image.new("RGBA", image.size, "white")
    ground.alpha_composite(picture)
    return any(high - low > _CONTRAST for low, high in ImageStat.Stat(ground.convert("RGB")).extrema)
