"""Links that open a post for anybody: until they expire, are revoked, or there is nothing left to see."""

import re
import time
from base64 import b64decode
from dataclasses import replace
from datetime import datetime
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.unit.ballots import before_transactions
from tests.unit.conftest import Api, Gallery
from tests.unit.faults import failing
from tests.unit.identity import Pool
from tests.unit.posting import keys, known, posted, shaped

from gallery import limits
from gallery.lifecycle.retraction import retract
from gallery.people import people
from gallery.pictures import catalogue, storage
from gallery.posts import posts, shares
from gallery.posts.posts import Post
from gallery.problems import Problem
from posts.preview import page_of
from posts.showing import find_shown

pytestmark = pytest.mark.usefixtures("gallery")


def shared(api: Api, pool: Pool, post: Post, who: str = "anna", **said: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = api("POST", f"/api/posts/{post.id}/share", body=said, headers=pool.bearer(who))
    assert answer.status == 201, answer.text
    link: dict[str, Any] = answer.json
    return link


def opens(api: Api, token: str) -> tuple[int, int]:
    """What a program and a browser get that follow a link without an account."""
    return api("GET", f"/api/shared/{token}").status, api("GET", f"/s/{token}").status


def test_a_link_opens_a_post_for_anybody(api: Api, pool: Pool) -> None:
    post = posted(text="Look!")
    link = shared(api, pool, post)
    assert link["url"] == f"https://gallery.example.org/s/{link['token']}"
    seen = api("GET", f"/api/shared/{link['token']}", headers=pool.bearer("eve")).json
    assert (seen["id"], seen["text"], seen["liked_by_me"]) == (post.id, "Look!", False)
    assert opens(api, link["token"]) == (200, 200)


def test_a_link_expires_at_its_time_though_its_row_is_there_still(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = posted()
    short, usual = shared(api, pool, post, expires_in=60), shared(api, pool, post)
    lasting = datetime.fromisoformat(usual["expires_at"]) - datetime.fromisoformat(short["expires_at"])
    assert abs(lasting.total_seconds() - (7 * 24 * 3600 - 60)) <= 2
    now = time.time()
    monkeypatch.setattr("gallery.posts.shares.time.time", lambda: now + 61)
    assert (opens(api, short["token"]), opens(api, usual["token"])) == ((404, 404), (200, 200))
    listed = api("GET", f"/api/posts/{post.id}/share", headers=pool.bearer("anna")).json["shares"]
    assert listed == [usual]


@pytest.mark.parametrize("seconds", [59, 365 * 24 * 3600 + 1, -1, "60", 60.5, None])
def test_a_link_works_for_a_minute_at_least_and_a_year_at_most(api: Api, pool: Pool, seconds: object) -> None:
    path = f"/api/posts/{posted().id}/share"
    assert api("POST", path, body={"expires_in": seconds}, headers=pool.bearer("anna")).status == 422


def test_a_revoked_link_opens_nothing_and_the_others_still_do(api: Api, pool: Pool) -> None:
    post = posted()
    one, other = shared(api, pool, post), shared(api, pool, post)
    for _ in range(2):
        path = f"/api/posts/{post.id}/share/{one['token']}"
        assert api("DELETE", path, headers=pool.bearer("anna")).status == 204
    assert (opens(api, one["token"]), opens(api, other["token"])) == ((404, 404), (200, 200))


def test_nobody_revokes_a_link_by_way_of_another_post(api: Api, pool: Pool) -> None:
    annas, bens = posted(), posted("ben")
    link = shared(api, pool, annas)
    assert api("DELETE", f"/api/posts/{bens.id}/share/{link['token']}", headers=pool.bearer("ben")).status == 204
    assert opens(api, link["token"]) == (200, 200)


def test_a_link_opens_nothing_once_there_is_nothing_to_see(api: Api, pool: Pool) -> None:
    removed, hidden, blocked, taken = posted(), posted(), posted("ben"), posted()
    tokens = [shared(api, pool, post, post.author)["token"] for post in (removed, hidden, blocked, taken)]
    api("DELETE", f"/api/posts/{removed.id}", headers=pool.bearer("anna"))
    picture = catalogue.find(hidden.image_id)
    assert picture
    catalogue.change(picture, replace(picture, visibility="private"))
    people.disable(known("ben"))
    posts.hide(taken.id, hidden=True)
    assert [opens(api, token) for token in tokens] == [(404, 404)] * 4


def test_a_link_made_while_its_post_goes_opens_nothing_and_leaves_nothing(gallery: Gallery) -> None:
    post = posted()
    pending = [post]

    def removed_first() -> None:
        if pending:
            retract(pending.pop())

    with before_transactions(removed_first), pytest.raises(Problem) as refused:
        shares.share(post.id, 60)
    assert refused.value.status == 404
    assert keys(gallery, "POST#") == set()


def test_a_post_has_twenty_links_at_the_most_and_expired_ones_make_room(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = posted()
    for _ in range(limits.MAX_SHARES):
        shared(api, pool, post, expires_in=60)
    path = f"/api/posts/{post.id}/share"
    assert api("POST", path, body={}, headers=pool.bearer("anna")).status == 409
    now = time.time()
    monkeypatch.setattr("gallery.posts.shares.time.time", lambda: now + 61)
    assert len({shared(api, pool, post)["token"] for _ in range(3)}) == 3
    assert len(shares._all(post.id)) == 3


@pytest.mark.parametrize("token", ["", "x", "01KAGVQ2W3M8Y6Z5T4R7N9P0XC", "../../etc/passwd", "%00", "é" * 48])
def test_what_is_no_token_opens_nothing(api: Api, token: str) -> None:
    assert opens(api, token) == (404, 404)


def test_a_guessed_secret_opens_nothing(api: Api, pool: Pool) -> None:
    post = posted()
    token = shared(api, pool, post)["token"]
    assert re.fullmatch(shares.TOKEN, token)
    for guess in (post.id + "A" * 22, token[:-1] + ("A" if token[-1] != "A" else "B"), token + "A", token.lower()):
        assert opens(api, guess) == (404, 404)


class Page(HTMLParser):
    """What a program that previews a page sees of it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def meta(self) -> dict[str | None, str | None]:
        return {each.get("property") or each.get("name"): each.get("content") for each in self.named("meta")}


def test_a_preview_calls_a_picture_by_its_title_before_its_caption(api: Api, pool: Pool) -> None:
    post = posted()
    picture = catalogue.find(post.image_id)
    assert picture
    catalogue.change(picture, replace(picture, title="Otto"))
    meta = Page(api("GET", f"/s/{shared(api, pool, post)['token']}").text).meta
    assert meta["og:title"] == meta["og:image:alt"] == "Otto"


def test_chat_programs_are_told_what_to_show(api: Api, pool: Pool) -> None:
    post = posted(text="Look!")
    link = shared(api, pool, post)
    answer = api("GET", f"/s/{link['token']}")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert (answer.headers["cache-control"], answer.headers["x-robots-tag"]) == ("no-store", "noindex")
    meta, author = Page(answer.text).meta, people.find("anna")
    assert author
    assert meta["og:title"] == "Look!"
    assert meta["og:description"] == f"A pug · posted by {author.username}"
    assert meta["og:image"] == f"https://gallery.example.org/media/{post.image_id}/1-large.jpg"
    assert (meta["og:image:alt"], meta["og:url"], meta["og:type"]) == ("A pug", link["url"], "article")
    assert (meta["twitter:card"], meta["robots"]) == ("summary_large_image", "noindex")


@pytest.mark.parametrize(
    ("size", "told"),
    [((1524, 800), (1524, 800)), ((4000, 2250), (1422, 800)), ((3001, 2001), (1200, 800)), ((300, 200), (300, 200))],
)
def test_a_picture_of_nearly_the_shape_of_previews_is_shown_whole_with_its_true_size(
    size: tuple[int, int], told: tuple[int, int], api: Api, pool: Pool
) -> None:
    post = shaped(size)
    meta = Page(api("GET", f"/s/{shared(api, pool, post)['token']}").text).meta
    assert meta["og:image"] == f"https://gallery.example.org/media/{post.image_id}/1-medium.jpg"
    assert (meta["og:image:width"], meta["og:image:height"]) == tuple(map(str, told))


@pytest.mark.parametrize("size", [(16000, 1500), (600, 800), (1600, 150), (30, 3000), (1000, 1000)])
def test_the_preview_of_a_wide_or_tall_picture_is_its_middle(size: tuple[int, int], api: Api, pool: Pool) -> None:
    link = shared(api, pool, shaped(size))
    meta = Page(api("GET", f"/s/{link['token']}").text).meta
    assert (meta["og:image"], meta["og:image:width"], meta["og:image:height"]) == (
        f"{link['url']}/preview.jpg",
        "1200",
        "630",
    )
    answer = api("GET", f"/s/{link['token']}/preview.jpg")
    assert (answer.headers["content-type"], answer.headers["cache-control"]) == ("image/jpeg", "no-store")
    image = Image.open(BytesIO(b64decode(answer.text)))
    assert image.size == (1200, 630)
    red, _, blue = cast("tuple[int, int, int]", image.getpixel((600, 315)))
    assert red > 200
    assert blue < 100


def test_a_preview_goes_with_its_link(api: Api, pool: Pool) -> None:
    post = shaped((1600, 150))
    link = shared(api, pool, post)
    path = f"/s/{link['token']}/preview.jpg"
    assert api("GET", path).status == 200
    api("DELETE", f"/api/posts/{post.id}/share/{link['token']}", headers=pool.bearer("anna"))
    assert api("GET", path).status == 404
    again = shared(api, pool, post)
    picture = catalogue.find(post.image_id)
    assert picture
    catalogue.change(picture, replace(picture, visibility="private"))
    assert api("GET", f"/s/{again['token']}/preview.jpg").status == 404


@pytest.mark.parametrize("code", ["AccessDenied", "NoSuchKey"])
def test_there_is_no_preview_of_a_picture_whose_bytes_are_gone(code: str, api: Api, pool: Pool) -> None:
    link = shared(api, pool, shaped((1600, 150)))
    with failing(storage.client(), "GetObject", 1, 403 if code == "AccessDenied" else 404, code) as refused:
        assert api("GET", f"/s/{link['token']}/preview.jpg").status == 404
    assert refused


def test_the_page_shows_people_the_picture_the_words_and_the_author_without_any_script(api: Api, pool: Pool) -> None:
    post = posted(text="Look!")
    text = api("GET", f"/s/{shared(api, pool, post)['token']}").text
    page = Page(text)
    (image,) = page.named("img")
    assert (image["src"], image["alt"]) == (f"/media/{post.image_id}/1-large.jpg", "A pug")
    assert {f"/images/{post.image_id}", "/"} <= {each["href"] for each in page.named("a")}
    assert [each["href"] for each in page.named("link") if each["rel"] == "stylesheet"] == ["/share.css"]
    assert "<script" not in text + api("GET", "/s/nothing").text
    assert "style=" not in text
    assert "There is nothing here any more" in api("GET", "/s/nothing").text


def test_head_is_answered_like_get(api: Api, pool: Pool) -> None:
    token = shared(api, pool, posted())["token"]
    assert [api("HEAD", f"/s/{each}").status for each in (token, "nothing")] == [200, 404]


TEXT = st.text(st.sampled_from("<>&\"'$ab{} "), min_size=1, max_size=30)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXT, name=TEXT, caption=TEXT)
def test_nothing_that_people_write_becomes_markup(text: str, name: str, caption: str) -> None:
    shown = find_shown(posted().id)
    reading = shown.picture.reading
    assert reading
    tame = Page(page_of(shown, "token"))
    picture = replace(shown.picture, reading=replace(reading, caption=caption))
    wild = Page(
        page_of(
            replace(
                shown,
                post=replace(shown.post, text=text),
                picture=picture,
                author=replace(shown.author, display_name=name),
            ),
            "token",
        )
    )
    assert [(tag, attributes.keys()) for tag, attributes in wild.tags] == [
        (tag, attributes.keys()) for tag, attributes in tame.tags
    ]
    assert (wild.meta["og:title"], wild.meta["og:image:alt"]) == (text, caption)
    assert "".join(wild.words).count(text) >= 2


def test_a_removed_post_leaves_no_link(api: Api, pool: Pool) -> None:
    post = posted()
    shared(api, pool, post)
    api("DELETE", f"/api/posts/{post.id}", headers=pool.bearer("anna"))
    assert posts.find(post.id) is None
    assert shares._all(post.id) == []
