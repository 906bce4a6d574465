#!/bin/sh
# exif 1.6.1: a JPEG that has XMP and no Exif can't be opened.
#
# APP1 segments begin with the name of what they hold: Exif, or, in many a file of editors and scanners, XMP (part 3 of its
# specification, ISO 16684). The package documents `has_exif` to ask with, and gives False for a JPEG without APP1. But it takes
# the first APP1 for Exif without looking at the name, also where Exif comes as the second:
#
#   no APP1         has_exif False
#   XMP             UnpackError
#   XMP, then Exif  UnpackError
#   Exif, then XMP  has_exif True
#
# So that a gallery that reads dates and places by it has no date for some pictures, and an exception for others. Exits with 1
# where that has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet exif==1.6.1 pillow==13.0.0
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys

import exif
from PIL import Image
from plum.exceptions import UnpackError

file = io.BytesIO()
Image.new("RGB", (16, 8)).save(file, "JPEG")
plain = file.getvalue()
tags = Image.Exif()
tags[0x0112] = 6
packet = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="5"/></rdf:RDF></x:xmpmeta>'
)


def app1(body):
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def outcome(*segments):
    try:
        return f"has_exif {exif.Image(plain[:2] + b''.join(segments) + plain[2:]).has_exif}"
    except UnpackError:
        return "UnpackError"


of_exif, of_xmp = app1(tags.tobytes()), app1(b"http://ns.adobe.com/xap/1.0/\0" + packet)
cases = {
    "no APP1": (outcome(), "has_exif False"),
    "XMP": (outcome(of_xmp), "UnpackError"),
    "XMP, then Exif": (outcome(of_xmp, of_exif), "UnpackError"),
    "Exif, then XMP": (outcome(of_exif, of_xmp), "has_exif True"),
}
for name, (what, _) in cases.items():
    print(f"{name:15} {what}")
sys.exit(any(what != known for what, known in cases.values()))
PYTHON
