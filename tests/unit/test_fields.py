"""What of each image a list has, where its reader says so."""

from typing import Any

import pytest
from tests.unit.conftest import Api
from tests.unit.identity import Pool
from tests.unit.pictures import annas, ticket

from gallery.aws import table
from gallery.people import favourites, people
from gallery.pictures.access import Caller


def images(api: Api, pool: Pool, **query: str) -> Any:  # noqa: ANN401 - JSON
    answer = api("GET", "/api/images", query=query, headers=pool.bearer("anna"))
    assert answer.status == 200, answer.text
    return answer.json


def test_a_list_has_the_fields_that_are_asked_for_and_the_id(api: Api, pool: Pool) -> None:
    annas(title="Rex"), ticket()
    whole = images(api, pool)
    some = images(api, pool, fields="title, urls.small,sizes.large,sizes.small,failure")
    assert some == whole | {
        "images": [
            {"id": image["id"], "title": image["title"], "failure": None}
            | {"urls": {"small": image["urls"]["small"]}}
            | {"sizes": image["sizes"] and {size: image["sizes"][size] for size in ("large", "small")}}
            for image in whole["images"]
        ]
    }
    for query in ({"around": whole["images"][0]["id"]}, {"ids": whole["images"][0]["id"]}):
        page = images(api, pool, **query, fields="urls,urls.small")
        assert page["images"][0] == {name: whole["images"][0][name] for name in ("id", "urls")}
        assert page.keys() == images(api, pool, **query).keys()


@pytest.mark.parametrize("fields", ["", "nonsense", "title,", "urls.tiny", "title.x", "images", "id;title"])
def test_a_field_that_there_is_not_is_refused(api: Api, fields: str) -> None:
    answer = api("GET", "/api/images", query={"fields": fields})
    assert answer.status == 422
    assert [error["field"] for error in answer.json["errors"]] == ["fields"]


def test_names_and_marks_of_others_are_read_in_one_go_and_not_at_all_where_nobody_asks(
    api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for sub in ("anna", "ben"):
        people.get_or_create_person(Caller(sub))
    marked = ticket(owner="ben")
    favourites.mark(marked, "anna")
    unmarked = ticket(owner="ben")
    ids = f"{marked.id},{unmarked.id}"
    batches: list[str] = []
    read = table.read

    def counted(keys: Any, **how: Any) -> Any:  # noqa: ANN401 - as table.read
        asked = list(keys)
        batches.extend({key["pk"].partition("#")[0] for key in asked[:1]})
        return read(asked, **how)

    monkeypatch.setattr(table, "read", counted)
    whole = images(api, pool, ids=ids)["images"]
    assert [image["favourite"] for image in whole] == [True, False]
    assert all(image["owner_name"]["username"] for image in whole)
    assert batches == ["IMAGE", "PERSON"]
    some = images(api, pool, ids=ids, fields="favourite")["images"]
    assert some == [{"id": image["id"], "favourite": image["favourite"]} for image in whole]
    del batches[:]
    images(api, pool, ids=ids, fields="title,urls")
    assert batches == ["IMAGE"]
