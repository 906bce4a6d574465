"""How many of the labelled photographs get a caption, and how many of the captions are right.

Right is what names the true class, or something it is a kind of at depth 6 or deeper in WordNet.
`python -m tests.benchmarks.captions` prints both.
"""

import os
import sys
from collections.abc import Sequence

from tests.benchmarks._size import sized
from tests.captions import Judgement, judged
from tests.photographs import MODEL, Photograph, labelled

from caption.classifier import classifier, labels_of
from caption.examine import examine
from caption.sentence import sentence
from gallery.vocabulary.classes import image_classes

PICTURES = sized(100)


def measure(photographs: Sequence[Photograph]) -> Judgement:
    """Caption photographs as the captioner does, and judge the captions; only where there is a model."""
    model = classifier()
    if model is None:
        raise RuntimeError("captions need a compiled model")
    texts = [sentence(labels_of(model.classify(examine(each.bytes, model.input_size).tensor))) for each in photographs]
    true = [image_classes()[each.class_index] for each in photographs if each.class_index is not None]
    return judged(zip(texts, true, strict=True))


def main() -> None:
    """Print both parts; says so where there is no model or no labelled photograph."""
    if not MODEL.exists() or not os.environ.get("GALLERY_SHARED"):
        sys.stdout.write("captions: needs a compiled model (`make model`) and labelled photographs (GALLERY_SHARED)\n")
        return
    found = measure(labelled()[:PICTURES])
    sys.stdout.write(f"photographs with a caption   {found.given:.0%}   (at least 85 %)\n")
    sys.stdout.write(f"captions that are right      {found.right:.0%}   (at least 95 %)\n")


if __name__ == "__main__":
    main()
