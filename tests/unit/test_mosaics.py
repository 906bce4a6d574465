"""Asking for a mosaic, having it made, and who may see it for how long."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PIL import Image
from tests.unit.conftest import Api, Gallery, forget_clients
from tests.unit.faults import each_death, empty, killed_before_write, some_deaths
from tests.unit.identity import Pool
from tests.unit.mosaics import ASKED, ask, job_of, shown, state
from tests.unit.pictures import ticket

from gallery import limits
from gallery.aws.items import encode
from gallery.captioning import pausing
from gallery.lifecycle import removal
from gallery.lifecycle.revision import hide
from gallery.mosaics import mosaics, tiles
from gallery.mosaics.mosaics import Job
from gallery.pictures import catalogue, rows, storage
from gallery.pictures.model import Picture
from mosaic import making, sets
from mosaic.making import make
from sweep.sweeping import sweep

pytestmark = pytest.mark.usefixtures("called")


def state_status(api: Api, picture: Picture, **words: Any) -> int:  # noqa: ANN401
    return state(api, picture, **words).status


def made(api: Api, picture: Picture, called: list[dict[str, Any]], headers: dict[str, str] | None = None) -> str:
    """Have a mosaic made; return where it lies in the bucket."""
    assert ask(api, picture, headers).status == 202
    job = job_of(called.pop())
    assert make(job)
    return job.key


def mosaics_in(gallery: Gallery) -> set[str]:
    return {each for each in gallery.objects() if "-mosaic-" in each}


def test_a_mosaic_is_begun_made_and_then_there(api: Api, gallery: Gallery, called: list[dict[str, Any]]) -> None:
    from mosaic.handler import handler  # noqa: PLC0415 - after the environment is set

    picture = shown()
    first = ask(api, picture)
    assert (first.status, first.json) == (202, {"status": "pending"})
    assert state(api, picture).json == {"status": "pending", "progress": 0.0}
    (event,) = called
    context = SimpleNamespace(
        function_name="mosaic", memory_limit_in_mb=1, invoked_function_arn="arn", aws_request_id="1"
    )
    assert handler(event, cast("Any", context)) == {"made": True}
    ready = state(api, picture).json
    (key,) = mosaics_in(gallery)
    assert ready == {"status": "ready", "url": f"/{key}", "columns": 20, "rows": 15, "tiles_used": 1}
    again = ask(api, picture)
    assert (again.status, again.json) == (200, ready)
    stored = gallery.s3.get_object(Bucket="gallery-test-media", Key=key)
    with Image.open(stored["Body"]) as image:
        assert (image.format, image.size) == ("JPEG", (640, 480))
    assert (stored["ContentType"], stored["CacheControl"]) == ("image/jpeg", "public, max-age=300, s-maxage=300")


def test_progress_is_told_on_the_way(api: Api, called: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    picture = shown()
    ask(api, picture)
    seen: list[float] = []
    note = mosaics.note_progress

    def note_and_look(job: Job, progress: float) -> None:
        note(job, progress)
        seen.append(state(api, picture).json["progress"])

    monkeypatch.setattr(mosaics, "note_progress", note_and_look)
    assert make(job_of(called[0]))
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
    assert 0 <= seen[0] < seen[-1] < 1


def test_each_design_is_a_mosaic_of_its_own(api: Api, gallery: Gallery, called: list[dict[str, Any]]) -> None:
    picture = shown()
    made(api, picture, called)
    for words in ({"tile_size": 36}, {"blend": 0.6}, {"width": 800}):
        assert state(api, picture, **words).status == 404
        assert ask(api, picture, **words).status == 202
    for words in ({"blend": 0.51}, {"tile_size": 33}, {"width": 641}):
        assert ask(api, picture, **words).status == state_status(api, picture, **words) == 200
    assert len(called) == 3
    assert len(mosaics_in(gallery)) == 1


def test_mosaics_that_have_to_be_made_are_charged_to_their_sender(
    api: Api, pool: Pool, called: list[dict[str, Any]], environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("MOSAICS_PER_HOUR", "2")
    forget_clients()
    picture = shown()
    made(api, picture, called)
    assert [ask(api, picture).status for _ in range(3)] == [200] * 3, "what is there costs nothing"
    assert [ask(api, picture, tile_size=size).status for size in (16, 16, 20)] == [202, 202, 429]
    refused = ask(api, picture, tile_size=20)
    assert int(refused.headers["retry-after"]) > 0
    assert "2 mosaics" in refused.json["detail"]
    assert ask(api, picture, pool.bearer("anna"), tile_size=20).status == 202
    assert len(called) == 2


def test_no_mosaic_is_begun_while_the_brake_is_on(api: Api, called: list[dict[str, Any]]) -> None:
    picture = shown()
    key = made(api, picture, called)
    pausing.begin("Enough for today.")
    assert ask(api, picture).json["url"] == f"/{key}"
    refused = ask(api, picture, tile_size=16)
    assert (refused.status, called) == (503, [])
    assert "retry-after" in refused.headers


def test_without_a_width_there_is_one(api: Api) -> None:
    picture = shown()
    words = {name: value for name, value in ASKED.items() if name != "width"}
    assert api("POST", f"/api/images/{picture.id}/mosaic", body=words).status == 202
    assert state(api, picture, width=limits.MOSAIC_PIXELS).json["status"] == "pending"


@pytest.mark.parametrize(
    "words",
    [
        {"tiles": "dogs"}, {"tiles": None}, {"tile_size": 15}, {"tile_size": 65}, {"tile_size": 32.5},
        {"tile_size": "32"}, {"blend": -0.1}, {"blend": 1.1}, {"blend": "much"}, {"width": 63}, {"width": 4001},
        {"width": None}, {"height": 100},
    ],
    ids=str,
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_name(api: Api, words: dict[str, Any], called: list[dict[str, Any]]) -> None:
    answer = ask(api, shown(), **words)
    assert answer.status == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert [each["field"] for each in answer.json["errors"]] == list(words)
    assert called == []
    if not {"height"} & words.keys() and None not in words.values() and words != {"tile_size": "32"}:
        assert state(api, shown(), **words).status == 422


def test_nan_is_no_blend(api: Api) -> None:
    assert state(api, shown(), blend="nan").status == 422
    body = '{"tiles": "gallery", "tile_size": 32, "blend": NaN}'
    assert api("POST", f"/api/images/{shown().id}/mosaic", body=body).status in {400, 422}


def test_cifar10_is_there_where_the_deployment_has_it(
    api: Api,
    environment: pytest.MonkeyPatch,
    called: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    picture = shown()
    assert api("GET", "/api/settings").json["tile_sets"] == ["gallery"]
    refused = ask(api, picture, tiles="cifar10")
    assert (refused.status, refused.json["errors"][0]["field"]) == (422, "tiles")
    environment.setenv("CIFAR10_TILES", "0123456789abcdef")
    forget_clients()
    assert api("GET", "/api/settings").json["tile_sets"] == ["gallery", "cifar10"]
    assert ask(api, picture, tiles="cifar10").status == 202
    monkeypatch.setattr(sets, "CIFAR10", tmp_path / "cifar10.npy")
    np.save(sets.CIFAR10, np.random.default_rng(1).integers(0, 255, (50, 32, 32, 3), dtype=np.uint8))
    assert make(job_of(called[-1]))
    assert state(api, picture, tiles="cifar10").json["tiles_used"] > 5
    removal.soft_delete(shown())
    assert ask(api, picture, tiles="cifar10").status == 200
    environment.setenv("CIFAR10_TILES", "fedcba9876543210")
    forget_clients()
    assert ask(api, picture, tiles="cifar10").status == 202


def test_a_picture_nobody_has_seen_yet_has_no_mosaic(api: Api) -> None:
    shown()
    assert ask(api, ticket()).status == 409
    assert state(api, ticket()).status == 404


def test_without_any_public_picture_there_are_no_tiles(api: Api, pool: Pool) -> None:
    picture = shown(owner="anna", visibility="private")
    answer = ask(api, picture, pool.bearer("anna"))
    assert (answer.status, answer.json["detail"]) == (422, "The gallery has no public pictures to make a mosaic of.")


def test_private_pictures_are_no_tiles(api: Api, called: list[dict[str, Any]]) -> None:
    picture = shown((10, 200, 10))
    shown((250, 0, 0), owner="anna", visibility="private")
    made(api, picture, called)
    assert state(api, picture).json["tiles_used"] == 1
    assert [each.color for each in tiles.public_tiles()] == [(10, 200, 10)]


def test_a_tile_follows_its_picture_when_it_is_hidden_and_shown(api: Api, pool: Pool) -> None:
    picture = shown(owner="anna")
    before = tiles.public_tiles()
    for visibility, hung in (("private", 0), ("public", 1)):
        headers = {**pool.bearer("anna"), "if-match": "*"}
        api("PATCH", f"/api/images/{picture.id}", body={"visibility": visibility}, headers=headers)
        assert len(tiles.public_tiles()) == hung
    assert tiles.public_tiles() == before


def test_a_tile_left_behind_by_a_hidden_picture_is_not_used(gallery: Gallery) -> None:
    picture = shown()
    hung = [each for each in gallery.rows() if each["pk"] == "TILES#public"]
    removal.soft_delete(picture)
    gallery.dynamodb.put_item(TableName="gallery-test", Item=encode(hung[0]))
    assert tiles.public_tiles() == []


def test_a_private_mosaic_is_its_owners_alone(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    shown()
    picture = shown(owner="anna", visibility="private")
    anna, eve = pool.bearer("anna"), pool.bearer("eve")
    assert {ask(api, picture).status, ask(api, picture, eve).status} == {404}
    key = made(api, picture, called, anna)
    assert key.startswith(f"private/{picture.id}/")
    assert mosaics_in(gallery) == {key}
    ready = state(api, picture, anna).json
    assert "X-Amz-Signature" in ready["url"]
    assert f"X-Amz-Expires={limits.PRIVATE_URL_SECONDS}" in ready["url"]
    assert state(api, picture, pool.bearer("root", groups=["admin"])).json["status"] == "ready"
    assert {state(api, picture).status, state(api, picture, eve).status} == {404}


@pytest.mark.parametrize("visibility", ["private", "public"])
def test_hiding_or_showing_a_picture_deletes_its_mosaics(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]], visibility: str
) -> None:
    shown()
    picture = shown(owner="anna", visibility="public" if visibility == "private" else "private")
    anna = pool.bearer("anna")
    made(api, picture, called, anna)
    headers = {**anna, "if-match": "*"}
    api("PATCH", f"/api/images/{picture.id}", body={"visibility": visibility}, headers=headers)
    assert mosaics_in(gallery) == set()
    assert state(api, picture, anna).status == 404
    made(api, picture, called, anna)
    assert state(api, picture, anna).json["status"] == "ready"


def test_another_title_leaves_the_mosaic(api: Api, pool: Pool, called: list[dict[str, Any]]) -> None:
    picture = shown(owner="anna")
    made(api, picture, called)
    headers = {**pool.bearer("anna"), "if-match": "*"}
    assert api("PATCH", f"/api/images/{picture.id}", body={"title": "Rex"}, headers=headers).status == 200
    assert state(api, picture).json["status"] == "ready"


def test_deleting_a_picture_deletes_its_mosaics(api: Api, gallery: Gallery, called: list[dict[str, Any]]) -> None:
    shown()
    picture = shown()
    made(api, picture, called)
    assert api("DELETE", f"/api/images/{picture.id}").status == 204
    assert not any(picture.id in each for each in gallery.objects())
    assert mosaics.find_all(picture.id) == []
    assert state(api, picture).status == 404


def test_no_mosaic_shows_a_tile_of_a_picture_that_was_taken_away(
    api: Api, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    picture, tile = shown(), shown((0, 0, 255))
    old = made(api, picture, called)
    removal.soft_delete(tile)
    assert state(api, picture).status == 404
    sweep(lambda: 300_000)
    assert mosaics_in(gallery) == set()
    new = made(api, picture, called)
    assert new != old
    assert mosaics_in(gallery) == {new}
    assert state(api, picture).json["status"] == "ready"


def test_a_much_changed_gallery_makes_a_new_one_and_a_little_change_does_not(
    api: Api, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    picture = [shown() for _ in range(20)][-1]
    made(api, picture, called)
    shown()
    assert ask(api, picture).status == 200
    for _ in range(3):
        shown()
    assert ask(api, picture).status == 202
    assert make(job_of(called.pop()))
    assert ask(api, picture).status == 200
    assert len(mosaics_in(gallery)) == 1


@pytest.mark.parametrize(("here", "there", "same"), [(100, 100, True), (2000, 2100, True), (2000, 3000, False)])
def test_sketches_tell_how_much_two_galleries_have_in_common(here: int, there: int, same: bool) -> None:
    sketches = [tiles.sketch_of(f"picture {each}" for each in range(count)) for count in (here, there)]
    assert tiles.alike(*sketches) is same
    assert all(len(each) == 512 for each in sketches)


def test_asking_twice_begins_once(api: Api, called: list[dict[str, Any]]) -> None:
    picture = shown()
    assert [ask(api, picture).status for _ in range(3)] == [202, 202, 202]
    assert len(called) == 1


def test_of_two_at_once_one_begins(api: Api, called: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> None:
    picture = shown()
    begin = mosaics.begin
    slow: list[str] = []

    def meanwhile_the_other_was_faster(*words: Any) -> Job | None:  # noqa: ANN401
        if not slow:
            slow.append("begun")
            ask(api, picture)
        return begin(*words)

    monkeypatch.setattr(mosaics, "begin", meanwhile_the_other_was_faster)
    assert ask(api, picture).status == 202
    assert len(called) == 1
    assert make(job_of(called[0]))
    assert state(api, picture).json["status"] == "ready"


def test_the_same_call_twice_makes_it_once(api: Api, gallery: Gallery, called: list[dict[str, Any]]) -> None:
    picture = shown()
    ask(api, picture)
    job = job_of(called[0])
    assert [make(job), make(job)] == [True, False]
    assert mosaics_in(gallery) == {job.key}
    assert state(api, picture).json["status"] == "ready"


def test_the_same_call_twice_at_once_keeps_what_the_faster_one_stored(
    api: Api, gallery: Gallery, called: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = shown()
    ask(api, picture)
    job = job_of(called[0])
    finish = mosaics.finish
    slow: list[Job] = []

    def meanwhile_the_other_was_faster(mine: Job, result: mosaics.Made) -> None:
        if not slow:
            slow.append(mine)
            assert make(mine)
        finish(mine, result)

    monkeypatch.setattr(mosaics, "finish", meanwhile_the_other_was_faster)
    assert make(job) is False
    assert mosaics_in(gallery) == {job.key}
    assert state(api, picture).json["status"] == "ready"


def test_a_job_that_died_fails_after_a_while_and_can_be_begun_anew(
    api: Api, gallery: Gallery, called: list[dict[str, Any]], later: Callable[[float], None]
) -> None:
    picture = shown()
    ask(api, picture)
    later(100)
    assert state(api, picture).json["status"] == "pending"
    later(30)
    failed = state(api, picture).json
    assert failed == {"status": "failed", "detail": "The mosaic was not finished. Please ask for it again."}
    assert ask(api, picture).status == 202
    late, new = (job_of(each) for each in called)
    assert [make(late), make(new)] == [False, True]
    assert mosaics_in(gallery) == {new.key}


def test_a_picture_deleted_or_hidden_meanwhile_gets_no_mosaic(
    api: Api, gallery: Gallery, called: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown()
    picture = shown()
    ask(api, picture)
    write = storage.write_rendition

    def and_meanwhile_it_is_deleted(*words: Any) -> None:  # noqa: ANN401
        write(*words)
        found = catalogue.find(picture.id)
        assert found
        removal.soft_delete(found)

    monkeypatch.setattr(storage, "write_rendition", and_meanwhile_it_is_deleted)
    assert make(job_of(called[0])) is False
    assert mosaics_in(gallery) == set()


def test_a_call_that_comes_after_the_picture_changed_says_so(
    api: Api, pool: Pool, called: list[dict[str, Any]], gallery: Gallery
) -> None:
    shown()
    picture = shown(owner="anna")
    ask(api, picture)
    found = catalogue.find(picture.id)
    assert found
    catalogue.change(found, replace(found, visibility="private"))
    assert make(job_of(called[0])) is False
    assert mosaics_in(gallery) == set()
    answer = state(api, picture, pool.bearer("anna")).json
    assert answer == {"status": "failed", "detail": "The image was changed. Please ask for its mosaic again."}


def test_what_goes_wrong_is_said_and_tried_again_by_the_next_call(
    api: Api, called: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = shown()
    ask(api, picture)
    with monkeypatch.context() as broken:
        broken.setattr(making, "compose", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            make(job_of(called[0]))
    assert state(api, picture).json == {
        "status": "failed",
        "detail": "The mosaic could not be made. Please ask for it again.",
    }
    assert make(job_of(called[0]))
    assert state(api, picture).json["status"] == "ready"


def test_a_function_that_cannot_be_called_leaves_nothing_pending(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = shown()
    monkeypatch.setattr("images.mosaics.call", lambda *_: 1 / 0)
    assert ask(api, picture).status == 500
    assert state(api, picture).json["status"] == "failed"


def test_of_many_mosaics_the_oldest_go(
    api: Api, gallery: Gallery, called: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_MOSAICS", 3)
    picture = shown()
    for size in range(20, 44, 4):
        ask(api, picture, tile_size=size)
        assert make(job_of(called[-1]))
    assert len(mosaics.find_all(picture.id)) == 3
    assert {each.key for each in mosaics.find_all(picture.id)} == mosaics_in(gallery)
    assert state(api, picture, tile_size=40).json["status"] == "ready"
    assert state(api, picture, tile_size=20).status == 404


def test_mosaics_that_no_row_tells_of_are_swept_and_no_others(
    api: Api, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    picture = shown()
    gallery.upload(picture.id, b"bytes")
    key = made(api, picture, called)
    for orphan in (f"media/{picture.id}/1-mosaic-abc-def.jpg", f"private/{picture.id}/1-mosaic-abc-def.jpg"):
        storage.write_rendition(orphan, b"left over", "image/jpeg")
    assert sweep(lambda: 300_000)["renditions"] == 2
    assert mosaics_in(gallery) == {key}
    assert state(api, picture).json["status"] == "ready"


def test_the_sweeper_takes_away_a_tile_that_was_left_and_what_was_made_of_it(
    api: Api, gallery: Gallery, called: list[dict[str, Any]], later: Callable[[float], None]
) -> None:
    picture, tile = shown(), shown()
    made(api, picture, called)
    gone = replace(tile, visibility="private", owner="anna", version=tile.version + 1)
    gallery.dynamodb.put_item(TableName="gallery-test", Item=encode(rows.to_row(gone)))
    later(60)
    sweep(lambda: 300_000)
    assert state(api, picture).status == 404
    assert len([each for each in gallery.rows() if each["pk"] == "TILES#public"]) == 1


@pytest.mark.fault("the mosaic function is killed before any of its writes", "made at the next call, nothing left over")
def test_a_mosaic_killed_anywhere_is_made_by_the_next_call(
    api: Api, gallery: Gallery, called: list[dict[str, Any]]
) -> None:
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        called.clear()
        picture = shown()
        ask(api, picture)
        job = job_of(called[0])
        with killed_before_write(death) as deaths:
            make(job)
        make(job)
        assert state(api, picture).json["status"] == "ready"
        assert mosaics_in(gallery) == {job.key}
        if len(deaths.writes) <= death:
            break
    assert death >= 5


@pytest.mark.fault(
    "hiding a picture is killed before any of its writes, with mosaics of it",
    "no mosaic of it is shown to others, none is left over",
)
@some_deaths
def test_hiding_killed_anywhere_leaves_no_mosaic_for_others(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]], later: Callable[[float], None], stride: int
) -> None:
    for death in each_death(stride):
        empty("gallery-test-media", "gallery-test")
        shown()
        picture = shown(owner="anna")
        for each in (picture,):
            gallery.upload(each.id, b"bytes")
        made(api, picture, called)
        with killed_before_write(death) as deaths:
            headers = {**pool.bearer("anna"), "if-match": "*"}
            api("PATCH", f"/api/images/{picture.id}", body={"visibility": "private"}, headers=headers)
        later(10)
        sweep(lambda: 300_000)
        hidden = catalogue.find(picture.id)
        assert hidden
        kept = mosaics_in(gallery)
        assert kept == set() if hidden.visibility == "private" else len(kept) == 1
        if len(deaths.writes) <= death:
            break
    assert death >= 8


@pytest.mark.parametrize("act", ["private", "hidden", "deleted"])
def test_a_mosaic_of_a_picture_that_is_withdrawn_is_gone_with_it(
    api: Api, pool: Pool, gallery: Gallery, called: list[dict[str, Any]], act: str
) -> None:
    tile, picture = shown((10, 200, 10), owner="anna"), shown(owner="ben")
    made(api, picture, called)
    headers = {**pool.bearer("anna"), "if-match": "*"}
    match act:
        case "private":
            api("PATCH", f"/api/images/{tile.id}", body={"visibility": "private"}, headers=headers)
        case "hidden":
            hide(lambda: catalogue.find(tile.id) or tile)
        case _:
            assert api("DELETE", f"/api/images/{tile.id}", headers=headers).status == 204
    assert mosaics_in(gallery) == set()
    assert state(api, picture).status == 404
    made(api, picture, called)
    assert state(api, picture).json["tiles_used"] == 1


def test_a_tile_withdrawn_while_a_mosaic_is_laid_leaves_nothing(
    api: Api, gallery: Gallery, called: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    tile, picture = shown((10, 200, 10)), shown()
    write = storage.write_rendition

    def once_it_is_gone(*arguments: Any) -> None:  # noqa: ANN401
        removal.soft_delete(tile)
        write(*arguments)

    monkeypatch.setattr(storage, "write_rendition", once_it_is_gone)
    assert ask(api, picture).status == 202
    assert make(job_of(called.pop()))
    assert mosaics_in(gallery) == set()
    assert state(api, picture).status == 404
