"""What each function is there for, as work that has to succeed: whoever lacks a right fails at some of it."""

import io
import json
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from zipfile import ZipFile

import httpx
from tests.least_privilege.visitors import SOON, Gallery, photograph, sub_of
from tests.local_cloud import eventually

from gallery.captioning.events import description_request, reminder
from gallery.captioning.recaptions import RecaptionTask, message
from gallery.mosaics.mosaics import Design

Work = Callable[[Gallery], None]

SEARCHED = {"limit": "100"}
DESIGN: dict[str, Any] = {"tiles": "gallery", "tile_size": 16, "blend": 0.5, "width": 640}


def pictures_are_uploaded_listed_and_fetched(gallery: Gallery) -> None:
    found = gallery.picture(gallery.anna)
    image_id = found["id"]
    gallery.ask("GET", "/api/labels")
    listed = gallery.ask("GET", "/api/images", params={"ids": image_id})["images"]
    assert [each["id"] for each in listed] == [image_id]
    assert gallery.ask("GET", "/api/images", params={"label": found["labels"][0]["label"], "limit": "1"})["images"]
    with gallery.cloud.http() as http:
        there = http.get(f"/api/images/{image_id}/download").headers["location"]
    httpx.get(there).raise_for_status()


def pictures_are_corrected_hidden_shown_and_deleted(gallery: Gallery) -> None:
    image_id = gallery.picture(gallery.anna)["id"]
    gallery.change(image_id, gallery.anna, title="Changed", labels=["noise"])
    gallery.change(image_id, gallery.anna, visibility="private")
    assert all("private/" in each for each in gallery.objects(f"{image_id}/"))
    httpx.get(gallery.shown(image_id, gallery.anna)["urls"]["small"]).raise_for_status()
    gallery.change(image_id, gallery.anna, visibility="public")
    assert all("media/" in each for each in gallery.objects(f"{image_id}/"))
    for somebody in (gallery.anna, gallery.admin):
        for method in ("PUT", "DELETE", "PUT"):
            gallery.ask(method, f"/api/images/{image_id}/favourite", somebody)
    for action, folder in (("trash", "private/"), ("restore", "media/")):
        gallery.ask("POST", f"/api/images/{image_id}/{action}", gallery.anna)
        assert all(folder in key for key in gallery.objects(f"{image_id}/"))
    gallery.change(image_id, gallery.anna, taken_at="2001-02-03T04:05:06")
    listed = gallery.ask(
        "GET", "/api/images", gallery.anna, params={"order": "taken", "owner": "me", "to": "2001-02-03"}
    )
    assert [each["id"] for each in listed["images"]] == [image_id]
    months = gallery.ask("GET", "/api/timeline", gallery.anna, params={"owner": "me"})["months"]
    assert {"month": "2001-02", "count": 1} in months
    gallery.ask("DELETE", f"/api/images/{image_id}", gallery.anna)
    assert gallery.objects(image_id) == []


def private_pictures_and_mosaics_are_deleted(gallery: Gallery) -> None:
    image_id = gallery.picture(gallery.anna, visibility="private")["id"]
    asked = gallery.ask("POST", f"/api/images/{image_id}/mosaic", gallery.anna, json=DESIGN)
    assert asked["status"] in {"pending", "ready"}
    gallery.ask("DELETE", f"/api/images/{image_id}", gallery.anna)
    assert eventually(lambda: gallery.objects(image_id) == [], SOON)


def trials_are_counted(gallery: Gallery) -> None:
    with gallery.configured("classify", variables={"TRIALS_PER_HOUR": "1000"}):
        for by in (None, gallery.anna):
            kind = {"content-type": "image/jpeg"}
            assert gallery.ask("POST", "/api/classify", by, content=photograph(), headers=kind)["caption"]


def batch(*bodies: str, receives: int = 1) -> dict[str, Any]:
    """Messages of a queue as Lambda hands them over, which were received so often."""
    records = [{"messageId": str(number), "body": body} for number, body in enumerate(bodies)]
    attributes = {"ApproximateReceiveCount": str(receives)}
    return {"Records": [each | {"eventSource": "aws:sqs", "attributes": attributes} for each in records]}


def pictures_are_captioned(gallery: Gallery) -> None:
    for visibility in ("public", "private"):
        image_id = gallery.ticket(gallery.anna, visibility=visibility)
        gallery.call("caption", batch(reminder(image_id)))
        assert gallery.shown(image_id, gallery.anna)["status"] == "captioned"


def pictures_nobody_announced_are_taken_in(gallery: Gallery) -> None:
    image_id = gallery.ticket()
    gallery.forget(f"IMAGE#{image_id}", "IMAGE")
    gallery.call("caption", batch(reminder(image_id)))
    assert gallery.shown(image_id)["status"] == "captioned"


def copies_and_late_pictures_leave_nothing(gallery: Gallery) -> None:
    first, copy = photograph(), gallery.ticket()
    gallery.cloud.client("s3").put_object(Bucket=gallery.bucket, Key=f"originals/{copy}", Body=first)
    gallery.call("caption", batch(reminder(copy)))
    again = gallery.ticket()
    gallery.cloud.client("s3").put_object(Bucket=gallery.bucket, Key=f"originals/{again}", Body=first)
    gallery.call("caption", batch(reminder(again)))
    assert gallery.objects(again) == [f"records/{again}.json"]
    gallery.ask("DELETE", f"/api/images/{copy}")
    for late in (
        f"originals/{copy}",
        f"records/{copy}.json",
        f"media/{copy}/1-small.jpg",
        f"private/{copy}/1-small.jpg",
        f"downloads/{copy}/1",
    ):
        gallery.store(late)
    gallery.call("caption", batch(reminder(copy)))
    assert gallery.objects(copy) == []


def copies_of_private_pictures_are_private(gallery: Gallery) -> None:
    body, image_id = photograph(), ""
    for visibility in ("private", "public"):
        image_id = gallery.ticket(gallery.anna, visibility=visibility)
        gallery.cloud.client("s3").put_object(Bucket=gallery.bucket, Key=f"originals/{image_id}", Body=body)
        gallery.call("caption", batch(reminder(image_id)))
    assert gallery.shown(image_id, gallery.anna)["visibility"] == "private"


def other_bytes_are_captioned_anew(gallery: Gallery) -> None:
    image_id = gallery.ticket(gallery.anna)
    gallery.call("caption", batch(reminder(image_id)))
    gallery.cloud.client("s3").put_object(Bucket=gallery.bucket, Key=f"originals/{image_id}", Body=photograph())
    gallery.call("caption", batch(reminder(image_id)))


def left_behind(image_id: str) -> list[str]:
    """Keys of all that may be stored of a picture."""
    shown = [f"{prefix}/{image_id}/9-small.jpg" for prefix in ("media", "private")]
    return [
        f"incoming/{image_id}",
        f"originals/{image_id}",
        f"records/{image_id}.json",
        f"downloads/{image_id}/9",
        *shown,
    ]


def events_about_nothing_are_harmless(gallery: Gallery) -> None:
    image_id = gallery.ticket()
    for prefix in ("incoming", "originals"):
        gallery.cloud.client("s3").delete_object(Bucket=gallery.bucket, Key=f"{prefix}/{image_id}")
    gallery.call("caption", batch(reminder(image_id)))


def pictures_are_captioned_again(gallery: Gallery) -> None:
    image_id = gallery.ticket()
    gallery.call("caption", batch(reminder(image_id)))
    description_request = RecaptionTask(secrets.token_hex(8), image_id, "resnet50", "2099-01-01T00:00:00+00:00")
    gallery.call("caption", batch(message(description_request)))


def has_vectors(gallery: Gallery, image_id: str) -> bool:
    """Tell whether nothing is left to be done about what was written of a picture."""
    return gallery.row("EMBEDDINGS", image_id) is None


def what_is_written_later_gets_a_vector(gallery: Gallery) -> None:
    image_id = gallery.picture(gallery.anna)["id"]
    gallery.change(image_id, gallery.anna, title=f"Noise {secrets.token_hex(4)}")
    assert eventually(lambda: has_vectors(gallery, image_id), SOON)


def what_is_written_at_the_start_gets_a_vector(gallery: Gallery) -> None:
    image_id = gallery.picture(gallery.anna, title=f"Noise {secrets.token_hex(4)}")["id"]
    assert eventually(lambda: has_vectors(gallery, image_id), SOON)


def vectors_are_made(gallery: Gallery) -> None:
    image_id = gallery.picture(gallery.anna, title=f"Noise {secrets.token_hex(4)}")["id"]
    assert eventually(lambda: has_vectors(gallery, image_id), SOON)
    gallery.set("EMBEDDINGS", image_id, version={"N": "1"}, noted_at={"N": "0"})
    gallery.call("embed", {"ids": [image_id]})
    assert has_vectors(gallery, image_id)


def vectors_that_nobody_made_are_made(gallery: Gallery) -> None:
    image_id = gallery.picture(gallery.anna)["id"]
    gallery.set("EMBEDDINGS", image_id, version={"N": "1"}, noted_at={"N": "0"})
    swept(gallery)
    assert eventually(lambda: has_vectors(gallery, image_id), SOON)


def pictures_are_described(gallery: Gallery) -> None:
    for visibility in ("public", "private"):
        image_id = gallery.picture(gallery.anna, visibility=visibility)["id"]
        # What the sentence says as well counts for more than before.
        gallery.change(image_id, gallery.anna, attribution="Noise")
        # In a new process, which has to fetch the key.
        with gallery.configured("describe", variables={"FRESH": image_id}):
            gallery.call("describe", batch(description_request(image_id)))
        assert gallery.shown(image_id, gallery.anna)["captions"][0]["source"] == "llava"
        assert eventually(partial(has_vectors, gallery, image_id), SOON)


def what_fails_for_the_last_time_is_a_dead_letter(gallery: Gallery) -> None:
    image_id = gallery.ticket()
    event = batch(reminder(image_id), receives=1000)
    with gallery.configured("caption", variables={"MEDIA_BUCKET": "no-such-bucket"}), suppress(AssertionError):
        gallery.call("caption", event)
    assert gallery.row("DEADLETTERS", image_id)


def dead_letters_are_drained(gallery: Gallery) -> None:
    image_id, queues = f"01{secrets.token_hex(12).upper()}", gallery.cloud.client("sqs")
    gallery.set(f"IMAGE#{image_id}", "TROUBLE", reason={"S": "a thunderstorm"})
    task = RecaptionTask(secrets.token_hex(8), image_id, "resnet50", "2099-01-01T00:00:00+00:00")
    queue = gallery.cloud.outputs["DeadLettersUrl"]
    for body in (reminder(image_id), message(task)):
        queues.send_message(QueueUrl=queue, MessageBody=body)
    gallery.call("sweep", {"look": True})
    assert "a thunderstorm" in str(gallery.row("DEADLETTERS", image_id))


def pictures_are_found(gallery: Gallery) -> None:
    found = gallery.picture(gallery.anna, visibility="private", title=f"Noise {secrets.token_hex(4)}")
    query = {"query": found["title"], **SEARCHED}
    results = gallery.ask("GET", "/api/search", gallery.anna, params=query)
    (own,) = [each for each in results["results"] if found["id"] in json.dumps(each)]
    shown = own.get("image", own)
    httpx.get(shown["urls"]["small"]).raise_for_status()
    gallery.ask("GET", f"/api/images/{found['id']}/similar", gallery.anna)


def votes_are_counted_and_read(gallery: Gallery) -> None:
    image_id, query = gallery.ticket(), f"noise {secrets.token_hex(8)}"
    said = {"feedback": [{"query": query, "positive": [image_id]}]}
    for by in (None, gallery.anna):
        gallery.ask("POST", "/api/feedback", by, json=said)
    (found,) = gallery.ask("GET", "/api/analytics", gallery.admin, params={"query": query})["feedback"]
    assert found["positive"] == [{"image_id": image_id, "count": 2}]
    assert gallery.ask("GET", "/api/analytics", gallery.admin)["feedback"]


def votes_come_as_a_file(gallery: Gallery) -> None:
    gallery.forget("FEEDBACK", "EXPORT#")
    answers: list[Any] = []

    def there() -> bool:
        answers.append(gallery.ask("GET", "/api/analytics", gallery.admin, params={"format": "csv"}))
        return "url" in answers[-1]

    said = {"feedback": [{"query": secrets.token_hex(8), "positive": [gallery.ticket()]}]}
    gallery.ask("POST", "/api/feedback", json=said)
    assert eventually(there, SOON)
    httpx.get(answers[-1]["url"]).raise_for_status()


def pictures_are_reported(gallery: Gallery) -> None:
    image_id = gallery.ticket()
    gallery.ask("POST", "/api/reports", gallery.anna, json={"image_id": image_id, "reason": "This is mine."})
    reports = gallery.ask("GET", "/api/admin/reports", gallery.admin, params={"limit": "100"})["reports"]
    assert image_id in [each["id"] for each in reports]


def posts_are_made_liked_changed_and_removed(gallery: Gallery) -> None:
    image_id, eve = gallery.picture(gallery.anna)["id"], gallery.somebody()
    made = gallery.ask("POST", "/api/posts", gallery.anna, json={"image_id": image_id, "text": "Look!"})
    path = f"/api/posts/{made['id']}"
    gallery.ask("PUT", f"{path}/like", eve)
    assert gallery.ask("GET", path, eve)["liked_by_me"]
    assert made["id"] in str(gallery.ask("GET", "/api/posts/most-liked"))
    gallery.ask("DELETE", f"{path}/like", eve)
    gallery.ask("PUT", f"{path}/like", eve)
    gallery.ask("PATCH", path, gallery.anna, json={"text": "Changed"})
    gallery.ask("DELETE", path, gallery.anna)


def posts_are_shared_by_a_link(gallery: Gallery) -> None:
    image_id = gallery.picture(gallery.anna)["id"]
    made = gallery.ask("POST", "/api/posts", gallery.anna, json={"image_id": image_id})
    path = f"/api/posts/{made['id']}/share"
    link = gallery.ask("POST", path, gallery.anna, json={})
    httpx.get(link["url"]).raise_for_status()
    httpx.get(f"{link['url']}/preview.jpg").raise_for_status()
    gallery.remove(f"media/{image_id}/")
    assert httpx.get(f"{link['url']}/preview.jpg").status_code == 404
    assert gallery.ask("GET", path, gallery.anna)["shares"] == [link]
    gallery.ask("DELETE", f"{path}/{link['token']}", gallery.anna)
    assert httpx.get(link["url"]).status_code == 404


def the_feed_has_posts_of_those_one_follows(gallery: Gallery) -> None:
    eve = gallery.somebody()
    made = gallery.ask(
        "POST", "/api/posts", gallery.anna, json={"image_id": gallery.picture(gallery.anna)["id"], "text": "Look!"}
    )
    gallery.ask("PUT", f"/api/users/{made['author']}/follow", eve)
    assert made["id"] in str(gallery.ask("GET", "/api/feed", eve))


def albums_are_made_shared_and_deleted(gallery: Gallery) -> None:
    picture = gallery.picture(gallery.anna, visibility="private")["id"]
    public = gallery.picture(gallery.anna)["id"]
    album = gallery.ask("POST", "/api/albums", gallery.anna, json={"title": "Sea", "order": "manual"})["id"]
    path = f"/api/albums/{album}"
    added = gallery.ask("PUT", f"{path}/images", gallery.anna, json={"ids": [picture, public]})["results"]
    assert [each["status"] for each in added] == [200, 200]
    moved = gallery.ask("POST", f"{path}/order", gallery.anna, json={"ids": [picture], "after": None})["results"]
    assert [each["status"] for each in moved] == [200]
    shown = gallery.ask("GET", path, gallery.anna)
    httpx.get(shown["cover"]["urls"]["small"]).raise_for_status()
    assert gallery.ask("GET", "/api/images", gallery.anna, params={"album": album})["images"]
    made = gallery.ask("POST", f"{path}/links", gallery.anna, json={})
    gallery.ask("PATCH", f"{path}/links/{made['link_id']}", gallery.anna, json={"name": "the family"})
    with gallery.cloud.http() as http:
        assert "og:image" in http.get(f"/a/{made['token']}").raise_for_status().text
        for cover in (picture, public):
            gallery.ask("PATCH", path, gallery.anna, json={"cover": cover}, headers={"if-match": "*"})
            http.get(f"/a/{made['token']}/cover.jpg").raise_for_status()
    friend = gallery.somebody()
    name = gallery.username(friend)
    gallery.ask("PUT", f"{path}/people/{name}", gallery.anna, json={"role": "contributor"})
    gallery.ask("PUT", f"{path}/people/me", friend, json={})
    gallery.ask("DELETE", f"{path}/people/me", friend)
    gallery.ask("DELETE", path, gallery.anna)
    assert eventually(lambda: gallery.shown(picture, gallery.anna)["albums"] == [], SOON)


def albums_are_brought_back(gallery: Gallery) -> None:
    album = gallery.ask("POST", "/api/albums", gallery.anna, json={"title": "Sea"})["id"]
    gallery.forget(f"ALBUM#{album}", "ALBUM")
    assert gallery.call("albums", {"bring_back": [album]}) == {"brought_back": 1}
    assert gallery.call("albums", {"bring_back": [f"{album[:-1]}0", album]})["brought_back"] < 2


def guests_add_by_a_link_and_take_back(gallery: Gallery) -> None:
    album = gallery.ask("POST", "/api/albums", gallery.anna, json={"title": "Sea"})["id"]
    said = {"mode": "view_and_add", "review": False, "downloads": "originals", "password": "by the sea"}
    token = gallery.ask("POST", f"/api/albums/{album}/links", gallery.anna, json=said)["token"]
    path, given = f"/api/links/{token}", {"x-link-password": "by%20the%20sea"}
    given = {"x-link-access": gallery.ask("GET", path, headers=given)["access"]}
    content = photograph()
    file = {"name": "noise.jpg", "type": "image/jpeg", "size": len(content)}
    answer = gallery.ask("POST", f"{path}/uploads", json={"files": [file]}, headers=given)
    (ticket,) = answer["uploads"]
    httpx.post(ticket["url"], data=ticket["fields"], files={"file": content}, timeout=30).raise_for_status()
    given |= {"x-visit": answer["visit"]}
    image = f"{path}/images/{ticket['image_id']}"

    def captioned() -> bool:
        return bool(gallery.ask("GET", image, headers=given)["status"] == "captioned")

    assert eventually(captioned, SOON)
    saved = gallery.ask("GET", f"{image}/download", headers=given, params={"format": "json"})
    httpx.get(saved["url"]).raise_for_status()
    gallery.ask("POST", f"{image}/report", headers=given, json={"reason": "I am on it."})
    gallery.ask("DELETE", image, headers=given)
    gallery.ask("DELETE", f"/api/albums/{album}", gallery.anna)


def people_follow_each_other(gallery: Gallery) -> None:
    eve, name = gallery.somebody(), gallery.username(gallery.anna)
    chosen = f"eve_{secrets.token_hex(4)}"
    for name_of_hers in ("Eve Adams", "Eve Brown"):
        gallery.ask("PATCH", "/api/me", eve, json={"username": chosen, "display_name": name_of_hers, "bio": "Here."})
    assert gallery.row("NAME#brown", sub_of(eve))
    assert gallery.row("NAME#adams", sub_of(eve)) is None
    assert chosen in str(gallery.ask("GET", "/api/users", eve, params={"query": "eve bro"}))
    gallery.ask("PUT", f"/api/users/{name}/follow", eve)
    assert gallery.ask("GET", f"/api/users/{name}", eve)["followed_by_me"]
    assert chosen in str(gallery.ask("GET", f"/api/users/{name}/followers"))
    gallery.ask("GET", f"/api/users/{name}/mutual", eve)
    gallery.ask("GET", "/api/suggestions", eve)
    gallery.ask("DELETE", f"/api/users/{name}/follow", eve)


def everything_of_ones_own_comes_in_a_file(gallery: Gallery) -> None:
    eve, answers = gallery.somebody(), []

    def there() -> bool:
        answers.append(gallery.ask("POST", "/api/me/export", eve))
        return "url" in answers[-1]

    assert eventually(there, SOON)
    body = httpx.get(answers[-1]["url"]).raise_for_status().content
    assert "profile.json" in ZipFile(io.BytesIO(body)).namelist()


def originals_come_in_files(gallery: Gallery) -> None:
    eve, answers = gallery.somebody(), []
    shown = gallery.picture(eve)
    gallery.ask("POST", "/api/albums", eve, json={"title": "Noise"})

    def there() -> bool:
        answers.append(gallery.ask("POST", "/api/me/export", eve, json={"originals": True}))
        return "parts" in answers[-1]

    with gallery.configured("export", Timeout=50):  # so that it has to call itself
        assert eventually(there, SOON)
    body = httpx.get(answers[-1]["parts"][0]["url"]).raise_for_status().content
    names = ZipFile(io.BytesIO(body)).namelist()
    assert [name.rpartition("/")[2] for name in names if name.endswith(".jpg")] == [shown["filename"]]
    assert any(name.startswith("albums/") for name in names)
    assert not [key for key in gallery.objects(f"parts/{sub_of(eve)}/") if key.endswith(".snapshot")]


def people_leave(gallery: Gallery) -> None:
    gallery.ask("DELETE", "/api/me", gallery.somebody())


def leaving(gallery: Gallery) -> str:
    """Have somebody with everything one can have begin to leave, though nobody has begun to erase it; the sub."""
    eve = gallery.somebody()
    image_id, name = gallery.picture(eve)["id"], gallery.username(gallery.anna)
    made = gallery.ask("POST", "/api/posts", eve, json={"image_id": image_id, "text": "Hi."})
    gallery.ask("PUT", f"/api/posts/{made['id']}/like", eve)
    gallery.ask("PUT", f"/api/users/{name}/follow", eve)
    gallery.ask("PUT", f"/api/users/{gallery.username(eve)}/follow", gallery.anna)
    sub = sub_of(eve)
    gallery.picture(eve, visibility="private")
    gallery.store(f"exports/people/{sub}/file.zip")
    gallery.store(f"parts/{sub}/job/plan.json")
    upload_id = gallery.begin_upload(f"parts/{sub}/job/1.zip")
    progress = {"folder": {"S": f"parts/{sub}/job/"}, "parts": {"L": []}, "upload_id": {"S": upload_id}}
    gallery.set(f"PERSON#{sub}", "ORIGINALS", progress={"M": progress}, alive_at={"N": "0"})
    gallery.set(f"PERSON#{sub}", "PERSON", state={"S": "erasing"})
    gallery.set("ERASURES", sub, begun_at={"S": "2026-01-01T00:00:00+00:00"}, alive_at={"N": "0"})
    return sub


def everything_of_somebodys_is_erased(gallery: Gallery) -> None:
    sub = leaving(gallery)
    assert gallery.call("erase", {"erase": sub}) == {"progress": "done"}
    assert gallery.row("ERASURES", sub) is None
    assert gallery.objects(sub) == []


def albums_of_who_leaves_are_gone(gallery: Gallery) -> None:
    picture = gallery.picture(gallery.anna)["id"]
    somebody = gallery.somebody()
    own = gallery.ask("POST", "/api/albums", somebody, json={"title": "Sea"})["id"]
    others = gallery.ask("POST", "/api/albums", gallery.anna, json={"title": "Sea"})["id"]
    people = f"/api/albums/{others}/people"
    gallery.ask("PUT", f"{people}/{gallery.username(somebody)}", gallery.anna, json={"role": "contributor"})
    gallery.ask("PUT", f"{people}/me", somebody, json={})
    gallery.ask("PUT", f"/api/albums/{others}/images", gallery.anna, json={"ids": [picture]})
    gallery.ask("DELETE", "/api/me", somebody)
    gallery.call("erase", {"erase": sub_of(somebody)})
    assert gallery.objects(own) == []
    swept(gallery)
    assert eventually(lambda: gallery.row("CLEARINGS", f"{others}#") is None, SOON)


def erasing_goes_on_where_time_is_short(gallery: Gallery) -> None:
    sub = leaving(gallery)
    with gallery.configured("erase", Timeout=25):
        assert gallery.call("erase", {"erase": sub}) == {"progress": "more"}
    gallery.call("erase", {"erase": sub})


def admins_see_how_the_gallery_is(gallery: Gallery) -> None:
    gallery.ask("GET", "/api/admin/stats", gallery.admin)
    gallery.ask("GET", "/api/admin/people", gallery.admin)
    gallery.ask("GET", "/api/admin/log", gallery.admin)
    gallery.ask("GET", "/api/admin/failures", gallery.admin)


def what_failed_is_sent_again(gallery: Gallery) -> None:
    image_id = gallery.picture()["id"]
    gallery.set("DEADLETTERS", image_id, reason={"S": "rain"}, noted_at={"S": "2026-01-01T00:00:00+00:00"})
    assert gallery.ask("POST", "/api/admin/failures/redrive", gallery.admin)["redriven"]
    assert gallery.row("DEADLETTERS", image_id) is None


def everything_is_captioned_again(gallery: Gallery) -> None:
    gallery.picture()
    gallery.forget("RECAPTION", "JOB")
    gallery.ask("POST", "/api/admin/recaption", gallery.admin, json={})
    job = str((gallery.row("RECAPTION", "JOB") or {})["id"]["S"])
    gallery.set("RECAPTION", "JOB", after={"S": "originals/"})
    gallery.call("admin", {"recaption": job})
    assert "after" not in (gallery.row("RECAPTION", "JOB") or {"after": None})
    assert gallery.ask("GET", "/api/admin/recaption", gallery.admin)


def captioning_is_paused_and_goes_on(gallery: Gallery) -> None:
    gallery.ask("POST", "/api/admin/pause", gallery.admin, json={"reason": "Too dear."})
    gallery.ask("POST", "/api/admin/resume", gallery.admin)
    assert gallery.row("PAUSE", "CAPTIONING") is None


def a_planned_import_passes_the_limits(gallery: Gallery) -> None:
    """Too many captions stop nothing while there is an allowance, and do once there is none."""
    until = (datetime.now(UTC) + timedelta(days=1)).isoformat()
    too_many = {"stop": "Too many.", "hour": "2026-11-30T14", "tries": 1}
    gallery.ask("POST", "/api/admin/allowance", gallery.admin, json={"pictures": 1, "until": until})
    try:
        gallery.call("brake", too_many)
        assert gallery.row("PAUSE", "CAPTIONING") is None
        assert gallery.row("PAUSE", "RESUMED")
        gallery.ask("POST", "/api/admin/allowance", gallery.admin, json={"pictures": 0, "until": until})
        gallery.call("brake", too_many)
        assert gallery.row("PAUSE", "CAPTIONING")
    finally:
        for key in (("PAUSE", "CAPTIONING"), ("PAUSE", "RESUMED"), ("ALLOWANCE", "IMPORT")):
            gallery.forget(*key)
    gallery.call("brake", {"settle": True})


def people_are_invited_blocked_let_in_and_removed(gallery: Gallery) -> None:
    gallery.ask("POST", "/api/admin/people", gallery.admin, json={"email": f"{secrets.token_hex(6)}@example.org"})
    path = f"/api/admin/people/{gallery.username(gallery.somebody())}"
    gallery.ask("POST", f"{path}/disable", gallery.admin)
    gallery.ask("POST", f"{path}/enable", gallery.admin)
    gallery.ask("DELETE", path, gallery.admin)


def reported_pictures_are_hidden_and_given_back(gallery: Gallery) -> None:
    image_id = gallery.picture(gallery.anna)["id"]
    gallery.ask("POST", "/api/reports", json={"image_id": image_id, "reason": "This is mine."})
    assert gallery.ask("GET", "/api/admin/reports", gallery.admin)["reports"]
    for decision in ("hide", "restore"):
        gallery.ask("POST", f"/api/admin/images/{image_id}/{decision}", gallery.admin)
    shown = gallery.objects(f"{image_id}/")
    assert shown
    assert all("media/" in each for each in shown)


def mosaics_are_made(gallery: Gallery) -> None:
    for visibility in ("public", "private"):
        image_id = gallery.picture(gallery.anna, visibility=visibility)["id"]
        path = f"/api/images/{image_id}/mosaic"
        gallery.ask("POST", path, gallery.anna, json=DESIGN)
        states: list[str] = []

        def done(path: str = path, states: list[str] = states) -> bool:
            states.append(gallery.ask("GET", path, gallery.anna, params=DESIGN)["status"])
            return states[-1] != "pending"

        assert eventually(done, SOON)
        assert states[-1] == "ready"


def mosaics_whose_tiles_are_withdrawn_meanwhile_are_deleted(gallery: Gallery) -> None:
    gallery.set("MOSAICS", "WITHDRAWN", at_ms={"N": "9999999999999"})
    try:
        for visibility in ("public", "private"):
            image_id = gallery.picture(gallery.anna, visibility=visibility)["id"]
            gallery.ask("POST", f"/api/images/{image_id}/mosaic", gallery.anna, json=DESIGN)
            assert eventually(partial(made_and_deleted, gallery, image_id), SOON)
    finally:
        gallery.forget("MOSAICS", "WITHDRAWN")


def made_and_deleted(gallery: Gallery, image_id: str) -> bool:
    """Tell whether the mosaic of a picture has been stored and is gone."""
    row = gallery.row(f"MOSAICS#{image_id}", Design(**DESIGN).name)
    return row is not None and row["status"]["S"] == "ready" and "-mosaic-" not in str(gallery.objects(image_id))


def spending_is_stopped_and_goes_on(gallery: Gallery) -> None:
    said = json.dumps({"NewStateValue": "ALARM", "AlarmDescription": "Too dear."})
    gallery.call("brake", {"Records": [{"Sns": {"Message": said}}]})
    try:
        assert gallery.row("PAUSE", "CAPTIONING")
        assert not gallery.taking()
    finally:
        gallery.forget("PAUSE", "CAPTIONING")
    assert gallery.call("brake", {"settle": True}) == {"going": True}
    assert eventually(gallery.taking, SOON)


def pictures_are_taken_to_be_captioned_again_while_there_is_a_job(gallery: Gallery) -> None:
    gallery.forget("RECAPTION", "JOB")
    gallery.ask("POST", "/api/admin/recaption", gallery.admin, json={})
    assert eventually(lambda: all_sent(gallery), SOON)
    gallery.set("RECAPTION", "JOB", alive_at={"N": "0"})  # whether any wait, the queue alone knows then
    assert gallery.call("brake", {"settle": True}) == {"going": True}


def stray_objects_are_swept_up(gallery: Gallery) -> None:
    image_id = gallery.picture(gallery.anna)["id"]
    gallery.ask("DELETE", f"/api/images/{image_id}", gallery.anna)
    for key in left_behind(image_id):
        gallery.store(key)
    swept(gallery)
    assert gallery.objects(image_id) == []


def late_originals_of_what_is_deleted_are_swept_up(gallery: Gallery) -> None:
    image_id = gallery.picture(gallery.anna)["id"]
    gallery.ask("DELETE", f"/api/images/{image_id}", gallery.anna)
    gallery.ask("POST", "/api/admin/pause", gallery.admin, json={"reason": "So that nobody else takes them away."})
    try:
        assert eventually(lambda: not gallery.taking(), SOON)
        for key in (f"originals/{image_id}", f"downloads/{image_id}/9", f"incoming/{image_id}"):
            gallery.store(key)
        swept(gallery)
        assert gallery.objects(image_id) == []
    finally:
        gallery.ask("POST", "/api/admin/resume", gallery.admin)
    assert eventually(gallery.taking, SOON)


def what_is_left_of_posts_is_swept_up(gallery: Gallery) -> None:
    post_id = secrets.token_hex(13).upper()
    gallery.set("RETRACTIONS", post_id, begun_at={"S": "2026-01-01T00:00:00.000Z"})
    swept(gallery)
    assert gallery.row("RETRACTIONS", post_id) is None


def forgotten_pictures_are_found(gallery: Gallery) -> None:
    image_id = gallery.picture()["id"]
    gallery.forget(f"IMAGE#{image_id}", "IMAGE")
    assert swept(gallery)["reminded"]


def people_are_found_by_their_names_again(gallery: Gallery) -> None:
    eve = gallery.somebody()
    gallery.ask("PATCH", "/api/me", eve, json={"display_name": "Eve Clark"})
    gallery.forget("NAME#clark", sub_of(eve))
    gallery.forget("SWEEPER", "named")
    swept(gallery)
    assert gallery.row("NAME#clark", sub_of(eve))


def orphaned_rows_are_swept_up(gallery: Gallery) -> None:
    gallery.set("LABEL#noise", secrets.token_hex(13).upper(), posted_at={"N": "1"})
    swept(gallery)


def what_got_stuck_goes_on(gallery: Gallery) -> None:
    sub = leaving(gallery)
    gallery.forget("RECAPTION", "JOB")
    gallery.ask("POST", "/api/admin/recaption", gallery.admin, json={})
    assert eventually(lambda: all_sent(gallery), SOON)
    gallery.set("RECAPTION", "JOB", after={"S": "originals/"}, alive_at={"N": "0"})
    swept(gallery)
    assert eventually(lambda: gallery.row("ERASURES", sub) is None, SOON)
    assert eventually(lambda: all_sent(gallery), SOON)


def albums_that_the_table_lost_come_back(gallery: Gallery) -> None:
    album = gallery.ask("POST", "/api/albums", gallery.anna, json={"title": "Sea"})["id"]
    gallery.forget(f"ALBUM#{album}", "ALBUM")
    swept(gallery)
    assert eventually(lambda: gallery.row(f"ALBUM#{album}", "ALBUM") is not None, SOON)


def accounts_that_nobody_confirmed_go(gallery: Gallery) -> None:
    email = f"{secrets.token_hex(8)}@example.org"
    cognito, pool = gallery.cloud.client("cognito-idp"), gallery.cloud.outputs["UserPoolId"]
    cognito.sign_up(ClientId=gallery.cloud.outputs["UserPoolClientId"], Username=email, Password="correct Horse 1!")
    with gallery.configured("sweep", variables={"UNCONFIRMED_SECONDS": "0"}):
        gallery.call("sweep", {})
    assert cognito.list_users(UserPoolId=pool, Filter=f'email = "{email}"')["Users"] == []


def all_sent(gallery: Gallery) -> bool:
    """Tell whether the job of captioning everything again has sent all pictures."""
    job = gallery.row("RECAPTION", "JOB")
    return job is not None and "after" not in job


def swept(gallery: Gallery) -> dict[str, int]:
    """Sweep as if everything were old; say what was needed."""
    with gallery.configured("sweep", variables={"STUCK_SECONDS": "0"}):
        found: dict[str, int] = gallery.call("sweep", {})
    return found


WORK: dict[str, list[Work]] = {
    "caption": [
        pictures_are_captioned,
        pictures_nobody_announced_are_taken_in,
        copies_and_late_pictures_leave_nothing,
        events_about_nothing_are_harmless,
        pictures_are_captioned_again,
        what_fails_for_the_last_time_is_a_dead_letter,
        copies_of_private_pictures_are_private,
        other_bytes_are_captioned_anew,
        what_is_written_at_the_start_gets_a_vector,
    ],
    "embed": [vectors_are_made],
    "images": [
        what_is_written_later_gets_a_vector,
        pictures_are_corrected_hidden_shown_and_deleted,
        private_pictures_and_mosaics_are_deleted,
        pictures_are_uploaded_listed_and_fetched,
        guests_add_by_a_link_and_take_back,
    ],
    "albums": [albums_are_made_shared_and_deleted, albums_are_brought_back],
    "classify": [trials_are_counted],
    "describe": [pictures_are_described],
    "search": [pictures_are_found],
    "feedback": [votes_are_counted_and_read, votes_come_as_a_file, pictures_are_reported],
    "posts": [
        posts_are_made_liked_changed_and_removed,
        posts_are_shared_by_a_link,
        the_feed_has_posts_of_those_one_follows,
    ],
    "people": [
        people_follow_each_other,
        everything_of_ones_own_comes_in_a_file,
        originals_come_in_files,
        people_leave,
    ],
    "export": [originals_come_in_files],
    "erase": [
        everything_of_somebodys_is_erased,
        erasing_goes_on_where_time_is_short,
        albums_of_who_leaves_are_gone,
    ],
    "admin": [
        admins_see_how_the_gallery_is,
        what_failed_is_sent_again,
        everything_is_captioned_again,
        captioning_is_paused_and_goes_on,
        a_planned_import_passes_the_limits,
        people_are_invited_blocked_let_in_and_removed,
        reported_pictures_are_hidden_and_given_back,
    ],
    "mosaic": [mosaics_are_made, mosaics_whose_tiles_are_withdrawn_meanwhile_are_deleted],
    "brake": [
        spending_is_stopped_and_goes_on,
        a_planned_import_passes_the_limits,
        pictures_are_taken_to_be_captioned_again_while_there_is_a_job,
    ],
    "sweep": [
        dead_letters_are_drained,
        stray_objects_are_swept_up,
        late_originals_of_what_is_deleted_are_swept_up,
        what_is_left_of_posts_is_swept_up,
        forgotten_pictures_are_found,
        orphaned_rows_are_swept_up,
        people_are_found_by_their_names_again,
        what_got_stuck_goes_on,
        albums_that_the_table_lost_come_back,
        vectors_that_nobody_made_are_made,
        accounts_that_nobody_confirmed_go,
    ],
    "counter": [],
}
"""Function → its work; what is quickest to fail comes first."""

UNTRIED = {
    ("brake", "lambda:UpdateEventSourceMapping"): "(not tried: the local cloud never asks for this right)",
}
"""Function and action → why nothing can be seen to fail without it here."""
