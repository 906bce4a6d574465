"""What hides in a picture does not run in a real browser, however it is opened."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route
from tests.disguises import DRAWING, PAGE, POLYGLOTS, RAN, Disguise
from tests.integration.waiting import settled
from tests.local_cloud import LocalCloud
from tests.photographs import needs_model

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(180)]

UNDER_MEDIA = {"media/smuggled.html": ("text/html", PAGE), "media/smuggled.svg": ("image/svg+xml", DRAWING)}

LOADS_AS_SCRIPT = """(address) => new Promise((done) => {
  const script = Object.assign(document.createElement('script'), { src: address });
  script.onload = () => done(true);
  script.onerror = () => done(false);
  document.head.append(script);
})"""


@pytest.fixture
def page(browser: Browser, local_cloud: LocalCloud) -> Iterator[Page]:
    """A fresh window of a browser."""
    context = browser.new_context(base_url=local_cloud.site_url)
    yield context.new_page()
    context.close()


@pytest.fixture
def smuggled(local_cloud: LocalCloud) -> Iterator[None]:
    """Files lie among the renditions that no function would ever put there."""
    s3, bucket = local_cloud.client("s3"), local_cloud.outputs["MediaBucketName"]
    for key, (kind, body) in UNDER_MEDIA.items():
        s3.put_object(Bucket=bucket, Key=key, Body=body, ContentType=kind)
    yield
    for key in UNDER_MEDIA:
        s3.delete_object(Bucket=bucket, Key=key)


def said(page: Page, address: str) -> list[str]:
    """What is said on the console while a page or picture is opened."""
    lines: list[str] = []
    page.on("console", lambda message: lines.append(message.text))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return lines


@pytest.mark.usefixtures("smuggled")
@pytest.mark.parametrize("key", UNDER_MEDIA)
def test_even_a_page_among_the_renditions_runs_nothing(page: Page, key: str) -> None:
    assert RAN not in said(page, f"/{key}")


@pytest.mark.parametrize("key", UNDER_MEDIA)
def test_without_the_headers_of_the_site_it_would_run(page: Page, key: str) -> None:
    """So the test above would notice if they were missing."""

    def without_headers(route: Route) -> None:
        kind, body = UNDER_MEDIA[key]
        route.fulfill(body=body, content_type=kind)

    page.route(f"**/{key}", without_headers)
    assert RAN in said(page, f"/{key}")


@needs_model
@pytest.mark.parametrize("disguise", POLYGLOTS, ids=lambda each: each.name)
def test_a_polyglot_is_shown_as_a_picture_and_is_no_script(
    page: Page, local_cloud: LocalCloud, disguise: Disguise
) -> None:
    image_id = local_cloud.upload(disguise.name, disguise.fresh.body, disguise.claims)
    shown = settled(local_cloud, image_id)["urls"]["large"]
    assert RAN not in said(page, shown)
    assert page.evaluate("document.contentType") == "image/jpeg"
    page.goto("/")
    assert page.evaluate(LOADS_AS_SCRIPT, shown) is False
    assert page.evaluate(LOADS_AS_SCRIPT, "/api-docs/start.js") is True


@needs_model
def test_an_original_is_saved_and_never_opened(page: Page, local_cloud: LocalCloud) -> None:
    disguise = POLYGLOTS[0].fresh
    image_id = local_cloud.upload(disguise.name, disguise.body, disguise.claims)
    settled(local_cloud, image_id)
    lines = said(page, "/")
    with page.expect_download() as saved:
        page.evaluate("(address) => { location.href = address }", f"/api/images/{image_id}/download")
    assert saved.value.suggested_filename == "comment.jpg"
    assert RAN.encode() not in saved.value.path().read_bytes()
    assert page.url == f"{local_cloud.site_url}/"
    assert RAN not in lines
