"""What an admin hid, a picture or a post of it, is not posted again by any door until it is given back."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.unit.arriving import DIGEST, captioned, ticket
from tests.unit.captioning import SeesAPug
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.faults import each_death, killed_before_write
from tests.unit.identity import Pool
from tests.unit.posting import agree

from caption.recaption import recaption
from gallery.aws.table import Conflict
from gallery.captioning.recaptions import RecaptionTask
from gallery.pictures import catalogue, withholding
from gallery.pictures.model import Picture
from gallery.posts import posts
from gallery.timestamps import now

pytestmark = pytest.mark.usefixtures("model")


def post(api: Api, pool: Pool, picture: Picture, who: str = "anna") -> Answer:
    return api("POST", "/api/posts", body={"image_id": picture.id, "text": "Look!"}, headers=pool.bearer(who))


def decide(api: Api, pool: Pool, kind: str, thing_id: str, decision: str, status: int = 200) -> None:
    headers = pool.bearer("root", groups=["admin"])
    assert api("POST", f"/api/admin/reports/{kind}/{thing_id}/{decision}", headers=headers).status == status


@pytest.fixture
def picture(gallery: Gallery) -> Picture:
    return captioned(ticket(gallery, owner="anna"))


@pytest.fixture
def hidden(api: Api, pool: Pool, picture: Picture) -> dict[str, Any]:
    """Anna's post, which an admin has hidden, of a picture that is public still."""
    answer = post(api, pool, picture)
    assert answer.status == 201
    decide(api, pool, "post", answer.json["id"], "hide")
    made: dict[str, Any] = answer.json
    return made


def patched(api: Api, pool: Pool, picture: Picture, visibility: str) -> None:
    headers = pool.bearer("anna") | {"if-match": "*"}
    assert api("PATCH", f"/api/images/{picture.id}", body={"visibility": visibility}, headers=headers).status == 200


def in_a_batch(api: Api, pool: Pool, picture: Picture, visibility: str) -> None:
    body = {"action": "visibility", "ids": [picture.id], "visibility": visibility}
    answer = api("POST", "/api/images/batch", body=body, headers=pool.bearer("anna"))
    assert answer.json["results"] == [{"id": picture.id, "status": 200, "detail": None}]


def there_and_back(change: Callable[[Api, Pool, Picture, str], None], api: Api, pool: Pool, picture: Picture) -> None:
    change(api, pool, picture, "private")
    change(api, pool, picture, "public")


def captioned_again(_api: Api, _pool: Pool, picture: Picture) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("caption.recaption.classifier_named", lambda _: SeesAPug())
        assert recaption(RecaptionTask("job", picture.id, "resnet50", now())) == "captioned"


DOORS: dict[str, Callable[[Api, Pool, Picture], object]] = {
    "posting it again": lambda *_: None,
    "making it private and public": lambda *all_: there_and_back(patched, *all_),
    "the same in a batch": lambda *all_: there_and_back(in_a_batch, *all_),
    "having it captioned again": captioned_again,
}


@pytest.mark.parametrize("door", DOORS.values(), ids=DOORS)
def test_a_picture_of_a_hidden_post_is_not_posted_again(
    api: Api, pool: Pool, picture: Picture, hidden: dict[str, Any], door: Callable[[Api, Pool, Picture], object]
) -> None:
    door(api, pool, picture)
    assert post(api, pool, picture).status == 409
    assert api("GET", f"/api/posts/{hidden['id']}").status == 404
    assert api("GET", "/api/posts").json["posts"] == []
    decide(api, pool, "post", hidden["id"], "restore")
    assert post(api, pool, picture).status == 201


def test_its_author_does_not_give_a_hidden_post_back_by_words_or_links(api: Api, pool: Pool, picture: Picture) -> None:
    made = post(api, pool, picture).json
    path, anna = f"/api/posts/{made['id']}", pool.bearer("anna")
    link = api("POST", f"{path}/share", body={}, headers=anna).json["token"]
    decide(api, pool, "post", made["id"], "hide")
    assert api("PATCH", path, body={"text": "Look again!"}, headers=anna).json["hidden"] is True
    assert api("POST", f"{path}/share", body={}, headers=anna).status == 404
    decision = f"/api/admin/reports/post/{made['id']}/restore"
    assert [api("POST", decision, headers=each).status for each in (anna, None)] == [403, 401]
    for opened in (f"/api/shared/{link}", f"/s/{link}", path):
        assert api("GET", opened).status == 404
    assert api("GET", "/api/posts").json["posts"] == api("GET", "/api/posts/most-liked").json["posts"] == []


@pytest.mark.parametrize("gone", ["post", "picture"])
@pytest.mark.parametrize("who", ["anna", "eve"])
@pytest.mark.usefixtures("hidden")
def test_deleting_what_was_hidden_and_sending_the_bytes_again_is_no_way_around(
    api: Api, pool: Pool, gallery: Gallery, picture: Picture, hidden: dict[str, Any], gone: str, who: str
) -> None:
    path = f"/api/posts/{hidden['id']}" if gone == "post" else f"/api/images/{picture.id}"
    assert api("DELETE", path, headers=pool.bearer("anna")).status == 204
    again = picture
    if gone == "picture" or who != "anna":
        again = captioned(ticket(gallery, owner=who))
    assert post(api, pool, again, who).status == 409
    decide(api, pool, "post", hidden["id"], "restore", 404)
    decide(api, pool, "post", hidden["id"], "dismiss")
    assert post(api, pool, again, who).status == 201
    agree(gallery)


def test_an_earlier_copy_of_a_hidden_picture_is_not_posted(
    api: Api, pool: Pool, gallery: Gallery, picture: Picture
) -> None:
    copy = captioned(ticket(gallery, owner="eve"))
    decide(api, pool, "image", picture.id, "hide")
    assert [post(api, pool, picture).status, post(api, pool, copy, "eve").status] == [409, 409]
    decide(api, pool, "image", picture.id, "restore")
    assert [post(api, pool, picture).status, post(api, pool, copy, "eve").status] == [201, 201]


def test_each_of_two_hidden_posts_withholds_their_picture(api: Api, pool: Pool, picture: Picture) -> None:
    first, second = (post(api, pool, picture).json["id"] for _ in range(2))
    for each in (first, second, second):
        decide(api, pool, "post", each, "hide")
    decide(api, pool, "post", first, "restore")
    assert post(api, pool, picture).status == 409
    decide(api, pool, "post", second, "restore")
    assert post(api, pool, picture).status == 201


@pytest.mark.fault("a post is hidden while its picture is posted again", "the second is not posted")
def test_what_is_hidden_while_it_is_posted_is_not_posted(
    api: Api, pool: Pool, picture: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = post(api, pool, picture).json
    required = withholding.required_for_posting

    def and_meanwhile_it_is_hidden(sha256: str) -> list[Any]:
        monkeypatch.setattr(withholding, "required_for_posting", required)
        decide(api, pool, "post", made["id"], "hide")
        return required(sha256)

    monkeypatch.setattr(withholding, "required_for_posting", and_meanwhile_it_is_hidden)
    assert post(api, pool, picture).status == 409


@pytest.mark.fault("hiding a post is killed before any of its writes", "another try hides it and withholds its picture")
def test_hiding_a_post_killed_anywhere_can_be_followed_by_another_try(
    api: Api, pool: Pool, gallery: Gallery, picture: Picture
) -> None:
    made = post(api, pool, picture).json
    for death in each_death():
        with killed_before_write(death) as deaths:
            posts.hide(made["id"], hidden=True)
        found = posts.find(made["id"])
        assert found
        assert withholding.keeps_from_posting(DIGEST) or not found.hidden
        posts.hide(made["id"], hidden=True)
        with killed_before_write(death):
            posts.hide(made["id"], hidden=False)
        posts.hide(made["id"], hidden=False)
        assert not withholding.keeps_from_posting(DIGEST)
        if len(deaths.writes) <= death:
            break
    assert death == 3
    agree(gallery)


@pytest.mark.usefixtures("gallery")
def test_a_picture_that_is_gone_is_no_post(picture: Picture) -> None:
    found = catalogue.find(picture.id)
    assert found
    gone = posts.Post(id="0" * 26, image_id="0" * 26, author="anna", text="", created_at=now())
    with pytest.raises(Conflict):
        posts.create(gone)
