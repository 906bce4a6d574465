"""Captioning a picture again: the old caption stays until the new one takes its place in a single write."""

from caption.classifier import Classifier, classifier_named
from caption.examine import Examination, Rejected, examine, side_of
from caption.frames import Body
from caption.metadata.dating import dated
from caption.pipeline import predict, publish, with_renditions
from gallery.aws import table
from gallery.captioning.recaptions import Outcome, RecaptionTask
from gallery.pictures import catalogue, duplicates, storage
from gallery.pictures.model import Content, Picture, Prediction, captioned


def recaption(task: RecaptionTask) -> Outcome | None:
    """Caption a picture by the model that is wished for; return what became of it, None where nothing was to do.

    What its owner said of it and its place in lists stay, and so do renditions of the present sizes; index and tile are
    made anew, and its file's metadata are read again. Raises what S3 or DynamoDB raise when they fail for longer than
    the SDK's retries; the message then comes again.
    """
    picture = catalogue.find(task.image_id)
    if picture is None or _has_come_to_an_end(picture, task):
        return None
    if picture.status == "failed":
        return "failed"
    original = storage.read_original(task.image_id)
    if original is None or picture.content is None or picture.content.etag != original.etag:
        # Gone meanwhile, or still on its way through the captioner.
        return None
    model = classifier_named(task.model)
    examination = _examined(original.body, model) if model else None
    if model is None or examination is None:
        return "failed"
    reading = predict(examination, model)

    def attempt() -> Outcome | None:
        current = catalogue.find(task.image_id)
        if current is None or current.content is None or _has_come_to_an_end(current, task):
            return None
        _write(current, current.content, reading, examination)
        return "captioned"

    return table.retry_on_conflict(attempt)


def _has_come_to_an_end(picture: Picture, task: RecaptionTask) -> bool:
    if picture.status in {"awaiting", "deleted"} or duplicates.is_duplicate(picture):
        return True
    reading = picture.reading
    return reading is not None and reading.model == task.model and reading.captioned_at >= task.since


def _examined(body: Body, model: Classifier) -> Examination | None:
    try:
        return examine(body, side_of(model))
    except Rejected:
        return None


def _write(picture: Picture, content: Content, reading: Prediction, examination: Examination) -> None:
    if content.is_outdated:
        new = with_renditions(picture, content, examination)
        publish(picture, captioned(new, new.content or content, reading), examination.tile)
        return
    catalogue.change(picture, captioned(dated(picture, examination.metadata), content, reading), examination.tile)
