"""Changing a picture: whose words count, who was first, and what is hidden at once."""

import re
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.identity import Pool
from tests.unit.pictures import annas, postings, ticket

from gallery.pictures import catalogue, storage
from gallery.pictures.model import Picture


def patch(api: Api, picture: Picture, pool: Pool, **change: Any) -> Answer:  # noqa: ANN401
    """Change a picture; `by` and `version` say who does it to what, all else is the change."""
    by, version = change.pop("by", "anna"), change.pop("version", f'"{picture.version}"')
    headers = {**pool.bearer(by), "if-match": version}
    return api("PATCH", f"/api/images/{picture.id}", body=change, headers=headers)


def test_an_owner_says_what_a_picture_is(api: Api, pool: Pool, gallery: Gallery) -> None:
    picture = annas()
    answer = patch(api, picture, pool, title="Rex", attribution="me", labels=["my dog", "Pug ", "pug"])
    assert answer.status == 200
    image = answer.json
    assert (image["title"], image["attribution"], image["version"]) == ("Rex", "me", picture.version + 1)
    assert answer.headers["etag"] == f'"{picture.version + 1}"'
    assert [(each["label"], each["probability"], each["source"]) for each in image["labels"]] == [
        ("my dog", 1, "owner"),
        ("Pug", 1, "owner"),
    ]
    assert {"LABEL#my dog", "LABEL#pug"} <= postings(gallery)
    assert "LABEL#cat" not in postings(gallery)
    record = storage.read_record(picture.id)
    assert record is not None
    assert (record.title, record.owner_labels) == ("Rex", ["my dog", "Pug"])


def test_null_gives_the_word_back(api: Api, pool: Pool) -> None:
    picture = annas(title="Rex", owner_labels=["my dog"])
    image = patch(api, picture, pool, title=None, labels=None).json
    assert image["title"] is None
    assert image["labels"][0] == {"label": "pug", "probability": 0.6, "source": "model"}


def test_a_stale_change_changes_nothing(api: Api, pool: Pool) -> None:
    picture = annas()
    assert patch(api, picture, pool, title="first").status == 200
    answer = patch(api, picture, pool, title="second")
    assert (answer.status, answer.headers["content-type"]) == (412, "application/problem+json")
    assert api("GET", f"/api/images/{picture.id}").json["title"] == "first"
    assert patch(api, picture, pool, version='W/"1"', title="x").status == 412
    assert patch(api, picture, pool, version="3", title="x").status == 412
    assert patch(api, picture, pool, version="*", title="any").status == 200


def test_a_change_says_which_version_it_is_of(api: Api, pool: Pool) -> None:
    answer = api("PATCH", f"/api/images/{annas().id}", body={"title": "x"}, headers=pool.bearer())
    assert answer.status == 428


def test_hiding_a_picture_takes_its_renditions_from_the_cdn(api: Api, pool: Pool, gallery: Gallery) -> None:
    picture = annas()
    image = patch(api, picture, pool, visibility="private").json
    rest = {key for key in gallery.objects() if picture.id in key and "records" not in key}
    hidden = catalogue.find(picture.id)
    assert hidden
    assert rest == set(storage.rendition_keys(hidden).values())
    assert all(key.startswith("private/") for key in rest)
    assert "X-Amz-Signature" in image["urls"]["small"]
    assert postings(gallery) == {"OWNER#anna#all", "TAKEN#anna#private", f"HASH#{'f' * 64}", "TILES#private"}
    assert api("GET", f"/api/images/{picture.id}").status == 404
    assert api("GET", f"/api/images/{picture.id}", headers=pool.bearer("eve")).status == 404
    assert api("GET", f"/api/images/{picture.id}", headers=pool.bearer("anna")).status == 200
    shown = patch(api, replace(picture, version=picture.version + 1), pool, visibility="public").json
    assert re.fullmatch(rf"/media/{picture.id}/[0-9]+-small.jpg", shown["urls"]["small"])
    assert all("private" not in key for key in gallery.objects())


def test_others_may_not_change_or_even_know(api: Api, pool: Pool) -> None:
    public, private = annas(), annas(visibility="private")
    assert patch(api, public, pool, by="eve", title="x").status == 403
    assert patch(api, private, pool, by="eve", title="x").status == 404
    anonymous = api("PATCH", f"/api/images/{public.id}", body={"title": "x"}, headers={"if-match": '"2"'})
    assert anonymous.status == 401
    admin = {**pool.bearer("root", groups=["admin"]), "if-match": f'"{private.version}"'}
    assert api("PATCH", f"/api/images/{private.id}", body={"title": "x"}, headers=admin).status == 200


def test_what_nobody_owns_cannot_be_hidden(api: Api) -> None:
    picture = ticket()
    answer = api(
        "PATCH",
        f"/api/images/{picture.id}",
        body={"visibility": "private"},
        headers={"if-match": f'"{picture.version}"'},
    )
    assert answer.status == 422


@pytest.mark.parametrize(
    "change",
    [
        {"title": "x" * 201},
        {"attribution": "x" * 1001},
        {"labels": ["x"] * 11},
        {"labels": [" "]},
        {"labels": ["x" * 61]},
        {"labels": "pug"},
        {"visibility": "friends"},
        {"visibility": None},
        {"owner": "eve"},
    ],
    ids=str,
)
def test_a_bad_change_is_named(api: Api, pool: Pool, change: dict[str, object]) -> None:
    answer = patch(api, annas(), pool, **change)
    assert (answer.status, len(answer.json["errors"]) > 0) == (422, True)


def test_an_owner_lists_private_pictures_and_nobody_else_does(api: Api, pool: Pool) -> None:
    public, private = annas(), annas(visibility="private")

    def listed(**query: str) -> dict[str, set[str]]:
        return {
            who: {each["id"] for each in api("GET", "/api/images", query=query, headers=headers).json["images"]}
            for who, headers in {
                "anyone": {}, "anna": pool.bearer("anna"), "eve": pool.bearer("eve"),
                "admin": pool.bearer("root", groups=["admin"]),
            }.items()
        }  # fmt: skip

    both, one = {public.id, private.id}, {public.id}
    assert listed(owner="anna") == {"anyone": one, "anna": both, "eve": one, "admin": both}
    assert listed(ids=f"{public.id},{private.id}") == {"anyone": one, "anna": both, "eve": one, "admin": both}
    assert listed() == {"anyone": one, "anna": one, "eve": one, "admin": one}
    assert listed(label="pug") == {"anyone": one, "anna": one, "eve": one, "admin": one}
