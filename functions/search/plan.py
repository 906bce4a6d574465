"""Which lists of the index to read for the relevances of a query, and how much each counts.

A query about dogs needs one list, not one for each of 118 breeds. So the vector of relevances is approximated by a
weighted sum of groups of classes, greedily, always adding the group that explains most of what is left: matching
pursuit (Mallat and Zhang, Matching pursuits with time-frequency dictionaries, 1993) over indicator vectors.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from gallery.vocabulary.groups import Group, groups
from search.meaning import Values

MOST_LISTS = 16
"""With the lists of up to eight words 24 at the most."""
NEGLIGIBLE = 0.01
"""Weight below which a group is left out, as a part of the largest relevance."""

Matrix = npt.NDArray[np.float32]


def plan(relevance: Values) -> Mapping[Group, float]:
    """Return the groups whose lists to read and their weights, which may be negative where a broader group errs."""
    left = relevance.astype(np.float32)
    least = NEGLIGIBLE * float(left.max(initial=0))
    weights: dict[Group, float] = {}
    while len(weights) < MOST_LISTS:
        group, weight = _explains_most(left, least)
        if abs(weight) <= least:
            break
        weights[group] = weights.get(group, 0.0) + weight
        left[list(group.members)] -= weight
    return weights


def _explains_most(left: Values, least: float) -> tuple[Group, float]:
    """Return the group that reduces the squared error most, with its mean of what is left."""
    membership, sizes = _membership()
    means = membership @ left / sizes
    means[np.abs(means) <= least] = 0
    broad = int(np.argmax(means**2 * sizes))
    single = int(np.argmax(np.abs(left)))
    if means[broad] ** 2 * sizes[broad] > left[single] ** 2:
        return groups()[len(left) + broad], float(means[broad])
    return groups()[single], float(left[single])


@cache
def _membership() -> tuple[Matrix, Values]:
    """Return which class (1000) belongs to which group of several (n), and the groups' sizes (n)."""
    classes = sum(len(group.members) == 1 for group in groups())
    broad = groups()[classes:]
    membership = np.zeros((len(broad), classes), np.float32)
    for row, group in enumerate(broad):
        membership[row, list(group.members)] = 1
    return membership, membership.sum(axis=1)
