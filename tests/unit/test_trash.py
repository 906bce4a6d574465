"""The trash: nothing of a picture is shown there, and nothing is lost, until it is restored or 30 days are over."""

import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest
from tests.unit.arriving import DIGEST, captioned
from tests.unit.arriving import ticket as arriving
from tests.unit.captioning import PHOTO, consistent, swept
from tests.unit.conftest import Api, Gallery, forget_clients
from tests.unit.faults import each_death, empty, killed_before_write, some_deaths
from tests.unit.identity import Pool
from tests.unit.pictures import annas, broken, postings, ticket
from tests.unit.posting import posted

from gallery import limits
from gallery.lifecycle import trash
from gallery.lifecycle.revision import hide, restore
from gallery.lifecycle.trash import put_into_trash
from gallery.pictures import catalogue, label_counts, rows, storage, withholding
from gallery.pictures.model import Picture
from gallery.posts import likes, shares
from gallery.timestamps import timestamp
from images.trash import take_out_of_trash

MONTH = limits.TRASH_SECONDS
PUBLIC = "media/"


def current(picture: Picture) -> Picture:
    stored = catalogue.find(picture.id)
    assert stored is not None
    return stored


def headers(pool: Pool, who: str | None) -> dict[str, str]:
    return {} if who is None else pool.bearer(who, groups=["admin"] if who == "root" else [])


def move(api: Api, pool: Pool, action: str, picture: Picture, who: str | None = "anna") -> Any:  # noqa: ANN401
    return api("POST", f"/api/images/{picture.id}/{action}", headers=headers(pool, who))


def trashed(api: Api, pool: Pool, who: str = "anna") -> list[str]:
    answer = api("GET", "/api/images", query={"trashed": "true"}, headers=headers(pool, who))
    assert answer.status == 200, answer.text
    return [image["id"] for image in answer.json["images"]]


def test_a_picture_goes_into_the_trash_and_comes_back_as_it_was(api: Api, pool: Pool, gallery: Gallery) -> None:
    picture = annas(title="Rex")
    before = postings(gallery)
    for _ in range(2):
        answer = move(api, pool, "trash", picture)
        assert (answer.status, answer.json["visibility"], answer.json["hidden"]) == (200, "public", False)
        assert answer.json["trashed_at"] == current(picture).trashed_at
        assert answer.headers["etag"] == '"3"'
    assert trashed(api, pool) == [picture.id]
    for _ in range(2):
        answer = move(api, pool, "restore", picture)
        assert (answer.status, answer.json["title"], answer.json["trashed_at"]) == (200, "Rex", None)
    assert postings(gallery) == before
    assert trashed(api, pool) == []
    assert set(storage.rendition_keys(current(picture)).values()) <= gallery.objects()


@pytest.mark.usefixtures("words_alone")
def test_what_is_in_the_trash_is_gone_for_all_but_its_owner_and_admins(api: Api, pool: Pool, gallery: Gallery) -> None:
    picture, shown = annas(title="Rex"), annas(title="Rex too")
    tile = rows.tile_posting(picture)
    assert tile
    assert move(api, pool, "trash", picture).status == 200
    path = f"/api/images/{picture.id}"
    statuses = {who: api("GET", path, headers=headers(pool, who)).status for who in (None, "eve", "anna", "root")}
    assert statuses == {None: 404, "eve": 404, "anna": 200, "root": 200}
    assert not [key for key in gallery.objects() if key.startswith(f"{PUBLIC}{picture.id}")]
    assert (tile[0], picture.id) not in {(row["pk"], row["sk"]) for row in gallery.rows()}
    for who in (None, "anna", "root"):
        sent = headers(pool, who)
        for query in ({}, {"owner": "anna"}, {"label": "pug"}, {"status": "captioned"}):
            listed = api("GET", "/api/images", query=query, headers=sent).json["images"]
            assert [image["id"] for image in listed] == [shown.id], (who, query)
        for words in ("Rex", "pug"):
            results = api("GET", "/api/search", query={"query": words}, headers=sent).json["results"]
            assert [result["image"]["id"] for result in results] == [shown.id], (who, words)
        results = api("GET", f"/api/images/{shown.id}/similar", headers=sent).json["results"]
        assert [result["image"]["id"] for result in results] == []
    assert {label.label: label.count for label in label_counts.counts()[0]}["pug"] == 1


def test_posts_likes_and_links_stay_and_show_nothing_until_it_is_restored(api: Api, pool: Pool) -> None:
    picture = annas()
    post = posted(image_id=picture.id)
    likes.like(post.id, post.author)
    token = shares.share(post.id, 60).token
    move(api, pool, "trash", picture)
    asked = (f"/api/posts/{post.id}", f"/api/shared/{token}", f"/s/{token}")
    assert [api("GET", path).status for path in asked] == [404] * 3
    assert api("GET", "/api/posts").json["posts"] == []
    assert api("GET", "/api/posts/most-liked").json["posts"] == []
    move(api, pool, "restore", picture)
    assert [api("GET", path).status for path in asked] == [200] * 3
    assert api("GET", f"/api/posts/{post.id}").json["likes"] == 1


def test_what_nobody_owns_is_for_whoever_may_delete_it_and_knows_its_id(
    api: Api, pool: Pool, environment: pytest.MonkeyPatch
) -> None:
    picture = ticket()
    assert move(api, pool, "trash", picture, None).status == 200
    path = f"/api/images/{picture.id}"
    assert api("GET", path).status == 200
    assert api("GET", "/api/images", query={"ids": picture.id}).json["images"][0]["visibility"] == "public"
    hide(lambda: current(picture))
    assert [api("GET", path, headers=headers(pool, who)).status for who in (None, "root")] == [404, 200]
    restore(lambda: current(picture))
    environment.setenv("ACCESS_MODE", "members")
    forget_clients()
    assert [api("GET", path, headers=headers(pool, who)).status for who in (None, "anna", "root")] == [404, 404, 200]
    assert move(api, pool, "restore", picture, "anna").status == 404
    assert move(api, pool, "restore", picture, "root").json["visibility"] == "public"


def test_the_trash_is_ones_own_and_the_newest_is_first(api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [annas() for _ in range(3)]
    moments = iter(f"2026-11-0{day}T00:00:00.000Z" for day in (2, 3, 1))
    monkeypatch.setattr(trash, "now", lambda: next(moments))
    for picture in pictures:
        move(api, pool, "trash", picture)
    first, second, last = pictures[1], pictures[0], pictures[2]
    assert trashed(api, pool) == [first.id, second.id, last.id]
    assert trashed(api, pool, "eve") == trashed(api, pool, "root") == []
    assert api("GET", "/api/images", query={"trashed": "true"}).status == 401
    ids, cursor = [], None
    for _ in range(3):
        query = {"trashed": "true", "limit": "1"} | ({"cursor": cursor} if cursor else {})
        page = api("GET", "/api/images", query=query, headers=headers(pool, "anna")).json
        ids += [image["id"] for image in page["images"]]
        cursor = page["next_cursor"]
    assert (ids, cursor) == ([first.id, second.id, last.id], None)


@pytest.mark.parametrize("visibility", ["public", "private"])
@pytest.mark.parametrize("order", sorted(set(permutations("htur"))), ids="".join)
@pytest.mark.usefixtures("gallery")
def test_in_whatever_order_it_is_hidden_trashed_and_given_back_it_is_shown_at_the_end_alone(
    gallery: Gallery, order: tuple[str, ...], visibility: str
) -> None:
    picture = annas(visibility=visibility)
    acts: dict[str, Callable[[], object]] = {
        "h": lambda: hide(lambda: current(picture)),
        "u": lambda: restore(lambda: current(picture)),
        "t": lambda: put_into_trash(current(picture)),
        "r": lambda: take_out_of_trash(current(picture)),
    }
    hidden = in_trash = False
    for act in order:
        acts[act]()
        hidden = act == "h" or (hidden and act != "u")
        in_trash = act == "t" or (in_trash and act != "r")
        stored = current(picture)
        shown = visibility == "public" and not hidden and not in_trash
        assert (stored.visibility == "public", stored.chosen) == (shown, visibility)
        assert any(key.startswith(PUBLIC) for key in gallery.objects()) == shown
        assert set(storage.rendition_keys(stored).values()) <= gallery.objects()
    acts["u"](), acts["r"]()
    assert current(picture).visibility == visibility


@pytest.mark.parametrize("first", ["hide", "restore"])
def test_an_admin_who_is_quicker_leaves_nothing_public(
    gallery: Gallery, api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    picture = annas()
    move(api, pool, "trash", picture)
    if first == "restore":
        hide(lambda: current(picture))
    change, quicker = catalogue.change, [{"hide": hide, "restore": restore}[first]]

    def changed(old: Picture, new: Picture, *args: Any, **how: Any) -> Picture:  # noqa: ANN401
        if quicker:
            quicker.pop()(lambda: current(picture))
        return change(old, new, *args, **how)

    monkeypatch.setattr(catalogue, "change", changed)
    assert move(api, pool, "restore", picture).json["hidden"] is (first == "hide")
    stored = current(picture)
    assert stored.visibility == ("private" if first == "hide" else "public")
    assert any(key.startswith(PUBLIC) for key in gallery.objects()) == (first == "restore")
    assert set(storage.rendition_keys(stored).values()) <= gallery.objects()


def test_its_owner_may_choose_in_the_trash_who_will_see_it(api: Api, pool: Pool, gallery: Gallery) -> None:
    picture = annas()
    move(api, pool, "trash", picture)
    sent = headers(pool, "anna") | {"if-match": "*"}
    for visibility in ("private", "public", "private"):
        answer = api("PATCH", f"/api/images/{picture.id}", body={"visibility": visibility}, headers=sent)
        assert (answer.status, answer.json["visibility"]) == (200, visibility)
        assert current(picture).visibility == "private"
        assert not [key for key in gallery.objects() if key.startswith(PUBLIC)]
    assert move(api, pool, "restore", picture).json["visibility"] == "private"


def test_what_its_owner_made_private_while_it_was_hidden_stays_so(api: Api, pool: Pool) -> None:
    picture = annas()
    hide(lambda: current(picture))
    sent = headers(pool, "anna") | {"if-match": "*"}
    api("PATCH", f"/api/images/{picture.id}", body={"visibility": "private"}, headers=sent)
    assert restore(lambda: current(picture)).visibility == "private"


@pytest.mark.usefixtures("model")
def test_bytes_that_an_admin_hid_meanwhile_do_not_come_back_from_the_trash(
    gallery: Gallery, api: Api, pool: Pool
) -> None:
    mine = captioned(arriving(gallery, owner="anna"))
    move(api, pool, "trash", mine)
    others = captioned(arriving(gallery, owner="eve"))
    hide(lambda: current(others))
    assert withholding.is_withheld(DIGEST)
    answer = move(api, pool, "restore", mine)
    assert (answer.status, answer.json["hidden"], answer.json["trashed_at"]) == (200, True, None)
    assert not [key for key in gallery.objects() if key.startswith(PUBLIC)]
    reports = api("GET", "/api/admin/reports", headers=headers(pool, "root")).json["reports"]
    assert mine.id in [report["id"] for report in reports]


@pytest.mark.usefixtures("model")
def test_what_is_trashed_before_it_is_captioned_stays_there(gallery: Gallery, api: Api, pool: Pool) -> None:
    waiting = arriving(gallery, owner="anna")
    move(api, pool, "trash", waiting)
    assert captioned(waiting).trashed_at
    assert trashed(api, pool) == [waiting.id]
    assert not [key for key in gallery.objects() if key.startswith(PUBLIC)]
    assert move(api, pool, "restore", waiting).json["visibility"] == "public"


@pytest.mark.usefixtures("model")
def test_it_is_no_duplicate_for_others_and_its_owner_is_told_where_it_is(
    gallery: Gallery, api: Api, pool: Pool
) -> None:
    mine = captioned(arriving(gallery, owner="anna"))
    file = {"name": "dog.jpg", "type": "image/jpeg", "size": 1000, "sha256": DIGEST}

    def asked(who: str | None) -> dict[str, Any]:
        answer = api("POST", "/api/uploads", body={"files": [file]}, headers=headers(pool, who))
        upload: dict[str, Any] = answer.json["uploads"][0]
        return {name: value for name, value in upload.items() if name in {"status", "duplicate_of", "trashed"}}

    assert asked("anna") == {"status": "duplicate", "duplicate_of": mine.id}
    move(api, pool, "trash", mine)
    assert asked("anna") == {"status": "duplicate", "duplicate_of": mine.id, "trashed": True}
    assert asked("eve") == asked(None) == {"status": "ready"}
    assert captioned(arriving(gallery, owner=None)).status == "captioned"


@pytest.mark.usefixtures("gallery")
def test_what_failed_can_be_trashed_too(api: Api, pool: Pool) -> None:
    picture = broken(owner="anna")
    assert move(api, pool, "trash", picture).status == 200
    for who in ("anna", "root"):
        listed = api("GET", "/api/images", query={"status": "failed"}, headers=headers(pool, who)).json["images"]
        assert listed == []
    assert move(api, pool, "restore", picture).json["status"] == "failed"


def test_the_table_is_rebuilt_with_the_trash_in_it(gallery: Gallery) -> None:
    picture = annas()
    put_into_trash(picture)
    record = storage.read_record(picture.id)
    assert record is not None
    assert (record.visibility, record.trashed, record.trashed_at) == ("private", "public", current(picture).trashed_at)
    assert gallery.objects()


def test_after_thirty_days_it_is_deleted_and_nothing_sooner(
    gallery: Gallery, api: Api, pool: Pool, later: Callable[[float], None]
) -> None:
    kept, gone, back = annas(), annas(), annas()
    post = posted(image_id=gone.id)
    for picture in (gone, back):
        gallery.put_original(picture.id, PHOTO)
        move(api, pool, "trash", picture)
    assert trash.delete_due(10) == (0, None)
    move(api, pool, "restore", back)
    later(MONTH + 10)
    assert trash.delete_due(10) == (1, None)
    assert [current(picture).status for picture in (kept, gone, back)] == ["captioned", "deleted", "captioned"]
    assert f"originals/{gone.id}" not in gallery.objects()
    assert not [row for row in gallery.rows() if row["pk"] in {f"POST#{post.id}", "TRASH"}]


def test_the_daily_run_reads_no_more_than_is_due(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch, later: Callable[[float], None]
) -> None:
    pictures = [put_into_trash(annas()) for _ in range(5)]
    later(MONTH + 10)
    monkeypatch.setattr(trash, "now", lambda: timestamp(datetime.fromtimestamp(time.time(), UTC)))
    put_into_trash(annas())
    asked: list[list[str]] = []
    find_all = catalogue.find_all

    def asked_for(ids: Sequence[str]) -> list[Picture]:
        asked.append(list(ids))
        return find_all(ids)

    monkeypatch.setattr(catalogue, "find_all", asked_for)
    deleted, after = trash.delete_due(3)
    assert (deleted, trash.delete_due(3, after)) == (3, (2, None))
    assert [image_id for ids in asked for image_id in ids] == [
        picture.id for picture in sorted(pictures, key=lambda picture: (picture.trashed_at, picture.id))
    ]
    assert gallery.rows()


def test_one_that_is_restored_while_the_run_is_at_it_is_kept(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch, later: Callable[[float], None]
) -> None:
    picture = put_into_trash(annas())
    later(MONTH + 10)
    find_all = catalogue.find_all

    def found_then_restored(ids: list[str]) -> list[Picture]:
        pictures = find_all(ids)
        take_out_of_trash(current(picture))
        return pictures

    monkeypatch.setattr(catalogue, "find_all", found_then_restored)
    assert trash.delete_due(10) == (0, None)
    assert current(picture).status == "captioned"
    assert gallery.objects()


@pytest.mark.fault("moving a picture into the trash and out is killed before any of its writes", "shown or not, whole")
@some_deaths
def test_moving_into_the_trash_killed_anywhere_never_shows_what_is_there(
    gallery: Gallery, api: Api, pool: Pool, later: Callable[[], None], stride: int
) -> None:
    for action in ("trash", "restore"):
        for death in each_death(stride):
            empty("gallery-test-media", "gallery-test")
            picture = annas()
            gallery.put_original(picture.id, PHOTO)
            if action == "restore":
                put_into_trash(picture)
            with killed_before_write(death) as deaths:
                move(api, pool, action, picture)
            later()
            swept()
            consistent(gallery)
            shown = current(picture).visibility == "public"
            assert any(key.startswith(PUBLIC) for key in gallery.objects()) == shown
            assert move(api, pool, "restore", picture).json["visibility"] == "public"
            if len(deaths.writes) <= death:
                break
        assert death >= 5
