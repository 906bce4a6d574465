"""Public collections of test images through the decoding child, and what it shows beside what Chromium shows.

    python -m tests.corpora FOLDER [--chromium] [COLLECTION ...]

FOLDER holds a clone of each collection, bare ones too, named as in COLLECTIONS; `git clone` puts them there, nothing of
them is part of this project. Prints, for each collection, how many files were taken and refused by reason, and each
child that died; with Chromium also each picture whose mean differs by more than 8 of 255. Fails if a child died.
"""

import argparse
import shutil
import subprocess
import sys
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path, PurePosixPath
from types import TracebackType

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

from caption.examine import Examination, Rejected, examine
from gallery import limits

COLLECTIONS = {
    "AOMediaCodec/libavif": "092276ce89098ead06db80975173191e5fee1826",
    "bigcat88/pillow_heif": "657f27d7955bbd730701e2e966e7e8751e119eb9",
    "drewnoakes/metadata-extractor-images": "4beba640487802442bc9931fb01274e908102d3a",
    "exif-js/exif-js": "53b0c7c1951a23d255e37ed0a883462218a71b6f",
    "exiftool/exiftool": "38bdbace3037a89d2c332664fc60bddad118958a",
    "Exiv2/exiv2": "e84cb9db060527416a43f3d257656331c85aff28",
    "google/libultrahdr": "418b6b361e252a91c435a56cf386afb37d7d1c9d",
    "ianare/exif-samples": "5332a9cf0220e9c6c93f88a187daa90808051e10",
    "image-rs/image": "2c5368b8de2f76ae9d18bc0bcf2cd16c3164cefe",
    "image-rs/image-gif": "c1a6c4f18aec2884fe4fa7ce4fdbead92c975af1",
    "image-rs/image-png": "4f873e4a628c0e8dbb4204fb263697298f89eb01",
    "image-rs/image-tiff": "31919c7bfcd224143524499a4d51ea33664f7fba",
    "image-rs/jpeg-decoder": "eb2d7c0f6a2d0298aba7a7f8b9ca1440353e8f8c",
    "libjpeg-turbo/libjpeg-turbo": "8a99315babe7fe946bef539c125f26b9e6aad8ab",
    "lovell/sharp": "ea5bef24c187b2c7ee3fe3cad3b45c8cb67a46fd",
    "python-pillow/Pillow": "4e5f09f533dbd0d87d39951f48b62f4d1a421cba",
    "recurser/exif-orientation-examples": "219294e144531b0c01247913cb58b6f5531b5081",
    "strukturag/libheif": "9f31998e0f426eeec9ece938baabe6fbf858e042",
    "webmproject/libwebp-test-data": "05cd58b26e61385abd851aae60d26b6e3a769479",
}
"""Collections on GitHub, and the commit whose files were looked at last."""

_WEB = {".jpg": "jpeg", ".jpeg": "jpeg", ".png": "png", ".apng": "png", ".webp": "webp", ".gif": "gif", ".avif": "avif"}
_WEB |= {".bmp": "bmp", ".dib": "bmp", ".avifs": "avif"}
_OTHERS = {".heic", ".heif", ".hif", ".tif", ".tiff", ".dng", ".nef", ".cr2", ".cr3", ".arw", ".raf", ".orf", ".rw2"}
_OTHERS |= {
    ".jp2",
    ".j2k",
    ".jxl",
    ".ico",
    ".cur",
    ".tga",
    ".pcx",
    ".qoi",
    ".svg",
    ".psd",
    ".ppm",
    ".dds",
    ".fits",
    ".crw",
}
_LARGEST = 50_000_000
_DIFFERENT = 8.0

_DRAW = """async ([body, type, width, height]) => {
  const bytes = Uint8Array.from(atob(body), (each) => each.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type }));
  const image = new Image();
  image.src = url;
  try {
    await image.decode();
  } catch {
    return null;
  } finally {
    URL.revokeObjectURL(url);
  }
  const context = new OffscreenCanvas(width, height).getContext('2d', { colorSpace: 'srgb' });
  context.fillStyle = 'white';
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  const data = context.getImageData(0, 0, width, height).data;
  let text = '';
  for (let at = 0; at < data.length; at += 32768) text += String.fromCharCode(...data.subarray(at, at + 32768));
  return [image.naturalWidth, image.naturalHeight, btoa(text)];
}"""


class Chromium:
    """A browser that shows pictures one after the other."""

    def __enter__(self) -> "Chromium":
        self._playwright = sync_playwright().start()
        self._browser = self._playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--force-color-profile=srgb", "--no-sandbox"]
        )
        self._page = self._browser.new_page()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._browser.close()
        self._playwright.stop()

    def shows(self, body: bytes, kind: str) -> bool:
        """Tell whether the browser shows a file at all."""
        return self._page.evaluate(_DRAW, [b64encode(body).decode(), f"image/{kind}", 1, 1]) is not None

    def compare(self, body: bytes, kind: str, ours: Examination) -> str | None:
        """Return in what a picture differs from what the browser shows of it; None where it hardly does."""
        with Image.open(BytesIO(ours.large)) as image:
            shown = np.asarray(image.convert("RGB"), np.int16)
        height, width = shown.shape[:2]
        seen = self._page.evaluate(_DRAW, [b64encode(body).decode(), f"image/{kind}", width, height])
        if seen is None:
            return "not shown by Chromium"
        if (seen[0], seen[1]) != (ours.width, ours.height):
            return f"{ours.width} x {ours.height} instead of {seen[0]} x {seen[1]}"
        pixels = np.frombuffer(b64decode(seen[2]), np.uint8).reshape(height, width, 4)[..., :3]
        mean = float(np.abs(shown - pixels).mean())
        return f"mean {mean:.1f}" if mean > _DIFFERENT else None


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _git(folder: Path, *arguments: str) -> bytes:
    command = ["git", "--git-dir", str(folder / ".git" if (folder / ".git").is_dir() else folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _pictures(folder: Path) -> Iterator[tuple[str, bytes]]:
    for line in _git(folder, "ls-tree", "-r", "-l", "-z", "HEAD").split(b"\0")[:-1]:
        told, _, path = line.partition(b"\t")
        name, size = path.decode(), told.split()[3]
        # A snapshot may lack its largest files.
        there = size.isdigit() and 0 < int(size) <= _LARGEST
        if there and PurePosixPath(name).suffix.lower() in _OTHERS | _WEB.keys():
            body = _git(folder, "cat-file", "blob", f"HEAD:{name}")
            if not body.startswith(b"version https://git-lfs"):
                yield name, body


def _look(folder: Path, browser: Chromium | None) -> tuple[Counter[str], int]:
    """Print what is said of the files of a collection; return how often what, and how many children died."""
    outcomes: Counter[str] = Counter()
    died = 0
    for name, body in _pictures(folder):
        kind = _WEB.get(PurePosixPath(name).suffix.lower())
        try:
            found = examine(body)
        except Rejected as rejected:
            outcomes[rejected.code] += 1
            if "time and memory" in rejected.detail:
                died += 1
                _say(f"  DIED  {name}: {rejected.cause}")
            elif browser and kind and browser.shows(body, kind):
                outcomes["refused, shown by Chromium"] += 1
                _say(f"  {name}: {rejected.code}, though Chromium shows it: {rejected.cause[:120]}")
            elif rejected.code in {"unreadable", "not_an_image"} and not kind:
                _say(f"  {name}: {rejected.code}: {rejected.cause[:120]}")
            continue
        outcomes["taken"] += 1
        difference = browser.compare(body, kind, found) if browser and kind else None
        if difference:
            outcomes["different"] += 1
            _say(f"  {name}: {difference}")
    return outcomes, died


def main() -> None:
    """Look at each collection that is there."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("collections", nargs="*", default=[*COLLECTIONS])
    parser.add_argument("--chromium", action="store_true")
    chosen = parser.parse_args()
    limits.MAX_DECODE_SECONDS = 120  # of the clock, on a machine that may be busy; processor time stays bounded
    browser = Chromium().__enter__() if chosen.chromium else None
    deaths = 0
    for collection in chosen.collections:
        folder = chosen.folder / collection.rpartition("/")[2]
        if not folder.is_dir():
            _say(f"{collection}: not in {chosen.folder}")
            continue
        _say(f"{collection} {_git(folder, 'rev-parse', 'HEAD').decode().strip()}")
        outcomes, died = _look(folder, browser)
        deaths += died
        _say(f"{collection}: {dict(sorted(outcomes.items()))}, {died} died")
    if browser:
        browser.__exit__(None, None, None)
    sys.exit(deaths > 0)


if __name__ == "__main__":
    main()
