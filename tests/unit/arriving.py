"""Pictures whose bytes have arrived, before and after the captioner has seen them."""

import time
from hashlib import sha256
from typing import Any

from tests.unit.conftest import Gallery
from tests.unit.faults import photograph
from tests.unit.pictures import ticket as issued
from ulid import ULID

from caption import pipeline
from gallery import limits
from gallery.pictures.model import Picture

PHOTO = photograph()


DIGEST = sha256(PHOTO).hexdigest()


def ticket(gallery: Gallery, **given: Any) -> Picture:  # noqa: ANN401
    """A ticket whose bytes have just arrived."""
    picture = issued(id=str(ULID()), expires_at=int(time.time()) + limits.UNUSED_TICKET_SECONDS, **given)
    gallery.upload(picture.id, PHOTO)
    return picture


def captioned(picture: Picture) -> Picture:
    done = pipeline.caption(picture.id)
    assert done
    return done
