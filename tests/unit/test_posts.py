"""Posts through the API: who posts what, who sees it, and in which order."""

from dataclasses import replace
from typing import Any

import pytest
from tests.unit.conftest import Api, Gallery
from tests.unit.faults import failing
from tests.unit.identity import Pool
from tests.unit.pictures import annas, ticket
from tests.unit.posting import agree, keys, known, posted
from ulid import ULID

from gallery.aws import table
from gallery.lifecycle.removal import soft_delete
from gallery.people import follows, people
from gallery.pictures import catalogue
from gallery.posts import likes, posts
from gallery.settings import Visibility
from posts import feed
from sweep.sweeping import sweep

pytestmark = pytest.mark.usefixtures("gallery")


def post(api: Api, pool: Pool, who: str = "anna", image_id: str | None = None, text: str = "Look!") -> dict[str, Any]:
    """Have somebody post a picture, Anna's unless another is given."""
    body = {"image_id": image_id or annas().id, "text": text}
    answer = api("POST", "/api/posts", body=body, headers=pool.bearer(who))
    assert answer.status == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


def listed(api: Api, path: str, headers: dict[str, str] | None = None, limit: int = 24, **query: str) -> list[str]:
    """The ids of all posts of a list, page by page."""
    found, cursor = list[str](), dict[str, str]()
    while True:
        answer = api("GET", path, {**query, "limit": str(limit), **cursor}, headers=headers)
        assert answer.status == 200, answer.text
        found += [each["id"] for each in answer.json["posts"]]
        if answer.json["next_cursor"] is None:
            return found
        cursor = {"cursor": answer.json["next_cursor"]}


def give(image_id: str, visibility: Visibility) -> None:
    picture = catalogue.find(image_id)
    assert picture
    catalogue.change(picture, replace(picture, visibility=visibility))


def hide(image_id: str) -> None:
    give(image_id, "private")


def test_a_post_shows_a_picture_with_words_and_its_author(api: Api, pool: Pool) -> None:
    picture = annas()
    made = post(api, pool, "ben", picture.id, "  A  pug,\nasleep ")
    assert (made["text"], made["likes"], made["liked_by_me"], made["edited_at"]) == ("A pug, asleep", 0, False, None)
    assert made["image"]["id"] == picture.id
    ben = people.find("ben")
    assert ben
    assert (made["author"], made["author_name"], ben.posts) == (ben.username, None, 1)
    assert api("GET", f"/api/posts/{made['id']}").json == made


@pytest.mark.parametrize("text", ["x" * 101, "turned \u202e round", "bell \u0007", "\ud800", None, 7])
def test_words_that_are_too_many_or_harm_others_are_refused(api: Api, pool: Pool, text: object) -> None:
    body = {"image_id": annas().id, "text": text}
    assert api("POST", "/api/posts", body=body, headers=pool.bearer("anna")).status in {400, 422}
    assert listed(api, "/api/posts") == []


def test_only_what_everybody_may_see_can_be_posted(api: Api, pool: Pool) -> None:
    private, waiting = annas(visibility="private"), ticket(owner="anna")
    for image_id, anna, ben in ((private.id, 409, 404), (waiting.id, 409, 409), (str(ULID()), 404, 404)):
        body = {"image_id": image_id, "text": ""}
        found = [api("POST", "/api/posts", body=body, headers=pool.bearer(who)).status for who in ("anna", "ben")]
        assert found == [anna, ben]
    assert keys_of_posts() == []


def keys_of_posts() -> list[str]:
    return [each.id for each in posts.page(posts.POSTS, 100)[0]]


def test_a_picture_hidden_while_it_is_posted_is_not_posted(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    picture, create = annas(), posts.create

    def hidden_first(new: posts.Post) -> None:
        if catalogue.public_among([picture.id]):
            hide(picture.id)
        create(new)

    monkeypatch.setattr(posts, "create", hidden_first)
    body = {"image_id": picture.id, "text": ""}
    assert api("POST", "/api/posts", body=body, headers=pool.bearer("anna")).status == 409
    assert keys_of_posts() == []


def test_the_author_changes_the_words_and_nothing_else(api: Api, pool: Pool) -> None:
    made = post(api, pool)
    changed = api("PATCH", f"/api/posts/{made['id']}", body={"text": "Changed"}, headers=pool.bearer("anna")).json
    assert changed["edited_at"]
    assert changed == made | {"text": "Changed", "edited_at": changed["edited_at"]}
    assert api("GET", f"/api/posts/{made['id']}").json == changed


@pytest.mark.fault("a post is edited or hidden while DynamoDB counts likes of it", "it waits for a moment")
def test_a_post_is_changed_though_others_like_it_at_that_moment(api: Api, pool: Pool) -> None:
    made = post(api, pool)
    with failing(table.client(), "UpdateItem", 2, 400, "TransactionConflictException") as answered:
        changed = api("PATCH", f"/api/posts/{made['id']}", body={"text": "Changed"}, headers=pool.bearer("anna"))
    assert (changed.status, changed.json["text"], len(answered)) == (200, "Changed", 2)
    with failing(table.client(), "UpdateItem", 2, 400, "TransactionConflictException"):
        assert posts.hide(made["id"], hidden=True).hidden
    with failing(table.client(), "UpdateItem", 100, 400, "TransactionConflictException"):
        busy = api("PATCH", f"/api/posts/{made['id']}", body={"text": "Again"}, headers=pool.bearer("anna"))
    assert (busy.status, busy.headers["retry-after"]) == (503, "2")


def test_a_removed_post_is_gone_with_its_likes_links_and_count(api: Api, pool: Pool, gallery: Gallery) -> None:
    made, kept = post(api, pool), post(api, pool)
    for who in ("anna", "ben"):
        assert api("PUT", f"/api/posts/{made['id']}/like", headers=pool.bearer(who)).status == 204
    api("POST", f"/api/posts/{made['id']}/share", body={}, headers=pool.bearer("anna"))
    for expected in (204, 404):
        assert api("DELETE", f"/api/posts/{made['id']}", headers=pool.bearer("anna")).status == expected
    assert listed(api, "/api/posts") == [kept["id"]]
    assert {pk for pk, _ in keys(gallery, "POST#")} == {f"POST#{kept['id']}"}
    agree(gallery)


def test_with_its_picture_a_post_is_gone(api: Api, pool: Pool, gallery: Gallery) -> None:
    picture = annas()
    made, others = (post(api, pool, who, picture.id) for who in ("anna", "ben"))
    likes.like(made["id"], "ben")
    assert api("DELETE", f"/api/images/{picture.id}", headers=pool.bearer("anna")).status == 204
    assert [api("GET", f"/api/posts/{each['id']}").status for each in (made, others)] == [404, 404]
    agree(gallery)


def test_the_sweeper_removes_what_a_deleted_picture_left(
    api: Api, pool: Pool, gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = post(api, pool)
    picture = catalogue.find(made["image"]["id"])
    assert picture
    with monkeypatch.context() as killed:
        killed.setattr("gallery.lifecycle.removal.retraction.retract_all_of", lambda _: True)
        soft_delete(picture)
    assert api("GET", f"/api/posts/{made['id']}").status == 404
    sweep(lambda: 300_000)
    assert keys(gallery, "TOMBSTONES") != set()
    agree(gallery)
    sweep(lambda: 300_000)
    assert keys(gallery, "TOMBSTONES") == set()


def test_a_post_of_a_hidden_picture_comes_back_with_it(api: Api, pool: Pool) -> None:
    made = post(api, pool)
    likes.like(made["id"], "anna")
    hide(made["image"]["id"])
    anna, ben = pool.bearer("anna"), pool.bearer("ben")
    assert listed(api, "/api/posts") == []
    assert api("GET", "/api/posts/most-liked").json["posts"] == []
    assert api("GET", f"/api/posts/{made['id']}", headers=anna).status == 404
    assert api("PUT", f"/api/posts/{made['id']}/like", headers=ben).status == 404
    assert api("DELETE", f"/api/posts/{made['id']}", headers=ben).status == 404
    assert api("POST", f"/api/posts/{made['id']}/share", body={}, headers=anna).status == 409
    give(made["image"]["id"], "public")
    assert listed(api, "/api/posts") == [made["id"]]


def test_a_post_that_an_admin_hides_is_its_authors_and_admins_alone_until_it_is_given_back(
    api: Api, pool: Pool, gallery: Gallery
) -> None:
    made = post(api, pool)
    path, root = f"/api/posts/{made['id']}", pool.bearer("root", groups=["admin"])
    api("PUT", f"{path}/like", headers=pool.bearer("ben"))
    decision = f"/api/admin/reports/post/{made['id']}"
    assert api("POST", f"{decision}/hide", headers=root).json == {"kind": "post", "id": made["id"], "hidden": True}
    for headers in (None, pool.bearer("ben")):
        assert api("GET", path, headers=headers).status == 404
        assert listed(api, "/api/posts", headers) == listed(api, "/api/posts", headers, author=made["author"]) == []
        assert api("GET", "/api/posts/most-liked", headers=headers).json["posts"] == []
    assert api("PUT", f"{path}/like", headers=pool.bearer("cleo")).status == 404
    for headers in (pool.bearer("anna"), root):
        assert api("GET", path, headers=headers).json["hidden"] is True
    assert api("POST", f"{decision}/restore", headers=root).json["hidden"] is False
    assert api("GET", path).json["likes"] == 1
    agree(gallery)


def test_posts_of_who_is_disabled_are_not_shown(api: Api, pool: Pool) -> None:
    made = post(api, pool, "ben")
    ben = people.find("ben")
    assert ben
    people.disable(ben)
    assert listed(api, "/api/posts") == []
    assert api("GET", f"/api/posts/{made['id']}").status == 404
    assert api("GET", "/api/posts", {"author": made["author"]}).status == 404


def test_lists_are_newest_first_page_by_page(api: Api, pool: Pool) -> None:
    everybodys = [posted(who).id for who in ("anna", "ben", "anna", "ben", "anna")][::-1]
    assert listed(api, "/api/posts", limit=2) == everybodys
    author = people.find("anna")
    assert author
    assert listed(api, "/api/posts", limit=1, author=author.username) == everybodys[::2]
    assert api("GET", "/api/posts", {"author": "nobody_here"}).status == 404
    for cursor in ("nonsense", "1", everybodys[0] + "%0A"):
        assert api("GET", "/api/posts", {"cursor": cursor}).status == 400
    assert listed(api, "/api/posts", pool.bearer("ben"), cursor=everybodys[1]) == everybodys[2:]


def test_hidden_posts_in_between_leave_no_gap(api: Api) -> None:
    made = [posted() for _ in range(8)]
    for each in made[1:6]:
        hide(each.image_id)
    assert listed(api, "/api/posts", limit=3) == [made[7].id, made[6].id, made[0].id]
    first = api("GET", "/api/posts", {"limit": "3"}).json
    assert len(first["posts"]) == 3


@pytest.mark.parametrize("merged", [100, 1], ids=["few", "many"])
def test_the_feed_has_the_posts_of_those_one_follows_newest_first(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch, merged: int
) -> None:
    monkeypatch.setattr(feed, "MERGED", merged)
    monkeypatch.setattr(feed, "GONE_THROUGH", 3)
    made = [posted(who) for who in ("ben", "eve", "dan", "anna", "ben", "dan", "eve", "ben")]
    reader = pool.bearer("anna")
    assert listed(api, "/api/feed", reader) == []
    for who in ("ben", "eve"):
        follows.follow("anna", who)
    theirs = [each.id for each in made if each.author in {"ben", "eve"}][::-1]
    for limit in (1, 2, 3, 24):
        assert listed(api, "/api/feed", reader, limit=limit) == theirs
    follows.unfollow("anna", "eve")
    assert listed(api, "/api/feed", reader, limit=2) == [each.id for each in made if each.author == "ben"][::-1]


def test_a_feed_that_is_gone_through_skips_nothing_behind_a_post_that_may_not_be_seen(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "MERGED", 0)
    monkeypatch.setattr(feed, "GONE_THROUGH", 3)
    first, hidden, last = (posted("ben") for _ in range(3))
    picture = catalogue.find(hidden.image_id)
    assert picture
    catalogue.change(picture, replace(picture, visibility="private"))
    follows.follow(known("anna").sub, "ben")
    assert listed(api, "/api/feed", pool.bearer("anna"), limit=1) == [last.id, first.id]


def test_a_page_of_the_feed_costs_no_more_the_more_others_post(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "MERGED", 0)
    monkeypatch.setattr(feed, "GONE_THROUGH", 2)
    oldest = posted("ben")
    for _ in range(12):
        posted("dan")
    follows.follow(known("anna").sub, "ben")
    first = api("GET", "/api/feed", headers=pool.bearer("anna")).json
    assert first["posts"] == []
    assert first["next_cursor"]
    assert listed(api, "/api/feed", pool.bearer("anna")) == [oldest.id]


def test_a_like_is_mine_in_every_list(api: Api, pool: Pool) -> None:
    made = post(api, pool)
    ben, path = pool.bearer("ben"), f"/api/posts/{made['id']}"
    for method, mine, count in (("PUT", True, 1), ("PUT", True, 1), ("DELETE", False, 0), ("DELETE", False, 0)):
        assert api(method, f"{path}/like", headers=ben).status == 204
        for seen in (api("GET", path, headers=ben).json, api("GET", "/api/posts", headers=ben).json["posts"][0]):
            assert (seen["liked_by_me"], seen["likes"]) == (mine, count)
        assert api("GET", path).json["liked_by_me"] is False


def test_the_five_most_liked_are_shown(api: Api, pool: Pool) -> None:
    made = [posted() for _ in range(7)]
    liked_by = [1, 0, 3, 1, 2, 1, 3]
    for each, count in zip(made, liked_by, strict=True):
        for number in range(count):
            likes.like(each.id, known(f"person {number}").sub)
    best = [made[number].id for number in (6, 2, 4, 5, 3, 0)]
    answer = api("GET", "/api/posts/most-liked", headers=pool.bearer("person 2"))
    assert [each["id"] for each in answer.json["posts"]] == best[:5]
    assert [each["liked_by_me"] for each in answer.json["posts"]] == [True, True, False, False, False]
    assert [each["id"] for each in api("GET", "/api/posts/most-liked", {"limit": "100"}).json["posts"]] == best


def test_hidden_posts_leave_room_among_the_most_liked(api: Api) -> None:
    seen, unseen = posted(), [posted() for _ in range(22)]
    for number in range(2):
        for each in unseen:
            likes.like(each.id, known(f"person {number}").sub)
    likes.like(seen.id, "anna")
    for each in unseen:
        hide(each.image_id)
    assert [each["id"] for each in api("GET", "/api/posts/most-liked").json["posts"]] == [seen.id]
