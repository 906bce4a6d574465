#!/bin/sh
# Pillow 13.0.0: three kinds of legal TIFFs are opened without a word and read wrong.
#
# Big-endian files with a compression that libtiff undoes: libtiff hands values over in the machine's order, Pillow swaps
# them once more, unless they are unsigned 16 bits. Unsigned 32 bits become signed. Planes of 16 bits that are not compressed
# are read as if they were of 8. Each picture below counts from 0 to 255 (times 257 in 16 bits, times 16843009 in 32):
#
#   float32, big-endian, deflated     0.0, 4.6e-41 ... 4.56e-41      right: 0.0, 1.0 ... 255.0
#   int16, big-endian, deflated       0, 256 ... -256                right: 0, 1 ... 255
#   uint32                            0, 16843009 ... -1             right: 0, 16843009 ... 4294967295
#   uint16, three planes (red)        0, 0 ... 127                   right: 0, 1 ... 255
#
# The same as little-endian, uncompressed, or deflated planes is read right. No exception and no warning tells.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet pillow==13.0.0 tifffile numpy
"$folder/venv/bin/python" - <<'PYTHON'
import io
import sys

import numpy as np
import tifffile
from PIL import Image

ramp = np.arange(256, dtype=np.uint8).reshape(16, 16)


def read(pixels, **options):
    """What Pillow reads of a TIFF that tifffile writes, as a row of numbers."""
    file = io.BytesIO()
    tifffile.imwrite(file, pixels, **options)
    with Image.open(io.BytesIO(file.getvalue())) as image:
        array = np.asarray(image)
    return (array[..., 0] if array.ndim == 3 else array).reshape(-1).tolist()


grey = {"photometric": "minisblack"}
swapped = {"byteorder": ">", "compression": "zlib", **grey}
wide = np.stack([ramp.astype(np.uint16) * 257] * 3)
planes = {"photometric": "rgb", "planarconfig": "separate"}
count = list(range(256))
cases = {
    "float32, big-endian, deflated": (read(ramp.astype(np.float32), **swapped), count, False),
    "int16, big-endian, deflated": (read(ramp.astype(np.int16), **swapped), count, False),
    "uint32": (read(ramp.astype(np.uint32) * 0x1010101, **grey), [each * 0x1010101 for each in count], False),
    "uint16, three planes (red)": (read(wide, **planes), count, False),
    "float32, little-endian, deflated": (read(ramp.astype(np.float32), compression="zlib", **grey), count, True),
    "float32, big-endian": (read(ramp.astype(np.float32), byteorder=">", **grey), count, True),
    "uint16, three planes, deflated": (read(wide, compression="zlib", **planes), count, True),
}
for name, (found, right, _) in cases.items():
    print(f"{name:34} {found[:2]} ... {found[-1]}  {'right' if found == right else 'wrong'}")
sys.exit(any((found == right) != known for found, right, known in cases.values()))
PYTHON
