"""What an opened picture says of when, where and with what it was taken.

Whatever is wrong with that is no reason to refuse the picture: a fault costs what could not be read, and no more.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from PIL.ImageFile import ImageFile

from caption.metadata import exif, iptc, png, xmp
from caption.metadata.camera import camera
from caption.metadata.moments import Moment, moment
from caption.metadata.place import location, offset_by_receiver
from caption.metadata.tags import Tags
from gallery.pictures.metadata import Metadata, Taken, TakenFrom

_BYTE_ORDERS = (b"II", b"MM")
_IPTC_OF_TIFF = 0x83BB
_EXIF_DATES = (("DateTimeOriginal", "OffsetTimeOriginal"), ("DateTimeDigitized", "OffsetTimeDigitized"))
_XMP_DATES = (
    ("DateTimeOriginal", "OffsetTimeOriginal"),
    ("photoshop:DateCreated", ""),
    ("DateTimeDigitized", "OffsetTimeDigitized"),
    ("xmp:CreateDate", ""),
)
_IPTC_DATES = (("DateCreated", ""), ("DigitalCreationDate", ""))


def read(image: ImageFile, body: bytes) -> Metadata:
    """Return what a loaded picture, and the file that it was opened from, says of itself; never raises."""
    by_exif, by_text = _tags(exif.read, _exif(image, body)), _tags(png.read, [_texts(image)])
    by_xmp, by_iptc = _tags(xmp.read, _xmp(image)), _tags(iptc.read, _iptc(image))
    metadata = Metadata()
    with suppress(Exception):
        metadata = Metadata(
            *_dates(by_exif, by_text, by_xmp, by_iptc),
            camera=camera(by_exif) or camera(by_text) or camera(by_xmp),
            location=location(by_exif) or location(by_text) or location(by_xmp),
        )
    return metadata


def _tags(read_one: Callable[[Any], Tags], blocks: "Iterator[Any] | Sequence[Any]") -> Tags:
    """Return what the first block says that says anything."""
    with suppress(Exception):
        for block in blocks:
            with suppress(Exception):
                if (tags := read_one(block)).values:
                    return tags
    return Tags()


def _dates(by_exif: Tags, by_text: Tags, by_xmp: Tags, by_iptc: Tags) -> tuple[Taken | None, Taken | None]:
    """Return when a picture was taken by the strongest of what says so, and when its file was written."""
    dates: list[tuple[TakenFrom, Moment]] = [
        *(("exif", read_moment) for read_moment in _moments(by_exif, _EXIF_DATES)),
        *(("exif", read_moment) for read_moment in _moments(by_text, _EXIF_DATES)),
        *(("xmp", read_moment) for read_moment in _moments(by_xmp, _XMP_DATES)),
        *(("iptc", read_moment) for read_moment in _moments(by_iptc, _IPTC_DATES)),
    ]
    written = list(_moments(by_exif, [("DateTime", "OffsetTime")]))
    known = [date for _, date in dates] + written

    def taken(source: TakenFrom, at: Moment) -> Taken:
        same = next((date.offset for date in known if date.at == at.at and date.offset), None)
        by_receiver = None if same else offset_by_receiver(at, by_exif) or offset_by_receiver(at, by_xmp)
        return Taken(at.at, at.offset or same or by_receiver, source)

    return (taken(*dates[0]) if dates else None), (taken("exif", written[0]) if written else None)


def _moments(tags: Tags, names: Sequence[tuple[str, str]]) -> Iterator[Moment]:
    for date, offset in names:
        if moment_read := moment(tags.text(date), tags.text(offset)):
            yield moment_read


def _exif(image: ImageFile, body: bytes) -> Iterator[bytes]:
    """Yield the EXIF of a file: a file that is built like EXIF itself, a block in any other, or one written as text."""
    if body[:2] in _BYTE_ORDERS:
        yield body
    yield image.info.get("exif", b"")
    for kind in ("exif", "APP1"):
        yield _profile(image, kind)


def _xmp(image: ImageFile) -> Iterator[bytes]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    yield packet.encode() if isinstance(packet, str) else packet
    yield _profile(image, "xmp")


def _iptc(image: ImageFile) -> Iterator[bytes]:
    yield image.info.get("photoshop", {}).get(iptc.RESOURCE, b"")
    yield getattr(image, "tag_v2", {}).get(_IPTC_OF_TIFF, b"")
    yield _profile(image, "iptc")


def _profile(image: ImageFile, kind: str) -> bytes:
    return png.profile(str(image.info.get(f"Raw profile type {kind}", "")))


def _texts(image: ImageFile) -> dict[str, str]:
    return {name: str(text) for name, text in image.info.items() if isinstance(name, str) and isinstance(text, str)}
