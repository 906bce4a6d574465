"""What each of the 1000 classes means, in sentences that the encoder compares a query with."""

from collections.abc import Sequence

from gallery.classes import ImageClass, image_classes


def class_texts() -> Sequence[Sequence[str]]:
    """Return the texts of each class, in the order of the model's output."""
    return [[_text(each)] for each in image_classes()]


def _text(image_class: ImageClass) -> str:
    broader = (each.words[0] for each in reversed(image_class.path))
    return f"{', '.join(image_class.words)}: {', '.join(broader)}. {image_class.gloss}"
