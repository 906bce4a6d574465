"""A private picture exists for its owner and admins alone, by whatever way somebody else asks for it."""

import io
import json
from dataclasses import asdict, dataclass, replace
from functools import reduce
from zipfile import ZipFile

import pytest
from tests.unit.conftest import Answer, Api, Gallery, forget_clients
from tests.unit.identity import Pool
from tests.unit.pictures import CONTENT, annas
from tests.unit.posting import known, posted

from gallery.jobs import exports
from gallery.mosaics import mosaics
from gallery.mosaics.mosaics import Design
from gallery.people import follows, people
from gallery.pictures import catalogue
from gallery.pictures.model import Picture
from gallery.posts import likes, shares
from people.exporting import Job, make

TITLE = "Secret"
PLACES = ("post_id", "token", "lookalike", "author")
DESIGN = asdict(Design("gallery", 32, 0.5, 2048))
FILE = {"name": "a.jpg", "type": "image/jpeg", "size": CONTENT.size, "sha256": CONTENT.sha256}


@dataclass(frozen=True)
class Hidden:
    """Anna's picture, which everybody saw, Eve liked and somebody has a link to, until Anna made it private."""

    picture: Picture
    post_id: str
    token: str
    lookalike: str
    author: str

    def named_in(self, text: str) -> str:
        """Put its ids, and what else leads to it, into their places."""
        places = {"{id}": self.picture.id} | {f"{{{name}}}": getattr(self, name) for name in PLACES}
        return reduce(lambda said, place: said.replace(place, places[place]), places, text)


@pytest.fixture
def hidden(gallery: Gallery) -> Hidden:  # noqa: ARG001 - which it is put into
    anna, eve = known("anna"), known("eve")
    picture = annas(title=TITLE)
    post = posted(image_id=picture.id)
    likes.like(post.id, eve.sub)
    follows.follow(eve.sub, anna.sub)
    token = shares.share(post.id, 60).token
    mosaics.begin(picture, Design(**DESIGN), b"", None)
    lookalike = annas(owner_labels=["pug"])
    picture = catalogue.change(picture, replace(picture, visibility="private", owner_labels=["pug", "basenji"]))
    return Hidden(picture, post.id, token, lookalike.id, anna.username)


NOT_THERE: list[tuple[str, object]] = [
    ("GET /api/images/{id}", None),
    ("PATCH /api/images/{id}", {"title": "Eve's"}),
    ("DELETE /api/images/{id}", None),
    ("GET /api/images/{id}/download", None),
    ("GET /api/images/{id}/download?format=json", None),
    ("GET /api/images/{id}/similar", None),
    ("POST /api/images/{id}/mosaic", DESIGN),
    ("GET /api/images/{id}/mosaic?" + "&".join(f"{name}={value}" for name, value in DESIGN.items()), None),
    ("POST /api/posts", {"image_id": "{id}"}),
    ("GET /api/posts/{post_id}", None),
    ("PATCH /api/posts/{post_id}", {"text": "Eve's"}),
    ("DELETE /api/posts/{post_id}", None),
    ("PUT /api/posts/{post_id}/like", None),
    ("DELETE /api/posts/{post_id}/like", None),
    ("POST /api/posts/{post_id}/share", {}),
    ("GET /api/posts/{post_id}/share", None),
    ("DELETE /api/posts/{post_id}/share/{token}", None),
    ("GET /api/shared/{token}", None),
    ("GET /s/{token}", None),
    ("GET /s/{token}/preview.jpg", None),
    ("POST /api/reports", {"image_id": "{id}", "reason": "I want to know."}),
    ("POST /api/reports", {"post_id": "{post_id}", "reason": "I want to know."}),
]
"""What answers others that there is no such thing; without an account some say that it takes one."""

UNNAMED: list[tuple[str, object]] = [
    ("GET /api/images", None),
    ("GET /api/images?owner=anna", None),
    ("GET /api/images?status=captioned", None),
    ("GET /api/images?label=pug", None),
    ("GET /api/images?ids={id},{lookalike}", None),
    ("GET /api/images/{lookalike}/similar", None),
    ("GET /api/search?query=pug", None),
    ("GET /api/search?query=secret", None),
    ("GET /api/labels", None),
    ("GET /api/posts", None),
    ("GET /api/posts?author={author}", None),
    ("GET /api/posts/most-liked", None),
    ("GET /api/feed", None),
    ("POST /api/uploads", {"files": [FILE]}),
    ("POST /api/feedback", {"feedback": [{"query": "pug", "positive": ["{id}"]}]}),
]
"""What answers others as if there were no such thing."""


def ask(api: Api, hidden: Hidden, call: str, body: object, headers: dict[str, str] | None) -> Answer:
    method, _, address = hidden.named_in(call).partition(" ")
    path, _, query = address.partition("?")
    pairs = dict(each.split("=") for each in query.split("&")) if query else {}
    said = json.loads(hidden.named_in(json.dumps(body)))
    return api(method, path, query=pairs, body=said, headers={"if-match": "*", **(headers or {})})


@pytest.mark.usefixtures("called", "words_alone")
def test_others_are_told_that_it_is_not_there(api: Api, pool: Pool, hidden: Hidden) -> None:
    found = {(call, str(body)): ask(api, hidden, call, body, pool.bearer("eve")) for call, body in NOT_THERE}
    assert {call: answer.status for call, answer in found.items()} == dict.fromkeys(found, 404)
    assert [call for call, answer in found.items() if TITLE in answer.text] == []
    statuses = {ask(api, hidden, call, body, None).status for call, body in NOT_THERE}
    assert statuses == {401, 404}
    assert catalogue.find(hidden.picture.id) == hidden.picture


@pytest.mark.usefixtures("words_alone")
@pytest.mark.parametrize("who", ["eve", None], ids=["a member", "a stranger"])
def test_no_list_names_it_to_others(api: Api, pool: Pool, hidden: Hidden, who: str | None) -> None:
    headers = pool.bearer(who) if who else None
    for call, body in UNNAMED:
        answer = ask(api, hidden, call, body, headers)
        assert answer.status in ({200, 201, 202} if who else {200, 201, 202, 401}), call
        assert [word for word in (hidden.picture.id, TITLE, "basenji", hidden.post_id) if word in answer.text] == [], (
            call
        )
    told = ask(api, hidden, *UNNAMED[-1], headers)
    assert told.json == {"accepted": 0}


@pytest.mark.usefixtures("words_alone")
def test_an_admin_who_is_disabled_sees_it_no_longer(api: Api, pool: Pool, hidden: Hidden) -> None:
    people.disable(known("root"))
    for path in (f"/api/images/{hidden.picture.id}", "/api/images?owner=anna", "/api/search?query=basenji"):
        answer = ask(api, hidden, f"GET {path}", None, pool.bearer("root", groups=["admin"]))
        assert answer.status == 403
        assert TITLE not in answer.text


@pytest.mark.usefixtures("words_alone")
def test_its_owner_and_admins_see_it(api: Api, pool: Pool, hidden: Hidden) -> None:
    for headers in (pool.bearer("anna"), pool.bearer("root", groups=["admin"])):
        assert api("GET", f"/api/images/{hidden.picture.id}", headers=headers).json["title"] == TITLE
        for query in ({"owner": "anna"}, {"ids": hidden.picture.id}):
            listed = api("GET", "/api/images", query=query, headers=headers).json["images"]
            assert hidden.picture.id in {each["id"] for each in listed}
        assert hidden.picture.id in api("GET", "/api/search", query={"query": "basenji"}, headers=headers).text


@pytest.mark.parametrize(
    ("setting", "said", "visibility"),
    [
        ("public", {}, "public"),
        ("private", {}, "private"),
        ("public", {"visibility": "private"}, "private"),
        ("private", {"visibility": "public"}, "public"),
    ],
)
def test_a_picture_is_as_private_as_its_owner_says_or_else_the_gallerys_setting(
    api: Api, pool: Pool, environment: pytest.MonkeyPatch, setting: str, said: dict[str, str], visibility: str
) -> None:
    environment.setenv("DEFAULT_VISIBILITY", setting)
    forget_clients()
    file = {"name": "a.jpg", "type": "image/jpeg", "size": 9, **said}
    (ticket,) = api("POST", "/api/uploads", body={"files": [file]}, headers=pool.bearer("anna")).json["uploads"]
    picture = catalogue.find(ticket["image_id"])
    assert picture
    assert picture.visibility == visibility
    nobodys = api("POST", "/api/uploads", body={"files": [file]}).status
    assert nobodys == (401 if said.get("visibility") == "private" else 201), "nobody could see it"


def test_what_a_person_prefers_counts_before_the_gallerys_setting(api: Api, pool: Pool) -> None:
    def uploaded(**said: str) -> str:
        file = {"name": "a.jpg", "type": "image/jpeg", "size": 9, **said}
        answer = api("POST", "/api/uploads", body={"files": [file]}, headers=pool.bearer("anna"))
        picture = catalogue.find(answer.json["uploads"][0]["image_id"])
        assert picture
        return picture.visibility

    def prefer(visibility: str | None) -> str:
        body = {"default_visibility": visibility}
        return str(api("PATCH", "/api/me", body=body, headers=pool.bearer("anna")).json["default_visibility"])

    assert api("GET", "/api/me", headers=pool.bearer("anna")).json["default_visibility"] == uploaded() == "public"
    assert (prefer("private"), uploaded(), uploaded(visibility="public")) == ("private", "private", "public")
    assert api("GET", "/api/me", headers=pool.bearer("ben")).json["default_visibility"] == "public"
    assert (prefer(None), uploaded()) == ("public", "public")
    wrong = api("PATCH", "/api/me", body={"default_visibility": "secret"}, headers=pool.bearer("anna"))
    assert (wrong.status, wrong.json["errors"][0]["field"]) == (422, "default_visibility")


def test_what_nobody_owns_is_public_wherever_nothing_is_said(api: Api, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DEFAULT_VISIBILITY", "private")
    forget_clients()
    file = {"name": "a.jpg", "type": "image/jpeg", "size": 9}
    (ticket,) = api("POST", "/api/uploads", body={"files": [file]}).json["uploads"]
    picture = catalogue.find(ticket["image_id"])
    assert picture
    assert (picture.owner, picture.visibility) == (None, "public")


def test_what_others_take_home_of_the_gallery_does_not_name_it(hidden: Hidden, gallery: Gallery) -> None:
    job = Job("eve", "file")
    exports.begin(job.export)
    assert make(job)
    body = gallery.s3.get_object(Bucket="gallery-test-media", Key=job.export.file)["Body"].read()
    with ZipFile(io.BytesIO(body)) as archive:
        told = "".join(archive.read(name).decode() for name in archive.namelist())
    assert hidden.author in told
    assert (hidden.picture.id in told, TITLE in told) == (False, False)
