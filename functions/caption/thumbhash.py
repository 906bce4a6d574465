"""ThumbHash: a picture's placeholder in about 25 bytes, after Evan Wallace's algorithm (https://evanw.github.io/thumbhash/).

This is his `rgbaToThumbHash` for opaque pictures, with the discrete cosine transform as two matrix products.
"""

from collections.abc import Iterable, Sequence
from math import pi

import numpy as np
import numpy.typing as npt

Channel = npt.NDArray[np.float64]


def thumbhash(pixels: npt.NDArray[np.uint8]) -> bytes:
    """Return the ThumbHash of an opaque picture, uint8 RGB (height, width, 3), at most 100 pixels a side."""
    height, width = int(pixels.shape[0]), int(pixels.shape[1])
    red, green, blue = np.moveaxis(pixels / 255, 2, 0)
    luminance = (red + green + blue) / 3
    yellow_blue = (red + green) / 2 - blue
    red_green = red - green
    landscape = width > height
    longest = max(width, height)
    columns, rows = max(1, round(7 * width / longest)), max(1, round(7 * height / longest))
    l_dc, l_ac, l_scale = _encode(luminance, max(3, columns), max(3, rows))
    p_dc, p_ac, p_scale = _encode(yellow_blue, 3, 3)
    q_dc, q_ac, q_scale = _encode(red_green, 3, 3)
    header = round(63 * l_dc) | round(31.5 + 31.5 * p_dc) << 6 | round(31.5 + 31.5 * q_dc) << 12
    header |= round(31 * l_scale) << 18
    detail = (rows if landscape else columns) | round(63 * p_scale) << 3 | round(63 * q_scale) << 9 | landscape << 15
    return header.to_bytes(3, "little") + detail.to_bytes(2, "little") + _nibbles([*l_ac, *p_ac, *q_ac])


def _encode(channel: Channel, columns: int, rows: int) -> tuple[float, Sequence[float], float]:
    """Return a channel's mean, its lower frequencies scaled to 0…1, and their scale."""
    factors = _cosines(rows, channel.shape[0]) @ channel @ _cosines(columns, channel.shape[1]).T
    kept = [
        float(factors[y, x])
        for y in range(rows)
        for x in range(columns)
        if (x or y) and x * rows < columns * (rows - y)
    ]
    scale = max(map(abs, kept), default=0.0)
    return float(factors[0, 0]), [0.5 + 0.5 / scale * value for value in kept] if scale else kept, scale


def _cosines(count: int, length: int) -> Channel:
    """Return the first so many cosine waves over a length, (count, length), so that a product averages."""
    return np.cos(pi / length * np.arange(count)[:, None] * (np.arange(length) + 0.5)) / length


def _nibbles(values: Iterable[float]) -> bytes:
    """Pack values 0…1 into four bits each, the lower half of a byte first."""
    nibbles = [int(15 * value + 0.5) for value in values]
    pairs = zip(nibbles[::2], [*nibbles[1::2], 0], strict=False)
    return bytes(low | high << 4 for low, high in pairs)
