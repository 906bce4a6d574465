"""Which format renditions should have: bytes against processor time, over photographs.

Measured with Pillow 13 on an AMD EPYC, one thread, 24 photographs scaled to 1600 pixels (medians):

    JPEG 80                4.8 ms   320 kB
    JPEG 80, optimised    10.5 ms   316 kB
    JPEG 80, progressive  25.8 ms   306 kB
    WebP 75, method 0     38.2 ms   228 kB
    WebP 75, method 4    142.5 ms   184 kB
    AVIF 60, speed 10    118.4 ms   187 kB

The quickest WebP saves 92 kB for 33 ms more, a third of all that a 12-megapixel picture may cost; every picture is
encoded, but few are looked at large and those come from a cache. So renditions are JPEG of quality 80.
`python -m tests.benchmarks.renditions` prints the table.
"""

import os
import sys
import time
from collections.abc import Sequence
from io import BytesIO
from statistics import median

from PIL import Image
from tests.benchmarks._size import sized
from tests.photographs import free, labelled

from gallery.sizes import SHORTER_SIDE

PICTURES = sized(24)
FORMATS: dict[str, tuple[str, dict[str, object]]] = {
    "JPEG 75": ("JPEG", {"quality": 75}),
    "JPEG 80": ("JPEG", {"quality": 80}),
    "JPEG 80, optimised": ("JPEG", {"quality": 80, "optimize": True}),
    "JPEG 80, progressive": ("JPEG", {"quality": 80, "progressive": True}),
    "WebP 75, method 0": ("WEBP", {"quality": 75, "method": 0}),
    "WebP 75, method 4": ("WEBP", {"quality": 75, "method": 4}),
    "AVIF 60, speed 10": ("AVIF", {"quality": 60, "speed": 10, "max_threads": 1}),
}


def pictures() -> list[Image.Image]:
    """Return photographs at the size of a large rendition."""
    sources = sorted(
        labelled() if os.environ.get("GALLERY_SHARED") else free(), key=lambda each: each.path.stat().st_size
    )
    return [_scaled(Image.open(each.path)) for each in sources[-PICTURES:]]


def _scaled(image: Image.Image) -> Image.Image:
    scale = SHORTER_SIDE["large"] / min(image.size)
    return image.convert("RGB").resize((round(image.width * scale), round(image.height * scale)))


def measure(images: Sequence[Image.Image], kind: str, options: dict[str, object]) -> tuple[float, float]:
    """Return the median milliseconds and kilobytes of encoding each picture once."""
    took, sizes = [], []
    for image in images:
        out = BytesIO()
        started = time.process_time()
        image.save(out, kind, **options)
        took.append(time.process_time() - started)
        sizes.append(out.tell())
    return median(took) * 1000, median(sizes) / 1000


def main() -> None:
    """Print the table."""
    images = pictures()
    sys.stdout.write(f"{'large rendition':24}{'processor time':>16}{'size':>12}\n")
    for name, (kind, options) in FORMATS.items():
        milliseconds, kilobytes = measure(images, kind, options)
        sys.stdout.write(f"{name:24}{milliseconds:>13.1f} ms{kilobytes:>9.0f} kB\n")


if __name__ == "__main__":
    main()
