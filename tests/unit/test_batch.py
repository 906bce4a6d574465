"""One action upon many pictures: each as the single call would, and none stops another."""

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.faults import failing
from tests.unit.identity import Pool
from tests.unit.pictures import annas, ticket

from gallery import limits
from gallery.aws import table
from gallery.people import people
from gallery.pictures import catalogue, viewing
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture

NONE = "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"


def ask(api: Api, pool: Pool, who: str | None, action: str, ids: list[str], **said: Any) -> Answer:  # noqa: ANN401
    headers = {} if who is None else pool.bearer(who, groups=["admin"] if who == "root" else [])
    return api("POST", "/api/images/batch", body={"action": action, "ids": ids, **said}, headers=headers)


def statuses(answer: Answer, *pictures: Picture) -> list[int]:
    assert answer.status == 200, answer.text
    results = answer.json["results"]
    assert [each["id"] for each in results[: len(pictures)]] == [each.id for each in pictures]
    assert {each["detail"] is None for each in results if each["status"] < 300} <= {True}
    assert all(each["detail"].endswith(".") for each in results if each["status"] >= 300)
    return [each["status"] for each in results]


def now(picture: Picture) -> Picture:
    found = catalogue.find(picture.id)
    assert found
    return found


def test_each_is_answered_as_the_single_call_in_order(api: Api, pool: Pool, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("ACCESS_MODE", "members")
    mine, another, secret = annas(), ticket(owner="ben"), ticket(owner="ben", visibility="private")
    ids = [mine.id, another.id, NONE, secret.id, "nonsense", annas().id]
    for who, expected in (
        (None, [401, 401, 404, 404, 404, 401]),
        ("anna", [204, 403, 404, 404, 404, 204]),
        ("root", [404, 204, 404, 204, 404, 404]),
    ):
        answer = ask(api, pool, who, "delete", ids)
        assert statuses(answer) == expected
        assert [each["id"] for each in answer.json["results"]] == ids


def test_who_may_see_many_pictures_is_changed_at_once(api: Api, pool: Pool, gallery: Gallery) -> None:
    pictures = [annas() for _ in range(3)]
    ids = [each.id for each in pictures]
    assert statuses(ask(api, pool, "anna", "visibility", ids, visibility="private"), *pictures) == [200] * 3
    assert {now(each).visibility for each in pictures} == {"private"}
    assert not [key for key in gallery.objects() if key.startswith("media/")]
    first = now(pictures[0])
    assert first.content
    hidden = catalogue.change(first, replace(first, hidden="public", content=replace(first.content, sha256="9" * 64)))
    answer = ask(api, pool, "anna", "visibility", ids, visibility="public")
    assert statuses(answer, *pictures) == [409, 200, 200]
    assert now(hidden).visibility == "private"
    nobodys = ticket()
    assert statuses(ask(api, pool, None, "visibility", [nobodys.id], visibility="private")) == [422]


def test_captions_of_many_pictures_are_hidden_and_shown_again(api: Api, pool: Pool) -> None:
    pictures, bens = [annas(), annas()], ticket(owner="ben")
    ids = [*(each.id for each in pictures), bens.id]
    for said, hidden in (({}, True), ({"caption_hidden": False}, False), ({"caption_hidden": True}, True)):
        answer = ask(api, pool, "anna", "caption_hidden", ids, **said)
        assert statuses(answer, *pictures, bens) == [200, 200, 403]
        assert {now(each).caption_hidden for each in pictures} == {hidden}
    assert not now(bens).caption_hidden


def test_labels_are_put_and_taken_away(api: Api, pool: Pool) -> None:
    corrected, seen, full = annas(owner_labels=["Rex", "dog"]), annas(), annas(owner_labels=list("abcdefghij"))
    listed = seen.listed_labels()
    ids = [corrected.id, seen.id, full.id]
    answer = ask(api, pool, "anna", "labels", ids, add=["Holiday", "rex"], remove=["DOG"])
    assert statuses(answer, corrected, seen, full) == [200, 200, 422]
    assert now(corrected).owner_labels == ["Rex", "Holiday"]
    assert now(seen).owner_labels == [*listed, "Holiday", "rex"]
    again = ask(api, pool, "anna", "labels", ids[:1], add=["holiday"])
    assert statuses(again) == [200]
    assert now(corrected).version == corrected.version + 1


def test_pictures_are_put_into_the_trash_and_restored(
    api: Api, pool: Pool, gallery: Gallery, environment: pytest.MonkeyPatch
) -> None:
    environment.setenv("ACCESS_MODE", "members")
    mine, another, secret = annas(), ticket(owner="ben"), ticket(owner="ben", visibility="private")
    ids = [mine.id, another.id, secret.id]
    for action, public in (("trash", False), ("trash", False), ("restore", True), ("restore", True)):
        assert statuses(ask(api, pool, None, action, [another.id])) == [401]
        assert statuses(ask(api, pool, "anna", action, ids), mine, another, secret) == [200, 403, 404]
        assert (now(mine).trashed_at is None, now(another).trashed_at) == (public, None)
        assert any(key.startswith(f"media/{mine.id}") for key in gallery.objects()) is public


def test_pictures_are_archived_and_shown_again(api: Api, pool: Pool) -> None:
    mine, bens, nobodys = annas(), ticket(owner="ben"), ticket()
    ids = [mine.id, bens.id, nobodys.id]
    for action, archived in (("archive", True), ("archive", True), ("unarchive", False), ("unarchive", False)):
        answer = ask(api, pool, "anna", action, ids)
        assert statuses(answer, mine, bens, nobodys) == [200, 403, 422 if archived else 200]
        assert [now(each).archived for each in (mine, bens, nobodys)] == [archived, False, False]


def test_dates_are_moved_once_however_often_it_is_sent(api: Api, pool: Pool) -> None:
    one = annas(taken_at="2024-07-14T23:30:00", taken_offset="+02:00", taken_from="exif")
    two, changed = annas(taken_at="1900-01-01T00:00:00", taken_from="xmp"), annas()
    bens, secret = ticket(owner="ben"), ticket(owner="ben", visibility="private")
    pictures = [one, two, changed, bens, secret]
    sent = {"seconds": 3600, "versions": [2, 2, 1, 1, 1]}
    ids = [each.id for each in pictures]
    assert statuses(ask(api, pool, "anna", "shift_taken", ids, **sent), *pictures) == [200, 200, 412, 403, 404]
    for _ in range(2):
        taken = now(one).taken
        assert (taken.at, taken.offset, taken.source) == ("2024-07-15T00:30:00", "+02:00", "owner")
        assert [now(each).taken.at for each in (two, changed)] == ["1900-01-01T01:00:00", changed.taken.at]
        assert statuses(ask(api, pool, "anna", "shift_taken", ids[:2], seconds=3600, versions=[2, 2])) == [412, 412]
    back = ask(api, pool, "anna", "shift_taken", ids[:2], seconds=-3600, versions=[3, 3])
    assert statuses(back) == [200, 200]
    assert [now(each).taken.at for each in (one, two)] == ["2024-07-14T23:30:00", "1900-01-01T00:00:00"]
    beyond = ask(api, pool, "anna", "shift_taken", ids[:2], seconds=-5 * 10**9, versions=[4, 4])
    assert statuses(beyond) == [200, 422]
    assert "1741" in beyond.json["results"][1]["detail"]
    ahead = ask(api, pool, "anna", "shift_taken", ids[1:2], seconds=5 * 10**9, versions=[4])
    assert statuses(ahead) == [422]


def test_pictures_become_favourites_and_cease_to_be(api: Api, pool: Pool) -> None:
    mine, bens, secret = annas(), ticket(owner="ben"), ticket(owner="ben", visibility="private")
    ids = [mine.id, bens.id, secret.id]
    for favourite in (True, True, False, False):
        answer = ask(api, pool, "anna", "favourite", ids, favourite=favourite)
        assert statuses(answer, mine, bens, secret) == [204, 204, 404]
        listed = api("GET", "/api/images", query={"ids": ",".join(ids)}, headers=pool.bearer("anna")).json["images"]
        assert [image["favourite"] for image in listed] == [favourite] * 2
    assert statuses(ask(api, pool, None, "favourite", ids[:2], favourite=True)) == [401, 401]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"action": "delete", "ids": []}, "ids"),
        ({"action": "delete", "ids": [NONE] * 2}, "ids"),
        ({"action": "delete", "ids": [str(each) for each in range(101)]}, "ids"),
        ({"action": "delete", "ids": [NONE], "visibility": "public"}, "visibility"),
        ({"action": "visibility", "ids": [NONE]}, "visibility"),
        ({"action": "visibility", "ids": [NONE], "visibility": None}, "visibility"),
        ({"action": "favourite", "ids": [NONE]}, "favourite"),
        ({"action": "trash", "ids": [NONE], "favourite": True}, "favourite"),
        ({"action": "labels", "ids": [NONE], "add": ["x" * 61]}, "add.0"),
        ({"action": "archive", "ids": [NONE], "archived": True}, "archived"),
        ({"action": "shift_taken", "ids": [NONE], "seconds": 1}, "versions"),
        ({"action": "shift_taken", "ids": [NONE], "seconds": 1, "versions": []}, "versions"),
        ({"action": "shift_taken", "ids": [NONE], "seconds": 1, "versions": [1, 2]}, "versions"),
        ({"action": "shift_taken", "ids": [NONE], "seconds": 1, "versions": ["1"]}, "versions.0"),
        ({"action": "shift_taken", "ids": [NONE], "seconds": 1.5, "versions": [1]}, "seconds"),
        ({"action": "shift_taken", "ids": [NONE], "seconds": 10**11, "versions": [1]}, "seconds"),
        ({"action": "shift_taken", "ids": [NONE], "versions": [1]}, "seconds"),
        ({"action": "paint", "ids": [NONE]}, "body"),
        ({"ids": [NONE]}, "body"),
    ],
)
def test_a_bad_field_is_named(api: Api, body: dict[str, Any], field: str) -> None:
    answer = api("POST", "/api/images/batch", body=body)
    assert answer.status == 422
    assert field in [each["field"] for each in answer.json["errors"]]


def test_what_is_not_begun_in_time_may_be_sent_again(api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    pictures = [annas() for _ in range(2)]
    monkeypatch.setattr(limits, "BATCH_SECONDS", -1)
    ids = [each.id for each in pictures]
    assert statuses(ask(api, pool, "anna", "delete", ids), *pictures) == [503, 503]
    assert [now(each) for each in pictures] == pictures
    monkeypatch.undo()


def test_somebody_else_who_is_quicker_costs_another_try(api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    picture = annas()
    found, quicker = viewing.find_image, [1]

    def find_image(image_id: str, caller: Caller) -> Picture:
        seen = found(image_id, caller)
        if quicker.pop() if quicker else False:
            catalogue.change(seen, replace(seen, title="meanwhile"))
        return seen

    monkeypatch.setattr("images.batch.find_image", find_image)
    assert statuses(ask(api, pool, "anna", "visibility", [picture.id], visibility="private")) == [200]
    assert (now(picture).title, now(picture).visibility) == ("meanwhile", "private")


def test_a_service_that_fails_is_told_of_each_picture(api: Api, pool: Pool) -> None:
    picture = annas()
    people.get_or_create_person(Caller("anna"))
    with failing(table.client(), "PutItem", 99, 400, "AccessDenied"):
        assert statuses(ask(api, pool, "anna", "visibility", [picture.id], visibility="private")) == [500]
