"""The API's description as people see it, under the page's own content security policy."""

import pytest
from playwright.sync_api import Browser, expect
from tests.e2e.conftest import window
from tests.local_cloud import LocalCloud

pytestmark = [pytest.mark.cloud, pytest.mark.browser, pytest.mark.timeout(120)]


def test_people_read_what_the_api_can_do_and_try_it(browser: Browser, local_cloud: LocalCloud) -> None:
    with window(browser, local_cloud) as page:
        page.goto("/api/docs")
        expect(page.get_by_role("heading", name="Neural Gallery")).to_be_visible(timeout=30_000)
        for path in ("/api/classify", "/api/uploads", "/api/search", "/api/admin/failures"):
            expect(page.locator(f'[data-path="{path}"]').first).to_be_visible()
        health = page.locator("#operations-operation-health")
        health.click()
        health.get_by_role("button", name="Try it out").click()
        health.get_by_role("button", name="Execute").click()
        expect(health.locator(".live-responses-table .response-col_status").nth(1)).to_contain_text("200")
        expect(health.locator(".live-responses-table")).to_contain_text('"status": "ok"')
