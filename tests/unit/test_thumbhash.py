import numpy as np
import pytest

from caption.thumbhash import thumbhash


def gradient(width: int, height: int) -> np.ndarray:
    y, x = np.mgrid[0:height, 0:width]
    blue = (x * 7 + y * 3) % 256
    return np.stack([255 * x // max(1, width - 1), 255 * y // max(1, height - 1), blue], axis=2).astype(np.uint8)


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (64, 48, "e0070a359a8055787057898787787778609009f877"),
        (48, 64, "dff7093d1a8185807578777987777777707308f878"),
        (64, 1, "54f62a61be7586778888088aa5874f8808"),
    ],
)
def test_a_placeholder_is_what_the_published_algorithm_gives(width: int, height: int, expected: str) -> None:
    """Expected values are those of the PyPI package thumbhash-python 1.0.1.

    A wave that a picture has nothing of lies between two steps, and processors differ in which one they round to.
    """
    steps = [(int(ours, 16), int(theirs, 16)) for ours, theirs in zip(_hash(width, height), expected, strict=True)]
    assert all(abs(ours - theirs) <= 1 for ours, theirs in steps)
    assert sum(ours != theirs for ours, theirs in steps) <= 1


def _hash(width: int, height: int) -> str:
    return thumbhash(gradient(width, height)).hex()


def test_a_picture_of_one_colour_has_a_placeholder_too() -> None:
    assert len(thumbhash(np.full((1, 1, 3), 200, np.uint8))) > 5
