"""The drawing itself, as SVG, which is light or dark as whoever looks at it wants it."""

from collections.abc import Iterable, Mapping
from xml.etree import ElementTree as ET

from infra.tools.diagram.layout import BAR, BOXES, COLUMNS, HEIGHT, LABELS, LEGEND, ROUTES, STORES, WIDTH, Box, Point
from infra.tools.diagram.links import Kind, Link

STYLE = """
:root { --back: #ffffff; --box: #f6f8fa; --edge: #c4ccd6; --text: #1f2933; --quiet: #5b6773;
  --calls: #6b7785; --tells: #b45309; --table: #2563eb; --media: #0b7d57; }
@media (prefers-color-scheme: dark) { :root { --back: #0d1117; --box: #171d25; --edge: #3d4753; --text: #e6edf3;
  --quiet: #9aa7b4; --calls: #8d99a6; --tells: #f0a04b; --table: #78adff; --media: #4cc38a; } }
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--text); }
.title { font-size: 14px; font-weight: 600; }
.note { font-size: 11px; fill: var(--quiet); }
.name { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; font-size: 10.5px; }
.back { fill: var(--back); }
.box { fill: var(--box); stroke: var(--edge); }
.box.table { stroke: var(--table); }
.box.media { stroke: var(--media); }
.box.model { stroke-dasharray: 4 3; }
.line { fill: none; stroke-width: 1.5; stroke-linejoin: round; }
.line.tells { stroke-dasharray: 5 3; }
.calls { --line: var(--calls); }
.tells { --line: var(--tells); }
.line.table, .head.table { --line: var(--table); }
.line.media, .head.media { --line: var(--media); }
.line { stroke: var(--line); }
.head { fill: var(--line); }
"""


def draw(links: Iterable[Link], names: Mapping[str, list[str]]) -> str:
    """Return the drawing as SVG; `names` are what each box has in it.

    Raises:
        KeyError: nobody has said yet where the line of a link shall run.
    """
    pairs: dict[tuple[str, str], set[Kind]] = {}
    for link in links:
        pairs.setdefault((link.source, link.target), set()).add(link.kind)
    root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {WIDTH} {HEIGHT}", "role": "img"})
    ET.SubElement(root, "title").text = "What the gallery consists of"
    ET.SubElement(root, "desc").text = "; ".join(_said(pair, pairs[pair]) for pair in sorted(pairs))
    ET.SubElement(root, "style").text = STYLE
    _rectangle(root, "back", 0, 0, WIDTH, HEIGHT, rx=8)
    for pair in sorted(pairs):
        _line(root, pair, pairs[pair])
    for name, box in BOXES.items():
        _box(root, name, box, names.get(name, []))
    for text, x, y, turned in LABELS:
        _text(root, "note", text, x, y, turned=turned)
    _legend(root, COLUMNS[2], 620)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def _said(pair: tuple[str, str], kinds: set[Kind]) -> str:
    source, target = (BOXES[name].title for name in pair)
    return f"{source} {'and '.join(sorted(kinds))} {target}"


def _line(root: ET.Element, pair: tuple[str, str], kinds: set[Kind]) -> None:
    source, target = pair
    if kinds & {"reads", "writes"} and target in STORES:
        points: tuple[Point, ...] = _to_store(BOXES[source], target)
        look: str = target
    else:
        points, look = ROUTES[pair], "calls" if kinds == {"reads"} else next(iter(kinds))
    ET.SubElement(root, "polyline", {"class": f"line {look}", "points": " ".join(f"{x:g},{y:g}" for x, y in points)})
    if kinds != {"reads"}:
        _head(root, look, *points[-2:])
    if "reads" in kinds:
        _head(root, look, points[1], points[0])


def _to_store(box: Box, name: str) -> tuple[Point, Point]:
    store, x = BOXES[name], box.x + STORES[name]
    if box.y < store.y:
        return (x, box.y + box.height), (x, store.y)
    return (x, box.y), (x, store.y + store.height)


def _head(root: ET.Element, look: str, before: Point, tip: Point) -> None:
    length = abs(tip[0] - before[0]) + abs(tip[1] - before[1])
    x, y = ((tip[0] - before[0]) / length, (tip[1] - before[1]) / length)
    corners = [(0.0, 0.0), (8.0, 4.0), (8.0, -4.0)]
    place = " ".join(f"{tip[0] - x * a - y * b:g},{tip[1] - y * a + x * b:g}" for a, b in corners)
    ET.SubElement(root, "polygon", {"class": f"head {look}", "points": place})


def _box(root: ET.Element, name: str, box: Box, names: list[str]) -> None:
    _rectangle(root, f"box {name}", box.x, box.y, box.width, box.height, rx=8)
    middle = box.x + box.width / 2
    if box.height == BAR:
        _text(root, "title", box.title, box.x + 16, box.y + 24, anchor="start")
        _text(root, "note", box.note, box.x + 74, box.y + 24, anchor="start")
        return
    _text(root, "title", box.title, middle, box.y + 23)
    _text(root, "note", box.note, middle, box.y + 40)
    for number in range(0, len(names), 2):
        two = (2 * "\N{NO-BREAK SPACE}").join(names[number : number + 2])
        _text(root, "name", two, middle, box.y + 59 + 7.5 * number)


def _legend(root: ET.Element, x: float, y: float) -> None:
    for number, (look, words) in enumerate(LEGEND):
        at = y + 17 * number
        ET.SubElement(root, "polyline", {"class": f"line {look}", "points": f"{x:g},{at:g} {x + 32:g},{at:g}"})
        _head(root, look, (x, at), (x + 32, at))
        _text(root, "note", words, x + 42, at + 4, anchor="start")


def _rectangle(root: ET.Element, look: str, x: float, y: float, width: float, height: float, *, rx: float = 0) -> None:
    place = {"x": x, "y": y, "width": width, "height": height, "rx": rx}
    ET.SubElement(root, "rect", {"class": look} | {name: f"{value:g}" for name, value in place.items()})


def _text(
    root: ET.Element, look: str, words: str, x: float, y: float, *, anchor: str = "middle", turned: int = 0
) -> None:
    place = {"class": look, "x": f"{x:g}", "y": f"{y:g}", "text-anchor": anchor}
    if turned:
        place["transform"] = f"rotate({turned} {x:g} {y:g})"
    ET.SubElement(root, "text", place).text = words
