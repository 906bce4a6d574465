"""Search on the local cloud: what the real models make of real photographs is found again."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from statistics import mean
from typing import Any

import pytest
from PIL import Image
from tests.accounts import Account, account
from tests.benchmarks.search import Collected, Query, ancestors, average_precision, fill, ours, written
from tests.integration.uploads import upload
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud, eventually
from tests.photographs import labelled, needs_model, needs_shared

from search.encoder import MODEL_FOLDER

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.timeout(400),
    needs_shared,
    needs_model,
    pytest.mark.skipif(not (MODEL_FOLDER / "manifest.json").exists(), reason="needs the encoder: run `make model`"),
]


@pytest.fixture(scope="module")
def collected(local_cloud: LocalCloud) -> Iterator[Collected]:
    """The labelled photographs, uploaded and captioned; nothing of them is left afterwards."""
    found = fill(local_cloud)
    yield found
    with local_cloud.http() as http, ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda each: http.delete(f"/api/images/{each}").raise_for_status(), found.truth))


def found(cloud: LocalCloud, query: str, headers: dict[str, str] | None = None, **more: str) -> list[dict[str, Any]]:
    with cloud.http(headers=headers or {}) as http:
        answer = http.get("/api/search", params={"query": query, **more}).raise_for_status().json()
    results: list[dict[str, Any]] = answer["results"]
    return results


def ids(results: list[dict[str, Any]]) -> list[str]:
    return [each["image"]["id"] for each in results]


def among(collected: Collected, results: list[dict[str, Any]]) -> list[str]:
    """The photographs alone; other tests' pictures may stand between them."""
    return [each for each in ids(results) if each in collected.truth]


def named(collected: Collected, filename: str) -> str:
    """The id of the photograph whose file's name has this in it."""
    (image_id,) = (each for each, name in collected.names.items() if filename in name)
    return image_id


def test_words_for_what_pictures_show_find_them(local_cloud: LocalCloud, collected: Collected) -> None:
    queries = ancestors(collected.truth.values())
    assert len(queries) > 40
    assert mean_average_precision(local_cloud, collected, queries) >= 0.92


def test_peoples_own_words_find_them_too(local_cloud: LocalCloud, collected: Collected) -> None:
    assert mean_average_precision(local_cloud, collected, written()) >= 0.6


def mean_average_precision(cloud: LocalCloud, collected: Collected, queries: Sequence[Query]) -> float:
    """Return the mean over some queries, of the photographs alone."""
    with cloud.http() as http:
        ask = ours(http)
        rankings = [[each for each in ask(query) if each in collected.truth] for query in queries]
    return mean(
        average_precision(ranking, collected.relevant(query)) for query, ranking in zip(queries, rankings, strict=True)
    )


def test_a_result_says_why(local_cloud: LocalCloud, collected: Collected) -> None:
    best = found(local_cloud, "shark")[0]
    assert best["image"]["id"] == named(collected, "tiger_shark")
    assert best["why"][0]["label"] == "tiger shark"
    assert best["why"][0]["relevance"] == 1
    assert best["why"][0]["probability"] == best["image"]["labels"][0]["probability"]


def test_a_higher_bar_leaves_the_better_results(local_cloud: LocalCloud, collected: Collected) -> None:
    every = ids(found(local_cloud, "dog", limit="100"))
    good = found(local_cloud, "dog", limit="100", min_score="0.5")
    assert ids(good) == every[: len(good)]
    assert all(each["score"] >= 0.5 for each in good)
    assert 0 < len(good) < len(every)
    assert named(collected, "Maltese_dog") in every


@pytest.mark.parametrize("change", ["resized", "recompressed", "cropped"])
def test_the_same_picture_changed_a_little_is_the_most_similar(
    local_cloud: LocalCloud, collected: Collected, change: str
) -> None:
    photograph = next(each for each in labelled() if "cheetah" in each.name)
    copy = local_cloud.upload(f"{change}.jpg", changed(photograph.bytes, change))
    with local_cloud.http() as http:
        assert eventually(lambda: http.get(f"/api/images/{copy}").json()["status"] == "captioned", 60)
        results = http.get(f"/api/images/{copy}/similar", params={"limit": "5"}).raise_for_status().json()["results"]
        http.delete(f"/api/images/{copy}").raise_for_status()
    # Others may have uploaded the same photograph for other tests.
    assert named(collected, "cheetah") == results[0]["image"]["id"] or "cheetah" in results[0]["image"]["filename"]
    assert named(collected, "cheetah") in [each["image"]["id"] for each in results]
    assert results[0]["score"] > 0.85


def changed(content: bytes, change: str) -> bytes:
    out = BytesIO()
    with Image.open(BytesIO(content)) as image:
        width, height = image.size
        edge = (width // 40, height // 40, width - width // 40, height - height // 40)
        picture = (
            image.convert("RGB").resize((width // 2, height // 2)) if change == "resized" else image.convert("RGB")
        )
        picture = picture.crop(edge) if change == "cropped" else picture
        picture.save(out, "JPEG", quality=50 if change == "recompressed" else 90)
    return out.getvalue()


def test_the_next_search_uses_what_people_said(local_cloud: LocalCloud, collected: Collected) -> None:
    query = "something my grandmother would like"
    before = among(collected, found(local_cloud, query, limit="100"))
    liked = [named(collected, name) for name in ("Persian_cat", "vase", "bookcase")]
    with local_cloud.http() as http:
        vote = {"query": query, "positive": liked, "negative": before[:3]}
        assert http.post("/api/feedback", json={"feedback": [vote]}).status_code == 202
    after = among(collected, found(local_cloud, query.upper(), limit="100"))
    assert set(liked) <= set(after[:10])
    assert sum(map(after.index, liked)) < sum((before.index(each) if each in before else 100) for each in liked)


def test_a_private_picture_is_found_by_its_owner_and_admins_alone(local_cloud: LocalCloud, admin: Account) -> None:
    owner, other = account(local_cloud), account(local_cloud)
    mine = upload(local_cloud, owner, visibility="private", title="Zanzibar")
    settled(local_cloud, mine, owner.headers)
    who = {"owner": owner.headers, "admin": admin.headers, "other": other.headers, "nobody": {}}
    finders = {each for each, headers in who.items() if mine in ids(found(local_cloud, "zanzibar", headers))}
    assert finders == {"owner", "admin"}
    with local_cloud.http(headers=owner.headers) as http:
        http.delete(f"/api/images/{mine}").raise_for_status()
        assert mine not in ids(found(local_cloud, "zanzibar", owner.headers))


def test_labels_are_counted(local_cloud: LocalCloud, collected: Collected) -> None:
    with local_cloud.http() as http:
        labels = http.get("/api/labels").raise_for_status().json()["labels"]
        first = labels[0]
        images = http.get("/api/images", params={"label": first["label"], "limit": "100"}).json()["images"]
    assert [each["count"] for each in labels] == sorted((each["count"] for each in labels), reverse=True)
    assert len(images) == first["count"]
    assert sum(each["count"] for each in labels) >= len(collected.truth)
