"""A gallery of any size, in a table that takes no room: each row is reckoned when it is read.

A thousand different pictures come again and again under new ids; each person posts fifty times and has everybody for a
follower. So every list that grows with the gallery is there at full length; rows of pictures, people and posts, and
which picture stands in which list, come from the code that writes them.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from itertools import accumulate
from typing import Any
from uuid import UUID

from tests.benchmarks import _synthetic as synthetic
from tests.benchmarks._table import POSTED_AT, Ranked, Reckoned

from gallery.albums import albums, links
from gallery.albums.albums import Album
from gallery.albums.links import Link
from gallery.aws import table
from gallery.feedback import votes
from gallery.people import people
from gallery.people.people import Person
from gallery.pictures import rows
from gallery.pictures.model import Failure, Membership, Picture, failed, restricted
from gallery.posts import posts
from gallery.posts.posts import Post

AT = "2026-05-04T09:30:00.000Z"
DIFFERENT = 1000
"""How many pictures there are of which no two are the same but for their ids."""
OFTEN = "harbour"
"""What owners call one picture in three; one in four could not be read."""
OWNERS = 3
TRASHED, TRASHED_REST = 100, 7
"""One picture in so many is in the trash: none that can be posted."""
POSTS_EACH = 50
FOLLOWS = {0: 10, 1: 10_000}
FOLLOWS_OTHERWISE = 200
"""How many people somebody follows, by who it is: all of them evenly spread over everybody."""
YEARS_OF_COUNTERS = 10
ALBUM, TOKEN = "01KAGVQ2W3M8Y6Z5T4R7N9P0XC", "x" * 22
"""An album of every second picture, and the token of a link to it."""
VOTED, DAYS = 300, 366
"""On how many pictures, and days, there are votes on each query."""
MOST_LABELS = 100_000
MONTHS = 15 * 12
"""Over so many, from 2010 on, the pictures are spread."""

image_id = synthetic.image_id
number_of = synthetic.number_of


def sub(number: int) -> str:
    """Return the account of a person by their number."""
    return str(UUID(int=number))


@dataclass(frozen=True)
class Repeated(Sequence[str]):
    """The sort keys of one list: some numbers for each score, and the same again `times` under later ids."""

    numbers: Mapping[str, Sequence[int]]
    times: int

    @cached_property
    def _scores(self) -> Sequence[str]:
        return sorted(self.numbers)

    @cached_property
    def _ends(self) -> Sequence[int]:
        return list(accumulate(len(self.numbers[each]) * self.times for each in self._scores))

    def __len__(self) -> int:
        return self._ends[-1]

    def __getitem__(self, place: Any) -> Any:  # noqa: ANN401 - a sequence's own
        at = bisect_right(self._ends, place)
        score = self._scores[at]
        alike = self.numbers[score]
        time, which = divmod(place - (self._ends[at - 1] if at else 0), len(alike))
        return score + image_id(time * DIFFERENT + alike[which])


@cache
def grown(pictures: int) -> "Grown":
    """Return a gallery of so many pictures."""
    return Grown(pictures)


@dataclass(frozen=True)
class Grown:
    """So many pictures and as many people."""

    pictures: int

    def keys(self, partition: str) -> Sequence[str]:
        """Return the sort keys of a partition, in order."""
        kind = partition.partition("#")[0]
        reckoned = self._lists.get(kind)
        return reckoned(partition) if reckoned else self._of_pictures.get(partition, ())

    @cached_property
    def _lists(self) -> Mapping[str, Callable[[str], Sequence[str]]]:
        numbers, everybody = Reckoned(self.pictures, image_id), Reckoned(self.pictures, sub)
        return {
            "DEADLETTERS": lambda _: numbers,
            "ALBUMS": lambda _: numbers,
            "LOG": lambda _: numbers,
            "POSTS": lambda _: Reckoned(POSTS_EACH * self.pictures, image_id),
            "AUTHOR": lambda pk: Reckoned(POSTS_EACH, lambda place: image_id(_whose(pk) + place * self.pictures)),
            "MARKED": lambda pk: numbers if pk.endswith("#ids") else Reckoned(self.pictures, _moment),
            "PEOPLE": lambda _: everybody,
            "NAME": lambda _: everybody,
            "INITIALS": lambda _: Reckoned(self.pictures, lambda person: f"xxxx#{sub(person)}"),
            "FOLLOWERS": lambda _: everybody,
            "FOLLOWING": lambda pk: self._followed_by(_whose(pk)),
            "LABELS": lambda _: Reckoned(min(MOST_LABELS, self.pictures), "label {:06}".format),
            "FEEDBACK": lambda _: _sums(),
            "REPORTED": lambda _: Reckoned(self.pictures, "{:064x}".format),
            "STACKS": lambda pk: _stacked(_whose(pk), self.pictures),
            "TALLIES": lambda _: Reckoned(YEARS_OF_COUNTERS * 365 // 3, "{:04}".format),
            "CAPTIONS": lambda _: _hours(),
            "MONTHS": lambda _: Reckoned(MONTHS, lambda place: f"{2010 + place // 12}-{place % 12 + 1:02}"),
        }

    @cached_property
    def _of_pictures(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, picture in enumerate(_different()[: self.pictures]):
            for pk, sk in rows.postings(picture):
                found[pk][sk.removesuffix(picture.id)].append(number)
        times = max(1, self.pictures // DIFFERENT)
        return {pk: Repeated(numbers, times) for pk, numbers in found.items()}

    def _followed_by(self, person: int) -> Sequence[str]:
        first, step = self._first_and_step(person)
        return Reckoned(self._follows(person), lambda place: sub(first + place * step))

    def _first_and_step(self, person: int) -> tuple[int, int]:
        step = self.pictures // self._follows(person)
        return 7 * person % step, step

    def _follows(self, person: int) -> int:
        return min(FOLLOWS.get(person, FOLLOWS_OTHERWISE), self.pictures)

    def ranking(self, name: str) -> Sequence[Ranked]:
        """Return what stands in the index of ranks: something for each picture, the newest ranking highest."""
        key: Callable[[int], tuple[str, str]] = {
            "MOSTLIKED": lambda number: (f"POST#{image_id(number)}", "POST"),
            "REPORTS": lambda number: ("REPORTS", f"image#{image_id(number)}"),
            "QUERIES": lambda number: ("QUERIES", f"query {number:08}"),
        }[name]
        return Reckoned(self.pictures, lambda place: (place + 1, *key(place)))

    def row(self, pk: str, sk: str) -> table.Row | None:
        """Return a row, None where there is none."""
        kind = pk.partition("#")[0]
        if kind in {"PAUSE", "RECAPTION"} or (kind == "USERNAME" and not pk.startswith("USERNAME#person_")):
            return None
        if kind == "LINK" and pk != links.link_key(links.digest_of(TOKEN))["pk"]:
            return None
        if kind == "MARKED" and pk.endswith("#ids") and number_of(sk) % 2:
            return None
        if kind in {"FOLLOWING", "LIKED"} and not self._has_edge(kind, pk, sk):
            return None
        return table.key(pk, sk) | self._said(kind, pk, sk)

    def _has_edge(self, kind: str, pk: str, sk: str) -> bool:
        if kind == "LIKED":
            return number_of(sk) % 2 == 0
        first, step = self._first_and_step(_whose(pk))
        return UUID(sk).int % step == first

    def _said(self, kind: str, pk: str, sk: str) -> table.Row:
        said: Mapping[str, Callable[[], table.Row]] = {
            "IMAGE": lambda: rows.to_row(self._picture(pk.partition("#")[2])),
            "ALBUM": lambda: albums.to_row(_album(pk.partition("#")[2])),
            "LINK": lambda: links.to_row(_link()),
            "PERSON": lambda: people.to_row(self._person(_whose(pk))),
            "USERNAME": lambda: {"sub": sub(int(pk.rpartition("_")[2]))},
            "POST": lambda: self._post(number_of(pk.partition("#")[2])),
            "POSTS": lambda: {"author": sub(number_of(sk) % self.pictures)},
            "AUTHOR": lambda: {"author": pk.partition("#")[2]},
            "LABELS": lambda: {"label": sk, "pictures": 7},
            "REPORTS": lambda: _ranked("REPORTS", number_of(sk.partition("#")[2])),
            "QUERIES": lambda: _ranked("QUERIES", int(sk.partition(" ")[2])) | {"query": sk},
        }
        return said[kind]() if kind in said else _SAID.get(kind, POSTING)

    def _picture(self, image_id: str) -> Picture:
        number = number_of(image_id)
        return replace(_different()[number % DIFFERENT], id=image_id, stack=_stack(number))

    def _person(self, number: int) -> Person:
        return Person(
            sub=sub(number), username=f"person_{number}", display_name="x" * 20, bio="x" * 100, created_at=AT,
            followers=self.pictures, following=self._follows(number), posts=POSTS_EACH,
        )  # fmt: skip

    def _post(self, number: int) -> table.Row:
        picture, author = image_id(_readable(number % self.pictures)), sub(number % self.pictures)
        post = Post(id=image_id(number), image_id=picture, author=author, text="x" * 50, created_at=AT)
        return posts.to_row(post) | {"ranking": "MOSTLIKED", "rank": number + 1}


def _album(album_id: str) -> Album:
    return Album(id=album_id, owner=sub(0), title="x" * 50, created_at=AT, visibility="public")


def _link() -> Link:
    chosen: dict[str, Any] = {"mode": "view", "downloads": "originals", "place": False, "review": True}
    return links.made(ALBUM, TOKEN, **chosen, max_pictures=500, max_bytes=10**9)


def _moment(number: int) -> str:
    return f"{AT}#{image_id(_readable(number))}"


def _stack(number: int) -> str:
    """Return the stack of a picture: its owner's pictures are copies of each other in pairs."""
    return image_id(number - OWNERS * (number % DIFFERENT // OWNERS % 2))


def _stacked(owner: int, pictures: int) -> Sequence[str]:
    own = range(owner, min(DIFFERENT, pictures), OWNERS)

    def key(place: int) -> str:
        number = place // len(own) * DIFFERENT + own[place % len(own)]
        return f"{_stack(number)}#{image_id(number)}"

    return Reckoned(max(1, pictures // DIFFERENT) * len(own), key)


def _readable(number: int) -> int:
    """Return the number of a picture that can be posted, or of the one before it if that one can't."""
    return number - 1 if number % 4 == 3 else number


def _whose(partition: str) -> int:
    return UUID(partition.partition("#")[2]).int


def _ranked(ranking: str, number: int) -> table.Row:
    return {"ranking": ranking, "rank": number + 1, "first_at": AT, "last_at": AT}


POSTING: table.Row = {"version": 2, "posted_at": POSTED_AT}
_SAID: dict[str, table.Row] = {
    "FOLLOWERS": {"since": AT},
    "FOLLOWING": {"since": AT},
    "LIKED": {},
    "MARKED": {"at": AT},
    "DEADLETTERS": {"reason": "MemoryError", "noted_at": AT, "step": "caption"},
    "LOG": {
        "at": AT, "by": sub(0), "action": "hide", "subject": "image",
        "outcome": "done", "detail": "",
    },
    "REPORTED": {"reason": "It shows my house. " * 10, "at": AT},
    "FEEDBACK": {"positive": 3, "negative": 1, "first_at": AT, "last_at": AT},
    "TALLIES": dict.fromkeys(("pending", "captioned", "failed", "bytes", "changes"), 123456789),
    "CAPTIONS": {"captions": 1000, "expires_at": POSTED_AT},
    "MONTHS": dict.fromkeys(("public", "private", "archived", "favourites", "bytes", "changes"), 123456789),
}  # fmt: skip
"""What rows of a kind say, as far as it is the same for all; any other is a posting."""


def _sums() -> Sequence[str]:
    today = datetime.now(UTC)
    days = [f"{votes.DAY}{(today - timedelta(days=ago)).date()}" for ago in range(DAYS)]
    return sorted([*days, *(f"{votes.PICTURE}{image_id(number)}" for number in range(VOTED))])


def _hours() -> Sequence[str]:
    first = datetime.now(UTC).replace(day=1) - timedelta(days=31)
    return [(first + timedelta(hours=each)).strftime("%Y-%m-%dT%H") for each in range(62 * 24)]


@cache
def _different() -> Sequence[Picture]:
    drawn = synthetic.draw(DIFFERENT)
    return [_as_here(drawn.whole(number), number) for number in range(DIFFERENT)]


def _taken(number: int) -> str:
    month = 7 * number % MONTHS
    return f"{2010 + month // 12}-{month % 12 + 1:02}-14T16:20:05"


def _as_here(picture: Picture, number: int) -> Picture:
    labels = (OFTEN,) if number % 3 == 0 else picture.owner_labels
    owned = replace(
        picture, owner=sub(number % OWNERS), owner_labels=labels, taken_at=_taken(number), taken_from="exif"
    )
    if number % 2 == 0:
        owned = replace(owned, albums={ALBUM: Membership(since=AT, by=owned.owner)})
    if number % TRASHED == 0:
        owned = replace(owned, favourite_at=AT)
    if number % TRASHED == TRASHED_REST:
        return restricted(owned, hidden=False, trashed_at=AT)
    if number % 4 == 3:
        return failed(owned, "0" * 32, Failure("truncated", "The file ends too early."))
    return owned
