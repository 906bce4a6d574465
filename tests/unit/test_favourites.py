"""Favourites: each person's own, of whatever they may see, and nobody else's business."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.captioning import PHOTO, consistent, swept
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.faults import each_death, empty, killed_before_write
from tests.unit.identity import Pool
from tests.unit.pictures import annas, ticket
from tests.unit.posting import posted

from gallery.lifecycle.removal import soft_delete
from gallery.lifecycle.revision import hide, revise
from gallery.lifecycle.trash import put_into_trash
from gallery.people import favourites, people
from gallery.pictures import catalogue, storage
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture
from people import erasing


def current(picture: Picture) -> Picture:
    stored = catalogue.find(picture.id)
    assert stored is not None
    return stored


def ask(api: Api, pool: Pool, method: str, picture: Picture, who: str = "anna") -> Answer:
    return api(method, f"/api/images/{picture.id}/favourite", headers=pool.bearer(who))


def listed(api: Api, pool: Pool, who: str = "anna", **query: str) -> list[str]:
    answer = api("GET", "/api/images", query={"favourite": "true", **query}, headers=pool.bearer(who))
    assert answer.status == 200, answer.text
    assert {image["favourite"] for image in answer.json["images"]} <= {True}
    return [image["id"] for image in answer.json["images"]]


def shown(api: Api, pool: Pool, picture: Picture, who: str | None) -> Any:  # noqa: ANN401
    headers = {} if who is None else pool.bearer(who)
    return api("GET", f"/api/images/{picture.id}", headers=headers).json["favourite"]


@pytest.mark.parametrize("whose", ["anna", "ben", None])
def test_it_is_ones_own_however_often_it_is_said(api: Api, pool: Pool, whose: str | None) -> None:
    picture = annas() if whose == "anna" else ticket(owner=whose)
    for _ in range(2):
        assert ask(api, pool, "PUT", picture).status == 204
        assert {who: shown(api, pool, picture, who) for who in ("anna", "ben", None)} == {
            "anna": True,
            "ben": False,
            None: False,
        }
    assert (listed(api, pool), listed(api, pool, "ben")) == ([picture.id], [])
    for _ in range(2):
        assert ask(api, pool, "DELETE", picture).status == 204
        assert shown(api, pool, picture, "anna") is False
    assert listed(api, pool) == []


def test_it_is_told_in_lists_search_and_posts(api: Api, pool: Pool) -> None:
    pictures = [annas(title="Otto"), ticket(owner="ben", title="Otto")]
    post = posted(image_id=pictures[0].id)
    for picture in pictures:
        ask(api, pool, "PUT", picture)
    ids = ",".join(picture.id for picture in pictures)
    for who, favourite in (("anna", True), ("eve", False)):
        headers = pool.bearer(who)
        images = api("GET", "/api/images", query={"ids": ids}, headers=headers).json["images"]
        assert [image["favourite"] for image in images] == [favourite] * 2
        results = api("GET", "/api/search", query={"query": "Otto"}, headers=headers).json["results"]
        assert [result["image"]["favourite"] for result in results] == [favourite]
        assert api("GET", f"/api/posts/{post.id}", headers=headers).json["image"]["favourite"] is favourite


def test_it_changes_no_version(api: Api, pool: Pool) -> None:
    picture = annas()
    headers = pool.bearer("anna")
    path = f"/api/images/{picture.id}"
    ask(api, pool, "DELETE", picture)  # makes Anna known by name
    before = api("GET", path, headers=headers)
    for method in ("PUT", "DELETE", "PUT"):
        ask(api, pool, method, picture)
    after = api("GET", path, headers=headers)
    assert after.headers["etag"] == before.headers["etag"]
    assert after.json == before.json | {"favourite": True}
    assert current(picture).version == picture.version + 3
    sent = headers | {"if-match": before.headers["etag"]}
    changed = api("PATCH", path, body={"title": "Rex"}, headers=sent)
    assert (changed.status, changed.json["version"]) == (200, before.json["version"] + 1)
    assert api("PATCH", path, body={"title": "Otto"}, headers=sent).status == 412


def test_a_favourite_that_is_quicker_does_not_make_a_change_stale(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture = annas()
    change, quicker = catalogue.change, [1]

    def changed(old: Picture, new: Picture, *args: Any, **how: Any) -> Picture:  # noqa: ANN401
        if quicker:
            quicker.pop()
            favourites.mark(current(picture), "anna")
        return change(old, new, *args, **how)

    monkeypatch.setattr(catalogue, "change", changed)
    sent = pool.bearer("anna") | {"if-match": f'"{picture.edition}"'}
    answer = api("PATCH", f"/api/images/{picture.id}", body={"title": "Rex"}, headers=sent)
    assert (answer.status, answer.json["title"], answer.json["favourite"]) == (200, "Rex", True)


def test_the_one_chosen_last_is_first_own_and_others_in_one_list(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures = [annas(), ticket(owner="ben"), annas(), ticket(owner="ben"), ticket()]
    moments = iter(f"2026-11-0{day}T00:00:00.000Z" for day in (3, 4, 1, 5, 2))
    monkeypatch.setattr(favourites, "now", lambda: next(moments))
    for picture in pictures:
        ask(api, pool, "PUT", picture)
    expected = [pictures[place].id for place in (3, 1, 0, 4, 2)]
    assert listed(api, pool) == expected
    for limit in (1, 2, 3, 4):
        ids, cursor = list[str](), None
        while True:
            query = {"favourite": "true", "limit": str(limit)} | ({"cursor": cursor} if cursor else {})
            page = api("GET", "/api/images", query=query, headers=pool.bearer("anna")).json
            ids += [image["id"] for image in page["images"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert ids == expected


def test_what_one_may_not_see_any_more_is_not_listed_and_comes_back(api: Api, pool: Pool, gallery: Gallery) -> None:
    private, hidden, trashed, gone, own = ticket(owner="ben"), ticket(), ticket(owner="ben"), ticket(), annas()
    for picture in (private, hidden, trashed, gone, own):
        ask(api, pool, "PUT", picture)
    revise(private, replace(private, visibility="private"))
    hide(lambda: current(hidden))
    put_into_trash(trashed)
    put_into_trash(current(own))
    soft_delete(gone)
    assert listed(api, pool) == []
    assert not [row for row in gallery.rows() if row["pk"].startswith("MARKED#") and gone.id in row["sk"]]
    for picture in (trashed, own):
        api("POST", f"/api/images/{picture.id}/restore", headers=pool.bearer("ben" if picture is trashed else "anna"))
    assert listed(api, pool) == [own.id, trashed.id]


def test_ones_own_are_in_the_record_and_others_in_the_table_alone(api: Api, pool: Pool) -> None:
    own, bens = annas(), ticket(owner="ben")
    before = storage.read_record(bens.id)
    for picture in (own, bens):
        ask(api, pool, "PUT", picture)
    record = storage.read_record(own.id)
    assert record is not None
    assert record.favourite_at == current(own).favourite_at is not None
    assert storage.read_record(bens.id) == before
    assert current(bens) == bens


def test_the_erasure_of_a_person_takes_their_favourites_along(api: Api, pool: Pool, gallery: Gallery) -> None:
    picture, another = ticket(owner="ben"), ticket(owner="ben")
    for who in ("anna", "eve"):
        for marked in (picture, another):
            ask(api, pool, "PUT", marked, who)
    table_rows = {row["pk"] for row in gallery.rows() if row["pk"].startswith("MARKED#")}
    assert table_rows == {f"MARKED#{who}#{part}" for who in ("anna", "eve") for part in ("ids", "moments")}
    for remove in erasing._removals("anna"):
        remove()
    assert {row["pk"] for row in gallery.rows() if row["pk"].startswith("MARKED#")} == {
        "MARKED#eve#ids",
        "MARKED#eve#moments",
    }


@pytest.mark.usefixtures("called")
def test_nothing_is_marked_for_somebody_who_is_leaving(gallery: Gallery) -> None:
    picture = ticket(owner="ben")
    person = people.get_or_create_person(Caller("anna"))
    people.begin_erasure(person)
    with pytest.raises(Exception, match="deleted"):
        favourites.mark(picture, "anna")
    assert not [row for row in gallery.rows() if row["pk"].startswith("MARKED#")]


@pytest.mark.usefixtures("model")
@pytest.mark.fault("marking a favourite is killed before any of its writes", "marked wholly or not at all")
def test_marking_killed_anywhere_marks_wholly_or_not_at_all(
    gallery: Gallery, api: Api, pool: Pool, later: Callable[[], None]
) -> None:
    for whose in ("anna", "ben"):
        for death in each_death():
            empty("gallery-test-media", "gallery-test")
            people.get_or_create_person(Caller("anna"))
            picture = annas() if whose == "anna" else ticket(owner=whose)
            gallery.put_original(picture.id, PHOTO)
            with killed_before_write(death) as deaths:
                ask(api, pool, "PUT", picture)
            later()
            if whose == "anna":
                swept()
                consistent(gallery)
            assert (listed(api, pool) == [picture.id]) is shown(api, pool, picture, "anna")
            assert ask(api, pool, "PUT", picture).status == 204
            assert listed(api, pool) == [picture.id]
            if len(deaths.writes) <= death:
                break
