"""Killed between any two writes of an album: it is as before or as wanted, and nothing of it is left over."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.unit.captioning import PHOTO, consistent, swept
from tests.unit.conftest import Api, Gallery
from tests.unit.faults import each_death, empty, killed_before_write, some_deaths
from tests.unit.identity import Pool
from tests.unit.lives import current
from tests.unit.pictures import ticket
from tests.unit.test_album_links import Guest, guest_of, link_to
from tests.unit.test_albums import Somebody, context

from caption import pipeline
from gallery import limits
from gallery.aws import table
from gallery.people import follows

pytestmark = [pytest.mark.usefixtures("model"), pytest.mark.timeout(600)]
FILE = {"name": "a.jpg", "type": "image/jpeg", "size": len(PHOTO)}


@dataclass
class Stage:
    """An empty gallery again before each death, and what there has to be for an act upon an album."""

    api: Api
    pool: Pool
    gallery: Gallery
    called: list[dict[str, Any]]
    later: Callable[[float], None]
    anna: Somebody = field(init=False)
    ben: Somebody = field(init=False)
    pictures: list[str] = field(init=False)
    album: str = field(init=False)

    def set_up(self) -> None:
        empty("gallery-test-media", "gallery-test")
        self.called.clear()
        self.anna, self.ben = Somebody(self.api, self.pool, "anna"), Somebody(self.api, self.pool, "ben")
        self.pictures = [self._captioned() for _ in range(2)]
        self.album = self.anna.album(order="manual", visibility="public")
        self.anna("PUT", self.path("/images"), {"ids": self.pictures[:1]})

    def _captioned(self) -> str:
        picture = ticket(owner="anna", visibility="private")
        self.gallery.upload(picture.id, PHOTO + picture.id.encode())
        pipeline.caption(picture.id)
        return picture.id

    def path(self, below: str = "") -> str:
        return f"/api/albums/{self.album}{below}"

    def guest(self, **said: Any) -> Guest:  # noqa: ANN401
        return guest_of(self.anna, self.album, mode="view_and_add", **said)

    def waiting(self, guest: Guest) -> str:
        """Have a guest add a picture, which waits for the owner."""
        (upload,) = guest.add(FILE)
        self.gallery.upload(upload["image_id"], PHOTO)
        pipeline.caption(upload["image_id"])
        return str(upload["image_id"])

    def settle(self) -> None:
        """Let the sweeper find what was left, and do what it has functions do."""
        from albums.handler import handler  # noqa: PLC0415 - after the environment is set

        self.later(limits.UPLOAD_SECONDS + 10)
        self._forget_expired()
        swept()
        while self.called:
            handler(self.called.pop(0), context())
            swept()
        consistent(self.gallery)

    def _forget_expired(self) -> None:
        """Delete the rows whose time is over, as DynamoDB does."""
        for row in self.gallery.rows():
            if row.get("expires_at", math.inf) < time.time():
                table.remove(table.key(row["pk"], row["sk"]))


@pytest.fixture
def stage(api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]], later: Any) -> Stage:  # noqa: ANN401
    return Stage(api, pool, gallery, called, later)


@pytest.fixture(autouse=True)
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gallery.api.batch._MAX_WORKERS", 1)
    monkeypatch.setattr(limits, "UNUSED_TICKET_SECONDS", 0)  # which the sweeper compares with the bucket's own clock


def deaths_of(stage: Stage, prepared: Callable[[], Callable[[], Any]], least: int, stride: int = 1) -> Iterator[None]:
    """Do an act once for each of its writes, killed before it, and once to its end; yield each time all is settled."""
    for death in each_death(stride):
        stage.set_up()
        act = prepared()
        with killed_before_write(death) as deaths:
            act()
        stage.settle()
        yield
        if len(deaths.writes) <= death:
            break
    assert death >= least


@pytest.mark.fault("making an album is killed before any of its writes", "made wholly or not at all")
def test_an_album_is_made_wholly_or_not_at_all(stage: Stage) -> None:
    made = [
        len(stage.anna("GET", "/api/albums", owner="me").json["albums"]) - 1
        for _ in deaths_of(stage, lambda: lambda: stage.anna.album(visibility="public"), 3)
    ]
    assert made == [0, *[1] * (len(made) - 1)]


@pytest.mark.fault("changing an album is killed before any of its writes", "the bucket says what the table says")
def test_an_album_is_changed_wholly_or_not_at_all(stage: Stage) -> None:
    wanted = {"title": "Hills", "visibility": "private"}
    versions = set()
    for _ in deaths_of(stage, lambda: lambda: stage.anna("PATCH", stage.path(), wanted), 3):
        album = stage.anna("GET", stage.path()).json
        versions.add((album["title"], album["visibility"]))
    assert versions == {("Sea", "public"), ("Hills", "private")}


@pytest.mark.fault("putting a picture into an album is killed before any of its writes", "in it wholly or not at all")
@pytest.mark.parametrize(("method", "place"), [("PUT", 1), ("DELETE", 0)])
@some_deaths
def test_a_picture_is_put_in_and_taken_out_wholly_or_not_at_all(
    stage: Stage, method: str, place: int, stride: int
) -> None:
    def acting() -> Callable[[], Any]:
        return lambda: stage.anna(method, stage.path("/images"), {"ids": [stage.pictures[place]]})

    outcomes = set()
    for _ in deaths_of(stage, acting, 4, stride):
        shown = stage.anna.ids(album=stage.album)
        assert (stage.pictures[place] in shown) == (stage.album in current(stage.pictures[place]).albums)
        outcomes.add(stage.pictures[place] in shown)
    assert outcomes == {True, False}


@pytest.mark.fault("ordering an album by hand is killed before any of its writes", "each picture stands in one place")
@some_deaths
def test_a_picture_is_moved_wholly_or_not_at_all(stage: Stage, stride: int) -> None:
    def moving() -> Callable[[], Any]:
        stage.anna("PUT", stage.path("/images"), {"ids": stage.pictures})
        last = stage.anna.ids(album=stage.album)[-1]
        return lambda: stage.anna("POST", stage.path("/order"), {"ids": [last], "after": None})

    orders = set()
    for _ in deaths_of(stage, moving, 4, stride):
        shown = stage.anna.ids(album=stage.album)
        assert sorted(shown) == sorted(stage.pictures)
        orders.add(shown.index(stage.pictures[0]))
    assert orders == {0, 1}


@pytest.mark.fault("letting somebody into an album is killed before any of its writes", "in or out, in every list")
@some_deaths
def test_somebody_is_let_in_accepts_and_leaves_wholly_or_not_at_all(stage: Stage, stride: int) -> None:
    def letting_in() -> Callable[[], Any]:
        follows.follow("anna", "ben")
        return lambda: stage.anna("PUT", stage.path(f"/people/{stage.ben.name}"), {"role": "contributor"})

    def accepting() -> Callable[[], Any]:
        stage.anna("PUT", stage.path(f"/people/{stage.ben.name}"), {"role": "contributor"})
        return lambda: stage.ben("PUT", stage.path("/people/me"), {})

    def leaving() -> Callable[[], Any]:
        letting_in()()
        return lambda: stage.ben("DELETE", stage.path("/people/me"))

    for act in (letting_in, accepting, leaving):
        roles = {stage.ben("GET", stage.path()).json["role"] for _ in deaths_of(stage, act, 3, stride)}
        assert roles == {None, "contributor"}


@pytest.mark.fault("deleting an album is killed before any of its writes", "whole or gone, with lists, links and room")
@some_deaths
def test_an_album_is_deleted_wholly_or_not_at_all(stage: Stage, stride: int) -> None:
    def deleting() -> Callable[[], Any]:
        follows.follow("anna", "ben")
        stage.anna("PUT", stage.path(f"/people/{stage.ben.name}"), {"role": "contributor"})
        stage.waiting(stage.guest())
        return lambda: stage.anna("DELETE", stage.path())

    statuses = []
    for _ in deaths_of(stage, deleting, 4, stride):
        statuses.append(stage.anna("GET", stage.path()).status)
        gone = statuses[-1] == 404
        assert (current(stage.pictures[0]).albums == {}) == gone
    assert statuses == [200, *[404] * (len(statuses) - 1)]


@pytest.mark.fault("making or ending a link to an album is killed before any of its writes", "it opens, or it does not")
def test_a_link_is_made_and_ended_wholly_or_not_at_all(stage: Stage) -> None:
    def ending() -> Callable[[], Any]:
        made = link_to(stage.anna, stage.album)
        return lambda: stage.anna("DELETE", stage.path(f"/links/{made['link_id']}"))

    for act in (lambda: lambda: link_to(stage.anna, stage.album), ending):
        listed = {len(stage.anna("GET", stage.path("/links")).json["links"]) for _ in deaths_of(stage, act, 1)}
        assert listed == {0, 1}


@pytest.mark.fault("a guest's upload is killed before any of its writes", "nothing left over, the link has its room")
def test_a_guests_ticket_killed_anywhere_leaves_nothing(stage: Stage) -> None:
    def adding() -> Callable[[], Any]:
        guest = stage.guest()
        return lambda: guest.add(FILE)

    for _ in deaths_of(stage, adding, 5):
        (link,) = stage.anna("GET", stage.path("/links")).json["links"]
        assert link["added"] == 0
        consistent(stage.gallery)


@pytest.mark.fault(
    "a review is killed before any of its writes", "shown or waiting, or in the trash with its room free"
)
@pytest.mark.parametrize(("verb", "added"), [("accept", {1}), ("reject", {0, 1}), ("take back", {0, 1})])
@some_deaths
def test_a_guests_picture_is_reviewed_or_taken_back_wholly_or_not_at_all(
    stage: Stage, verb: str, added: set[int], stride: int
) -> None:
    def acting() -> Callable[[], Any]:
        guest = stage.guest()
        waiting = stage.waiting(guest)
        if verb == "take back":
            return lambda: guest("DELETE", f"/images/{waiting}")
        return lambda: stage.anna("POST", stage.path("/review"), {verb: [waiting]})

    counts = set()
    for _ in deaths_of(stage, acting, 4, stride):
        (link,) = stage.anna("GET", stage.path("/links")).json["links"]
        waits, trashed = stage.anna.ids(review="pending"), stage.anna.ids(trashed="true")
        shown = [image_id for image_id in stage.anna.ids(album=stage.album) if image_id not in stage.pictures]
        assert len([*waits, *shown]) == link["added"]
        assert len([*waits, *shown, *trashed]) <= 1
        counts.add(link["added"])
    assert counts == added
