"""Which part of the gallery a saved file belongs to."""

import pytest
from infra.local.watch import _is_source, part_of
from infra.settings import ROOT


@pytest.mark.parametrize(
    ("path", "part"),
    [
        ("functions/images/handler.py", "images"),
        ("functions/caption/deeper/still.py", "caption"),
        ("layers/gallery/gallery/pictures/rows.py", "layer"),
        ("infra/constructs/media.py", "template"),
        ("functions/caption/model/manifest.json", "template"),
        ("functions/caption/models/birds/manifest.json", "template"),
        ("functions/search/model/manifest.json", "search"),
        ("functions/mosaic/tiles/cifar10.npy", "template"),
        ("functions/mosaic/sets.py", "mosaic"),
    ],
)
def test_a_saved_file_belongs_to_one_part(path: str, part: str) -> None:
    assert _is_source(None, str(ROOT / path))
    assert part_of(ROOT / path) == part


@pytest.mark.parametrize(
    "path",
    [
        "functions/images/__pycache__/handler.cpython-311.pyc",
        "functions/images/.handler.py.swp",
        "functions/images/handler.py~",
        "functions/images/4913",
        "functions/caption/model/model.tflite",
        "functions/caption/models/birds/model.tflite",
        "functions/search/model/concepts.npy",
        "infra/local/watch.py",
    ],
)
def test_what_is_no_source_redeploys_nothing(path: str) -> None:
    assert not _is_source(None, str(ROOT / path))
