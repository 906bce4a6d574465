"""Bytes that an admin hid are held back when they come again, until an admin has looked at them."""

from typing import Any

import pytest
from tests.unit.arriving import DIGEST, captioned, ticket
from tests.unit.conftest import Api, Gallery
from tests.unit.identity import Pool

from gallery.lifecycle.removal import soft_delete
from gallery.lifecycle.revision import hide, restore
from gallery.pictures import catalogue, storage, withholding
from gallery.pictures.model import Picture

pytestmark = pytest.mark.usefixtures("model")


def current(picture: Picture) -> Picture:
    found = catalogue.find(picture.id)
    assert found
    return found


def hidden(gallery: Gallery, **given: Any) -> Picture:  # noqa: ANN401
    picture = captioned(ticket(gallery, **given))
    return hide(lambda: current(picture))


def undecided(api: Api, pool: Pool) -> dict[str, bool]:
    """What admins have to look at, and whether it is hidden."""
    answer = api("GET", "/api/admin/reports", headers=pool.bearer("root", groups=["admin"]))
    return {each["id"]: each["hidden"] for each in answer.json["reports"]}


def decide(api: Api, pool: Pool, picture: Picture, decision: str) -> None:
    path = f"/api/admin/reports/image/{picture.id}/{decision}"
    assert api("POST", path, headers=pool.bearer("root", groups=["admin"])).status == 200


@pytest.mark.parametrize("owner", ["eve", None])
def test_bytes_that_an_admin_hid_are_held_back_whoever_sends_them(
    gallery: Gallery, api: Api, pool: Pool, owner: str | None
) -> None:
    hidden(gallery, owner="anna")
    again = captioned(ticket(gallery, owner=owner))
    assert (again.status, again.visibility, again.hidden) == ("captioned", "private", "public")
    assert not [key for key in gallery.objects() if key.startswith(storage.MEDIA)]
    assert api("GET", f"/api/images/{again.id}").status == 404
    assert undecided(api, pool) == {again.id: True}
    decide(api, pool, again, "restore")
    assert current(again).visibility == "public"
    assert captioned(ticket(gallery, owner="ben")).visibility == "public"


def test_what_was_hidden_and_is_given_back_withholds_nothing(gallery: Gallery) -> None:
    picture = hidden(gallery, owner="anna")
    assert withholding.is_withheld(DIGEST)
    restore(lambda: current(picture))
    assert not withholding.is_withheld(DIGEST)


def test_deleting_what_was_hidden_is_no_way_around(gallery: Gallery, api: Api, pool: Pool) -> None:
    soft_delete(hidden(gallery, owner="anna"))
    again = captioned(ticket(gallery, owner="anna"))
    assert (again.visibility, again.hidden) == ("private", "public")
    assert undecided(api, pool) == {again.id: True}


def test_an_earlier_copy_of_what_was_hidden_is_not_published(gallery: Gallery, api: Api, pool: Pool) -> None:
    mine = captioned(ticket(gallery, owner="eve", visibility="private"))
    hidden(gallery, owner="anna")
    headers = pool.bearer("eve") | {"if-match": "*"}
    answer = api("PATCH", f"/api/images/{mine.id}", body={"visibility": "public"}, headers=headers)
    assert (answer.status, current(mine).visibility, current(mine).hidden) == (409, "private", "public")
    assert undecided(api, pool) == {mine.id: True}
    decide(api, pool, mine, "restore")
    assert current(mine).visibility == "public"


def test_what_is_hidden_before_it_is_looked_at_is_withheld_afterwards(gallery: Gallery) -> None:
    waiting = ticket(gallery, owner="anna")
    hide(lambda: current(waiting))
    assert not withholding.is_withheld(DIGEST)
    captioned(waiting)
    assert withholding.is_withheld(DIGEST)
