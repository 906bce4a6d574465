"""What admins do, on the deployed gallery: hiding, blocking, captioning everything again; each act of it is logged."""

import io
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import pytest
from infra import assets
from tests.accounts import Account, account
from tests.integration.members import sub_of, username
from tests.integration.posts import ask, posted
from tests.integration.stored import objects_of
from tests.integration.uploads import patched, seen, upload
from tests.integration.waiting import image, settled
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(300)]

SECOND = "a-second-model"
UNKNOWN = "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"


@pytest.fixture(scope="module")
def anna(local_cloud: LocalCloud) -> Account:
    return account(local_cloud)


@pytest.fixture(scope="module")
def eve(local_cloud: LocalCloud) -> Account:
    return account(local_cloud)


def reported(cloud: LocalCloud, admin: Account, thing_id: str, which: str = "undecided") -> list[dict[str, Any]]:
    found = ask(cloud, "GET", f"/api/admin/reports?list={which}&limit=100", admin).raise_for_status().json()["reports"]
    return [each for each in found if each["id"] == thing_id]


def decide(cloud: LocalCloud, admin: Account, thing: str, decision: str) -> bool:
    answer = ask(cloud, "POST", f"/api/admin/reports/{thing}/{decision}", admin).raise_for_status()
    return bool(answer.json()["hidden"])


def audit_entries(cloud: LocalCloud, admin: Account, subject: str) -> list[tuple[str, str]]:
    """What the log says that this admin did to something, newest first, and what came of it."""
    name = username(cloud, admin)
    found = ask(cloud, "GET", "/api/admin/log?limit=100", admin).raise_for_status().json()["entries"]
    mine = [each for each in found if each["subject"] == subject and each["by"] == name and each["at"]]
    return [(each["action"], each["outcome"]) for each in mine]


def places(cloud: LocalCloud, shown: dict[str, Any], by: Account | None) -> dict[str, bool]:
    """By which ways somebody gets to see a picture."""
    with cloud.http(headers=by.headers if by else {}) as http:
        label = shown["labels"][0]["label"]
        found = {
            "itself": f"/api/images/{shown['id']}",
            "newest": "/api/images?limit=100",
            "label": f"/api/images?label={label}&limit=100",
            "ids": f"/api/images?ids={shown['id']}",
            "search": f"/api/search?query={label}&limit=100",
        }
        return {way: shown["id"] in http.get(path).text for way, path in found.items()}


def has_bytes(cloud: LocalCloud, image_id: str) -> bool:
    """Whether anybody gets any stored object of a picture by its address."""
    with cloud.http() as http:
        answers = [http.get(f"/{key}") for key in objects_of(cloud, image_id)]
    return any(each.is_success and "text/html" not in each.headers["content-type"] for each in answers)


@needs_model
def test_a_reported_picture_is_hidden_on_every_path_and_given_back(
    local_cloud: LocalCloud, anna: Account, eve: Account, admin: Account
) -> None:
    image_id = upload(local_cloud, anna)
    shown = settled(local_cloud, image_id)
    assert eventually(lambda: all(places(local_cloud, shown, None).values()), 60)
    for reporter, reason in ((None, "Not fit."), (None, "Said twice."), (eve, "I am in it.")):
        assert ask(local_cloud, "POST", "/api/reports", reporter, image_id=image_id, reason=reason).status_code == 202
    (report,) = reported(local_cloud, admin, image_id)
    assert (report["count"], sorted(report["reasons"]), report["hidden"]) == (2, ["I am in it.", "Not fit."], False)

    assert decide(local_cloud, admin, f"image/{image_id}", "hide")
    for stranger in (None, eve):
        assert not any(places(local_cloud, shown, stranger).values())
    assert not has_bytes(local_cloud, image_id)
    mine = seen(local_cloud, image_id, anna)
    assert mine
    assert (mine["hidden"], mine["visibility"]) == (True, "private")
    assert httpx.get(mine["urls"]["small"]).is_success
    assert patched(local_cloud, image_id, anna, mine["version"], visibility="public").status_code == 409
    assert reported(local_cloud, admin, image_id) == []
    assert len(reported(local_cloud, admin, image_id, "hidden")) == 1

    assert not decide(local_cloud, admin, f"image/{image_id}", "restore")
    again = seen(local_cloud, image_id, None)
    assert again
    assert (again["hidden"], again["caption"], again["labels"]) == (False, shown["caption"], shown["labels"])
    assert all(places(local_cloud, shown, None).values())
    assert has_bytes(local_cloud, image_id)
    assert reported(local_cloud, admin, image_id, "hidden") == []
    assert audit_entries(local_cloud, admin, f"image {image_id}") == [("restore", "done"), ("hide", "done")]


@needs_model
def test_a_reported_post_is_hidden_from_all_but_its_author(
    local_cloud: LocalCloud, anna: Account, eve: Account, admin: Account
) -> None:
    post = posted(local_cloud, anna, text="Buy now!")
    path = f"/api/posts/{post['id']}"
    assert ask(local_cloud, "POST", "/api/reports", eve, post_id=post["id"], reason="Spam.").status_code == 202
    (report,) = reported(local_cloud, admin, post["id"])
    assert (report["post"]["text"], report["reasons"]) == ("Buy now!", ["Spam."])
    assert decide(local_cloud, admin, f"post/{post['id']}", "hide")
    assert ask(local_cloud, "GET", path, eve).status_code == 404
    assert post["id"] not in ask(local_cloud, "GET", "/api/posts?limit=100").text
    assert ask(local_cloud, "GET", path, anna).json()["hidden"] is True
    assert not decide(local_cloud, admin, f"post/{post['id']}", "restore")
    assert ask(local_cloud, "GET", path, eve).json()["text"] == "Buy now!"
    assert audit_entries(local_cloud, admin, f"post {post['id']}") == [("restore", "done"), ("hide", "done")]


def test_who_is_disabled_writes_nothing_with_the_token_they_have(
    local_cloud: LocalCloud, eve: Account, admin: Account
) -> None:
    name = username(local_cloud, eve)

    def tried() -> int:
        return ask(local_cloud, "PATCH", "/api/me", eve, bio="Still here").status_code

    def sessions_may_begin() -> bool:
        found = local_cloud.client("cognito-idp").admin_get_user(
            UserPoolId=local_cloud.outputs["UserPoolId"], Username=sub_of(eve)
        )
        return bool(found["Enabled"])

    assert tried() == 200
    assert ask(local_cloud, "POST", f"/api/admin/people/{name}/disable", admin).status_code == 204
    assert (tried(), sessions_may_begin()) == (403, False)
    found = ask(local_cloud, "GET", f"/api/admin/people?username={name}", admin).json()["people"]
    assert [each["state"] for each in found] == ["disabled"]
    assert ask(local_cloud, "POST", f"/api/admin/people/{name}/enable", admin).status_code == 204
    assert (tried(), sessions_may_begin()) == (200, True)
    own = username(local_cloud, admin)
    assert ask(local_cloud, "POST", f"/api/admin/people/{own}/disable", admin).status_code == 409
    assert audit_entries(local_cloud, admin, f"person {name}") == [("enable", "done"), ("disable", "done")]


@contextmanager
def captioner_with_a_second_model(cloud: LocalCloud) -> Iterator[None]:
    """Put the compiled model beside itself under another name, as `make another-model` does with another one.

    What the captioner does not bring to an end comes again soon rather than after minutes.
    """
    functions, queues, admins = cloud.client("lambda"), cloud.client("sqs"), cloud.outputs["AdminFunctionName"]
    queue = queues.get_queue_url(QueueName="neural-gallery-local-recaptions")["QueueUrl"]
    patience = ["VisibilityTimeout", "RedrivePolicy"]
    waits = queues.get_queue_attributes(QueueUrl=queue, AttributeNames=patience)["Attributes"]
    # On a busy machine a batch takes longer than that, and is not to be given up for it.
    often = json.dumps(json.loads(waits["RedrivePolicy"]) | {"maxReceiveCount": 100})
    before = functions.get_function_configuration(FunctionName=admins)["Environment"]["Variables"]
    models = json.dumps([*json.loads(before["MODELS"]), SECOND])
    add_model(cloud)
    functions.update_function_configuration(FunctionName=admins, Environment={"Variables": before | {"MODELS": models}})
    queues.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "10", "RedrivePolicy": often})
    try:
        yield
    finally:
        # That the captioner has one more is no harm.
        queues.set_queue_attributes(QueueUrl=queue, Attributes=waits)
        functions.update_function_configuration(FunctionName=admins, Environment={"Variables": before})


def add_model(cloud: LocalCloud) -> None:
    """Give the captioner the second model."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, path in assets.function("caption").items():
            archive.write(path, name)
        archive.write(assets.MODEL / "model.tflite", f"caption/models/{SECOND}/model.tflite")
        manifest = json.loads((assets.MODEL / "manifest.json").read_text()) | {"name": SECOND}
        archive.writestr(f"caption/models/{SECOND}/manifest.json", json.dumps(manifest))
    place = {"Bucket": cloud.outputs["MediaBucketName"], "Key": "exports/captioner.zip"}
    cloud.client("s3").put_object(**place, Body=file.getvalue())
    cloud.client("lambda").update_function_code(
        FunctionName=cloud.outputs["CaptionFunctionName"], S3Bucket=place["Bucket"], S3Key=place["Key"]
    )
    cloud.client("s3").delete_object(**place)


def job(cloud: LocalCloud, admin: Account) -> dict[str, Any]:
    found: dict[str, Any] = ask(cloud, "GET", "/api/admin/recaption", admin).raise_for_status().json()["job"]
    return found


@pytest.mark.slow
@pytest.mark.timeout(600)
@needs_model
def test_everything_is_captioned_again_by_another_model_though_captioners_are_killed(
    local_cloud: LocalCloud, anna: Account, admin: Account
) -> None:
    ids = [upload(local_cloud, anna) for _ in range(8)]
    before = {each: settled(local_cloud, each) for each in ids}
    assert patched(local_cloud, ids[0], anna, before[ids[0]]["version"], labels=["my own"], title="Mine").is_success
    assert ask(local_cloud, "POST", "/api/admin/recaption", admin, model="no-such-model").status_code == 422
    with captioner_with_a_second_model(local_cloud):
        assert ask(local_cloud, "POST", "/api/admin/pause", admin, reason="Captioned again soon.").is_success
        assert ask(local_cloud, "POST", "/api/admin/recaption", admin, model=SECOND).status_code == 202
        refused = ask(local_cloud, "POST", "/api/admin/recaption", admin, model=SECOND)
        assert (refused.status_code, SECOND in refused.json()["detail"]) == (409, True)
        assert eventually(lambda: job(local_cloud, admin)["state"] == "captioning", 60)
        waiting = job(local_cloud, admin)
        assert (waiting["captioned"], waiting["sent"] >= len(ids)) == (0, True)
        # Nothing is lost meanwhile: each picture has the caption it had.
        assert {each: image(local_cloud, each)["caption"] for each in ids[1:]} == {
            each: before[each]["caption"] for each in ids[1:]
        }
        assert ask(local_cloud, "POST", "/api/admin/resume", admin).is_success
        assert eventually(lambda: job(local_cloud, admin)["captioned"] > 0, 120)
        for worker in local_cloud.workers("caption"):
            worker.kill()
        assert eventually(lambda: job(local_cloud, admin)["state"] == "done", 300), job(local_cloud, admin)
        after = {each: image(local_cloud, each) for each in ids}
        assert job(local_cloud, admin)["failed"] == 0
    assert {each["model"] for each in after.values()} == {SECOND}
    assert {each: found["caption"] for each, found in after.items()} == {
        each: found["caption"] for each, found in before.items()
    }
    mine = after[ids[0]]
    assert (mine["title"], [(each["label"], each["source"]) for each in mine["labels"]]) == (
        "Mine",
        [("my own", "owner")],
    )
    assert audit_entries(local_cloud, admin, f"model {SECOND}") == [("recaption", "refused"), ("recaption", "done")]


def test_sending_failures_through_again_is_logged(local_cloud: LocalCloud, admin: Account) -> None:
    assert ask(local_cloud, "POST", "/api/admin/failures/redrive", admin).status_code == 202
    assert ("redrive", "done") in audit_entries(local_cloud, admin, "")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "stats"),
        ("GET", "failures"),
        ("POST", "failures/redrive"),
        ("POST", "pause"),
        ("POST", "resume"),
        ("GET", "recaption"),
        ("POST", "recaption"),
        ("GET", "people"),
        ("POST", "people"),
        ("POST", "people/somebody/disable"),
        ("POST", "people/somebody/enable"),
        ("DELETE", "people/somebody"),
        ("GET", "reports"),
        ("POST", f"reports/image/{UNKNOWN}/hide"),
        ("POST", f"images/{UNKNOWN}/hide"),
        ("POST", f"images/{UNKNOWN}/restore"),
        ("GET", "log"),
    ],
)
def test_a_member_may_do_nothing_of_that(local_cloud: LocalCloud, anna: Account, method: str, path: str) -> None:
    body = {"pause": {"reason": "x"}, "people": {"email": "a@example.org"}}.get(path, {}) if method == "POST" else {}
    assert ask(local_cloud, method, f"/api/admin/{path}", anna, **body).status_code == 403
    assert ask(local_cloud, method, f"/api/admin/{path}", None, **body).status_code == 401
