"""Pictures that look like another: which come first, and who sees them."""

import numpy as np
import pytest
from tests.photographs import SHARED, free, labelled, needs_model, variants
from tests.unit.collection import put, showing
from tests.unit.conftest import Answer, Api
from tests.unit.identity import Pool
from tests.unit.pictures import CONTENT, ticket

from caption import pipeline
from caption.classifier import classifier
from caption.examine import examine
from gallery.pictures import catalogue
from gallery.pictures.model import Picture, pending


def like(image_id: str, api: Api, headers: dict[str, str] | None = None, **query: str) -> Answer:
    return api("GET", f"/api/images/{image_id}/similar", query, headers=headers)


def scores(picture: Picture, api: Api, headers: dict[str, str] | None = None, **query: str) -> dict[str, float]:
    """The scores of pictures like another, by id, in the order of the answer."""
    answer = like(picture.id, api, headers, **query)
    assert answer.status == 200, answer.text
    return {each["image"]["id"]: each["score"] for each in answer.json["results"]}


def pointing(degrees: float) -> bytes:
    """Features of a direction in the plane."""
    angle = np.radians(degrees)
    return np.round(127 * np.array([np.cos(angle), np.sin(angle), 0])).astype(np.int8).tobytes()


def test_the_most_similar_come_first_with_the_cosine_as_their_score(api: Api) -> None:
    picture = showing("pug", pointing(0))
    far, near, nearest = showing("pug", pointing(60)), showing("pug", pointing(-30)), showing("pug", pointing(10))
    found = scores(picture, api)
    assert list(found) == [nearest.id, near.id, far.id]
    assert list(found.values()) == pytest.approx([np.cos(np.radians(each)) for each in (10, 30, 60)], abs=0.01)


def test_of_pictures_just_as_similar_the_newest_comes_first(api: Api) -> None:
    picture, *others = (showing("pug", pointing(0)) for _ in range(4))
    assert list(scores(picture, api)) == sorted((each.id for each in others), reverse=True)


def test_what_shows_nothing_of_the_same_kind_is_not_compared(api: Api) -> None:
    picture, same_kind = showing("pug", pointing(0)), showing("beagle", pointing(20))
    showing("espresso", pointing(0))
    assert list(scores(picture, api)) == [same_kind.id]


def test_what_looks_like_nothing_of_it_is_left_out(api: Api) -> None:
    picture = showing("pug", pointing(0))
    for features in (pointing(90), pointing(180), b"", bytes(3)):
        showing("pug", features)
    assert scores(picture, api) == {}


def test_what_another_model_saw_is_not_compared(api: Api) -> None:
    picture, same = showing("pug", pointing(0)), showing("pug", pointing(0))
    showing("pug", pointing(0), model="mobilenet")
    assert list(scores(picture, api)) == [same.id]


def test_there_are_as_many_as_asked_for(api: Api) -> None:
    picture, *others = (showing("pug", pointing(degrees)) for degrees in range(5))
    assert list(scores(picture, api, limit="2")) == [others[0].id, others[1].id]
    for limit in ("0", "101", "x"):
        answer = like(picture.id, api, limit=limit)
        assert (answer.status, answer.json["errors"][0]["field"]) == (422, "limit")


def test_a_private_lookalike_is_seen_by_its_owner_and_admins_alone(api: Api, pool: Pool) -> None:
    picture = showing("pug", pointing(0))
    secret = showing("pug", pointing(1), owner="anna", visibility="private")
    assert list(scores(picture, api)) == list(scores(picture, api, pool.bearer("eve"))) == []
    for headers in (pool.bearer("anna"), pool.bearer("root", groups=["admin"])):
        assert list(scores(picture, api, headers)) == [secret.id]
        assert list(scores(secret, api, headers)) == [picture.id]
    assert like(secret.id, api).status == 404


def test_a_picture_without_a_caption_is_like_nothing_yet(api: Api) -> None:
    showing("pug", pointing(0))
    picture = ticket(title="pug")
    assert scores(picture, api) == {}
    assert scores(catalogue.change(picture, pending(picture, CONTENT)), api) == {}


@pytest.mark.parametrize("image_id", ["01KAGVQ2W3M8Y6Z5T4R7N9P0XC", "x", "%00", "01" * 13, "IMAGE#x"])
def test_what_does_not_exist_is_like_nothing(api: Api, image_id: str) -> None:
    answer = like(image_id, api)
    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")


def test_owners_words_lead_to_what_looks_alike_among_the_same_words(api: Api) -> None:
    picture = showing("teapot", pointing(0), owner_labels=["pug"])
    pug = showing("pug", pointing(5))
    showing("teapot", pointing(0))
    assert list(scores(picture, api)) == [pug.id]


# Real photographs


def put_photograph(body: bytes) -> Picture:
    """Put a photograph into the gallery as the real model sees it."""
    model = classifier()
    assert model
    return put(pipeline.predict(examine(body), model))


@needs_model
def test_a_photograph_is_most_like_itself_resized_recompressed_and_cropped(api: Api) -> None:
    photographs = (labelled() if SHARED else free())[:5]
    originals = {each.name: put_photograph(each.bytes) for each in photographs}
    copies = {each.name: {put_photograph(body).id for body in variants(each).values()} for each in photographs}
    first = {name: set(list(scores(picture, api))[:3]) for name, picture in originals.items()}
    assert first == copies
