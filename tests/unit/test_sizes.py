"""The sizes in which pictures are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gallery.sizes import SHORTER_SIDE, SIZES, Extent, fitted, former, least, stand_ins

SIDES = st.integers(1, 65_500)


@pytest.mark.parametrize(
    ("picture", "large", "medium", "small"),
    [
        ((4032, 3024), (2000, 1500), (1067, 800), (480, 360)),
        ((2016, 1512), (2016, 1512), (1067, 800), (480, 360)),
        ((6000, 4000), (2250, 1500), (1200, 800), (540, 360)),
        ((1080, 20_000), (804, 14_892), (804, 14_892), (360, 6668)),
        ((16_000, 1500), (11_302, 1060), (8530, 800), (3838, 360)),
        ((500, 375), (500, 375), (500, 375), (500, 375)),
        ((1, 65_500), (1, 32_767), (1, 32_767), (1, 32_767)),
    ],
)
def test_sizes_go_by_the_shorter_side(picture: Extent, large: Extent, medium: Extent, small: Extent) -> None:
    found = fitted(picture, "large")
    assert (found, fitted(found, "medium"), fitted(fitted(found, "medium"), "small")) == (large, medium, small)


@given(SIDES, SIDES)
def test_no_size_is_larger_than_the_picture_or_than_twelve_megapixels(width: int, height: int) -> None:
    for size in SIZES:
        found = fitted((width, height), size)
        assert 1 <= found[0] <= width
        assert 1 <= found[1] <= height
        assert found[0] * found[1] <= 12_000_000
        assert fitted(found, size) == found


@given(SIDES, SIDES, st.sampled_from([2, 4, 8]))
def test_what_a_codec_may_reduce_to_needs_no_other_reduction(width: int, height: int, by: int) -> None:
    reduced = (-(-width // by), -(-height // by))
    allowed = least((width, height), "large")
    if reduced[0] >= allowed[0] and reduced[1] >= allowed[1] and min(reduced) <= SHORTER_SIDE["large"]:
        assert fitted(reduced, "large")[0] * fitted(reduced, "large")[1] <= reduced[0] * reduced[1]
        assert min(reduced) * 1.1 > min(fitted((width, height), "large"))


def test_a_twelve_megapixel_jpeg_is_as_large_as_its_codec_makes_it() -> None:
    for picture in [(4032, 3024), (4000, 3000), (4080, 3072), (4288, 2848), (4160, 3120)]:
        half = (picture[0] // 2, picture[1] // 2)
        assert all(mine <= halved for mine, halved in zip(least(picture, "large"), half, strict=True))
        assert fitted(half, "large") == half


def test_a_size_that_was_not_made_is_shown_as_the_next_larger_one() -> None:
    assert stand_ins(SIZES) == {size: size for size in SIZES}
    assert stand_ins({"large"}) == dict.fromkeys(SIZES, "large")
    assert stand_ins(former((4000, 3000))) == {"small": "small", "medium": "large", "large": "large"}
    assert former((4000, 3000)) == {"small": (400, 300), "large": (1600, 1200)}
