"""HEIC and AVIF files (HEIF: ISO/IEC 23008-12, AV1 Image File Format 1.2) with one picture.

The picture, what it is put together from and its transparency stay where they are, with what may be kept of Exif and
XMP. The directory of items (`meta`) is written anew without the others, such as thumbnails, depth and gain maps, and
every byte that belongs to nothing kept becomes zero, appended films included.
"""

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from images.stripping import tiff, xmp
from images.stripping.boxes import Box, boxes, gap, written
from images.stripping.odd import OddFileError

_FULL = 4
"""Version and flags, with which the content of many boxes begins."""
_SEQUENCES = {b"avis", b"msf1", b"hevc", b"hevx"}
"""Brands of files that are animated."""
_CODED = {b"hvc1", b"av01", b"grid", b"iovl", b"iden"}
_DESCRIBED_BY = {
    b"ispe", b"pixi", b"hvcC", b"av1C", b"auxC", b"a1op", b"a1lx", b"lsel",  # pixels
    b"irot", b"imir", b"clap", b"pasp", b"rloc",  # orientation and frame
    b"colr", b"clli", b"mdcv", b"cclv", b"amve",  # colours
}  # fmt: skip
_ALPHA = (b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha", b"urn:mpeg:hevc:2015:auxid:1")
_IN_FILE, _IN_META = 0, 1


@dataclass(frozen=True, slots=True)
class _Item:
    """Something the file holds: its kind, its entry among the items, and where its bytes are."""

    kind: bytes
    entry: bytes
    location: bytes = b""
    method: int = _IN_FILE
    spans: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, slots=True)
class _Reference:
    """That one item is made of, or says something of, others."""

    kind: bytes
    source: int
    targets: Sequence[int]


def cleaned(body: bytes) -> bytes:
    """Return a file with its one picture; raises OddFileError."""
    whole = list(boxes(body, 0, _length(body)))
    if not whole or whole[0].kind != b"ftyp" or body[whole[0].inside :][:4] in _SEQUENCES:
        raise OddFileError("no file of one picture")
    (meta,) = (box for box in whole if box.kind == b"meta")
    directory = _Directory(body, meta)
    texts = directory.texts()
    kept = [*directory.pictures(), *texts]
    spans = {number: directory.places(number) for number in kept}
    result = bytearray(len(body))
    for box in whole:
        result[box.start : box.end] = _kept_box(body, box)
    for span in (span for spans_of in spans.values() for span in spans_of):
        result[slice(*span)] = body[slice(*span)]
    for number, content in texts.items():
        result[slice(*spans[number][0])] = content
    result[meta.start : meta.end] = directory.rewritten(kept, bytes(result))
    last = max(end for spans_of in spans.values() for _, end in spans_of)
    return bytes(result[: next(box.end for box in whole if box.end >= max(last, meta.end))])


def _length(body: bytes) -> int:
    """Return how many bytes of the file are boxes; whatever was appended that is none is not looked at."""
    at = 0
    while at + 8 <= len(body):
        size = struct.unpack_from(">I", body, at)[0] or len(body) - at
        if size == 1:
            (size,) = struct.unpack_from(">Q", body, at + 8)
        if size < 8 or at + size > len(body):
            break
        at += size
    return at


def _kept_box(body: bytes, box: Box) -> bytes:
    """Return a box of the file without its content, as nothing but a gap where it is none of HEIF's."""
    match box.kind:
        case b"ftyp":
            return body[box.start : box.end]
        case b"mdat":
            return body[box.start : box.inside].ljust(box.size, b"\0")
        case _:
            return gap(box.size)


class _Directory:
    """The items of a file, as its `meta` box lists them."""

    def __init__(self, body: bytes, meta: Box) -> None:
        self.body, self.meta = body, meta
        self.children = list(boxes(body, meta.inside + _FULL, meta.end))
        self.named = {box.kind: box for box in self.children}
        self.items = dict(self._items())
        self.references = list(self._references())
        self.primary = self._reader(b"pitm").number(2 if self._version(b"pitm") == 0 else 4)

    def pictures(self) -> list[int]:
        """Return the picture's item, those it is made of, and their transparency."""
        numbers = [self.primary]
        for number in numbers:
            if self.items[number].kind not in _CODED:
                raise OddFileError("a picture of an unknown kind")
            for reference in self.references:
                if reference.kind == b"dimg" and reference.source == number:
                    numbers += [target for target in reference.targets if target not in numbers]
                if reference.kind == b"auxl" and number in reference.targets and self._is_alpha(reference.source):
                    numbers += [reference.source] * (reference.source not in numbers)
        return numbers

    def texts(self) -> dict[int, bytes]:
        """Return what may be kept of Exif and XMP that is about the picture, as long as it was."""
        about = {
            reference.source
            for reference in self.references
            if reference.kind == b"cdsc" and self.primary in reference.targets
        }
        texts = {number: self._text(number) for number in about if len(self.items[number].spans) == 1}
        return {number: content for number, content in texts.items() if content}

    def _text(self, number: int) -> bytes:
        item, (span,) = self.items[number], self.places(number)
        content = self.body[slice(*span)]
        if item.kind == b"Exif":
            before = 4 + struct.unpack_from(">I", content)[0]
            kept = tiff.cleaned(content[before:])
            if before + len(kept) > len(content):
                raise OddFileError("a block that ends too early")
            return (content[:before] + kept).ljust(len(content), b"\0") if kept else b""
        if item.kind == b"mime" and b"\0application/rdf+xml\0" in item.entry:
            kept = xmp.reduced(content)
            return kept.ljust(len(content)) if 0 < len(kept) <= len(content) else b""
        return b""

    def places(self, number: int) -> list[tuple[int, int]]:
        """Return where in the file an item's bytes begin and end."""
        item = self.items[number]
        if item.method == _IN_FILE:
            start, end = 0, len(self.body)
        elif item.method == _IN_META:
            start, end = self.named[b"idat"].inside, self.named[b"idat"].end
        else:
            raise OddFileError("an item that is made of others' bytes")
        places = [(start + at, start + at + size) for at, size in item.spans]
        if not places or any(stop > end or stop <= begin for begin, stop in places):
            raise OddFileError("an item that leads outside")
        return places

    def rewritten(self, kept: Iterable[int], body: bytes) -> bytes:
        """Return the box with these items alone, as long as it was; `body` is the file with what is kept of it."""
        kept = sorted(kept)
        contents = {
            b"iinf": self._counted(b"iinf", len(kept)) + b"".join(self.items[number].entry for number in kept),
            b"iloc": self._locations(kept),
            b"iref": self._kept_references(kept),
            b"iprp": b"".join(self._properties(kept)),
        }
        for kind in (b"hdlr", b"pitm", b"dinf"):
            if kind in self.named:
                contents[kind] = self._content(kind)
        if b"idat" in self.named:
            contents[b"idat"] = body[self.named[b"idat"].inside : self.named[b"idat"].end]
        before = self.body[self.meta.start : self.meta.inside + _FULL]
        content = (written(box.kind, contents[box.kind]) for box in self.children if contents.get(box.kind))
        return self._filled(before + b"".join(content))

    def _filled(self, whole: bytes) -> bytes:
        left = self.meta.size - len(whole)
        if left and left < 8:
            raise OddFileError("too little room for a gap")
        return whole + gap(left) if left else whole

    def _content(self, kind: bytes) -> bytes:
        return self.body[self.named[kind].inside : self.named[kind].end]

    def _full(self, kind: bytes) -> bytes:
        return self._content(kind)[:_FULL]

    def _version(self, kind: bytes) -> int:
        return self._content(kind)[0]

    def _reader(self, kind: bytes) -> "_Reader":
        return _Reader(self._content(kind), _FULL)

    def _counted(self, kind: bytes, count: int) -> bytes:
        return self._full(kind) + count.to_bytes(2 if self._version(kind) == 0 else 4, "big")

    def _items(self) -> Iterator[tuple[int, _Item]]:
        inside = self.named[b"iinf"].inside + _FULL + (2 if self._version(b"iinf") == 0 else 4)
        located = self._located()
        for box in boxes(self.body, inside, self.named[b"iinf"].end):
            entry = _Reader(self.body[box.inside : box.end], _FULL)
            version = self.body[box.inside]
            if box.kind != b"infe" or version not in (2, 3):
                raise OddFileError("an item that says too little")
            number = entry.number(2 if version == 2 else 4)
            if entry.number(2):
                raise OddFileError("a protected item")
            kind, raw = entry.take(4), self.body[box.start : box.end]
            yield number, _Item(kind, raw, *located.get(number, ()))

    def _located(self) -> dict[int, tuple[bytes, int, list[tuple[int, int]]]]:
        """Return of each item its entry in `iloc`, in what its places count, and those places with their lengths."""
        reader, version = self._reader(b"iloc"), self._version(b"iloc")
        sizes = reader.number(2)
        at_size, length_size, base_size, index_size = (sizes >> shift & 15 for shift in (12, 8, 4, 0))
        wide = 4 if version == 2 else 2
        located = {}
        for _ in range(reader.number(wide)):
            begin = reader.at
            number = reader.number(wide)
            method = reader.number(2) & 15 if version else _IN_FILE
            if reader.number(2):
                raise OddFileError("an item in another file")
            base = reader.number(base_size)
            spans = []
            for _ in range(reader.number(2)):
                reader.take(index_size if version else 0)
                spans.append((base + reader.number(at_size), reader.number(length_size)))
            located[number] = reader.content[begin : reader.at], method, spans
        return located

    def _locations(self, kept: Sequence[int]) -> bytes:
        count = len(kept).to_bytes(4 if self._version(b"iloc") == 2 else 2, "big")
        return self._content(b"iloc")[: _FULL + 2] + count + b"".join(self.items[number].location for number in kept)

    def _references(self) -> Iterator[_Reference]:
        if b"iref" not in self.named:
            return
        wide = 4 if self._version(b"iref") else 2
        for box in boxes(self.body, self.named[b"iref"].inside + _FULL, self.named[b"iref"].end):
            reader = _Reader(self.body[box.inside : box.end], 0)
            source = reader.number(wide)
            yield _Reference(box.kind, source, [reader.number(wide) for _ in range(reader.number(2))])

    def _kept_references(self, kept: Sequence[int]) -> bytes:
        content = b"".join(self._reference(reference, kept) for reference in self.references)
        return self._full(b"iref") + content if content else b""

    def _reference(self, reference: _Reference, kept: Sequence[int]) -> bytes:
        targets = [target for target in reference.targets if target in kept]
        if reference.source not in kept or not targets:
            return b""
        wide = 4 if self._version(b"iref") else 2
        numbers = b"".join(target.to_bytes(wide, "big") for target in targets)
        return written(
            reference.kind, reference.source.to_bytes(wide, "big") + len(targets).to_bytes(2, "big") + numbers
        )

    def _properties(self, kept: Sequence[int]) -> Iterator[bytes]:
        for box in boxes(self.body, self.named[b"iprp"].inside, self.named[b"iprp"].end):
            if box.kind == b"ipco":
                properties = boxes(self.body, box.inside, box.end)
                yield written(b"ipco", b"".join(self._property(box) for box in properties))
            elif box.kind == b"ipma":
                yield written(b"ipma", self._associations(self.body[box.inside : box.end], kept))

    def _property(self, box: Box) -> bytes:
        """Return a property, or a gap in its stead, since items count them."""
        return self.body[box.start : box.end] if box.kind in _DESCRIBED_BY else gap(box.size)

    def _associations(self, content: bytes, kept: Sequence[int]) -> bytes:
        entries = [raw for number, raw, _ in _associated(content) if number in kept]
        return content[:_FULL] + len(entries).to_bytes(4, "big") + b"".join(entries)

    def _is_alpha(self, number: int) -> bool:
        """Tell whether an auxiliary picture is the transparency of another."""
        properties: list[Box] = []
        associated: list[int] = []
        for box in boxes(self.body, self.named[b"iprp"].inside, self.named[b"iprp"].end):
            if box.kind == b"ipco":
                properties = list(boxes(self.body, box.inside, box.end))
            elif box.kind == b"ipma":
                content = self.body[box.inside : box.end]
                associated += [
                    index for item, _, indices in _associated(content) if item == number for index in indices
                ]
        own = (properties[index - 1] for index in associated if index)
        return any(box.kind == b"auxC" and self.body[box.inside + _FULL : box.end].startswith(_ALPHA) for box in own)


def _associated(content: bytes) -> Iterator[tuple[int, bytes, list[int]]]:
    """Yield item, entry and numbers of properties of each entry of an `ipma` box."""
    reader, version, wide = _Reader(content, _FULL), content[0], 2 if content[3] & 1 else 1
    for _ in range(reader.number(4)):
        begin = reader.at
        number = reader.number(4 if version else 2)
        # The highest bit says whether a reader has to understand the property.
        indices = [reader.number(wide) & ~(0x80 << 8 * (wide - 1)) for _ in range(reader.number(1))]
        yield number, content[begin : reader.at], indices


class _Reader:
    """Bytes that are read one after the other; raises OddFileError where they end too early."""

    def __init__(self, content: bytes, at: int) -> None:
        self.content, self.at = content, at

    def take(self, size: int) -> bytes:
        taken = self.content[self.at : self.at + size]
        if len(taken) != size:
            raise OddFileError("a box that ends too early")
        self.at += size
        return taken

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")
