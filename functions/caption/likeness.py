"""The signature by which near copies of a picture are found: its lowest frequencies, and how easily they change sign.

Brightness and colours are weighted with a bell around the middle, so that little of what counts is cut off with an
edge, and projected on cosines as in a perceptual hash (a discrete cosine transform; Zauner, "Implementation and
Benchmarking of Perceptual Image Hash Functions", 2010). Pixels are looked at as they are and as a camera or an editor
might have framed them, a little closer, farther and to the side: how much a value changes then tells which signs a copy
may not share (query-directed multi-probe hashing; Lv et al., "Multi-Probe LSH", VLDB 2007).
"""

from functools import cache
from math import pi

import numpy as np
import numpy.typing as npt

from gallery.pictures.signature import SIGNS, WAVES, packed

Values = npt.NDArray[np.float64]

_BELL = 0.27
"""Standard deviation of the weights, in widths and heights of the picture."""
_SAMPLES = 64
"""Places that a picture is looked at, across and downwards."""
_MIDDLE = (0.43, -0.03, 0.02)
"""Brightness and colour differences of photographs in the mean: they lean to yellow and red, away from grey."""
_FRAMES = ((1.0, 0.0, 0.0), (0.9, 0.0, 0.0), (1.11, 0.0, 0.0), (0.95, 0.02, 0.02), (0.95, -0.02, 0.02),
           (1.05, 0.02, -0.02), (1.05, -0.02, -0.02))  # fmt: skip
"""Ways to frame a picture: width and height as parts of its own, and how far its middle is moved; the first is none."""
_TO_YCBCR = np.array([[0.299, 0.587, 0.114], [-0.168736, -0.331264, 0.5], [0.5, -0.418688, -0.081312]])
"""ITU-R BT.601, as in JPEG."""


def signature(pixels: npt.NDArray[np.uint8]) -> bytes:
    """Return the signature of an opaque picture, uint8 RGB (height, width, 3) of any size; see gallery.pictures."""
    channels = np.tensordot(_TO_YCBCR, pixels / 255, (1, 2))
    framed = np.array([_values(channels, *frame) for frame in _FRAMES])
    changes = np.sqrt(((framed[1:] - framed[0]) ** 2).mean(0))
    return packed(framed[0].tolist(), changes[:SIGNS].tolist())


def _values(channels: Values, extent: float, right: float, down: float) -> Values:
    """Return the values of a picture in a frame, in the order of WAVES."""
    _, height, width = channels.shape
    across, upright = _waves(width, extent, right), _waves(height, extent, down)
    found = upright @ channels @ across.T
    mean = found[:, 0, 0]
    found = found - mean[:, None, None] * np.outer(upright.sum(1), across.sum(1))
    return np.array([mean[c] - _MIDDLE[c] if (y, x) == (0, 0) else found[c, y, x] for c, y, x in WAVES])


@cache
def _waves(length: int, extent: float, moved: float) -> Values:
    """Return the first cosines over a frame of a picture so many pixels long, (count, length), under the bell.

    Beyond its edges the picture goes on as its mirror image.
    """
    framed = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    bell = np.exp(-((framed - 0.5) ** 2) / (2 * _BELL**2))
    count = 1 + max(max(wave[1:]) for wave in WAVES)
    waves = np.cos(pi * np.arange(count)[:, None] * framed) * bell / bell.sum()
    place = 0.5 + moved + (framed - 0.5) * extent
    pixel = np.clip((1 - abs(1 - abs(place))) * length - 0.5, 0, length - 1)
    before = np.minimum(pixel.astype(int), max(0, length - 2))
    sampled = np.zeros((_SAMPLES, length))
    np.add.at(sampled, (np.arange(_SAMPLES), before), 1 - (pixel - before))
    np.add.at(sampled, (np.arange(_SAMPLES), np.minimum(before + 1, length - 1)), pixel - before)
    projected: Values = waves @ sampled
    return projected
