"""Every page that lists something, and what DynamoDB may bill for it."""

from dataclasses import dataclass, field

from infra.tools.cost import DEAREST
from tests.unit.grown import ALBUM, MONTHS, OFTEN, TOKEN, image_id, sub

from gallery.api.paging import place_cursor

SMALL, LARGE = 100, 1_000_000
FEW, MANY = 0, 1
"""Who follows ten people, and who follows ten thousand."""
VOTES = 22.5
"""What the votes on a query add to it at the most, see infra.tools.cost."""


FILTERED = 560
"""Units of a thousand pictures that are looked at for filters: their postings, and half a unit for each row."""
BY_QUERY = 520
"""Units of the thousand best pictures of a query, of which filters are asked."""
A_YEAR = {"from": "2016-01-01", "to": "2016-12-31"}


@dataclass(frozen=True)
class Page:
    """A page, what it lists, how many of it, and how many read units it may cost.

    From `steady` pictures on, and at least to a million, it costs the same: what is read deeper has to be that long.
    """

    name: str
    path: str
    listed: str
    units: float
    query: dict[str, str] = field(default_factory=dict)
    who: int | None = None
    entries: int = 24
    steady: int = SMALL


PAGES = [
    Page("newest pictures", "/api/images", "images", 14.5),
    Page("pictures of a label", "/api/images", "images", 14, {"label": OFTEN}),
    Page("pictures of an owner", "/api/images", "images", 14, {"owner": sub(0)}),
    Page("captioned pictures", "/api/images", "images", 14.5, {"status": "captioned"}),
    Page("failed pictures", "/api/images", "images", 15.5, {"status": "failed"}, who=FEW),
    Page("favourites", "/api/images", "images", 30, {"favourite": "true"}, who=FEW, steady=10_000),
    Page("the trash", "/api/images", "images", 15, {"trashed": "true"}, who=FEW, steady=10_000),
    Page("pictures by date", "/api/images", "images", 14.5, {"order": "taken"}),
    Page(
        "pictures of an owner by date",
        "/api/images",
        "images",
        28,
        {"order": "taken", "owner": sub(0)},
        who=FEW,
        steady=1000,
    ),
    Page("pictures of a year", "/api/images", "images", 15, {"order": "taken", **A_YEAR}, steady=10_000),
    Page("pictures around one", "/api/images", "images", 18, {"order": "taken", "around": image_id(5)}, entries=24),
    Page("one's own stacks", "/api/stacks", "stacks", 41, who=FEW, entries=12, steady=1000),
    Page("months", "/api/timeline", "months", 4, entries=MONTHS),
    Page("one's own months", "/api/timeline", "months", 5, {"owner": "me"}, who=FEW, entries=MONTHS),
    Page("later pictures", "/api/images", "images", 14.5, {"cursor": str(place_cursor(image_id(60), "added", "", ""))}),
    Page("albums", "/api/albums", "albums", 135),
    Page("an album by date", "/api/images", "images", 16, {"album": ALBUM, "order": "taken"}),
    Page("an album by adding", "/api/images", "images", 16, {"album": ALBUM, "order": "added"}),
    Page(
        "an album by hand, for its owner",
        "/api/images",
        "images",
        40,
        {"album": ALBUM, "order": "manual"},
        who=FEW,
        steady=10_000,
    ),
    Page("an album by a link", f"/api/links/{TOKEN}/images", "images", 20),
    Page("labels and how often each is shown", "/api/labels", "labels", 128, entries=1000, steady=LARGE),
    Page("search", "/api/search", "results", DEAREST.reads + VOTES, {"query": "dog"}, steady=LARGE),
    Page("search for a word", "/api/search", "results", DEAREST.reads + VOTES, {"query": OFTEN}, steady=LARGE),
    Page("search for a kind of files", "/api/search", "results", FILTERED, {"type": "raw"}, entries=0, steady=10_000),
    Page("search in an album", "/api/search", "results", FILTERED, {"album": ALBUM, "type": "jpeg"}, steady=10_000),
    Page("search in a year", "/api/search", "results", 40, A_YEAR, steady=LARGE),
    Page(
        "search for a word in an album",
        "/api/search",
        "results",
        FILTERED + DEAREST.reads + VOTES + BY_QUERY,
        {"album": ALBUM, "query": OFTEN},
        steady=LARGE,
    ),
    Page("similar pictures", f"/api/images/{image_id(5)}/similar", "results", 66, steady=LARGE),
    Page("everybody's posts", "/api/posts", "posts", 37),
    Page("everybody's posts, for a member", "/api/posts", "posts", 62, who=FEW),
    Page("one person's posts", "/api/posts", "posts", 17, {"author": "person_7"}),
    Page("most liked posts", "/api/posts/most-liked", "posts", 20, entries=5),
    Page("feed of who follows ten", "/api/feed", "posts", 56, who=FEW),
    Page("followers", "/api/users/person_7/followers", "users", 28, who=FEW),
    Page("whom somebody follows", "/api/users/person_1/following", "users", 28, who=FEW),
    Page("mutual followers", "/api/users/person_7/mutual", "users", 120, who=FEW),
    Page("people whose names begin so", "/api/users", "users", 47, {"query": "xx"}, who=FEW, entries=10),
    Page("suggestions", "/api/suggestions", "users", 205, who=MANY, entries=10, steady=LARGE),
    Page("failures and dead letters", "/api/admin/failures", "failures", 67, who=FEW),
    Page("people", "/api/admin/people", "people", 14, who=FEW),
    Page("log", "/api/admin/log", "entries", 14, who=FEW),
    Page("reports", "/api/admin/reports", "reports", 40, who=FEW),
    Page("what was voted on", "/api/analytics", "feedback", 290, who=FEW),
    Page("figures", "/api/admin/stats", "captions_per_hour", 26, who=FEW, entries=48),
]
