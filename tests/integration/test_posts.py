"""Posts, likes, feeds and shared links with real accounts, in the deployed gallery."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html.parser import HTMLParser

import httpx
import pytest
from tests.accounts import Account, account
from tests.integration.posts import ask, posted
from tests.integration.uploads import patched
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model

from gallery.aws import table
from gallery.people import people
from gallery.people.people import Person
from gallery.posts import likes

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(240), needs_model]


@pytest.fixture(scope="module")
def anna(local_cloud: LocalCloud) -> Account:
    return account(local_cloud)


@pytest.fixture(scope="module")
def eve(local_cloud: LocalCloud) -> Account:
    return account(local_cloud)


def ids(cloud: LocalCloud, path: str, by: Account | None = None) -> list[str]:
    return [each["id"] for each in ask(cloud, "GET", path, by).raise_for_status().json()["posts"]]


def test_a_post_is_seen_liked_changed_and_removed(local_cloud: LocalCloud, anna: Account, eve: Account) -> None:
    made = posted(local_cloud, anna, text="Look!")
    path = f"/api/posts/{made['id']}"
    assert ids(local_cloud, "/api/posts?limit=1") == ids(local_cloud, f"/api/posts?author={made['author']}")[:1]
    for _ in range(2):
        assert ask(local_cloud, "PUT", f"{path}/like", eve).status_code == 204
    assert (
        ask(local_cloud, "GET", path, eve).json()["liked_by_me"],
        ask(local_cloud, "GET", path).json()["likes"],
    ) == (
        True,
        1,
    )
    assert made["id"] in ids(local_cloud, "/api/posts/most-liked")
    assert ask(local_cloud, "PATCH", path, eve, text="Eve's").status_code == 403
    assert ask(local_cloud, "PATCH", path, anna, text="Changed").json()["text"] == "Changed"
    assert ask(local_cloud, "DELETE", path, eve).status_code == 403
    assert ask(local_cloud, "DELETE", path, anna).status_code == 204
    assert ask(local_cloud, "GET", path).status_code == 404
    assert made["id"] not in ids(local_cloud, "/api/posts/most-liked") + ids(local_cloud, "/api/posts")


def test_the_feed_has_the_posts_of_those_one_follows(local_cloud: LocalCloud, anna: Account, eve: Account) -> None:
    posted(local_cloud, eve)
    first, second = posted(local_cloud, anna), posted(local_cloud, anna)
    follow = f"/api/users/{first['author']}/follow"
    assert ask(local_cloud, "PUT", follow, eve).status_code == 204
    assert ids(local_cloud, "/api/feed", eve)[:2] == [second["id"], first["id"]]
    assert ask(local_cloud, "DELETE", f"/api/images/{second['image']['id']}", anna).status_code == 204
    assert ids(local_cloud, "/api/feed", eve)[0] == first["id"]
    assert ask(local_cloud, "DELETE", follow, eve).status_code == 204
    assert ids(local_cloud, "/api/feed", eve) == []
    assert ask(local_cloud, "GET", "/api/feed").status_code == 401


@pytest.mark.usefixtures("inside")
def test_five_hundred_people_over_sixteen_connections_are_counted_exactly(
    local_cloud: LocalCloud, anna: Account, eve: Account
) -> None:
    post_id = posted(local_cloud, anna)["id"]
    subs = [f"liker-{number:03}" for number in range(500)]
    table.put_all(people.to_row(Person(sub=each)) for each in subs)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(partial(likes.like, post_id), subs))
        said = [pool.submit(likes.like, post_id, sub) for sub in subs[:100]]
        said += [pool.submit(likes.unlike, post_id, sub) for sub in subs[100:150]]
        assert [each.result() for each in said] == [None] * 150
        answers = [pool.submit(ask, local_cloud, "PUT", f"/api/posts/{post_id}/like", eve) for _ in range(3)]
        assert {each.result().status_code for each in answers} == {204}
    assert ask(local_cloud, "GET", f"/api/posts/{post_id}").json()["likes"] == 451
    assert ids(local_cloud, "/api/posts/most-liked")[0] == post_id
    assert ask(local_cloud, "DELETE", f"/api/posts/{post_id}", anna).status_code == 204
    left = {likes.likes_of(post_id), *(likes.liked_by(sub) for sub in subs[::50])}
    assert eventually(lambda: not any(table.sort_keys(each, 1) for each in left), 90)


class Preview(HTMLParser):
    """What a chat program reads of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "meta" and "property" in said:
            self.tags[str(said["property"])] = str(said["content"])


def test_a_link_opens_a_post_for_strangers_until_it_is_revoked(
    local_cloud: LocalCloud, anna: Account, eve: Account
) -> None:
    made = posted(local_cloud, anna, text="<b>Look!</b>")
    path = f"/api/posts/{made['id']}/share"
    assert ask(local_cloud, "POST", path, eve).status_code == 403
    link = ask(local_cloud, "POST", path, anna).json()
    assert link["url"] == f"{local_cloud.site_url}/s/{link['token']}"
    page = httpx.get(link["url"])
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert "<b>" not in page.text
    tags = Preview(page.text).tags
    assert (tags["og:title"], tags["og:url"]) == ("<b>Look!</b>", link["url"])
    assert httpx.get(tags["og:image"]).headers["content-type"].startswith("image/")
    assert (httpx.head(link["url"]).status_code, httpx.get(f"{link['url']}/").status_code) == (200, 200)
    assert httpx.get(f"{local_cloud.site_url}/share.css").headers["content-type"].startswith("text/css")
    assert ask(local_cloud, "GET", f"/api/shared/{link['token']}").json()["id"] == made["id"]
    assert ask(local_cloud, "GET", path, anna).json()["shares"] == [link]
    assert ask(local_cloud, "DELETE", f"{path}/{link['token']}", anna).status_code == 204
    gone = httpx.get(link["url"])
    assert (gone.status_code, gone.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert ask(local_cloud, "GET", f"/api/shared/{link['token']}").status_code == 404


def test_what_is_hidden_is_neither_posted_nor_shared(local_cloud: LocalCloud, anna: Account) -> None:
    made = posted(local_cloud, anna)
    path, image_id = f"/api/posts/{made['id']}", made["image"]["id"]
    link = ask(local_cloud, "POST", f"{path}/share", anna).json()
    version = settled(local_cloud, image_id)["version"]
    assert patched(local_cloud, image_id, anna, version, visibility="private").status_code == 200
    assert ask(local_cloud, "GET", path, anna).status_code == 404
    assert httpx.get(link["url"]).status_code == 404
    assert ask(local_cloud, "POST", f"{path}/share", anna).status_code == 409
    assert ask(local_cloud, "POST", "/api/posts", anna, image_id=image_id).status_code == 409
