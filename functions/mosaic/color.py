"""Colours as people tell them apart: CIELAB (D65), in which distances are about how different two colours look."""

import numpy as np
import numpy.typing as npt

Lab = npt.NDArray[np.float32]

_LEVELS = np.arange(256) / 255
_LINEAR = np.where(_LEVELS <= 0.04045, _LEVELS / 12.92, ((_LEVELS + 0.055) / 1.055) ** 2.4).astype(np.float32)
"""Light of each of the 256 levels of sRGB (IEC 61966-2-1)."""
_TO_XYZ = np.array([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]])
_WHITE = np.array([0.95047, 1.0, 1.08883])
_FROM_LIGHT = (_TO_XYZ / _WHITE[:, None]).T.astype(np.float32)


def lab(pixels: npt.NDArray[np.uint8]) -> Lab:
    """Return sRGB values (..., 3) as L*, a*, b* (..., 3)."""
    xyz = _LINEAR[pixels] @ _FROM_LIGHT
    x, y, z = np.moveaxis(np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116), -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1).astype(np.float32)
