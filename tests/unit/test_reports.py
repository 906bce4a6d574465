"""Reports: what people say should not be shown, and what admins make of it."""

import pytest
from tests.unit.conftest import Answer, Api, Gallery
from tests.unit.identity import Pool
from tests.unit.pictures import annas

from gallery import limits


def report(api: Api, image_id: str, reason: str = "This is mine.", by: dict[str, str] | None = None) -> Answer:
    return api("POST", "/api/reports", body={"image_id": image_id, "reason": reason}, headers=by)


def listed(api: Api, pool: Pool, which: str = "undecided") -> list[dict[str, object]]:
    answer = api("GET", "/api/admin/reports", query={"list": which}, headers=root(pool))
    assert answer.status == 200
    return list(answer.json["reports"])


def root(pool: Pool) -> dict[str, str]:
    return pool.bearer("root", groups=["admin"])


def decide(api: Api, pool: Pool, image_id: str, decision: str) -> Answer:
    return api("POST", f"/api/admin/reports/image/{image_id}/{decision}", headers=root(pool))


def test_who_reports_twice_counts_once(api: Api, pool: Pool) -> None:
    picture = annas()
    for by in ("ben", "ben", "cleo"):
        assert report(api, picture.id, f"says {by}", pool.bearer(by)).status == 202
    (found,) = listed(api, pool)
    assert (found["kind"], found["id"], found["count"], found["hidden"]) == ("image", picture.id, 2, False)
    assert sorted(found["reasons"]) == ["says ben", "says cleo"]  # type: ignore[call-overload]


def test_most_reported_comes_first_a_page_at_a_time(api: Api, pool: Pool) -> None:
    one, two = annas(), annas()
    report(api, one.id)
    for by in ("ben", "cleo"):
        report(api, two.id, by=pool.bearer(by))
    first = api("GET", "/api/admin/reports", query={"limit": "1"}, headers=root(pool)).json
    assert [each["id"] for each in first["reports"]] == [two.id]
    second = api("GET", "/api/admin/reports", query={"limit": "1", "cursor": first["next_cursor"]}, headers=root(pool))
    assert [each["id"] for each in second.json["reports"]] == [one.id]
    for foreign in ("x", "WzEsICJpbWFnZSMxIl0="):
        answer = api("GET", "/api/admin/reports", query={"cursor": foreign}, headers=root(pool))
        assert answer.status == 400


def test_hiding_settles_a_report_and_another_one_brings_it_back(api: Api, pool: Pool) -> None:
    picture = annas()
    report(api, picture.id)
    assert decide(api, pool, picture.id, "hide").json == {"kind": "image", "id": picture.id, "hidden": True}
    assert listed(api, pool) == []
    assert api("GET", f"/api/images/{picture.id}").status == 404
    assert report(api, picture.id).status == 404
    assert decide(api, pool, picture.id, "restore").json["hidden"] is False
    assert api("GET", f"/api/images/{picture.id}").status == 200
    report(api, picture.id, by=pool.bearer("ben"))
    (found,) = listed(api, pool)
    assert found["count"] == 2


def test_what_is_hidden_is_listed_until_it_is_given_back(api: Api, pool: Pool) -> None:
    reported, seen_first = annas(), annas()
    report(api, reported.id)
    decide(api, pool, reported.id, "hide")
    api("POST", f"/api/admin/images/{seen_first.id}/hide", headers=root(pool))
    found = [(each["id"], each["count"], each["hidden"]) for each in listed(api, pool, "hidden")]
    assert found == [(reported.id, 1, True), (seen_first.id, 0, True)]
    decide(api, pool, reported.id, "restore")
    api("POST", f"/api/admin/images/{seen_first.id}/restore", headers=root(pool))
    assert listed(api, pool, "hidden") == listed(api, pool) == []


def test_a_report_of_what_is_hidden_can_be_dismissed_and_it_stays_hidden(api: Api, pool: Pool) -> None:
    picture = annas()
    decide(api, pool, picture.id, "hide")
    assert report(api, picture.id, by=pool.bearer("anna")).status == 202
    assert [each["hidden"] for each in listed(api, pool)] == [True]
    assert decide(api, pool, picture.id, "dismiss").json["hidden"] is True
    assert (listed(api, pool), len(listed(api, pool, "hidden"))) == ([], 1)


def test_what_is_hidden_is_not_forgotten_and_what_is_decided_is(api: Api, pool: Pool, gallery: Gallery) -> None:
    def expires() -> list[bool]:
        return ["expires_at" in row for row in gallery.rows() if row["pk"] == "REPORTS" and row["sk"] != "KEY"]

    picture = annas()
    for decision, forgotten in (("hide", False), ("restore", True), ("hide", False)):
        decide(api, pool, picture.id, decision)
        assert expires() == [forgotten]


def test_a_dismissed_report_is_not_listed_again_by_the_same_person(api: Api, pool: Pool) -> None:
    picture = annas()
    report(api, picture.id)
    assert decide(api, pool, picture.id, "dismiss").json["hidden"] is False
    report(api, picture.id)
    assert listed(api, pool) == []
    assert api("GET", f"/api/images/{picture.id}").status == 200


def test_what_is_gone_meanwhile_can_only_be_dismissed(api: Api, pool: Pool) -> None:
    picture = annas()
    report(api, picture.id)
    api("DELETE", f"/api/images/{picture.id}", headers=pool.bearer("anna"))
    (found,) = listed(api, pool)
    assert found["image"] is None
    assert decide(api, pool, picture.id, "hide").status == 404
    assert decide(api, pool, picture.id, "dismiss").status == 200
    assert listed(api, pool) == []


@pytest.mark.parametrize(
    "body",
    [
        {"reason": "neither"},
        {"image_id": "01KAGVQ2W3M8Y6Z5T4R7N9P0XC", "post_id": "01KAGVQ2W3M8Y6Z5T4R7N9P0XC", "reason": "both"},
        {"image_id": "01KAGVQ2W3M8Y6Z5T4R7N9P0XC", "reason": " "},
        {"image_id": "01KAGVQ2W3M8Y6Z5T4R7N9P0XC", "reason": "x" * 301},
        {"image_id": "../etc", "reason": "x"},
    ],
)
def test_a_report_says_what_and_why(api: Api, body: dict[str, str]) -> None:
    assert api("POST", "/api/reports", body=body).status == 422


def test_nobody_reports_without_end(api: Api) -> None:
    pictures = [annas() for _ in range(3)]
    for number in range(limits.REPORTS_PER_HOUR):
        assert report(api, pictures[number % 3].id).status == 202
    answer = report(api, pictures[0].id)
    assert (answer.status, "reports" in answer.json["detail"]) == (429, True)
