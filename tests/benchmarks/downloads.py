"""What a file for others than its owner takes: the largest there may be of each format, cleaned in one piece.

The function reads an original whole, copies what may stay of it, and writes that to the bucket once; everybody after
that gets an address of what is there. No byte passes through its answer. `python -m tests.benchmarks.downloads`.
"""

import os
import sys
import time
import tracemalloc
from io import BytesIO

from PIL import Image
from tests.benchmarks._size import sized

from images.stripping import stripped

MEGABYTES = sized(50)
KINDS: dict[str, tuple[str, dict[str, object]]] = {
    "JPEG": ("image/jpeg", {"quality": 97, "subsampling": 0}),
    "PNG": ("image/png", {"compress_level": 1}),
    "TIFF": ("image/tiff", {}),
}
SAMPLE = 512
GPS, MODEL = 0x8825, 0x0110


def file_of(kind: str, options: dict[str, object]) -> bytes:
    """Return a picture of noise, which no format makes small, taken with a camera at a place."""
    exif = Image.Exif()
    exif[MODEL] = "Camera"
    exif.get_ifd(GPS).update({1: "N", 2: (52.0, 31.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)})

    def encoded(side: int) -> bytes:
        out = BytesIO()
        Image.frombytes("RGB", (side, side), os.urandom(3 * side * side)).save(out, kind, exif=exif, **options)
        return out.getvalue()

    bytes_per_pixel = len(encoded(SAMPLE)) / SAMPLE**2
    return encoded(int((MEGABYTES * 1e6 / bytes_per_pixel) ** 0.5))


def main() -> None:
    """Print processor time and memory, beside the original itself, for each format."""
    sys.stdout.write(f"{'':8}{'original':>12}{'processor time':>18}{'memory besides':>18}\n")
    for kind, (media_type, options) in KINDS.items():
        body = file_of(kind, options)
        began = time.process_time()
        clean = stripped(body, media_type)
        took_ms = (time.process_time() - began) * 1000
        if clean is None or b"Camera" in clean:
            raise AssertionError(f"{kind} was not cleaned")
        del clean
        tracemalloc.start()
        stripped(body, media_type)
        most = tracemalloc.get_traced_memory()[1] / 1e6
        tracemalloc.stop()
        sys.stdout.write(f"{kind:8}{len(body) / 1e6:>9.1f} MB{took_ms:>15.0f} ms{most:>15.0f} MB\n")


if __name__ == "__main__":
    main()
