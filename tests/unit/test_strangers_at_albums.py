"""What a stranger tries at somebody's private album, its links and its guests' pictures: forty times in vain."""

from typing import Any
from urllib.parse import quote

import pytest
from tests.unit.conftest import Api
from tests.unit.identity import Pool
from tests.unit.pictures import annas
from tests.unit.test_album_links import PHOTO, Guest, arrived, link_to
from tests.unit.test_albums import Somebody

from gallery.albums import links

NOBODY, EVE, HOLDER = "nobody", "eve", "a guest"
"""Without an account, with one, and with another link to the same album."""

TRIES: list[tuple[str, str, str, Any, int]] = [
    (NOBODY, "GET", "/api/albums/{album}", None, 404),
    (NOBODY, "GET", "/api/images?album={album}", None, 404),
    (NOBODY, "GET", "/api/timeline?album={album}", None, 404),
    (NOBODY, "GET", "/api/albums/{album}/links", None, 401),
    (NOBODY, "POST", "/api/albums/{album}/links", {}, 401),
    (NOBODY, "GET", "/api/albums/{album}/people", None, 404),
    (NOBODY, "GET", "/api/images/{picture}", None, 404),
    (NOBODY, "GET", "/api/images/{picture}/download", None, 404),
    (NOBODY, "GET", "/api/images/{waiting}", None, 404),
    (NOBODY, "POST", "/api/albums/{album}/review", {"accept": ["{waiting}"]}, 401),
    (EVE, "GET", "/api/albums/{album}", None, 404),
    (EVE, "PATCH", "/api/albums/{album}", {"visibility": "public"}, 404),
    (EVE, "DELETE", "/api/albums/{album}", None, 404),
    (EVE, "GET", "/api/images?album={album}", None, 404),
    (EVE, "PUT", "/api/albums/{album}/images", {"ids": ["{picture}"]}, 404),
    (EVE, "DELETE", "/api/albums/{album}/images", {"ids": ["{picture}"]}, 404),
    (EVE, "POST", "/api/albums/{album}/order", {"ids": ["{picture}"], "after": None}, 404),
    (EVE, "PUT", "/api/albums/{album}/people/me", {}, 404),
    (EVE, "PUT", "/api/albums/{album}/people/{eve}", {"role": "contributor"}, 404),
    (EVE, "POST", "/api/albums/{album}/links", {}, 404),
    (EVE, "PATCH", "/api/albums/{album}/links/{link_id}", {"downloads": "originals"}, 404),
    (EVE, "DELETE", "/api/albums/{album}/links/{link_id}", None, 404),
    (EVE, "POST", "/api/albums/{album}/review", {"accept": ["{waiting}"]}, 404),
    (EVE, "POST", "/api/uploads", {"files": [{**PHOTO, "album": "{album}"}]}, 404),
    (EVE, "GET", "/api/images/{picture}/similar", None, 404),
    (NOBODY, "GET", "/api/links/{unknown}", None, 404),
    (NOBODY, "GET", "/api/links/{link_id}", None, 404),
    (NOBODY, "GET", "/api/links/{ended}", None, 404),
    (NOBODY, "GET", "/api/links/{ended}/images/{picture}", None, 404),
    (NOBODY, "POST", "/api/links/{ended}/uploads", {"files": [PHOTO]}, 404),
    (NOBODY, "GET", "/api/links/{locked}", None, 401),
    (NOBODY, "GET", "/api/links/{locked}/images/{picture}/download", None, 401),
    (NOBODY, "GET", "/api/links/{locked}/cover", None, 404),
    (HOLDER, "GET", "/api/links/{token}/images/{elsewhere}", None, 404),
    (HOLDER, "GET", "/api/links/{token}/images/{waiting}", None, 404),
    (HOLDER, "GET", "/api/links/{token}/images/{picture}/download", None, 403),
    (HOLDER, "POST", "/api/links/{token}/uploads", {"files": [PHOTO]}, 403),
    (HOLDER, "DELETE", "/api/links/{token}/images/{picture}", None, 404),
    (HOLDER, "DELETE", "/api/links/{adding}/images/{waiting}", None, 404),
    (HOLDER, "GET", "/api/links/{adding}/images/{picture}", None, 404),
]


@pytest.fixture
def names(api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What there is of Anna's: an album with a private picture and a guest's that waits, links, a picture elsewhere."""
    monkeypatch.setattr("gallery.api.batch._MAX_WORKERS", 1)
    anna = Somebody(api, pool, "anna")
    album, picture, elsewhere = anna.album(), annas(visibility="private"), annas(visibility="private")
    anna.add(album, picture)
    viewing, adding = link_to(anna, album, downloads="none"), link_to(anna, album, mode="add_only")
    ended, locked = link_to(anna, album), link_to(anna, album, password="by the sea")
    anna("DELETE", f"/api/albums/{album}/links/{ended['link_id']}")
    waiting = arrived(Guest(api, adding["token"]).add()[0]["image_id"])
    return {
        "album": album,
        "picture": picture.id,
        "elsewhere": elsewhere.id,
        "waiting": waiting.id,
        "link_id": viewing["link_id"],
        "token": viewing["token"],
        "adding": adding["token"],
        "ended": ended["token"],
        "locked": locked["token"],
        "unknown": links.new_token(),
        "eve": Somebody(api, pool, "eve").name,
    }


def filled(body: Any, names: dict[str, str]) -> Any:  # noqa: ANN401 - any JSON
    """Return a body with names in the place of what stands for them."""
    match body:
        case dict():
            return {key: filled(value, names) for key, value in body.items()}
        case list():
            return [filled(value, names) for value in body]
        case str():
            return body.format(**names)
    return body


def test_a_stranger_tries_forty_times_in_vain(api: Api, pool: Pool, names: dict[str, str]) -> None:
    wrong = {"x-link-password": quote("by the lake"), "x-visit": links.new_token(), "x-link-access": "9" * 12 + ".0"}
    headers = {NOBODY: wrong, EVE: {**pool.bearer("eve"), "if-match": "*"}, HOLDER: wrong}
    assert len(TRIES) == 40
    answers = {}
    for who, method, address, body, status in TRIES:
        path, _, parameters = address.format(**names).partition("?")
        query = dict(part.split("=") for part in parameters.split("&")) if parameters else {}
        answer = api(method, path, query=query, body=filled(body, names), headers=headers[who])
        answers[who, method, address] = (answer.status, status)
        assert "/private/" not in answer.text
        assert "X-Amz-Signature" not in answer.text
    assert {call: statuses for call, statuses in answers.items() if len(set(statuses)) > 1} == {}
    anna = Somebody(api, pool, "anna")
    assert anna.ids(album=names["album"]) == [names["picture"]]
    assert anna.ids(review="pending") == [names["waiting"]]
    assert anna("GET", f"/api/albums/{names['album']}").json["visibility"] == "private"
    assert len(anna("GET", f"/api/albums/{names['album']}/links").json["links"]) == 3
