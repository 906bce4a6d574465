"""Near copies of photographs: how many are found, and how few different ones are taken for copies."""

from tests.benchmarks.stacks import KINDS, measure
from tests.photographs import labelled, needs_model, needs_shared


@needs_model
@needs_shared
def test_nearly_all_copies_of_photographs_are_found_and_different_ones_are_not() -> None:
    measures = measure([photograph.bytes for photograph in labelled()])
    assert all(measures.found[kind] >= 0.97 for kind in KINDS), measures.found
    assert measures.confused <= 4
    assert measures.near <= 3200
