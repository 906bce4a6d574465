"""Making the mosaic that somebody asked for, so that a repeat changes nothing and a crash leaves nothing behind."""

import time

from gallery.jobs import leases
from gallery.jobs.superseded import JobSuperseded
from gallery.mosaics import mosaics
from gallery.mosaics.mosaics import Job, Made
from gallery.pictures import catalogue, storage, withdrawals
from gallery.pictures.model import Picture
from gallery.sizes import MAX_SIDE
from mosaic.composing import Composition, compose
from mosaic.sets import opened, tiles_of


class MosaicImpossible(Exception):
    """There is nothing to make a mosaic of; the reason is fit for whoever asked."""


def make(job: Job) -> bool:
    """Make a mosaic; tell whether it was still to be made. Raises what went wrong, having said that something did."""
    try:
        mosaics.note_progress(job, 0)
        _make(job)
    except JobSuperseded:
        return False
    except MosaicImpossible as reason:
        mosaics.fail(job, str(reason))
        return False
    except Exception:
        mosaics.fail(job, "The mosaic could not be made. Please ask for it again.")
        raise
    finally:
        leases.release(job.held)
    return True


def _make(job: Job) -> None:
    picture, tiles_at = _picture(job), int(time.time() * 1000)
    if job.design.tiles == "gallery":
        withdrawals.register(job.key)
    composition = _composed(job, picture)
    storage.write_rendition(job.key, composition.file(), "image/jpeg")
    rows, columns = composition.arrangement.shape
    try:
        mosaics.finish(job, Made(columns, rows, composition.tiles_used, tiles_at))
    except JobSuperseded:
        _take_back(job)
        raise
    if job.design.tiles == "gallery" and tiles_at <= withdrawals.last():
        # A tile was withdrawn meanwhile; the mosaic is shown to nobody and may have been stored after the deletion.
        storage.delete([job.key])


def _picture(job: Job) -> Picture:
    picture = catalogue.find(job.image_id)
    if picture is None or not mosaics.is_of(job, picture):
        raise MosaicImpossible("The image was changed. Please ask for its mosaic again.")
    return picture


def _composed(job: Job, picture: Picture) -> Composition:
    tiles = tiles_of(job.design.tiles)
    if not len(tiles.colors):
        raise MosaicImpossible("The gallery has no public pictures to make a mosaic of.")
    mosaics.note_progress(job, 0.1)
    body = storage.read_rendition(storage.rendition_keys(picture)["large"])
    # Whoever asks for the most tiles there may be gets each from some 40 of its pixels or more. Colours averaged from
    # the original's would be the same, but an original is nobody's to open without care.
    return compose(opened(body, MAX_SIDE), tiles, job.design, lambda done: mosaics.note_progress(job, done))


def _take_back(job: Job) -> None:
    """Delete what was stored in vain, but not what the same job has stored when it was called before."""
    current = mosaics.find(job.image_id, job.design)
    if current is None or current.key != job.key:
        storage.delete([job.key])
