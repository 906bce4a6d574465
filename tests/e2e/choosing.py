"""Choosing and dropping files on the page."""

import base64
from collections.abc import Sequence

from playwright.sync_api import FilePayload, Locator, Page


def files(pictures: Sequence[tuple[str, bytes]]) -> list[FilePayload]:
    return [FilePayload(name=name, mimeType="image/jpeg", buffer=content) for name, content in pictures]


def choose(page: Page, pictures: Sequence[FilePayload]) -> None:
    page.locator("input[type=file]").first.set_input_files(pictures)


def drop(page: Page, pictures: Sequence[tuple[str, bytes]]) -> None:
    """Drop files on the page as a file manager does."""
    sent = [[name, base64.b64encode(content).decode()] for name, content in pictures]
    transfer = page.evaluate_handle(
        """(files) => {
          const transfer = new DataTransfer();
          for (const [name, content] of files) {
            const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
            transfer.items.add(new File([bytes], name, { type: 'image/jpeg' }));
          }
          return transfer;
        }""",
        sent,
    )
    for event in ("dragenter", "dragover", "drop"):
        page.locator("main").dispatch_event(event, {"dataTransfer": transfer})


def uploads(page: Page) -> Locator:
    return page.get_by_role("region", name="Uploads")
