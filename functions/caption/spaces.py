"""Colours that are described by numbers instead of a profile: by code points of ITU-T H.273, or as PNG measures them.

`profile` says the same as an ICC profile, for all but pictures of high dynamic range; those get a table of colours that
brings them within what a screen shows. NumPy is imported where such a picture comes, since few have what needs it.
"""

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from PIL import ImageFilter

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Values = npt.NDArray[np.float64]

Chromaticities = tuple[float, float, float, float, float, float, float, float]
"""x and y of white, red, green and blue (CIE 1931)."""

_D65 = (0.3127, 0.3290)
SRGB_PRIMARIES: Chromaticities = (*_D65, 0.640, 0.330, 0.300, 0.600, 0.150, 0.060)
_BT2020: Chromaticities = (*_D65, 0.708, 0.292, 0.170, 0.797, 0.131, 0.046)
_SMPTE_170M: Chromaticities = (*_D65, 0.630, 0.340, 0.310, 0.595, 0.155, 0.070)
_PRIMARIES: dict[int, Chromaticities] = {
    1: SRGB_PRIMARIES,
    4: (0.310, 0.316, 0.67, 0.33, 0.21, 0.71, 0.14, 0.08),
    5: (*_D65, 0.64, 0.33, 0.29, 0.60, 0.15, 0.06),
    6: _SMPTE_170M,
    7: _SMPTE_170M,
    8: (0.310, 0.316, 0.681, 0.319, 0.243, 0.692, 0.145, 0.049),
    9: _BT2020,
    10: (1 / 3, 1 / 3, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0),
    11: (0.314, 0.351, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    12: (*_D65, 0.680, 0.320, 0.265, 0.690, 0.150, 0.060),
    22: (*_D65, 0.630, 0.340, 0.295, 0.605, 0.155, 0.077),
}
"""ITU-T H.273, table 2."""
_SRGB, _PQ, _HLG = 13, 16, 18
_GAMMAS = {4: 2.2, 5: 2.8, 8: 1.0, 17: 2.6} | dict.fromkeys((1, 6, 11, 14, 15), 2.4)
"""Video's curves tell how a camera codes; it is shown by the power of ITU-R BT.1886, by browsers as well."""

_REFERENCE_WHITE, _PEAK = 203.0, 1000.0
"""cd/m² of what is white on paper (ITU-R BT.2408), and of the brightest where a file does not say."""
_NODES = 52
"""Every fifth of 256 codes."""
_CURVE_POINTS = 256


@dataclass(frozen=True)
class Space:
    """Primaries and how code values become light: a number of H.273's table 3, or the exponent of a power.

    `peak` is how bright the brightest pixel is, in cd/m², of a picture of high dynamic range.
    """

    primaries: Chromaticities
    transfer: int = 0
    gamma: float = 1.0
    peak: float = 1000.0

    @property
    def high_dynamic_range(self) -> bool:
        """Whether there is light in it beyond white."""
        return self.transfer in {_PQ, _HLG}


def coded(primaries: int, transfer: int, peak: float = 0) -> Space | None:
    """Return the space that code points of H.273 name; None where it is sRGB, or they say nothing.

    `peak` is the maximum content light level in cd/m² (CTA-861.3), 0 where it is not known.
    """
    known = transfer in {_SRGB, _PQ, _HLG, 7} | _GAMMAS.keys()
    space = Space(_PRIMARIES.get(primaries, SRGB_PRIMARIES), transfer if known else _SRGB)
    if space.high_dynamic_range:
        return replace(space, peak=max(_REFERENCE_WHITE, peak or _PEAK))
    return None if space == Space(SRGB_PRIMARIES, _SRGB) else space


def measured(gamma: float, primaries: Chromaticities = SRGB_PRIMARIES) -> Space | None:
    """Return the space of PNG's gAMA and cHRM; None where it is sRGB, which gAMA rounds to 0.45455, or nonsense."""
    same = all(abs(a - b) < 0.001 for a, b in zip(primaries, SRGB_PRIMARIES, strict=True))
    is_srgb = same and abs(gamma - 1 / 2.2) < 0.001
    return None if is_srgb or not 0.1 <= gamma <= 10 or 0 in primaries[1::2] else Space(primaries, gamma=1 / gamma)


def _light(space: Space) -> "Callable[[Values], Values]":
    """Return what makes light of code values between 0 and 1: 1 is white, but for HDR, where it is 203 cd/m²."""
    import numpy as np  # noqa: PLC0415

    def smpte240(code: "Values") -> "Values":
        return np.where(code < 4 * 0.0228, code / 4, ((code + 0.1115) / 1.1115) ** (1 / 0.45))

    def srgb(code: "Values") -> "Values":
        return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)

    def pq(code: "Values") -> "Values":
        """SMPTE ST 2084, as in ITU-R BT.2100, table 4."""
        root = code ** (1 / 78.84375)
        ratio = np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)
        return 10_000 / _REFERENCE_WHITE * ratio ** (1 / 0.1593017578125)

    def hlg(code: "Values") -> "Values":
        """The inverse of ITU-R BT.2100, table 5: light of the scene, between 0 and 1."""
        a, b, c = 0.17883277, 0.28466892, 0.55991073
        return np.where(code <= 0.5, code**2 / 3, (np.exp((code - c) / a) + b) / 12)

    curves = {7: smpte240, _SRGB: srgb, _PQ: pq, _HLG: hlg}
    return curves.get(space.transfer) or (lambda code: code ** _GAMMAS.get(space.transfer, space.gamma))


def _to_xyz(primaries: Chromaticities) -> "Values":
    """Return the matrix from linear RGB to CIE XYZ under the primaries' own white, whose Y is 1."""
    import numpy as np  # noqa: PLC0415

    x, y = np.array(primaries[0::2]), np.array(primaries[1::2])
    xyz = np.array([x, y, 1 - x - y])
    return xyz[:, 1:] * np.linalg.solve(xyz[:, 1:], xyz[:, 0] / y[0])


def _adapted(source: "Values", target: "Values") -> "Values":
    """Return the matrix that takes XYZ seen under one white to another, by Bradford's method (ICC.1, annex E)."""
    import numpy as np  # noqa: PLC0415

    bradford = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
    cones = np.diag((bradford @ target) / (bradford @ source))
    adaptation: Values = np.linalg.inv(bradford) @ cones @ bradford
    return adaptation


def _between(source: Chromaticities, target: Chromaticities) -> "Values":
    """Return the matrix from linear RGB of some primaries to that of others, white staying white."""
    import numpy as np  # noqa: PLC0415

    first, last = _to_xyz(source), _to_xyz(target)
    matrix: Values = np.linalg.inv(last) @ _adapted(first.sum(axis=1), last.sum(axis=1)) @ first
    return matrix


@lru_cache(maxsize=8)
def profile(space: Space) -> bytes:
    """Return a space as an ICC profile (ICC.1:2001, three components by matrix and curve)."""
    import numpy as np  # noqa: PLC0415

    d50 = np.array([0.9642, 1.0, 0.8249])
    matrix = _to_xyz(space.primaries)
    columns = (_adapted(matrix.sum(axis=1), d50) @ matrix).T
    curve = np.round(65535 * np.clip(_light(space)(np.linspace(0, 1, _CURVE_POINTS)), 0, 1)).astype(">u2")
    trc = struct.pack("!4s4xI", b"curv", len(curve)) + curve.tobytes()
    tags = {b"wtpt": _xyz(d50), b"rXYZ": _xyz(columns[0]), b"gXYZ": _xyz(columns[1]), b"bXYZ": _xyz(columns[2])}
    return _icc(tags | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), trc))


def _xyz(values: "Values") -> bytes:
    return struct.pack("!4s4x3i", b"XYZ ", *(round(value * 65536) for value in values))


def _icc(tags: Mapping[bytes, bytes]) -> bytes:
    start = 128 + 4 + 12 * len(tags)
    directory, data = b"", b""
    for name, body in tags.items():
        directory += struct.pack("!4sII", name, start + len(data), len(body))
        data += body + bytes(-len(body) % 4)
    header = struct.pack(
        "!I4xI4s4s4s12x4s28x3i48x",
        start + len(data),
        0x02400000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        b"acsp",
        0xF6D6,
        0x10000,
        0xD32D,
    )
    return header + struct.pack("!I", len(tags)) + directory + data


@lru_cache(maxsize=8)
def tone_mapped(space: Space) -> ImageFilter.Color3DLUT:
    """Return a table from codes of a space of high dynamic range to sRGB.

    Up to reference white light is dimmed, above it bends towards white at the peak, by the brightest of the three
    components in BT.2020: SMPTE ST 2094-50's reference white tone mapping for a screen without headroom, as Chromium's.
    """
    import numpy as np  # noqa: PLC0415

    axis = np.linspace(0, 1, _NODES)
    blue, green, red = (channel.ravel() for channel in np.meshgrid(axis, axis, axis, indexing="ij"))
    light = _light(space)(np.stack([red, green, blue], axis=1))
    if space.transfer == _HLG:
        luminance = light @ _to_xyz(space.primaries)[1]
        light = _PEAK / _REFERENCE_WHITE * light * np.maximum(luminance, 1e-9)[:, None] ** 0.2
    light = light @ _between(space.primaries, _BT2020).T
    brightest = np.maximum(light.max(axis=1), 1e-9)
    light *= (_toned(brightest, space.peak / _REFERENCE_WHITE) / brightest)[:, None]
    linear = np.clip(light @ _between(_BT2020, SRGB_PRIMARIES).T, 0, 1)
    code = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return ImageFilter.Color3DLUT(_NODES, code.ravel().tolist())


def _toned(light: "Values", peak: float) -> "Values":
    """Return what is shown of light, all in units of white: a line to the knee, then a quadratic Bézier curve."""
    import numpy as np  # noqa: PLC0415

    white = 1 - 0.5 * min(np.log2(peak) / np.log2(_PEAK / _REFERENCE_WHITE), 1)
    kappa = 0.65
    knee, middle = np.array([1, white]), np.array([1 - kappa + kappa / white, white + kappa * (1 - white)])
    t = np.linspace(0, 1, 256)[:, None]
    x, y = ((1 - t) ** 2 * knee + 2 * t * (1 - t) * middle + t**2 * np.array([peak, 1])).T
    shown: Values = np.where(light < 1, white * light, np.interp(light, x, y))
    return shown
