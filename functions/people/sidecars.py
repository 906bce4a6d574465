"""What an export says beside an original, as JSON and as XMP; docs/exporting.md has the format.

`gallery export` writes the same (frontend/cli/export); examples that both are tested with lie there.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from gallery.albums.albums import Album

VERSION = 1
"""Of these documents."""

README = """Originals of somebody's in a Neural Gallery, and what it knows of each.

pictures/YEAR/MONTH/NAME        an original, byte for byte, by when it was taken
pictures/YEAR/MONTH/NAME.json   what the gallery knows of it, as its API tells it, and the albums that it is in
pictures/YEAR/MONTH/NAME.xmp    what people said of it, for digiKam, exiftool and other programs
albums/ID.json                  an album, its cover and its pictures in their order, by their ids

“gallery import FOLDER” brings it back into a gallery: bytes, names, dates, places, titles, descriptions, labels,
favourites, archive, who sees a picture, hidden sentences, albums with their order and cover. What does not come back:
ids, when a picture was added, what is in the trash, links, other people's pictures and parts in albums, posts, likes,
who follows whom, and what models wrote, which they write again.
"""

_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "digiKam": "http://www.digikam.org/ns/1.0/",
    "gallery": "urn:neural-gallery:xmp:1.0/",
}
_DATES = ("exif:DateTimeOriginal", "photoshop:DateCreated", "xmp:CreateDate")
_FLAGS = {"gallery:Favourite": "favourite", "gallery:Archived": "archived", "gallery:CaptionHidden": "caption_hidden"}

Image = Mapping[str, Any]
"""A picture as the API shows it to its owner."""


def of_picture(image: Image, albums: Sequence[str]) -> bytes:
    """Return the JSON document of a picture that is in albums of these titles."""
    return _document(image=image, albums=albums)


def of_album(album: Album, pictures: Sequence[str]) -> bytes:
    """Return the JSON document of an album with these pictures, by their ids, in its order."""
    cover = album.cover if album.cover in pictures else None
    fields = {name: getattr(album, name) for name in ("id", "title", "description", "visibility", "order")}
    return _document(album={**fields, "cover": cover, "pictures": pictures})


def _document(**content: Any) -> bytes:  # noqa: ANN401 - whatever is JSON
    return (json.dumps({"neural_gallery": VERSION, **content}, ensure_ascii=False, indent=2) + "\n").encode()


def xmp(image: Image) -> bytes:
    """Return the XMP sidecar of a picture (ISO 16684-1, Exif 2.32 for XMP), as digiKam, exiftool and others read it.

    A favourite has five stars; what models wrote stands in no field of people's.
    """
    labels = [label["label"] for label in image["labels"] if label["source"] == "owner"]
    taken = f"{image['taken_at']}{image['taken_offset'] or ''}"
    properties = [
        *_alternatives("dc:title", image["title"]),
        *_alternatives("dc:description", image["description"]),
        *_alternatives("dc:rights", image["attribution"]),
        *_list("Bag", "dc:subject", labels),
        *_list("Seq", "digiKam:TagsList", labels),
        *(_simple(name, taken) for name in _DATES),
        *_place(image["location"]),
        *([_simple("xmp:Rating", "5")] if image["favourite"] else []),
        *(_simple(name, "True") for name, of_image in _FLAGS.items() if image[of_image]),
    ]
    return "\n".join([*_beginning(), *properties, *_end()]).encode()


def _beginning() -> Iterator[str]:
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _NAMESPACES.items())
    yield '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    yield '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    yield f'<rdf:Description rdf:about="" {declared}>'


def _end() -> Iterator[str]:
    yield "</rdf:Description></rdf:RDF></x:xmpmeta>"
    yield '<?xpacket end="w"?>'
    yield ""


def _place(location: Mapping[str, float | None] | None) -> Iterator[str]:
    if location is None:
        return
    yield _simple("exif:GPSLatitude", _degrees(location["latitude"] or 0.0, "NS"))
    yield _simple("exif:GPSLongitude", _degrees(location["longitude"] or 0.0, "EW"))
    if (altitude := location["altitude_m"]) is not None:
        yield _simple("exif:GPSAltitude", f"{math.floor(abs(altitude) * 100 + 0.5)}/100")
        yield _simple("exif:GPSAltitudeRef", "1" if altitude < 0 else "0")


def _degrees(value: float, sides: str) -> str:
    """Write degrees as XMP does: whole ones, and minutes to a hundredth of a millimetre."""
    minutes = abs(value) * 60
    whole = math.floor(minutes / 60)
    return f"{whole},{minutes - whole * 60:.8f}{sides[value < 0]}"


def _simple(name: str, words: str) -> str:
    return f"<{name}>{escape(words)}</{name}>"


def _alternatives(name: str, words: str | None) -> Iterator[str]:
    if words is not None:
        yield f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(words)}</rdf:li></rdf:Alt></{name}>'


def _list(kind: str, name: str, words: Iterable[str]) -> Iterator[str]:
    if items := "".join(f"<rdf:li>{escape(word)}</rdf:li>" for word in words):
        yield f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"
