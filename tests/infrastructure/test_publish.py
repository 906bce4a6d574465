"""Putting the page into its bucket."""

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from infra.tools.publish import publish
from moto import mock_aws
from tests.infrastructure.conftest import Resource

BUCKET = "page"


@pytest.fixture
def page(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<script src=/assets/page-1.js>")
    (tmp_path / "favicon.svg").write_text("<svg/>")
    (tmp_path / "assets/page-1.js").write_text("1")
    return tmp_path


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Resource]]:
    """What was sent to the bucket, in order."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    with mock_aws():
        s3 = boto3.client("s3", region_name="us-east-1")
        s3.create_bucket(Bucket=BUCKET)
        calls: list[Resource] = []
        s3.meta.events.register("provide-client-params.s3.PutObject", lambda params, **_: calls.append(params))
        monkeypatch.setattr(boto3, "client", lambda *_: s3)
        yield calls


def test_the_page_is_sent_last_since_it_names_the_other_files(page: Path, sent: list[Resource]) -> None:
    assert publish(page, BUCKET, boto3.client("s3")) == 3
    assert [each["Key"] for each in sent] == ["assets/page-1.js", "favicon.svg", "index.html"]


def test_hashed_files_are_kept_for_good_and_the_page_is_asked_for_each_time(page: Path, sent: list[Resource]) -> None:
    publish(page, BUCKET, boto3.client("s3"))
    caching = {each["Key"]: each["CacheControl"] for each in sent}
    kinds = {each["Key"]: each["ContentType"] for each in sent}
    assert "immutable" in caching["assets/page-1.js"]
    assert caching["index.html"] == caching["favicon.svg"] == "no-cache"
    assert kinds["index.html"] == "text/html"
    assert kinds["assets/page-1.js"] in {"text/javascript", "application/javascript"}


def test_a_second_time_only_what_changed_is_sent(page: Path, sent: list[Resource]) -> None:
    publish(page, BUCKET, boto3.client("s3"))
    sent.clear()
    (page / "index.html").write_text("changed")
    assert publish(page, BUCKET, boto3.client("s3")) == 1
    assert [each["Key"] for each in sent] == ["index.html"]


def test_a_page_that_is_not_built_is_not_published(tmp_path: Path, sent: list[Resource]) -> None:
    with pytest.raises(FileNotFoundError, match="no built page"):
        publish(tmp_path, BUCKET, boto3.client("s3"))
    assert sent == []
