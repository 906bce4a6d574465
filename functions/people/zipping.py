"""A ZIP file (APPNOTE 6.3, ZIP64 where it is needed) written straight into a multipart upload, an entry at a time.

Between any two entries it can be left and gone on with by another process: a `snapshot` holds the directory so far, the
ETags of the parts that were sent, and what does not make a part yet. Memory holds no more than a part and a half, and
the directory; nothing is written to disk.
"""

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from gallery.pictures import multipart
from gallery.pictures.multipart import UploadGone

_KEPT = (
    "filename", "date_time", "compress_type", "create_version", "extract_version", "flag_bits", "external_attr",
    "header_offset", "CRC", "compress_size", "file_size",
)  # fmt: skip
"""What a directory says of an entry."""
_READABLE = 0o644 << 16
_FIRST_YEAR, _LAST_YEAR = 1980, 2107
"""Of which ZIP knows dates."""
_AROUND, _OF_END = 30 + 46 + 24 + 64, 22 + 56 + 20
"""Most bytes that describe an entry besides its name (local header, directory, descriptor, ZIP64), and the end."""


class _Stream:
    """What a ZipFile writes to, which cannot be read or moved in."""

    def __init__(self, key: str, upload_id: str, etags: list[str], tail: bytes, offset: int) -> None:
        self.etags = etags
        self._key, self._upload_id = key, upload_id
        self._buffer, self._offset = bytearray(tail), offset

    def write(self, data: bytes) -> int:
        """Take bytes; as soon as there are enough of them to leave what makes another part, send one."""
        self._buffer += data
        self._offset += len(data)
        while len(self._buffer) >= multipart.PART_BYTES + multipart.LEAST_BYTES:
            self._send(multipart.PART_BYTES)
        return len(data)

    def tell(self) -> int:
        """Return how long the file is."""
        return self._offset

    def flush(self) -> None:
        """Do nothing: parts have a least size."""

    def close(self) -> None:
        """Do nothing: what is left is sent on purpose."""

    @property
    def makes_a_part(self) -> bool:
        """Whether what is not sent yet is enough for a part."""
        return len(self._buffer) >= multipart.LEAST_BYTES

    @property
    def tail(self) -> bytes:
        """What is not sent yet."""
        return bytes(self._buffer)

    def send(self) -> None:
        """Send what is left, be it enough for a part or the last one."""
        if self._buffer:
            self._send(len(self._buffer))

    def _send(self, length: int) -> None:
        body = bytes(self._buffer[:length])
        self.etags.append(multipart.put_part(self._key, self._upload_id, len(self.etags) + 1, body))
        del self._buffer[:length]


class Zip:
    """One ZIP file that grows in a multipart upload, from its beginning or from a snapshot."""

    def __init__(self, key: str, upload_id: str, snapshot: bytes | None = None) -> None:
        head, _, tail = (snapshot or b'{"etags": [], "offset": 0, "entries": []}\n').partition(b"\n")
        known = json.loads(head)
        self._key, self._upload_id = key, upload_id
        self._stream = _Stream(key, upload_id, known["etags"], tail, known["offset"])
        self._archive = ZipFile(self._stream, "w")
        self._archive.filelist.extend(_entry(dict(zip(_KEPT, entry, strict=True))) for entry in known["entries"])
        self._described = sum(map(_description, self._archive.filelist))

    @property
    def entries(self) -> int:
        """How many there are."""
        return len(self._archive.filelist)

    @property
    def makes_a_part(self) -> bool:
        """Whether a snapshot would hold less than a part."""
        return self._stream.makes_a_part

    def length_with(self, name: str, length: int) -> int:
        """Return how long the file would be at most with another entry, once it is closed."""
        return self._stream.tell() + self._described + _AROUND + 4 * len(name.encode()) + length + _OF_END

    def add(self, name: str, taken_at: str, body: Iterable[bytes], *, packed: bool) -> None:
        """Add an entry dated by a clock (`2024-07-14T16:20:05`), as it is or packed (deflated), a piece at a time."""
        info = ZipInfo(name, _date(taken_at))
        info.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
        info.external_attr = _READABLE
        with self._archive.open(info, "w") as entry:
            for piece in body:
                entry.write(piece)
        self._described += _description(info)

    def snapshot(self) -> bytes:
        """Return all that it takes to go on from here."""
        if self._stream.makes_a_part:
            self._stream.send()
        entries = [[getattr(info, name) for name in _KEPT] for info in self._archive.filelist]
        offset, etags = self._stream.tell(), self._stream.etags
        head = json.dumps({"etags": etags, "offset": offset, "entries": entries}, ensure_ascii=False)
        return head.encode() + b"\n" + self._stream.tail

    def close(self) -> int:
        """End the file and have it stand under its key; return its length. Done again from the same snapshot, no harm.

        Raises UploadGone where the upload is over without such a file having come of it.
        """
        try:
            self._archive.close()
            self._stream.send()
            multipart.complete(self._key, self._upload_id, self._stream.etags)
        except UploadGone:
            if multipart.size_of(self._key) != self._stream.tell():
                raise
        return self._stream.tell()

    def leave(self) -> None:
        """Write nothing more, as a ZipFile does by itself at its end."""
        self._archive.fp = None


def _entry(fields: dict[str, Any]) -> ZipInfo:
    info = ZipInfo(fields["filename"], tuple(fields["date_time"]))
    for name in _KEPT[2:]:
        setattr(info, name, fields[name])
    return info


def _description(info: ZipInfo) -> int:
    return _AROUND + len(info.filename.encode())


def _date(taken_at: str) -> tuple[int, int, int, int, int, int]:
    with suppress(ValueError):
        year, month, day = map(int, taken_at[:10].split("-"))
        hour, minute, second = map(int, taken_at[11:19].split(":"))
        if _FIRST_YEAR <= year <= _LAST_YEAR:
            return year, month, day, hour, minute, second
    return _FIRST_YEAR, 1, 1, 0, 0, 0
