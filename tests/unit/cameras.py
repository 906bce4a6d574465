"""What cameras write of a picture into its file."""

from io import BytesIO
from typing import Any

from PIL import Image

PHOTO, GPS = 0x8769, 0x8825
"""Tags of the directories of EXIF."""
TAKEN, CHANGED = "2024:07:14 16:20:05", "2024:07:20 09:00:00"
MUNICH = {1: "N", 2: (48, 8, 13.56), 3: "E", 4: (11, 34, 31.08)}


def exif_of(**directories: dict[int, Any]) -> bytes:
    """Return an EXIF block with the tags of `main`, `photo` and `gps`."""
    block = Image.Exif()
    block.update(directories.get("main", {}))
    for name, tag in (("photo", PHOTO), ("gps", GPS)):
        block.get_ifd(tag).update(directories.get(name, {}))
    return block.tobytes()


def jpeg(**how: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    return file_of("JPEG", **how)


def packet(attributes: str = "", elements: str = "", before: str = "") -> bytes:
    """Return an XMP packet."""
    names = "".join(
        f' xmlns:{prefix}="{address}"'
        for prefix, address in {
            "exif": "http://ns.adobe.com/exif/1.0/",
            "exifEX": "http://cipa.jp/exif/1.0/",
            "tiff": "http://ns.adobe.com/tiff/1.0/",
            "xmp": "http://ns.adobe.com/xap/1.0/",
            "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
            "photoshop": "http://ns.adobe.com/photoshop/1.0/",
            "aux": "http://ns.adobe.com/exif/1.0/aux/",
        }.items()
    )
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    return (
        f'<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>{before}<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{rdf}"><rdf:Description rdf:about=""{names} {attributes}>{elements}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def file_of(kind: str, **how: Any) -> bytes:  # noqa: ANN401 - Pillow's own
    file = BytesIO()
    Image.new("RGB", (16, 16), "teal").save(file, kind, **how)
    return file.getvalue()
