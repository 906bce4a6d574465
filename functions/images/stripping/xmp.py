"""XMP packets (ISO 16684-1), reduced to dates, author and rights."""

from xml.etree import ElementTree as ET

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "exif": "http://ns.adobe.com/exif/1.0/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "rdf": _RDF.strip("{}"),
    "tiff": "http://ns.adobe.com/tiff/1.0/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
}
_KEPT = {
    f"{{{_NAMESPACES[prefix]}}}{name}"
    for prefix, names in {
        "dc": ("creator", "date", "rights"),
        "exif": ("ColorSpace", "DateTimeDigitized", "DateTimeOriginal"),
        "photoshop": ("DateCreated",),
        "tiff": ("Artist", "Copyright", "DateTime", "Orientation", "ResolutionUnit", "XResolution", "YResolution"),
        "xmp": ("CreateDate", "ModifyDate"),
        "xmpRights": ("Marked", "Owner", "UsageTerms", "WebStatement"),
    }.items()
    for name in names
}
_LISTS = (f"{_RDF}Seq", f"{_RDF}Bag", f"{_RDF}Alt")
_FRAME = (
    b'<?xpacket begin="\xef\xbb\xbf" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">',
    b'</x:xmpmeta><?xpacket end="w"?>',
)

for _prefix, _address in _NAMESPACES.items():
    ET.register_namespace(_prefix, _address)


def reduced(packet: bytes) -> bytes:
    """Return a packet with what may be kept of this one, empty where that is nothing or it can't be read."""
    if b"<!" in packet or b"<\0!" in packet or b"\0<\0!" in packet:  # XMP has no document type and so no entities
        return b""
    try:
        root = ET.fromstring(packet.rstrip(b"\0 \n"))  # noqa: S314 (no entities, see above)
    except (ET.ParseError, ValueError, LookupError):
        return b""
    kept = ET.Element(f"{_RDF}Description", {f"{_RDF}about": ""})
    for description in root.findall(f".//{_RDF}Description/..[{_RDF}Description]/{_RDF}Description"):
        kept.extend(_of_attributes(description))
        kept.extend(_plain(element) for element in description if element.tag in _KEPT)
    return _packet(kept) if len(kept) else b""


def _of_attributes(description: ET.Element) -> list[ET.Element]:
    elements = []
    for name, value in description.items():
        if name in _KEPT:
            elements.append(ET.Element(name))
            elements[-1].text = value
    return elements


def _plain(element: ET.Element) -> ET.Element:
    """Return a property with its text, or its list of texts, and nothing that could be nested in it."""
    plain = ET.Element(element.tag)
    list_ = next((child for child in element if child.tag in _LISTS), None)
    if list_ is None:
        plain.text = element.text
        return plain
    items = ET.SubElement(plain, list_.tag)
    for item in list_.findall(f"{_RDF}li"):
        language = {_LANGUAGE: item.attrib[_LANGUAGE]} if _LANGUAGE in item.attrib else {}
        ET.SubElement(items, f"{_RDF}li", language).text = item.text
    return plain


def _packet(description: ET.Element) -> bytes:
    whole = ET.Element(f"{_RDF}RDF")
    whole.append(description)
    written: bytes = ET.tostring(whole, "utf-8", xml_declaration=False)
    return written.join(_FRAME)
