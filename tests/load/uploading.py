"""People who upload as the page does: a ticket, the bytes straight to storage, another try where something broke."""

import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from tests.load.pictures import Album, Sent
from tests.load.samples import Asking

FILES_PER_TICKET = 10
SECONDS_BETWEEN_TRIES = 1.0
MOST_TRIES = 300
OK, NOT_ANY_MORE = 300, 403


@dataclass(frozen=True)
class Arrived:
    """A file whose upload has ended well: its picture's id, how it has to end, and when its bytes were there."""

    image_id: str
    end: str
    at: float


@dataclass
class Uploads:
    """What was uploaded."""

    arrived: list[Arrived] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    """Answers that nobody could expect."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, arrived: Arrived) -> None:
        """Note an upload that has ended well."""
        with self._lock:
            self.arrived.append(arrived)


class Uploader:
    """Somebody who uploads until all is there, however often something breaks."""

    def __init__(self, asking: Asking, uploads: Uploads) -> None:
        self.asking = asking
        self.uploads = uploads

    def send_all(self, files: Sequence[Sent]) -> None:
        """Upload some files; returns when the storage has taken all of them."""
        for file, ticket in zip(files, self._tickets(files), strict=True):
            self._send(file, ticket)

    def _tickets(self, files: Sequence[Sent]) -> list[dict[str, Any]]:
        asked = {"files": [_announced(each) for each in files]}
        for _ in range(MOST_TRIES):
            answer = self.asking.ask("POST /api/uploads", "POST", "/api/uploads", json=asked)
            if answer is not None and answer.status_code == 201:
                tickets: list[dict[str, Any]] = answer.json()["uploads"]
                return tickets
            time.sleep(SECONDS_BETWEEN_TRIES)
        raise TimeoutError("no ticket, however often we asked")

    def _send(self, file: Sent, ticket: dict[str, Any]) -> None:
        if ticket["status"] != "ready":
            self.uploads.odd.append(f"{file.name}: {ticket}")
            return
        form = {"file": (file.name, file.content, "image/jpeg")}
        for _ in range(MOST_TRIES):
            answer = self.asking.ask("POST to storage", "POST", ticket["url"], data=ticket["fields"], files=form)
            if answer is not None and answer.status_code < OK:
                self.uploads.note(Arrived(ticket["image_id"], file.end, time.time()))
                return
            if answer is not None and answer.status_code == NOT_ANY_MORE:
                (ticket,) = self._tickets([file])
            time.sleep(SECONDS_BETWEEN_TRIES)
        raise TimeoutError(f"{file.name} could not be sent, however often we tried")


def _announced(file: Sent) -> dict[str, Any]:
    digest = sha256(file.content).hexdigest()
    return {"name": file.name, "type": "image/jpeg", "size": len(file.content), "sha256": digest}


def burst(uploader: Uploader, album: Album, pictures: int, senders: int) -> None:
    """Upload so many pictures as fast as so many senders can."""
    sizes = [FILES_PER_TICKET] * (pictures // FILES_PER_TICKET) + [pictures % FILES_PER_TICKET]
    with ThreadPoolExecutor(senders) as pool:
        list(pool.map(lambda size: uploader.send_all(album.take(size)), filter(None, sizes)))


def resume(uploader: Uploader, album: Album, until: float) -> None:
    """Upload a picture a second until a moment (of time.monotonic)."""
    while (began := time.monotonic()) < until:
        uploader.send_all(album.take(1))
        time.sleep(max(0.0, began + 1 - time.monotonic()))
