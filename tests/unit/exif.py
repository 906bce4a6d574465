"""Pictures with metadata in them, and the same without."""

from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image, ImageCms

FORMATS = {
    "image/jpeg": ("JPEG", "jpg"),
    "image/png": ("PNG", "png"),
    "image/apng": ("PNG", "png"),
    "image/webp": ("WEBP", "webp"),
    "image/tiff": ("TIFF", "tif"),
    "image/heic": ("HEIF", "heic"),
    "image/avif": ("AVIF", "avif"),
}


SECRET = "sesame-7f3a91"


KEPT = {
    "Orientation": "6",
    "Artist": "Ada Lovelace",
    "Copyright": "CC BY Ada",
    "DateTimeOriginal": "2024:07:14 16:20:05",
    "CreateDate": "2024:07:14 16:20:05",
    "ModifyDate": "2024:07:15 10:00:00",
    "OffsetTimeOriginal": "+02:00",
}


def painted(number: int = 0) -> Image.Image:
    base = Image.radial_gradient("L").resize((96, 64))
    return Image.merge("RGB", (base, base.rotate(40 * number + 90), base.transpose(Image.Transpose.FLIP_LEFT_RIGHT)))


@cache
def plain(media_type: str) -> bytes:
    """A picture with pixel density and colour profile, and nothing else."""
    kind, _ = FORMATS[media_type]
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more: dict[str, Any] = {"save_all": True, "append_images": [painted(1)]} if media_type == "image/apng" else {}
    out = BytesIO()
    painted().save(out, kind, icc_profile=profile, dpi=(300, 300), **more)
    return out.getvalue()


def with_makers_notes(picture: bytes) -> bytes:
    """The same as cameras write it: maker's notes and a thumbnail in Exif."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x927C] = b"Apple iOS\0\0\x01MM" + SECRET.encode() * 3
    exif.get_ifd(0x8769)[0x9003] = KEPT["DateTimeOriginal"]
    return exif_put_into(picture, exif.tobytes())


def exif_put_into(picture: bytes, exif: bytes) -> bytes:
    segment = exif if exif.startswith(b"Exif\0\0") else b"Exif\0\0" + exif
    return picture[:2] + b"\xff\xe1" + (2 + len(segment)).to_bytes(2, "big") + segment + picture[2:]
