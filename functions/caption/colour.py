"""From what a file says of its colours to sRGB."""

from contextlib import suppress
from io import BytesIO

from PIL import Image, ImageCms


def in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the picture in sRGB; where the profile is missing, broken or for other colours, as if it were."""
    if profile and image.mode != "L":
        with suppress(Exception):
            return _converted(image, profile)
    return image.convert("RGB") if image.mode == "CMYK" else image


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    source = ImageCms.ImageCmsProfile(BytesIO(profile))
    if "sRGB" in ImageCms.getProfileDescription(source):
        return image
    mode = "RGB" if image.mode == "CMYK" else image.mode
    transform = ImageCms.buildTransform(source, ImageCms.createProfile("sRGB"), image.mode, mode)
    return ImageCms.applyTransform(image, transform) or image
