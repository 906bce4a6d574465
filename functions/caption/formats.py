"""What kind of file some bytes are, told by their content alone."""

import re

from PIL.ImageFile import ImageFile

from caption.rejection import Rejected

_HEAD = 4096

_READ = {
    "JPEG": rb"\xff\xd8\xff",
    "PNG": rb"\x89PNG\r\n\x1a\n",
    "GIF": rb"GIF8[79]a",
    "WEBP": rb"RIFF....WEBP",
    "BMP": rb"BM",
    "TIFF": rb"II\*\0|MM\0\*|II\+\0|MM\0\+",
    "AVIF": rb"....ftypavi[fs]|....ftyp(mif1|msf1).{4}(.{4})*?avi[fs]",
    "HEIF": rb"....ftyp(hei[cmsx]|hev[cmsx]|mif[12]|msf1)",
}
"""Pillow's name of each format that is read, and how its files begin."""

_KNOWN = {
    "an SVG drawing": rb"\s*(<\?xml.*)?(<!--.*)?(<!DOCTYPE svg.*)?<svg",
    "a PDF document": rb"%PDF",
    "a Photoshop file": rb"8BPS",
    "a JPEG 2000 picture": rb"\0\0\0\x0cjP  |\xff\x4f\xff\x51",
    "a JPEG XL picture": rb"\0\0\0\x0cJXL |\xff\x0a",
    "an icon": rb"\0\0[\x01\x02]\0",
    "a Netpbm picture": rb"P[1-7]\s",
    "a film": rb"....ftyp|RIFF....AVI |\x1aE\xdf\xa3|....moov|\0\0\x01[\xb3\xba]",
}
"""Files people take for pictures, and rightly so, but which the gallery doesn't read."""


def pillow_format(body: bytes) -> str:
    """Return Pillow's name for the format of a picture; raises Rejected for anything it shall not read."""
    if not body:
        raise Rejected("not_an_image", "The file is empty.")
    head = body[:_HEAD]
    for name, beginning in _READ.items():
        if re.match(beginning, head, re.DOTALL):
            return name
    for name, beginning in _KNOWN.items():
        if re.match(beginning, head, re.DOTALL):
            raise Rejected("unsupported_format", f"This is {name}; please send it as JPEG, PNG, WebP or HEIC.")
    raise Rejected("not_an_image", "The file is not a picture, whatever its name says.")


def media_type(image: ImageFile) -> str:
    """Return the media type of an opened picture; what phones call a multi-picture object is a JPEG to all others."""
    return "image/jpeg" if image.format == "MPO" else image.get_format_mimetype() or f"image/{image.format}".lower()
