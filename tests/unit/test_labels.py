"""Labels: how many public pictures show each, counted by whatever happens to pictures."""

import time
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.collection import showing
from tests.unit.conftest import Api, Gallery
from tests.unit.faults import each_death, empty, killed_before_write, some_deaths
from tests.unit.identity import Pool
from tests.unit.labels import counts
from tests.unit.pictures import CONTENT, ticket
from tests.unit.sweeps import plenty

from gallery import limits
from gallery.aws.items import encode
from gallery.aws.table import Conflict
from gallery.pictures import catalogue, label_counts, rows
from gallery.pictures.model import Failure, Picture, failed, pending
from sweep import rules
from sweep.sweeping import sweep


def count(gallery: Gallery, label: str, pictures: int) -> None:
    """Write a wrong count into the table."""
    row = {**rows.label_key(label), "label": label, "pictures": pictures}
    gallery.dynamodb.put_item(TableName="gallery-test", Item=encode(row))


def test_captioned_pictures_count_for_what_they_are_listed_under(api: Api) -> None:
    showing({"pug": 0.6, "beagle": 0.2, "teapot": 0.01})
    showing({"pug": 0.9})
    ticket()
    assert counts(api) == {"pug": 2, "beagle": 1}
    for label, number in counts(api).items():
        assert len(api("GET", "/api/images", {"label": label}).json["images"]) == number


def test_the_most_used_come_first_and_equals_by_name(api: Api) -> None:
    for label in ("volcano", "teapot", "teapot", "Chihuahua", "beagle"):
        showing(label)
    assert list(counts(api)) == ["teapot", "beagle", "Chihuahua", "volcano"]


def test_no_more_than_a_thousand_labels_are_listed(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    assert limits.MAX_LABEL_LIST == 1000
    monkeypatch.setattr(limits, "MAX_LABEL_LIST", 2)
    showing({"pug": 0.5, "beagle": 0.3, "teapot": 0.1})
    showing({"teapot": 0.5})
    assert counts(api) == {"teapot": 2, "beagle": 1}


def change(api: Api, pool: Pool, picture: Picture, **said: Any) -> None:  # noqa: ANN401
    headers = {**pool.bearer("anna"), "if-match": "*"}
    assert api("PATCH", f"/api/images/{picture.id}", body=said, headers=headers).status == 200


def test_corrections_count_instead_whatever_their_case(api: Api, pool: Pool) -> None:
    showing("pug", owner_labels=["Rex", "Dog"])
    picture = showing("pug", owner="anna")
    change(api, pool, picture, labels=["dog", "my cat"])
    assert counts(api) == {"Dog": 2, "my cat": 1, "Rex": 1}
    change(api, pool, picture, labels=None)
    assert counts(api) == {"Dog": 1, "pug": 1, "Rex": 1}
    change(api, pool, picture, labels=[])
    assert counts(api) == {"Dog": 1, "Rex": 1}


def test_private_pictures_do_not_count(api: Api, pool: Pool) -> None:
    picture = showing("pug", owner="anna", visibility="private")
    assert counts(api) == {}
    change(api, pool, picture, visibility="public")
    assert counts(api) == {"pug": 1}
    change(api, pool, picture, visibility="private")
    assert counts(api) == {}


def test_deleted_pictures_count_no_more(api: Api) -> None:
    showing("pug")
    assert api("DELETE", f"/api/images/{showing('pug').id}").status == 204
    assert counts(api) == {"pug": 1}


def test_what_the_owner_said_counts_before_there_is_a_caption_and_no_longer_when_it_failed(api: Api) -> None:
    picture = ticket(owner_labels=["Rex"])
    assert counts(api) == {}
    waiting = catalogue.change(picture, pending(picture, CONTENT))
    assert counts(api) == {"Rex": 1}
    catalogue.change(waiting, failed(waiting, "e", Failure("truncated", "cut off")))
    assert counts(api) == {}


def test_a_change_of_something_else_counts_nothing_twice(api: Api, pool: Pool) -> None:
    picture = showing("pug", owner="anna")
    for title in ("one", "two", "three"):
        change(api, pool, picture, title=title)
    assert counts(api) == {"pug": 1}


def test_whoever_comes_second_counts_nothing(api: Api) -> None:
    picture = showing("pug")
    catalogue.change(picture, replace(picture, owner_labels=["cat"]))
    with pytest.raises(Conflict):
        catalogue.change(picture, replace(picture, owner_labels=["dog"]))
    assert counts(api) == {"cat": 1}


def test_two_pictures_counted_at_once_count_twice(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    put = catalogue._put
    others: list[str] = []

    def while_another_is_counted(*row: Any) -> None:  # noqa: ANN401
        if not others:
            others.append("begun")
            showing("pug")
        put(*row)

    monkeypatch.setattr(catalogue, "_put", while_another_is_counted)
    showing("pug")
    assert counts(api) == {"pug": 2}


@pytest.mark.fault("a change of labels is killed before any of its writes", "counted exactly once in the end")
@some_deaths
def test_a_change_killed_anywhere_is_counted_right_after_the_next_sweep(
    gallery: Gallery, api: Api, stride: int
) -> None:
    for death in each_death(stride):
        empty("gallery-test-media", "gallery-test")
        picture, other = showing({"pug": 0.6, "beagle": 0.3}), showing("pug")
        for each in (picture, other):
            gallery.upload(each.id, b"bytes")
        with killed_before_write(death) as deaths:
            catalogue.change(picture, replace(picture, owner_labels=["cat", "pug"]))
        off_by_this_change_at_most(gallery, api)
        sweep_later()
        right(gallery, api)
        if len(deaths.writes) <= death:
            break
    assert death >= 6


def off_by_this_change_at_most(gallery: Gallery, api: Api) -> None:
    shown, true = counts(api), true_counts(gallery)
    assert all(abs(shown.get(label, 0) - true.get(label, 0)) <= 1 for label in shown.keys() | true.keys())


def right(gallery: Gallery, api: Api) -> None:
    assert counts(api) == true_counts(gallery)


def true_counts(gallery: Gallery) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in gallery.rows():
        if row["sk"] == "IMAGE":
            for label in rows.labels(rows.from_row(row)).values():
                found[label] = found.get(label, 0) + 1
    return found


def sweep_later() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("time.time", lambda clock=time.time: clock() + 60)
        for _ in range(2):
            sweep(plenty)


@pytest.mark.parametrize("wrong", [5, 1, 0, -1])
def test_the_sweeper_counts_anew_what_was_counted_wrong(gallery: Gallery, api: Api, wrong: int) -> None:
    for _ in range(2):
        gallery.upload(showing("pug").id, b"bytes")
    count(gallery, "pug", wrong)
    assert sweep(plenty)["labels"] == 1
    assert counts(api) == {"pug": 2}
    assert sweep(plenty)["labels"] == 0


@pytest.mark.parametrize("number", [3, 0, -1])
def test_the_sweeper_forgets_labels_that_no_picture_has(gallery: Gallery, api: Api, number: int) -> None:
    count(gallery, "Atlantis", number)
    sweep(plenty)
    assert counts(api) == {}
    assert not any(row["pk"] == rows.LABELS for row in gallery.rows())


def test_the_sweeper_leaves_a_count_that_changes_while_it_counts(
    gallery: Gallery, api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    showing("pug")
    count(gallery, "pug", 7)
    listed = label_counts._listed

    def meanwhile_another_is_counted(label: str) -> int:
        number = listed(label)
        showing("pug")
        return number

    monkeypatch.setattr(label_counts, "_listed", meanwhile_another_is_counted)
    rules.labels(None)
    assert counts(api) == {"pug": 8}


def test_the_sweeper_counts_some_labels_at_a_time(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_LABELS", 2)
    for label in ("a", "b", "c"):
        count(gallery, label, 1)
    done, after = rules.labels(None)
    assert (done["labels"], after) == (2, "b")
    done, after = rules.labels(after)
    assert (done["labels"], after) == (1, None)
