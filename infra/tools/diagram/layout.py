"""Where things stand and lines run, by hand: what belongs together stands together."""

from dataclasses import dataclass

Point = tuple[float, float]
WIDTH, HEIGHT = 900, 690
COLUMNS = (72, 238, 404, 570, 736)
COLUMN = 148
BEHIND_API, AT_WORK = 222, 476
"""Where the two rows of functions begin."""
ROW, BAR, LOW = 84, 38, 54
"""Heights of boxes: of those with functions, of those that all others touch, and of the rest."""


@dataclass(frozen=True)
class Box:
    """A rectangle, its left upper corner at `x`, `y`."""

    title: str
    note: str
    x: float
    y: float
    width: float = COLUMN
    height: float = ROW


def _in_row(top: float, **titled: tuple[str, str]) -> dict[str, Box]:
    return {name: Box(*words, x, top) for x, (name, words) in zip(COLUMNS, titled.items(), strict=True)}


def _across(title: str, note: str, top: float) -> Box:
    return Box(title, note, COLUMNS[0], top, COLUMNS[-1] + COLUMN - COLUMNS[0], BAR)


BOXES = {
    "visitor": Box("Browser", "or command line", COLUMNS[0], 48, height=LOW),
    "cdn": Box("One address", "CloudFront", COLUMNS[1], 48, COLUMNS[2] + COLUMN - COLUMNS[1], LOW),
    "page": Box("The page", "S3: React", COLUMNS[3], 48, height=LOW),
    "accounts": Box("Accounts", "Cognito", COLUMNS[4], 48, height=LOW),
    "api": _across("API", "API Gateway", 146),
    **_in_row(
        BEHIND_API,
        pictures=("Pictures", "tickets, lists, changes"),
        search=("Search", "by meaning; votes"),
        trial=("Just trying", "nothing is kept"),
        admin=("Administration", "failures, people, log"),
        people=("People", "profiles, posts, albums"),
    ),
    "table": _across("Table", "DynamoDB: what is listed, searched and counted", 348),
    "media": _across("Media", "S3: originals, renditions, records; the truth about pictures", 408),
    **_in_row(
        AT_WORK,
        mosaic=("Mosaics", "SciPy"),
        captioning=("Captioning", "ResNet50 on LiteRT"),
        queues=("Queues", "SQS"),
        upkeep=("Upkeep", "on a schedule"),
        watching=("Watching", "alarms, budget"),
    ),
    "model": Box("Language model", "if a stage names one", COLUMNS[1], 608, height=LOW),
}
STORES = {"table": 46, "media": 78}
"""How far from the left of a box its line to a store is."""
ROUTES: dict[tuple[str, str], tuple[Point, ...]] = {
    **{
        ("api", name): ((box.x + 74, BEHIND_API - BAR), (box.x + 74, BEHIND_API))
        for name, box in BOXES.items()
        if box.y == BEHIND_API
    },
    ("visitor", "cdn"): ((220, 75), (238, 75)),
    ("visitor", "accounts"): ((146, 48), (146, 28), (810, 28), (810, 48)),
    ("visitor", "media"): ((72, 75), (26, 75), (26, 436), (72, 436)),
    ("cdn", "page"): ((552, 75), (570, 75)),
    ("cdn", "media"): ((262, 102), (262, 124), (48, 124), (48, 420), (72, 420)),
    ("cdn", "api"): ((395, 102), (395, 146)),
    ("pictures", "mosaic"): ((92, 306), (92, AT_WORK)),
    ("pictures", "captioning"): ((124, 306), (124, 464), (258, 464), (258, AT_WORK)),
    ("admin", "accounts"): ((690, 222), (690, 124), (780, 124), (780, 102)),
    ("admin", "people"): ((718, 264), (736, 264)),
    ("admin", "queues"): ((586, 306), (586, 458), (528, 458), (528, AT_WORK)),
    ("admin", "watching"): ((696, 306), (696, 454), (750, 454), (750, AT_WORK)),
    ("people", "page"): ((764, 222), (764, 134), (706, 134), (706, 102)),
    ("people", "accounts"): ((850, 222), (850, 102)),
    ("media", "queues"): ((478, 446), (478, AT_WORK)),
    ("queues", "captioning"): ((404, 500), (386, 500)),
    ("captioning", "queues"): ((386, 530), (404, 530)),
    ("captioning", "model"): ((312, 560), (312, 608)),
    ("upkeep", "captioning"): ((640, 560), (640, 572), (368, 572), (368, 560)),
    ("upkeep", "queues"): ((570, 518), (552, 518)),
    ("upkeep", "admin"): ((676, AT_WORK), (676, 306)),
    ("upkeep", "people"): ((708, AT_WORK), (708, 464), (764, 464), (764, 306)),
    ("upkeep", "accounts"): ((714, AT_WORK), (714, 470), (727, 470), (727, 114), (796, 114), (796, 102)),
    ("upkeep", "watching"): ((718, 518), (736, 518)),
    ("watching", "captioning"): ((810, 560), (810, 582), (350, 582), (350, 560)),
}
"""Where the line of a link runs that is not to a store."""
LABELS: tuple[tuple[str, float, float, int], ...] = (
    ("signs in", 478, 22, 0),
    ("uploads", 20, 260, -90),
    ("pictures", 42, 260, -90),
    ("new originals", 438, 464, 0),
    ("stops", 580, 596, 0),
)
LEGEND: tuple[tuple[str, str], ...] = (
    ("calls", "calls"),
    ("tells", "is told by an event, or a message that waits"),
    ("table", "reads and writes the table, as arrows point"),
    ("media", "reads and writes the bucket"),
)
