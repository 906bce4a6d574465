"""Lists by when pictures were taken, how many of them there are in each month, and who may know."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest
from tests.unit.captioning import PHOTO
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.identity import Pool
from tests.unit.pictures import annas, broken, ticket
from tests.unit.sweeps import plenty

from caption import pipeline
from gallery.aws import table
from gallery.lifecycle.removal import soft_delete
from gallery.lifecycle.revision import revise
from gallery.lifecycle.trash import put_into_trash
from gallery.people import favourites, people
from gallery.pictures import catalogue, months, rows
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture
from sweep import rules
from sweep.sweeping import sweep

JULY, JULY_TOO, JUNE, OLD = "2024-07-14T16:20:05", "2024-07-31T23:59:59", "2024-06-30T23:59:59", "1999-12-31T00:00:00"


def dated(at: str, **said: Any) -> Picture:  # noqa: ANN401
    return annas(taken_at=at, taken_from="exif", **said)


def bens(at: str, **said: Any) -> Picture:  # noqa: ANN401
    picture = ticket(owner="ben", taken_at=at, taken_from="exif", **said)
    return catalogue.change(picture, replace(picture, status="pending"))


def headers(pool: Pool, who: str | None) -> dict[str, str]:
    return {} if who is None else pool.bearer(who, groups=["admin"] if who == "root" else [])


@pytest.fixture
def ask(api: Api, pool: Pool) -> Callable[..., Answer]:
    def ask(path: str = "/api/images", who: str | None = None, **query: str) -> Answer:
        return api("GET", path, query=query, headers=headers(pool, who))

    return ask


Ask = Callable[..., Answer]


def listed(ask: Ask, who: str | None = None, **query: str) -> list[str]:
    answer = ask("/api/images", who, **{"order": "taken", **query})
    assert answer.status == 200, answer.text
    return [image["id"] for image in answer.json["images"]]


def counted(ask: Ask, who: str | None = None, **query: str) -> dict[str, int]:
    answer = ask("/api/timeline", who, **query)
    assert answer.status == 200, answer.text
    told = [(month["month"], month["count"]) for month in answer.json["months"]]
    assert told == sorted(told, reverse=True)
    return dict(told)


def ids(*pictures: Picture) -> list[str]:
    return [picture.id for picture in pictures]


def test_what_was_taken_last_is_first_whenever_it_came(ask: Ask) -> None:
    old, july, june, later = (dated(at) for at in (OLD, JULY, JUNE, JULY_TOO))
    assert listed(ask) == ids(later, july, june, old)
    assert listed(ask, order="added") == ids(later, june, july, old)
    assert counted(ask) == {"2024-07": 2, "2024-06": 1, "1999-12": 1}


def test_a_span_has_its_first_and_its_last_day(ask: Ask) -> None:
    old, july, june, later = (dated(at) for at in (OLD, JULY, JUNE, JULY_TOO))
    assert listed(ask, **{"from": "2024-07-14"}) == ids(later, july)
    assert listed(ask, to="2024-06-30") == ids(june, old)
    assert listed(ask, **{"from": "2024-06-30", "to": "2024-07-14"}) == ids(july, june)
    assert listed(ask, **{"from": "2024-07-15", "to": "2024-07-30"}) == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"from": "2024-07-14"}, "from"),
        ({"order": "added", "to": "2024-07-14"}, "to"),
        ({"order": "taken", "from": "2024-07-14", "to": "2024-07-13"}, "to"),
        ({"order": "taken", "from": "2024-02-30"}, "from"),
        ({"order": "taken", "from": "20240714"}, "from"),
        ({"order": "taken", "from": "1720915200"}, "from"),
        ({"order": "taken", "to": ""}, "to"),
        ({"order": "size"}, "order"),
        ({"order": "taken", "label": "pug"}, "label"),
        ({"order": "taken", "status": "captioned"}, "status"),
        ({"order": "taken", "trashed": "true"}, "trashed"),
        ({"order": "taken", "ids": "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"}, "ids"),
        ({"around": "01KAGVQ2W3M8Y6Z5T4R7N9P0XC", "ids": "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"}, "around"),
        ({"around": "01KAGVQ2W3M8Y6Z5T4R7N9P0XC", "cursor": "x"}, "around"),
    ],
)
def test_what_cannot_be_asked_for_together_is_told_by_name(ask: Ask, query: dict[str, str], field: str) -> None:
    answer = ask(**query)
    assert answer.status == 422, answer.text
    assert field in {each["field"] for each in answer.json["errors"]}


def test_a_timeline_takes_one_filter_alone(ask: Ask) -> None:
    assert ask("/api/timeline", "anna", owner="me", archived="true").status == 422


def test_everybody_gets_what_they_may_see_and_its_count_alone(ask: Ask) -> None:
    names = {
        dated(JULY).id: "public",
        dated(JULY, visibility="private").id: "private",
        dated(JUNE, archived=True).id: "archived",
        dated(JUNE, favourite_at="2026-01-01T00:00:00.000Z").id: "favourite",
        dated(JUNE, favourite_at="2026-01-01T00:00:00.000Z", archived=True).id: "archived favourite",
        put_into_trash(dated(JULY)).id: "trashed",
        broken(owner="anna", taken_at=JULY, taken_from="exif").id: "failed",
        bens(JULY).id: "ben's",
        bens(JULY, visibility="private").id: "ben's private",
    }
    soft_delete(dated(JULY))

    public, own, archived = (
        {"public", "favourite"},
        {"public", "favourite", "private"},
        {"archived", "archived favourite"},
    )
    expected: dict[tuple[str | None, str], set[str]] = {
        **{(who, ""): {*public, "ben's"} for who in (None, "eve", "anna", "root")},
        **{(who, "owner=anna"): public for who in (None, "eve", "ben")},
        **{(who, "owner=anna"): own for who in ("anna", "root")},
        ("anna", "owner=me"): own,
        ("ben", "owner=me"): {"ben's", "ben's private"},
        ("root", "owner=me"): set(),
        ("anna", "favourite=true"): {"favourite"},
        ("eve", "favourite=true"): set(),
        ("root", "favourite=true"): set(),
        ("anna", "archived=true"): archived,
        ("eve", "archived=true"): set(),
        ("root", "archived=true"): set(),
    }
    for (who, asked), names_of in expected.items():
        query = dict([asked.split("=")]) if asked else {}
        found = [names[image_id] for image_id in listed(ask, who, **query)]
        assert sorted(found) == sorted(names_of), (who, asked)
        assert sum(counted(ask, who, **query).values()) == len(found), (who, asked)
        for image_id, name in names.items():
            answer = ask("/api/images", who, around=image_id, order="taken", **query)
            assert answer.status == (200 if name in names_of else 404), (who, asked, name)
    for query in ({"owner": "me"}, {"favourite": "true"}, {"archived": "true"}):
        assert ask("/api/timeline", None, **query).status == ask(order="taken", **query).status == 401


def test_an_archived_favourite_stands_in_the_archive_alone(ask: Ask) -> None:
    mine, others = annas(favourite_at="2026-01-01T00:00:00.000Z"), ticket(owner="ben")
    people.get_or_create_person(Caller("anna"))
    favourites.mark(others, "anna")
    assert listed(ask, "anna", favourite="true", order="added") == ids(others, mine)
    catalogue.change(mine, replace(mine, archived=True))
    catalogue.change(others, replace(others, archived=True))
    assert listed(ask, "anna", favourite="true", order="added") == listed(ask, "anna", favourite="true") == []
    assert listed(ask, "anna", archived="true", order="added") == ids(mine)
    assert ask("/api/images/" + mine.id, "anna").json["favourite"] is True


def test_another_date_moves_a_picture_and_its_count(ask: Ask, api: Api, pool: Pool, gallery: Gallery) -> None:
    picture, stays = dated(JULY), dated(JULY)
    sent = pool.bearer("anna") | {"if-match": "*"}
    assert api("PATCH", f"/api/images/{picture.id}", body={"taken_at": OLD}, headers=sent).status == 200
    for who, query in ((None, {}), ("anna", {"owner": "me"})):
        assert listed(ask, who, **query) == ids(stays, picture)
        assert counted(ask, who, **query) == {"2024-07": 1, "1999-12": 1}
    assert api("PATCH", f"/api/images/{picture.id}", body={"taken_at": None}, headers=sent).status == 200
    assert counted(ask) == {"2024-07": 2}
    posted = [row["sk"] for row in gallery.rows() if row["pk"].startswith("TAKEN#") and picture.id in row["sk"]]
    assert posted == [f"{JULY}#{picture.id}"] * 2


def test_pictures_without_a_date_stand_where_they_came(ask: Ask) -> None:
    picture = annas()
    assert listed(ask) == ids(picture)
    assert counted(ask) == {picture.created_at[:7]: 1}


LISTS: list[tuple[str | None, dict[str, str]]] = [
    (None, {"order": "taken"}),
    (None, {"order": "taken", "from": "2024-06-01", "to": "2024-07-31"}),
    ("anna", {"order": "taken", "owner": "me"}),
    ("anna", {"order": "taken", "favourite": "true"}),
    (None, {"order": "added"}),
    (None, {"status": "captioned"}),
    (None, {"label": "pug"}),
    ("anna", {"owner": "me"}),
    ("anna", {"favourite": "true"}),
]


def filled() -> list[Picture]:
    moments = [f"2026-01-0{number}T00:00:00.000Z" for number in range(1, 8)]
    dates = [JULY, JUNE, JULY_TOO, JULY, "2024-07-01T00:00:00", JULY, JUNE]
    return [dated(at, favourite_at=moment) for at, moment in zip(dates, moments, strict=True)]


@pytest.mark.parametrize(("who", "query"), LISTS)
def test_a_list_is_walked_from_any_picture_in_both_directions(ask: Ask, who: str | None, query: dict[str, str]) -> None:
    filled()
    whole = listed(ask, who, **{"order": "added", **query})
    assert len(whole) == 7
    for limit, step in (("1", 3), ("3", 2), ("100", 3)):
        for image_id in whole[::step]:
            page = ask("/api/images", who, **query, around=image_id, limit=limit).json
            found = [image["id"] for image in page["images"]]
            assert image_id in found
            assert len(found) <= int(limit)
            down, up = page["next_cursor"], page["previous_cursor"]
            while down:
                page = ask("/api/images", who, **query, cursor=down, limit=limit).json
                assert "previous_cursor" not in page
                found += [image["id"] for image in page["images"]]
                down = page["next_cursor"]
            while up:
                page = ask("/api/images", who, **query, cursor=up, limit=limit).json
                found = [*(image["id"] for image in page["images"]), *found]
                up = page["previous_cursor"]
                again = ask("/api/images", who, **query, cursor=page["next_cursor"], limit="100").json
                assert [image["id"] for image in page["images"] + again["images"]] == found
            assert found == whole


def test_a_cursor_belongs_to_its_order_and_filter(ask: Ask) -> None:
    picture = filled()[3]
    cursors = {}
    for number, (who, query) in enumerate(LISTS):
        page = ask("/api/images", who, **query, around=picture.id, limit="1").json
        cursors[number] = (page["next_cursor"], page["previous_cursor"])
    for number, (who, query) in enumerate(LISTS):
        foreign = [cursor for other, both in cursors.items() if other != number for cursor in both]
        for cursor in (*foreign, "x", "", "AAAA", picture.id, cursors[number][0][:-4], f"{cursors[number][0]}AAAA"):
            assert ask("/api/images", who, **query, cursor=cursor).status == 400, (query, cursor)
        for cursor in cursors[number]:
            assert ask("/api/images", who, **query, cursor=cursor).status == 200


def test_a_cursor_from_beyond_its_span_is_refused(ask: Ask) -> None:
    from gallery.api.paging import place_cursor  # noqa: PLC0415 - after the environment is set

    picture = dated(OLD)
    forged = place_cursor(f"{OLD}#{picture.id}", "taken", "2024-01-01", "")
    assert ask(order="taken", **{"from": "2024-01-01"}, cursor=str(forged)).status == 400


def test_captioned_pictures_are_listed_past_those_that_wait(ask: Ask) -> None:
    first = annas()
    waiting = [bens(JULY) for _ in range(40)]
    assert listed(ask, order="added", status="captioned", limit="1") == ids(first)
    assert listed(ask, order="added", status="pending", limit="100") == ids(*reversed(waiting))


def test_around_a_picture_that_is_not_there_is_a_404(ask: Ask) -> None:
    assert ask(around="01KAGVQ2W3M8Y6Z5T4R7N9P0XC").status == ask(around="nonsense").status == 404


def test_counts_follow_whatever_becomes_of_a_picture(gallery: Gallery, ask: Ask) -> None:
    picture = dated(JULY)
    assert months.owned("anna") == months.Owned(1, 9)
    for change in ({"visibility": "private"}, {"archived": True}, {"archived": False}, {"visibility": "public"}):
        picture = revise(picture, replace(picture, **change))
        assert months.owned("anna") == months.Owned(1, 9)
        assert counted(ask, "anna", owner="me") == ({} if picture.archived else {"2024-07": 1})
    put_into_trash(picture)
    assert months.owned("anna") == months.Owned(0, 0)
    assert counted(ask) == counted(ask, "anna", owner="me") == {}
    assert {row["pk"] for row in gallery.rows() if row["pk"].startswith("TAKEN#")} == set()


def wrong(month: months.Month, **said: int) -> None:
    table.store({**month.key, **said})


def test_counts_that_are_wrong_or_missing_are_set_by_the_sweeper(gallery: Gallery, ask: Ask) -> None:
    dated(JULY)
    dated(JULY, visibility="private", favourite_at="2026-01-01T00:00:00.000Z")
    true = {(row["pk"], row["sk"]): row for row in gallery.rows() if row["pk"].startswith("MONTHS")}
    wrong(months.Month(None, "2024-07"), public=7, changes=3)
    wrong(months.Month("ben", "2024-07"), public=1, bytes=10)
    table.delete_all([months.Month("anna", "2024-07").key])
    assert rules.postings(None)[0]["months"] == 3
    now = {(row["pk"], row["sk"]): row for row in gallery.rows() if row["pk"].startswith("MONTHS")}
    for key, row in now.items():
        for name in ("public", "private", "archived", "favourites", "bytes"):
            assert row[name] == true[key].get(name, 0), (key, name)
    assert now.keys() == true.keys()
    assert rules.postings(None)[0]["months"] == 0
    assert counted(ask, "anna", owner="me") == {"2024-07": 2}


def test_what_is_counted_meanwhile_is_left_for_the_next_time(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    month = months.Month(None, "2024-07")
    dated(JULY)
    wrong(month, public=7, changes=3)
    count = months._counted

    def counted_and_changed(month: months.Month) -> Any:  # noqa: ANN401
        found = count(month)
        dated(JULY)
        return found

    monkeypatch.setattr(months, "_counted", counted_and_changed)
    assert months.reconcile(month)
    assert {row["public"] for row in gallery.rows() if row["pk"] == "MONTHS"} == {8}
    monkeypatch.undo()


def test_an_id_is_what_follows_the_last_sign(gallery: Gallery) -> None:
    picture = dated(JULY)
    posted = [row for row in gallery.rows() if row["pk"].startswith("TAKEN#")]
    assert {rows.posting_id(row) for row in posted} == {picture.id}
    assert {row["pk"] for row in posted} == {"TAKEN#public", "TAKEN#anna#public"}


def older(gallery: Gallery) -> None:
    """Leave the table as the version before lists by date has written it."""
    for row in gallery.rows():
        if row["pk"].startswith(("TAKEN#", "MONTHS", "SWEEPER")):
            table.delete_all([table.key(row["pk"], row["sk"])])
        if row["pk"] == rows.PUBLIC:
            table.put_all([rows.posting_row(("STATUS#captioned", row["sk"]), 2, 0)])


def by_date(gallery: Gallery) -> dict[tuple[str, str], dict[str, int]]:
    return {
        (row["pk"], row["sk"]): {name: row[name] for name in months._NAMES if row.get(name)}
        for row in gallery.rows()
        if row["pk"].startswith(("TAKEN#", "MONTHS"))
    }


@pytest.mark.fault("entering older pictures by date is killed between any of them", "the next sweeps go on")
def test_pictures_of_the_version_before_are_entered_though_sweeps_are_killed_in_the_middle(
    gallery: Gallery, ask: Ask, monkeypatch: pytest.MonkeyPatch, later: Callable[[float], None]
) -> None:
    there = [dated(at, visibility=seen) for at in (JULY, JUNE) for seen in ("public", "private")]
    there += [dated(JULY, archived=True), dated(OLD, favourite_at="2026-01-01T00:00:00.000Z"), bens(JULY)]
    put_into_trash(there[0])
    for picture in there:
        gallery.put_original(picture.id, b"bytes")
    before = by_date(gallery)
    older(gallery)
    assert counted(ask) == {}
    later(60)
    monkeypatch.setattr(rules, "_ENTERED", 2)
    enter, deaths = catalogue.enter_by_date, iter([False, True, False, True])

    def killed(picture: Picture) -> None:
        if next(deaths, False):
            raise KeyboardInterrupt
        enter(picture)

    monkeypatch.setattr(catalogue, "enter_by_date", killed)
    for _ in range(4):
        with suppress(KeyboardInterrupt):
            sweep(plenty)
    assert by_date(gallery) == before
    assert not [row for row in gallery.rows() if row["pk"] == "STATUS#captioned"]
    assert sweep(plenty)["dated"] == 0


def test_a_picture_changed_before_it_is_entered_is_counted_right_afterwards(gallery: Gallery) -> None:
    picture, stays = dated(JULY), dated(JULY)
    older(gallery)
    catalogue.change(picture, replace(picture, taken_at=OLD))
    assert rules.RULES["dated"](None)[0]["dated"] == 2
    assert months.months(None, ["public"]) == [("2024-07", 1), ("1999-12", 1)]
    assert months.owned("anna") == months.Owned(2, 18)
    assert [each.id for each in catalogue.page(rows.by_taken("public"), 9).pictures] == [stays.id, picture.id]


@pytest.mark.usefixtures("model")
def test_a_lost_table_is_rebuilt_with_its_dates(gallery: Gallery, api: Api, pool: Pool, ask: Ask) -> None:
    file = {"name": "dog.jpg", "type": "image/jpeg", "size": len(PHOTO), "taken_at": JULY, "visibility": "private"}
    (upload,) = api("POST", "/api/uploads", body={"files": [file]}, headers=pool.bearer("anna")).json["uploads"]
    gallery.upload(upload["image_id"], PHOTO)
    pipeline.caption(upload["image_id"])
    before = by_date(gallery)
    assert counted(ask, "anna", owner="me") == {"2024-07": 1}
    table.delete_all([table.key(row["pk"], row["sk"]) for row in gallery.rows()])
    assert counted(ask, "anna", owner="me") == {}
    pipeline.caption(upload["image_id"])
    assert by_date(gallery) == before
    assert listed(ask, "anna", owner="me") == [upload["image_id"]]


def test_one_s_own_profile_tells_how_much_one_has(api: Api, pool: Pool) -> None:
    dated(JULY), dated(JUNE, visibility="private"), dated(OLD, archived=True), bens(JULY)
    put_into_trash(dated(JULY))
    broken(owner="anna")
    me = api("GET", "/api/me", headers=pool.bearer("anna")).json
    assert (me["pictures"], me["bytes"]) == (3, 27)
    assert [api("GET", "/api/me", headers=pool.bearer("eve")).json[name] for name in ("pictures", "bytes")] == [0, 0]
