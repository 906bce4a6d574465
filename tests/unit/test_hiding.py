"""Hiding: what an admin takes away only its owner and admins still see, until it is given back."""

import pytest
from tests.unit.conftest import Api, Gallery
from tests.unit.faults import each_death, empty, killed_before_write
from tests.unit.identity import Pool
from tests.unit.pictures import annas, ticket

from gallery.lifecycle.revision import hide, restore
from gallery.pictures import catalogue, storage
from gallery.pictures.model import Picture


def current(picture: Picture) -> Picture:
    found = catalogue.find(picture.id)
    assert found is not None
    return found


def test_a_hidden_picture_is_gone_for_all_but_its_owner_and_admins(api: Api, pool: Pool, gallery: Gallery) -> None:
    picture = annas()
    hide(lambda: current(picture))
    path = f"/api/images/{picture.id}"
    assert [api("GET", path).status, api("GET", path, headers=pool.bearer("eve")).status] == [404, 404]
    assert api("GET", path, headers=pool.bearer("anna")).json["hidden"] is True
    assert api("GET", path, headers=pool.bearer("root", groups=["admin"])).status == 200
    assert api("GET", "/api/images").json["images"] == []
    assert not [key for key in gallery.objects() if key.startswith(storage.MEDIA)]


def test_the_owner_cannot_publish_what_was_hidden(api: Api, pool: Pool) -> None:
    picture = annas()
    hide(lambda: current(picture))
    headers = pool.bearer("anna") | {"if-match": "*"}
    answer = api("PATCH", f"/api/images/{picture.id}", body={"visibility": "public"}, headers=headers)
    assert answer.status == 409
    assert answer.json["detail"] == "An admin has hidden this image, so it can't be made public."
    answer = api("PATCH", f"/api/images/{picture.id}", body={"title": "still mine"}, headers=headers)
    assert (answer.status, answer.json["hidden"], answer.json["visibility"]) == (200, True, "private")


@pytest.mark.usefixtures("gallery")
@pytest.mark.parametrize("visibility", ["public", "private"])
def test_restoring_brings_back_the_visibility_there_was(visibility: str) -> None:
    picture = annas(visibility=visibility)
    for _ in range(2):
        assert hide(lambda: current(picture)).visibility == "private"
    for _ in range(2):
        restored = restore(lambda: current(picture))
        assert (restored.visibility, restored.hidden) == (visibility, None)


def test_a_hidden_picture_that_nobody_owns_is_the_admins(api: Api, pool: Pool) -> None:
    picture = ticket()
    hide(lambda: current(picture))
    assert api("GET", f"/api/images/{picture.id}", headers=pool.bearer("anna")).status == 404
    assert api("GET", f"/api/images/{picture.id}", headers=pool.bearer("root", groups=["admin"])).status == 200


@pytest.mark.usefixtures("gallery")
def test_what_is_hidden_stays_so_when_the_table_is_rebuilt() -> None:
    picture = annas()
    hide(lambda: current(picture))
    record = storage.read_record(picture.id)
    assert record is not None
    assert (record.visibility, record.hidden) == ("private", "public")


def test_whoever_dies_while_hiding_can_be_followed_by_another_try(gallery: Gallery) -> None:
    for death in each_death():
        empty("gallery-test-media", "gallery-test")
        picture = annas()
        with killed_before_write(death) as deaths:
            hide(lambda p=picture: current(p))  # type: ignore[misc]
        hide(lambda p=picture: current(p))  # type: ignore[misc]
        found = current(picture)
        assert (found.visibility, found.hidden) == ("private", "public")
        assert set(storage.rendition_keys(found).values()) <= gallery.objects()
        if len(deaths.writes) <= death:
            break
    assert death > 3
