"""The child process that decodes pictures, one after the other, under limits the system enforces.

`python -m caption.decoder` reads a picture's bytes and the side of the model's tensor and answers what was made of it,
until its input ends. It holds no credentials and opens no file. A decoder that crashes, hangs or asks for too much
memory takes only this process down; `caption.examine` sees to that.
"""

import json
import resource
import signal
import sys
import warnings
from contextlib import suppress
from dataclasses import asdict
from typing import IO

from caption import renditions
from caption.decoding import Decoded, decode
from caption.frames import GO_AHEAD, REQUEST_FRAMES, read_frames, write_frames
from caption.metadata.reading import read
from caption.opening import memory_needed, open_picture
from caption.rejection import Rejected
from gallery import limits
from gallery.pictures.metadata import Metadata
from gallery.sizes import SIZES, stand_ins


def confine() -> None:
    """Give up what decoding doesn't need. Where the system has no such limit (macOS), the parent's deadline remains."""
    memory = limits.MAX_DECODE_MEMORY_BYTES
    for kind, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (limit, limit))


def allow_time() -> None:
    """End this process when one picture takes too long even if nobody is left to watch it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime + limits.MAX_DECODE_SECONDS) + 2
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Answer one picture: its header first, the rest when the parent says so. A rejection is the end of the answer."""
    body, side = read_frames(requests, REQUEST_FRAMES)
    allow_time()
    try:
        opened = open_picture(body)
        write_frames(answers, [json.dumps({"memory": memory_needed(opened) + len(body)}).encode()])
        read_frames(requests, len(GO_AHEAD))
        decoded = decode(opened)
        metadata = read(opened.image, body)
        del opened, body  # while renditions are made, memory is needed most
        write_frames(answers, _made_of(decoded, metadata, int(side)))
    except Rejected as rejected:
        known = {"code": rejected.code, "detail": rejected.detail, "cause": rejected.cause}
        write_frames(answers, [json.dumps(known).encode()])


def _made_of(decoded: Decoded, metadata: Metadata, side: int) -> list[bytes]:
    decoded.image.info.clear()  # a comment would find its way into renditions
    made = renditions.reduced(decoded.image)
    shown = {size: made[stand_in] for size, stand_in in stand_ins(made).items()}
    thumbnail, tile = renditions.thumbnail(shown["small"]), renditions.tile(shown["small"])
    known = {
        "media_type": decoded.media_type,
        "width": decoded.width,
        "height": decoded.height,
        "sizes": {size: image.size for size, image in made.items()},
        "rendition_type": renditions.MEDIA_TYPE,
        "rendition_extension": renditions.EXTENSION,
        "color": renditions.color(thumbnail),
        "thumbnail_width": thumbnail.width,
        "thumbnail_height": thumbnail.height,
        "tile_color": renditions.mean_color(tile),
        "metadata": asdict(metadata),
    }
    return [
        json.dumps(known).encode(),
        *(renditions.rendition(made[size], size, drawn=decoded.drawn) if size in made else b"" for size in SIZES),
        renditions.tensor(shown["medium"], side),
        thumbnail.tobytes(),
        renditions.tile_file(tile),
    ]


def main() -> None:
    """Answer pictures until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warnings.simplefilter("ignore")
    confine()
    with suppress(EOFError, BrokenPipeError):
        while True:
            serve(sys.stdin.buffer, sys.stdout.buffer)


if __name__ == "__main__":
    main()
