"""XMP packets (ISO 16684-1): XML, of which each top-level property's text is read.

No entity, and nothing else that a document type could define, is ever expanded: XMP has none, and a packet that brings
one is not read. What comes before a fault counts.
"""

from contextlib import suppress
from xml.parsers import expat

from caption.metadata.tags import Tags

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns# "
_FRAME = (f"{_RDF}RDF", f"{_RDF}Description")
_LONGEST = 1_000_000
"""Bytes; the packets of a few tools are larger, for the pictures that they hold in base 64."""
_DEEPEST, _MOST, _LONGEST_TEXT = 50, 20_000, 1000
_NAMES = {
    "http://ns.adobe.com/exif/1.0/": "",
    "http://cipa.jp/exif/1.0/": "",
    "http://ns.adobe.com/tiff/1.0/": "",
    "http://ns.adobe.com/exif/1.0/aux/": "",
    "http://ns.adobe.com/photoshop/1.0/": "photoshop:",
    "http://ns.adobe.com/xap/1.0/": "xmp:",
}
"""Namespaces of which properties are read, and what stands before their names here."""


class _Refused(Exception):
    pass


def read(packet: bytes) -> Tags:
    """Return the properties of a packet that EXIF names as well, and dates; nothing where it is none."""
    begin = packet.find(b"<", 0, 100)
    if begin < 0 or len(packet) > _LONGEST:
        return Tags()
    reader = _Reader()
    with suppress(expat.ExpatError, _Refused):
        reader.parser.Parse(packet[begin:].rstrip(b"\0 \r\n\t"), True)
    return Tags(reader.found)


class _Reader:
    """Follows a packet from element to element and remembers the way to where it is."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self._way: list[str] = []
        self._elements = 0
        self._text: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append

    @staticmethod
    def _refuse(*_: object) -> None:
        raise _Refused

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._way.append(name)
        self._text.clear()
        self._elements += 1
        if len(self._way) > _DEEPEST or self._elements > _MOST:
            raise _Refused
        if self._inside() == 0:
            for key, value in attributes.items():
                self._keep(key, value)

    def _end(self, _name: str) -> None:
        if self._inside() > 0:
            self._keep(self._way[-self._inside()], "".join(self._text))
        self._way.pop()
        self._text.clear()

    def _inside(self) -> int:
        """Return how deep in a top-level property this is: 0 in what describes the picture itself, -1 elsewhere."""
        at = next((at for at in range(len(self._way)) if tuple(self._way[at : at + 2]) == _FRAME), None)
        return -1 if at is None else len(self._way) - at - 2

    def _keep(self, name: str, value: str) -> None:
        """Keep the first text of a property, of a list its first entry's."""
        space, _, local = name.rpartition(" ")
        if space in _NAMES and value.strip():
            self.found.setdefault(f"{_NAMES[space]}{local}", value.strip()[:_LONGEST_TEXT])
