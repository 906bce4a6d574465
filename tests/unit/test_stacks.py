"""Near copies: which of somebody's pictures are grouped, what a review does to them, and that nothing is lost by it."""

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.unit.arriving import captioned
from tests.unit.captioning import consistent, swept
from tests.unit.conftest import Api, Gallery
from tests.unit.faults import each_death, empty, killed_before_write
from tests.unit.identity import Pool
from tests.unit.pictures import ticket
from ulid import ULID

from caption import stacking
from caption.likeness import signature
from gallery import limits
from gallery.lifecycle.removal import soft_delete
from gallery.lifecycle.trash import put_into_trash
from gallery.pictures import catalogue, rows, stacks, storage
from gallery.pictures.model import Membership, Picture
from gallery.pictures.signature import key, likeness, probes
from images import stacks as reviewing

pytestmark = pytest.mark.usefixtures("model")


@cache
def drawn(seed: int) -> Image.Image:
    """Return a picture of soft spots of colour, as different from those of other seeds as photographs are."""
    spots = np.random.default_rng(seed).integers(0, 256, (6, 8, 3), np.uint8)
    return Image.fromarray(spots).resize((640, 480), Image.Resampling.BICUBIC)


def saved(image: Image.Image, quality: int = 90) -> bytes:
    file = io.BytesIO()
    image.save(file, "JPEG", quality=quality)
    return file.getvalue()


def copies(image: Image.Image) -> dict[str, bytes]:
    """Return what becomes of a picture that is saved again."""
    width, height = image.size
    edges = (width // 20, height // 20, width - width // 20, height - height // 20)
    return {
        "half": saved(image.resize((width // 2, height // 2))),
        "recompressed": saved(image, 60),
        "cropped": saved(image.crop(edges)),
    }


def sent(gallery: Gallery, body: bytes, **said: Any) -> Picture:  # noqa: ANN401
    picture = ticket(**{"owner": "anna", "visibility": "private", **said})
    gallery.upload(picture.id, body)
    return captioned(picture)


def now(picture: Picture) -> Picture:
    current = catalogue.find(picture.id)
    assert current
    return current


def stack_of(*pictures: Picture) -> set[str | None]:
    return {now(picture).stack for picture in pictures}


@pytest.fixture
def anna(api: Api, pool: Pool) -> Callable[..., Any]:
    def ask(method: str, path: str, body: Any = None, **query: str) -> Any:  # noqa: ANN401
        return api(method, path, query, body=body, headers=pool.bearer("anna"))

    return ask


@pytest.mark.parametrize("kind", ["half", "recompressed", "cropped"])
def test_a_picture_that_is_saved_again_is_stacked_with_the_first(gallery: Gallery, kind: str) -> None:
    first, other = sent(gallery, saved(drawn(1))), sent(gallery, saved(drawn(2)))
    copy = sent(gallery, copies(drawn(1))[kind])
    assert stack_of(first, copy) == {first.id}
    assert stack_of(other) == {None}
    consistent(gallery)


def test_most_copies_are_found_and_hardly_any_different_pictures() -> None:
    pictures = [drawn(seed) for seed in range(60)]
    signed = [signature(np.asarray(picture.resize((64, 48)))) for picture in pictures]
    alike = [likeness(one, other) for at, one in enumerate(signed) for other in signed[:at]]
    assert sum(score >= 0.87 for score in alike) == 0
    for kind in ("half", "recompressed", "cropped"):
        again = [Image.open(io.BytesIO(copies(picture)[kind])).resize((64, 48)) for picture in pictures]
        resigned = [signature(np.asarray(picture)) for picture in again]
        found = [
            key(one) in probes(other, 100) and likeness(one, other) >= 0.87
            for one, other in zip(signed, resigned, strict=True)
        ]
        assert np.mean(found) >= 0.95, kind


def test_somebody_elses_pictures_never_join(gallery: Gallery) -> None:
    annas, bens = sent(gallery, saved(drawn(1)), visibility="public"), sent(gallery, saved(drawn(1), 60), owner="ben")
    nobodys = sent(gallery, saved(drawn(1), 50), owner=None, visibility="public")
    assert stack_of(annas, bens, nobodys) == {None}


def test_a_stack_changes_neither_who_sees_a_picture_nor_its_version(gallery: Gallery) -> None:
    public, private = sent(gallery, saved(drawn(1)), visibility="public"), sent(gallery, saved(drawn(1), 60))
    assert stack_of(public, private) == {public.id}
    assert [now(picture).visibility for picture in (public, private)] == ["public", "private"]
    assert now(public).edition == public.edition


def test_events_twice_and_out_of_order_change_nothing_more(gallery: Gallery) -> None:
    first, second = sent(gallery, saved(drawn(1))), sent(gallery, saved(drawn(1), 60))
    before = [now(first), now(second)]
    captioned(second)
    captioned(first)
    assert [now(first), now(second)] == before


@pytest.mark.fault("two copies are captioned at once", "they stand in one stack")
def test_copies_that_are_captioned_at_once_find_each_other(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = (ticket(owner="anna", visibility="private") for _ in range(2))
    gallery.upload(first.id, saved(drawn(1)))
    gallery.upload(second.id, saved(drawn(1), 60))
    unite = stacking._unite
    waiting = [second]

    def while_the_other_is_captioned(picture: Picture, found: list[Picture]) -> None:
        if waiting:
            captioned(waiting.pop())
        unite(picture, found)

    third = sent(gallery, saved(drawn(1), 75))
    monkeypatch.setattr(stacking, "_unite", while_the_other_is_captioned)
    captioned(first)
    assert len(stack_of(first, second, third)) == 1
    assert None not in stack_of(first)
    consistent(gallery)


@pytest.mark.fault("grouping near copies is killed before any of its writes", "they are grouped by the same message")
def test_grouping_that_is_killed_anywhere_is_finished_by_the_same_message(gallery: Gallery) -> None:
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        first, third = sent(gallery, saved(drawn(1))), sent(gallery, saved(drawn(1), 75))
        second = ticket(owner="anna", visibility="private")
        gallery.upload(second.id, saved(drawn(1), 60))
        with killed_before_write(death) as deaths:
            captioned(second)
        captioned(second)
        assert stack_of(first, second, third) == {first.id}
        if len(deaths.writes) <= death:
            break
    assert death >= 5


def test_a_copy_of_two_stacks_makes_one_of_them(gallery: Gallery) -> None:
    one, two = sent(gallery, saved(drawn(1))), sent(gallery, saved(drawn(1), 80))
    three, four = (sent(gallery, saved(drawn(1), quality)) for quality in (70, 60))
    for picture in (three, four):
        current = now(picture)
        catalogue.change(current, replace(current, stack=three.id))
    assert len(stack_of(one, two, three, four)) == 2
    last = sent(gallery, saved(drawn(1), 50))
    assert stack_of(one, two, three, four, last) == {one.id}
    consistent(gallery)


def test_a_stack_has_no_more_pictures_than_it_may(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_STACK", 2)
    first, second, third = (sent(gallery, saved(drawn(1), quality)) for quality in (90, 80, 70))
    assert stack_of(first, second) == {first.id}
    assert stack_of(third) == {None}


def test_pages_without_shapes_are_no_copies_of_each_other(gallery: Gallery) -> None:
    white, whiter = Image.new("RGB", (640, 480), "#f0f0f0"), Image.new("RGB", (640, 480), "#f4f4f2")
    assert stack_of(sent(gallery, saved(white)), sent(gallery, saved(whiter))) == {None}


def test_the_sweeper_removes_what_a_killed_change_left_in_the_lists(
    gallery: Gallery, later: Callable[[], None]
) -> None:
    first, second = sent(gallery, saved(drawn(1))), sent(gallery, saved(drawn(1), 60))
    catalogue._post({(stacks.by_stack("anna"), f"{ULID()}#{first.id}")}, 1)
    later()
    swept()
    assert {row["sk"] for row in gallery.rows() if row["pk"] == stacks.by_stack("anna")} == {
        f"{first.id}#{picture.id}" for picture in (first, second)
    }


def test_a_lost_table_brings_stacks_back(gallery: Gallery) -> None:
    first, second = sent(gallery, saved(drawn(1))), sent(gallery, saved(drawn(1), 60))
    catalogue.change(now(first), replace(now(first), stack_front_at="2026-01-01T00:00:00.000Z"))
    recorded = storage.read_record(first.id)
    assert recorded
    assert (recorded.stack, recorded.stack_front_at, recorded.stands_alone) == (
        first.id,
        "2026-01-01T00:00:00.000Z",
        False,
    )
    assert stack_of(second) == {first.id}


def test_pictures_of_before_are_signed_once_and_grouped(gallery: Gallery, later: Callable[[], None]) -> None:
    first = sent(gallery, saved(drawn(1)))
    content = now(first).content
    assert content
    catalogue.change(now(first), replace(now(first), content=replace(content, signature=None)))
    second = sent(gallery, saved(drawn(1), 60))
    assert stack_of(first, second) == {None}
    later()
    swept()
    assert any(first.id in message for message in gallery.queued())
    captioned(first)
    signed = now(first).content
    assert signed
    assert signed.signature == content.signature
    assert signed.rendition == content.rendition
    assert stack_of(first, second) == {min(first.id, second.id)}


def test_ones_stacks_are_listed_with_the_best_one_first(gallery: Gallery, anna: Callable[..., Any]) -> None:
    small, large = sent(gallery, copies(drawn(1))["half"]), sent(gallery, saved(drawn(1)))
    sent(gallery, saved(drawn(2)))
    (stack,) = anna("GET", "/api/stacks").json["stacks"]
    assert (stack["id"], stack["best"]) == (small.id, large.id)
    assert [image["id"] for image in stack["images"]] == [large.id, small.id]
    assert [image["stack"] for image in stack["images"]] == 2 * [{"id": small.id, "count": 2}]
    assert anna("GET", f"/api/images/{large.id}").json["stack"] == {"id": small.id, "count": 2}


def test_only_its_owner_is_told_of_a_stack(gallery: Gallery, api: Api, pool: Pool) -> None:
    first = sent(gallery, saved(drawn(1)), visibility="public")
    sent(gallery, saved(drawn(1), 60), visibility="public")
    for headers in ({}, pool.bearer("ben"), pool.bearer("cleo", groups=["admin"])):
        assert api("GET", f"/api/images/{first.id}", headers=headers).json["stack"] is None
    assert api("GET", "/api/stacks", headers=pool.bearer("ben")).json == {"stacks": [], "next_cursor": None}
    assert api("POST", f"/api/stacks/{first.id}", body={"trash": [first.id]}, headers=pool.bearer("ben")).status == 404
    assert api("GET", "/api/stacks").status == 401


def test_pages_of_stacks_follow_each_other(gallery: Gallery, anna: Callable[..., Any]) -> None:
    for seed in range(3):
        sent(gallery, saved(drawn(seed)))
        sent(gallery, saved(drawn(seed), 60))
    listed: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = anna("GET", "/api/stacks", limit="1", **cursor).json
        listed += [stack["id"] for stack in page["stacks"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert listed == sorted(set(listed), reverse=True)
    assert len(listed) == 3


def test_a_stack_of_one_vanishes_and_is_back_once_the_others_are_restored(
    gallery: Gallery, anna: Callable[..., Any]
) -> None:
    first, second = sent(gallery, saved(drawn(1))), sent(gallery, saved(drawn(1), 60))
    put_into_trash(now(second))
    assert anna("GET", "/api/stacks").json == {"stacks": [], "next_cursor": None}
    assert anna("GET", f"/api/images/{first.id}").json["stack"] is None
    anna("POST", f"/api/images/{second.id}/restore")
    assert len(anna("GET", "/api/stacks").json["stacks"]) == 1
    soft_delete(now(second))
    assert anna("GET", "/api/stacks").json["stacks"] == []
    assert [row["sk"] for row in gallery.rows() if row["pk"] == "STACKS#anna"] == [f"{first.id}#{first.id}"]


def said(picture: Picture, **what: Any) -> Picture:  # noqa: ANN401
    return catalogue.change(now(picture), replace(now(picture), **what))


def test_merging_unites_what_was_said_of_all_before_the_rest_is_trashed(
    gallery: Gallery, anna: Callable[..., Any]
) -> None:
    best, other = sent(gallery, saved(drawn(1))), sent(gallery, saved(drawn(1), 60))
    album = str(ULID())
    said(best, owner_description="By the sea.", owner_labels=["Sea"])
    said(
        other, title="Holiday", owner_description="With Ada.", owner_labels=["sea", "Ada"], favourite_at="2026-01-01",
        albums={album: Membership(since="2026", by="anna")},
    )  # fmt: skip
    answer = anna("POST", f"/api/stacks/{best.id}", {"best": best.id, "trash": [other.id], "merge": True})
    assert answer.json == {"results": [{"id": each.id, "status": 200, "detail": None} for each in (best, other)]}
    merged = now(best)
    assert (merged.title, merged.owner_description) == ("Holiday", "By the sea.\n\nWith Ada.")
    assert (merged.owner_labels, set(merged.albums), merged.favourite_at) == (["Sea", "Ada"], {album}, "2026-01-01")
    assert now(other).trashed_at
    again = anna("POST", f"/api/stacks/{best.id}", {"best": best.id, "trash": [other.id], "merge": True})
    assert [result["status"] for result in again.json["results"]] == [200, 200]
    assert replace(now(best), version=0, uncounted=0, stack_front_at=None) == replace(
        merged, version=0, uncounted=0, stack_front_at=None
    )
    consistent(gallery)


@pytest.mark.fault("merging a stack is killed before any of its writes", "nothing that was said of a picture is lost")
def test_a_merge_that_is_killed_anywhere_loses_nothing(gallery: Gallery, anna: Callable[..., Any]) -> None:
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        anna("GET", "/api/me")
        best, other = sent(gallery, saved(drawn(1))), sent(gallery, saved(drawn(1), 60))
        said(other, title="Holiday")
        with killed_before_write(death) as deaths:
            anna("POST", f"/api/stacks/{best.id}", {"trash": [other.id], "merge": True})
        assert "Holiday" in {now(picture).title for picture in (best, other) if not now(picture).trashed_at}
        anna("POST", f"/api/stacks/{best.id}", {"trash": [other.id], "merge": True})
        assert (now(best).title, now(other).trashed_at is not None) == ("Holiday", True)
        if len(deaths.writes) <= death:
            break
    assert death >= 3


def test_what_is_kept_stands_alone_from_then_on(gallery: Gallery, anna: Callable[..., Any]) -> None:
    first, second, third = (sent(gallery, saved(drawn(1), quality)) for quality in (90, 80, 70))
    answer = anna("POST", f"/api/stacks/{first.id}", {"keep": [second.id], "best": third.id})
    assert [result["status"] for result in answer.json["results"]] == [200, 200]
    assert stack_of(second) == {None}
    assert anna("GET", "/api/stacks").json["stacks"][0]["best"] == third.id
    captioned(second)
    sent(gallery, saved(drawn(1), 50))
    assert stack_of(second) == {None}
    assert now(second).edition == second.edition
    again = anna("POST", f"/api/stacks/{first.id}", {"keep": [second.id], "best": third.id})
    assert [result["status"] for result in again.json["results"]] == [200, 200]


@pytest.mark.parametrize(
    "body",
    [
        {"keep": ["a"], "trash": ["a"]},
        {"best": "a", "trash": ["a"]},
        {"trash": 101 * ["a"]},
        {"merge": "yes"},
        {"all": 1},
    ],
)
def test_a_review_that_contradicts_itself_is_refused(anna: Callable[..., Any], body: dict[str, Any]) -> None:
    assert anna("POST", f"/api/stacks/{ULID()}", body).status == 422


def test_nobody_is_left_to_take_over_what_was_said_of_all(gallery: Gallery, anna: Callable[..., Any]) -> None:
    first, second = sent(gallery, saved(drawn(1))), sent(gallery, saved(drawn(1), 60))
    body = {"trash": [first.id, second.id], "merge": True}
    assert anna("POST", f"/api/stacks/{first.id}", body).status == 422
    assert not now(first).trashed_at


def test_a_picture_that_is_in_another_stack_is_left_alone(gallery: Gallery, anna: Callable[..., Any]) -> None:
    first, _, other = sent(gallery, saved(drawn(1))), sent(gallery, saved(drawn(1), 60)), sent(gallery, saved(drawn(2)))
    answer = anna("POST", f"/api/stacks/{first.id}", {"trash": [other.id]})
    assert [result["status"] for result in answer.json["results"]] == [404]
    assert not now(other).trashed_at


def test_texts_that_have_no_room_together_stay_whole(gallery: Gallery) -> None:
    first, second = sent(gallery, saved(drawn(1))), sent(gallery, saved(drawn(1), 60))
    long = "a" * (limits.MAX_DESCRIPTION_LENGTH - 5)
    merged = reviewing.merge(said(first, owner_description=long), [said(second, owner_description="b" * 10)])
    assert merged.owner_description == long


def test_no_list_but_its_owners_tells_of_a_signature(gallery: Gallery) -> None:
    picture = sent(gallery, saved(drawn(1)))
    posted = {pk for pk, _ in rows.postings(now(picture)) if pk.startswith("NEAR#")}
    assert posted == {"NEAR#anna"}
