"""Administration: who is blocked or erased, what is written down about it, and how the gallery is."""

from functools import cache
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tests.unit.conftest import Answer, Api, forget_clients
from tests.unit.faults import failing
from tests.unit.identity import POOL, Pool
from tests.unit.pictures import annas, ticket

from gallery.aws import accounts, table
from gallery.aws.items import encode
from gallery.lifecycle.removal import soft_delete
from gallery.people import people
from gallery.pictures import catalogue, counters
from gallery.pictures.access import Caller
from gallery.pictures.model import Failure, failed


def refusal(code: str) -> ClientError:
    """Return the error by which Cognito refuses something."""
    return ClientError({"Error": {"Code": code, "Message": "injected"}}, "AnyOperation")


class Accounts:
    """A pool's accounts, as Cognito's client changes them."""

    def __init__(self, *subs: str) -> None:
        self.enabled = dict.fromkeys(subs, True)
        self.signed_out: list[str] = []
        self.invited: list[str] = []
        self.status: dict[str, str] = {}

    def admin_disable_user(self, UserPoolId: str, Username: str) -> None:  # noqa: N803
        self._switch(UserPoolId, Username, to=False)

    def admin_enable_user(self, UserPoolId: str, Username: str) -> None:  # noqa: N803
        self._switch(UserPoolId, Username, to=True)

    def admin_user_global_sign_out(self, UserPoolId: str, Username: str) -> None:  # noqa: N803
        assert UserPoolId == POOL
        self.signed_out.append(Username)

    def admin_create_user(self, UserPoolId: str, Username: str, **how: Any) -> None:  # noqa: N803, ANN401
        assert (UserPoolId, how["DesiredDeliveryMediums"]) == (POOL, ["EMAIL"])
        if (how.get("MessageAction") == "RESEND") != (Username in self.status):
            raise refusal("UsernameExistsException")
        self.status[Username] = "FORCE_CHANGE_PASSWORD"
        self.invited.append(Username)

    def admin_get_user(self, UserPoolId: str, Username: str) -> dict[str, str]:  # noqa: N803
        assert UserPoolId == POOL
        if Username not in self.status:
            raise refusal("UserNotFoundException")
        return {"UserStatus": self.status[Username]}

    def _switch(self, pool_id: str, sub: str, *, to: bool) -> None:
        assert pool_id == POOL
        if sub not in self.enabled:
            raise refusal("UserNotFoundException")
        self.enabled[sub] = to


@pytest.fixture
def cognito(pool: Pool, environment: pytest.MonkeyPatch) -> Accounts:  # noqa: ARG001 - there are accounts in a pool only
    """The pool's accounts: Ben's."""
    made = Accounts("ben")
    environment.setattr(accounts, "client", cache(lambda: made))
    return made


def root(pool: Pool) -> dict[str, str]:
    return pool.bearer("root", groups=["admin"])


def ask(api: Api, pool: Pool, method: str, path: str, body: Any = None) -> Answer:  # noqa: ANN401
    return api(method, f"/api/admin/{path}", body=body, headers=root(pool))


def audit_entries(api: Api, pool: Pool) -> list[tuple[str, str, str]]:
    entries = ask(api, pool, "GET", "log").json["entries"]
    return [(each["action"], each["subject"], each["outcome"]) for each in entries]


def test_a_disabled_person_changes_nothing_from_then_on(api: Api, pool: Pool, cognito: Accounts) -> None:
    sub = "ben"
    ben = people.get_or_create_person(Caller(sub))
    path = f"people/{ben.username}"
    assert ask(api, pool, "POST", f"{path}/disable").status == 204
    assert (cognito.enabled[sub], cognito.signed_out) == (False, [sub])
    body = {"files": [{"name": "a.jpg", "type": "image/jpeg", "size": 9}]}
    assert api("POST", "/api/uploads", body=body, headers=pool.bearer(sub)).status == 403
    assert ask(api, pool, "POST", f"{path}/disable").status == 204
    assert ask(api, pool, "POST", f"{path}/enable").status == 204
    assert cognito.enabled[sub]
    assert api("POST", "/api/uploads", body=body, headers=pool.bearer(sub)).status == 201
    assert [each[0] for each in audit_entries(api, pool)] == ["enable", "disable", "disable"]


@pytest.mark.usefixtures("cognito")
def test_who_is_not_in_the_pool_any_more_is_blocked_all_the_same(api: Api, pool: Pool) -> None:
    ben = people.get_or_create_person(Caller("gone-from-the-pool"))
    assert ask(api, pool, "POST", f"people/{ben.username}/disable").status == 204
    found = people.find(ben.sub)
    assert found is not None
    assert found.state == "disabled"


def test_nobody_shuts_themselves_out(api: Api, pool: Pool) -> None:
    own = people.get_or_create_person(Caller("root"))
    assert ask(api, pool, "POST", f"people/{own.username}/disable").status == 409
    assert ask(api, pool, "DELETE", f"people/{own.username}").status == 409
    assert people.find("root") == own


def test_deleting_somebody_blocks_them_at_once_and_has_the_rest_done(
    api: Api, pool: Pool, called: list[dict[str, Any]]
) -> None:
    ben = people.get_or_create_person(Caller("ben"))
    assert ask(api, pool, "DELETE", f"people/{ben.username}").status == 202
    assert called == [{"erase": "ben"}]
    body = {"files": [{"name": "a.jpg", "type": "image/jpeg", "size": 9}]}
    assert api("POST", "/api/uploads", body=body, headers=pool.bearer("ben")).status == 401


def test_people_are_listed_a_page_at_a_time_and_found_by_name(api: Api, pool: Pool) -> None:
    everybody = {people.get_or_create_person(Caller(sub)).username for sub in ("ben", "cleo", "root")}
    found: list[str] = []
    cursor: str | None = None
    for _ in range(4):
        query = {"limit": "1"} | ({"cursor": cursor} if cursor else {})
        page = api("GET", "/api/admin/people", query=query, headers=root(pool)).json
        found += [each["username"] for each in page["people"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert sorted(found) == sorted(everybody)
    name = people.get_or_create_person(Caller("cleo")).username
    (cleo,) = api("GET", "/api/admin/people", query={"username": name}, headers=root(pool)).json["people"]
    assert (cleo["username"], cleo["state"], cleo["you"]) == (name, "active", False)
    assert api("GET", "/api/admin/people", query={"cursor": "a b"}, headers=root(pool)).status == 400


@pytest.mark.parametrize("status", ["CONFIRMED", "UNCONFIRMED", "RESET_REQUIRED"])
def test_who_has_an_account_already_is_sent_nothing(api: Api, pool: Pool, cognito: Accounts, status: str) -> None:
    cognito.status["ada@example.org"] = status
    answer = ask(api, pool, "POST", "people", {"email": "ada@example.org"})
    assert (answer.status, cognito.invited) == (409, [])
    assert ("another code" in answer.json["detail"]) == (status == "UNCONFIRMED")


def test_an_invitation_is_sent_again_until_it_is_followed_and_not_where_nobody_new_is_taken(
    api: Api,
    pool: Pool,
    cognito: Accounts,
    environment: pytest.MonkeyPatch,
) -> None:
    assert ask(api, pool, "POST", "people", {"email": " ada@example.org "}).status == 202
    assert ask(api, pool, "POST", "people", {"email": "ada@example.org"}).status == 202
    assert cognito.invited == ["ada@example.org"] * 2
    assert ask(api, pool, "POST", "people", {"email": "nobody"}).status == 422
    environment.setenv("SIGN_UP", "closed")
    forget_clients()
    assert ask(api, pool, "POST", "people", {"email": "eve@example.org"}).status == 409
    assert "ada@" not in str(audit_entries(api, pool))


@pytest.mark.parametrize(
    ("code", "status"),
    [("LimitExceededException", 429), ("CodeDeliveryFailureException", 503)],
)
def test_an_invitation_that_cannot_be_mailed_is_no_fault_of_ours_and_can_be_asked_for_again(
    api: Api, pool: Pool, cognito: Accounts, environment: pytest.MonkeyPatch, code: str, status: int
) -> None:
    """Cognito sends 50 mails a day for an account, and may have made the account before it fails to send."""

    def refuse(UserPoolId: str, Username: str, **how: Any) -> None:  # noqa: N803, ANN401
        Accounts.admin_create_user(cognito, UserPoolId, Username, **how)
        cognito.invited.pop()
        raise refusal(code)

    with environment.context() as patch:
        patch.setattr(cognito, "admin_create_user", refuse)
        answer = ask(api, pool, "POST", "people", {"email": "ada@example.org"})
    assert answer.status == status
    assert "mail" in answer.json["detail"]
    assert int(answer.headers["retry-after"]) >= 3600
    assert ask(api, pool, "POST", "people", {"email": "ada@example.org"}).status == 202
    assert cognito.invited == ["ada@example.org"]


def test_what_an_admin_does_to_others_is_logged_and_what_owners_do_is_not(api: Api, pool: Pool) -> None:
    hers, theirs = annas(), annas()
    api("PATCH", f"/api/images/{hers.id}", body={"title": "x"}, headers={**pool.bearer("anna"), "if-match": "*"})
    api("PATCH", f"/api/images/{hers.id}", body={"title": "y"}, headers={**root(pool), "if-match": "*"})
    api("DELETE", f"/api/images/{theirs.id}", headers=root(pool))
    ask(api, pool, "POST", f"images/{hers.id}/hide")
    assert audit_entries(api, pool) == [
        ("hide", f"image {hers.id}", "done"),
        ("delete", f"image {theirs.id}", "done"),
        ("change", f"image {hers.id}", "done"),
    ]


def test_nothing_is_done_that_could_not_be_logged(api: Api, pool: Pool) -> None:
    picture = annas()
    with failing(table.client(), "PutItem", 1, 400, "AccessDeniedException"):
        assert ask(api, pool, "POST", f"images/{picture.id}/hide").status == 500
    assert api("GET", f"/api/images/{picture.id}").status == 200


def test_what_failed_or_was_refused_is_logged_as_such(api: Api, pool: Pool) -> None:
    assert ask(api, pool, "POST", "images/01KAGVQ2W3M8Y6Z5T4R7N9P0XC/hide").status == 404
    assert audit_entries(api, pool)[0] == ("hide", "image 01KAGVQ2W3M8Y6Z5T4R7N9P0XC", "refused")
    assert api("GET", "/api/admin/log", query={"cursor": "x"}, headers=root(pool)).status == 400


def test_pictures_are_counted_by_state_and_weight(api: Api, pool: Pool) -> None:
    first, second, broken = annas(), annas(visibility="private"), ticket()
    ticket()
    catalogue.change(broken, failed(broken, "e", Failure("truncated", "It ends too early.")))
    found = ask(api, pool, "GET", "stats").json
    assert found["pictures"] == {"pending": 0, "captioned": 2, "failed": 1}
    assert found["bytes_stored"] == 18
    soft_delete(first)
    found = ask(api, pool, "GET", "stats").json
    assert (found["pictures"]["captioned"], found["bytes_stored"]) == (1, 9)
    assert second.status == "captioned"


def test_captions_are_counted_by_the_hour_and_cost_what_the_deployment_says(api: Api, pool: Pool) -> None:
    for _ in range(3):
        annas()
    counters._count_caption(counters.captions_of_hours(1)[0][0], 4)
    found = ask(api, pool, "GET", "stats").json
    assert len(found["captions_per_hour"]) == 48
    assert found["captions_per_hour"][-1]["captions"] == 4
    cost = found["cost"]
    assert cost["captions"] == 4
    assert 0.0004 <= cost["to_date"] <= cost["month"]


@pytest.mark.usefixtures("gallery")
def test_a_miscount_is_mended_unless_something_was_counted_meanwhile() -> None:
    picture = annas()
    bucket = counters.bucket_of(picture.id)
    counters._add({"pk": "TALLIES", "sk": bucket}, {"captioned": 5, "changes": 1})
    stale = counters.changes_in(bucket) - 1
    assert counters.reconcile(bucket, [picture.id], stale)
    assert counters.total().pictures["captioned"] == 6
    assert counters.reconcile(bucket, [picture.id], counters.changes_in(bucket))
    assert counters.total().pictures["captioned"] == 1
    assert not counters.reconcile(bucket, [picture.id], counters.changes_in(bucket))


@pytest.mark.usefixtures("gallery")
def test_the_sweeper_counts_pictures_of_before_there_were_counts() -> None:
    from sweep.rules import reconcile_counters  # noqa: PLC0415 - after the environment is set

    annas()
    for row in table.newest("TALLIES", 10)[0]:
        table.client().delete_item(TableName="gallery-test", Key=encode({"pk": row["pk"], "sk": row["sk"]}))
    done, after = reconcile_counters(None)
    assert done["tallies"] == 1
    assert reconcile_counters(after) == ({}, None)
    assert counters.total().pictures["captioned"] == 1
    forget_clients()
