"""Captions that their owner hides: for whom they are, and that they come back."""

from dataclasses import replace

import pytest
from tests.unit.collection import found, reading, showing, shown
from tests.unit.conftest import Api
from tests.unit.identity import Pool

from gallery.pictures import catalogue, storage
from gallery.pictures.model import Description, captioned

BOTH = ["A bowl on a table.", "A pug"]


def test_an_owner_hides_every_sentence_from_all_others_and_shows_them_again(api: Api, pool: Pool) -> None:
    picture = showing({"pug": 0.97}, owner="anna")
    described = Description("llava", BOTH[0], "etag", "2026-01-01T00:00:00.000Z")
    content = picture.content
    assert content
    picture = catalogue.change(picture, replace(picture, description=replace(described, etag=content.etag)))

    def change(*, hidden: object) -> int:
        headers = {**pool.bearer("anna"), "if-match": "*"}
        return api("PATCH", f"/api/images/{picture.id}", body={"caption_hidden": hidden}, headers=headers).status

    def seen(headers: dict[str, str] | None = None) -> tuple[str | None, list[str], bool]:
        image = api("GET", f"/api/images/{picture.id}", headers=headers).json
        (listed,) = api("GET", "/api/images", headers=headers).json["images"]
        assert listed == image
        return image["caption"], [each["text"] for each in image["captions"]], image["caption_hidden"]

    assert seen() == (BOTH[0], BOTH, False)
    assert change(hidden=True) == 200
    assert seen() == seen(pool.bearer("berta")) == (None, [], True)
    assert seen(pool.bearer("anna")) == seen(pool.bearer("carla", groups=["admin"])) == (None, BOTH, True)
    assert found(api, "bowl") == []
    assert change(hidden=False) == 200
    assert seen() == (BOTH[0], BOTH, False)
    assert change(hidden=None) == change(hidden="yes") == 422


def test_it_is_hidden_in_the_record_too_and_after_captioning_again(api: Api, pool: Pool) -> None:
    picture = showing({"pug": 0.97}, owner="anna")
    headers = {**pool.bearer("anna"), "if-match": "*"}
    assert api("PATCH", f"/api/images/{picture.id}", body={"caption_hidden": True}, headers=headers).status == 200
    recorded, stored = storage.read_record(picture.id), catalogue.find(picture.id)
    assert recorded
    assert stored
    assert stored.content
    assert recorded.caption_hidden
    catalogue.change(stored, captioned(stored, stored.content, reading({"beagle": 0.97}, model="other")))
    assert api("GET", f"/api/images/{picture.id}").json["caption"] is None


def test_a_picture_of_which_too_little_is_known_is_captioned_without_a_caption(api: Api) -> None:
    picture = showing({"pug": 0.2, "teapot": 0.1})
    image = api("GET", f"/api/images/{picture.id}").json
    assert (image["status"], image["caption"], image["captions"]) == ("captioned", None, [])
    assert [each["label"] for each in image["labels"]] == ["pug", "teapot"]


@pytest.mark.parametrize(("said", "heading"), [("Bella", "Bella"), (None, "A pug")])
def test_a_title_comes_before_a_caption(said: str | None, heading: str) -> None:
    assert shown({"pug": 0.97}, title=said).heading == heading
