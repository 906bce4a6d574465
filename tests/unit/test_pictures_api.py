"""The pictures' API as its callers see it."""

from typing import Any

import pytest
from tests.unit.conftest import Api, Gallery, forget_clients
from tests.unit.identity import CLIENT, POOL, Pool

from gallery import limits
from gallery.pictures import catalogue
from gallery.pictures.model import Content, Label, Picture, Prediction, captioned

PHOTO = {"name": "dog.jpg", "type": "image/jpeg", "size": 1000}
ULID = "01KAGVQ2W3M8Y6Z5T4R7N9P0XC"


def ticket(api: Api, **file: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = api("POST", "/api/uploads", body={"files": [{**PHOTO, **file}]})
    assert answer.status == 201, answer.text
    upload: dict[str, Any] = answer.json["uploads"][0]
    return upload


def captioned_picture(api: Api, *labels: str, sha256: str = "0" * 64) -> Picture:
    """A picture as the captioner leaves it."""
    found = catalogue.find(ticket(api)["image_id"])
    assert found is not None
    content = Content(
        etag="e", media_type="image/jpeg", size=9, sha256=sha256, width=4, height=3, color="#102030",
        placeholder="AAAA", rendition=1, extension="jpg",
    )  # fmt: skip
    seen = [Label(name, f"n{place:08d}", 0.9 - place / 10) for place, name in enumerate(labels or ("pug",))]
    return catalogue.change(
        found, captioned(found, content, Prediction("resnet50", seen, "A pug", found.created_at, 9.5))
    )


def test_a_ticket_lets_in_exactly_one_key_and_type(api: Api) -> None:
    upload = ticket(api, title="Rex", attribution="me")
    assert upload["status"] == "ready"
    assert upload["fields"]["key"] == f"incoming/{upload['image_id']}"
    assert upload["fields"]["Content-Type"] == "image/jpeg"
    assert upload["expires_at"].endswith("Z")


def test_what_the_uploader_said_is_safe_before_the_bytes_arrive(api: Api, gallery: Gallery) -> None:
    upload = ticket(api, title="Rex ", attribution="me")
    image = api("GET", f"/api/images/{upload['image_id']}").json
    assert (image["status"], image["title"], image["attribution"], image["filename"]) == (
        "pending", "Rex", "me", "dog.jpg",
    )  # fmt: skip
    assert f"records/{upload['image_id']}.json" in gallery.objects()
    assert api("GET", "/api/images").json == {"images": [], "next_cursor": None}


def test_files_are_answered_in_order_and_a_bad_one_does_not_stop_the_rest(api: Api) -> None:
    files = [
        PHOTO,
        {**PHOTO, "size": 0},
        {**PHOTO, "size": limits.MAX_UPLOAD_BYTES + 1},
        {**PHOTO, "type": "text/plain"},
        {**PHOTO, "type": ""},
        {**PHOTO, "type": "image/JPG; charset=x"},
    ]
    uploads = api("POST", "/api/uploads", body={"files": files}).json["uploads"]
    assert [each["status"] for each in uploads] == ["ready", "rejected", "rejected", "rejected", "ready", "ready"]
    assert [each.get("code") for each in uploads[1:4]] == ["not_an_image", "too_large", "unsupported_format"]
    assert uploads[5]["fields"]["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    ("files", "field"),
    [
        ([], "files"),
        ([PHOTO] * 51, "files"),
        ([{**PHOTO, "size": -1}], "files.0.size"),
        ([{**PHOTO, "size": "12"}], "files.0.size"),
        ([{**PHOTO, "name": ""}], "files.0.name"),
        ([{**PHOTO, "title": "x" * 201}], "files.0.title"),
        ([{**PHOTO, "attribution": "x" * 1001}], "files.0.attribution"),
        ([{**PHOTO, "visibility": "secret"}], "files.0.visibility"),
        ([{**PHOTO, "sha256": "abc"}], "files.0.sha256"),
        ([{**PHOTO, "colour": "red"}], "files.0.colour"),
        ([{**PHOTO, "name": "\ud800"}], "files.0.name"),
        ("dog.jpg", "files"),
        (None, "files"),
    ],
)
def test_a_bad_field_is_named(api: Api, files: Any, field: str) -> None:  # noqa: ANN401
    answer = api("POST", "/api/uploads", body={"files": files})
    assert answer.status == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert field in [each["field"] for each in answer.json["errors"]]


@pytest.mark.parametrize("body", ["{", "", "\x00", "[" * 100_000])
def test_a_body_that_is_not_json_is_a_bad_request(api: Api, body: str) -> None:
    answer = api("POST", "/api/uploads", body=body)
    assert answer.status in {400, 422}
    assert answer.json["status"] == answer.status


@pytest.mark.parametrize("body", ["[]", "7", '"x"', "null"])
def test_json_of_another_kind_is_unprocessable(api: Api, body: str) -> None:
    assert api("POST", "/api/uploads", body=body).status == 422


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data"],
)
def test_another_content_type_is_refused(api: Api, kind: str) -> None:
    answer = api("POST", "/api/uploads", body="files=1", headers={"content-type": kind})
    assert answer.status == 415
    assert answer.json["title"] == "Unsupported Media Type"


def test_lists_are_newest_first_and_paged(api: Api) -> None:
    ids = sorted((captioned_picture(api).id for _ in range(5)), reverse=True)
    first = api("GET", "/api/images", query={"limit": "2"}).json
    second = api("GET", "/api/images", query={"limit": "2", "cursor": first["next_cursor"]}).json
    last = api("GET", "/api/images", query={"limit": "2", "cursor": second["next_cursor"]}).json
    assert [each["id"] for page in (first, second, last) for each in page["images"]] == ids
    assert last["next_cursor"] is None
    whole = api("GET", "/api/images", query={"limit": "5"}).json
    assert ([each["id"] for each in whole["images"]], whole["next_cursor"]) == (ids, None)


def test_a_list_can_be_narrowed_to_a_label_or_a_state(api: Api) -> None:
    pug, cat = captioned_picture(api, "pug"), captioned_picture(api, "tabby", "Egyptian cat")
    waiting = ticket(api)
    found = {
        (name, value): [each["id"] for each in api("GET", "/api/images", query={name: value}).json["images"]]
        for name, value in [("label", "Pug"), ("label", "egyptian cat"), ("label", "car"), ("status", "captioned")]
    }
    assert found[("label", "Pug")] == [pug.id]
    assert found[("label", "egyptian cat")] == [cat.id]
    assert found[("label", "car")] == []
    assert set(found[("status", "captioned")]) == {pug.id, cat.id}
    asked = api("GET", "/api/images", query={"ids": f"{waiting['image_id']},{pug.id},{ULID}"}).json["images"]
    assert [each["id"] for each in asked] == [waiting["image_id"], pug.id]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"limit": "0"}, 422),
        ({"limit": "101"}, 422),
        ({"limit": "many"}, 422),
        ({"status": "lost"}, 422),
        ({"label": "a", "status": "failed"}, 422),
        ({"ids": "not-an-id"}, 422),
        ({"ids": ",".join([ULID] * 101)}, 422),
        ({"cursor": "not-ours"}, 400),
        ({"cursor": "x" * 1001}, 400),
    ],
)
def test_bad_parameters_get_a_clear_answer(api: Api, query: dict[str, str], status: int) -> None:
    answer = api("GET", "/api/images", query=query)
    assert (answer.status, answer.json["status"]) == (status, status)
    assert answer.json["errors"]


def test_an_image_has_every_field_of_the_contract(api: Api) -> None:
    picture = captioned_picture(api)
    image = api("GET", f"/api/images/{picture.id}").json
    assert set(image) == {
        "id", "status", "caption", "labels", "captions", "key", "version", "title", "filename", "attribution", "owner",
        "visibility", "caption_hidden", "type", "size", "width", "height", "sha256", "color", "placeholder",
        "created_at", "taken_at", "taken_offset", "taken_from", "camera", "location", "captioned_at",
        "inference_time_ms", "model", "urls", "sizes", "failure", "hidden", "trashed_at", "favourite", "description",
        "archived", "owner_name", "albums", "guest_name", "review", "stack",
    }  # fmt: skip
    assert image["labels"] == [{"label": "pug", "probability": 0.9, "source": "model"}]
    assert image["urls"] == {
        "original": f"/api/images/{picture.id}/download",
        "large": f"/media/{picture.id}/1-large.jpg",
        "medium": f"/media/{picture.id}/1-large.jpg",
        "small": f"/media/{picture.id}/1-small.jpg",
    }


@pytest.mark.parametrize("image_id", [ULID, "nonsense", "../records", "%00"])
def test_what_does_not_exist_is_not_found(api: Api, image_id: str) -> None:
    for method in ("GET", "DELETE"):
        assert api(method, f"/api/images/{image_id}").status == 404
    assert api("GET", f"/api/images/{image_id}/download").status == 404


def test_deleting_leaves_nothing_but_a_tombstone(api: Api, gallery: Gallery) -> None:
    picture = captioned_picture(api)
    gallery.upload(picture.id, b"bytes")
    answer = api("DELETE", f"/api/images/{picture.id}")
    assert (answer.status, answer.text) == (204, "")
    assert gallery.objects() == set()
    of_it = {each["pk"] for each in gallery.rows() if picture.id in each["pk"] + each["sk"]}
    assert of_it == {f"IMAGE#{picture.id}", "TOMBSTONES"}
    assert api("GET", f"/api/images/{picture.id}").status == 404
    assert api("DELETE", f"/api/images/{picture.id}").status == 404
    assert api("GET", "/api/images").json["images"] == []
    assert api("GET", "/api/images", query={"ids": picture.id}).json["images"] == []


def test_the_original_is_downloaded_under_its_own_name(api: Api, pool: Pool) -> None:
    picture = captioned_picture(api)
    admin = pool.bearer("root", groups=["admin"])
    answer = api("GET", f"/api/images/{picture.id}/download", headers=admin)
    assert answer.status == 302
    assert f"/originals/{picture.id}?" in answer.headers["location"]
    assert "dog.jpg" in answer.headers["location"]
    asked = api("GET", f"/api/images/{picture.id}/download", query={"format": "json"}, headers=admin).json
    assert (asked["filename"], asked["original"]) == ("dog.jpg", True)
    assert asked["expires_at"].endswith("Z")
    assert api("GET", f"/api/images/{picture.id}/download", query={"format": "xml"}).status == 422
    assert api("GET", f"/api/images/{ticket(api)['image_id']}/download").status == 404


def test_only_renditions_are_handed_out_where_originals_are_not(api: Api, environment: pytest.MonkeyPatch) -> None:
    picture = captioned_picture(api)
    environment.setenv("ORIGINALS_DOWNLOADABLE", "false")
    from gallery.settings import settings  # noqa: PLC0415

    settings.cache_clear()
    assert f"/media/{picture.id}/1-large.jpg?" in api("GET", f"/api/images/{picture.id}/download").headers["location"]


def test_the_same_bytes_are_recognised_by_their_hash(api: Api) -> None:
    picture = captioned_picture(api, sha256="a" * 64)
    assert ticket(api, sha256="A" * 64) == {"status": "duplicate", "duplicate_of": picture.id}
    assert ticket(api, sha256="b" * 64)["status"] == "ready"
    api("DELETE", f"/api/images/{picture.id}")
    assert ticket(api, sha256="a" * 64)["status"] == "ready"


def test_a_members_gallery_lets_nobody_unknown_upload_or_delete(api: Api, environment: pytest.MonkeyPatch) -> None:
    picture = captioned_picture(api)
    environment.setenv("ACCESS_MODE", "members")
    from gallery.settings import settings  # noqa: PLC0415

    settings.cache_clear()
    assert api("POST", "/api/uploads", body={"files": [PHOTO]}).status == 401
    assert api("DELETE", f"/api/images/{picture.id}").status == 401
    assert api("GET", f"/api/images/{picture.id}").status == 200


def test_a_private_picture_needs_somebody_to_belong_to(api: Api) -> None:
    assert api("POST", "/api/uploads", body={"files": [{**PHOTO, "visibility": "private"}]}).status == 401


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/images"),
        ("GET", f"/api/images/{ULID}"),
        ("DELETE", f"/api/images/{ULID}"),
        ("POST", "/api/uploads"),
    ],
)
@pytest.mark.parametrize("token", ["Bearer x.y.z", "Basic abc", "Bearer"])
def test_a_bad_token_is_never_taken_for_none(api: Api, method: str, path: str, token: str) -> None:
    answer = api(method, path, body={"files": [PHOTO]}, headers={"authorization": token})
    assert (answer.status, answer.headers["content-type"]) == (401, "application/problem+json")


def test_unknown_addresses_and_methods_are_told_apart(api: Api) -> None:
    assert api("GET", "/api/nothing").status == 404
    answer = api("PUT", "/api/images")
    assert (answer.status, answer.headers["allow"]) == (405, "GET")
    assert api("DELETE", "/api/uploads").status == 405


def test_the_page_learns_what_it_needs_to_start(api: Api) -> None:
    settings = api("GET", "/api/settings").json
    assert (settings["access"], settings["model"], settings["uploads"]["max_files"]) == ("open", "resnet50", 50)
    assert api("GET", "/api/health").json == {"status": "ok", "version": "1.2.3"}


def test_whoever_sends_many_learns_the_limits_and_what_a_picture_costs(
    api: Api, environment: pytest.MonkeyPatch
) -> None:
    assert set(api("GET", "/api/settings").json["limits"].values()) == {None}
    limits = {"uploads_per_hour": 500, "captions_per_hour": 1000, "captions_a_day": 10_000, "picture_dollars": 0.00008}
    for name, limit in limits.items():
        environment.setenv(name.upper(), str(limit))
    forget_clients()
    assert api("GET", "/api/settings").json["limits"] == {**limits, "allowance": None}
    assert api("GET", "/api/settings").json["export_gb_dollars"] is None
    environment.setenv("EXPORT_GB_DOLLARS", "0.1")
    forget_clients()
    assert api("GET", "/api/settings").json["export_gb_dollars"] == 0.1


@pytest.mark.usefixtures("pool")
@pytest.mark.parametrize("sign_up", ["invite", "open", "closed"])
def test_the_page_learns_where_people_sign_in_and_who_gets_an_account(
    api: Api, environment: pytest.MonkeyPatch, sign_up: str
) -> None:
    environment.setenv("SIGN_UP", sign_up)
    forget_clients()
    identity = api("GET", "/api/settings").json["identity"]
    assert (identity["user_pool_id"], identity["client_id"]) == (POOL, CLIENT)
    assert (identity["sign_up"], identity["passkeys"]) == (sign_up, False)


def test_a_fault_of_ours_tells_nothing_of_its_cause(api: Api, gallery: Gallery) -> None:
    gallery.dynamodb.delete_table(TableName="gallery-test")
    answer = api("GET", "/api/images")
    assert (answer.status, answer.headers["content-type"]) == (500, "application/problem+json")
    assert "Table" not in answer.text
    assert "Traceback" not in answer.text
