"""Growth on paper: the order in which limits are met, and that the page about it says what is reckoned."""

from dataclasses import replace
from pathlib import Path

import pytest
from infra.stages import STAGES
from infra.tools.cost import SWEPT, Usage
from infra.tools.scale import LABELS, MOST_LABELS, PAGE_UNITS, PEOPLE, UPLOADS, days_of_a_pass, limits, table
from tests.dynamodb import PAGE_BYTES, read_units, size
from tests.unit.pages import PAGES

from gallery.aws.items import encode
from gallery.pictures import rows
from gallery.vocabulary.classes import image_classes

PAGE = Path(__file__).parents[2] / "docs" / "scale.md"
PROD = STAGES["prod"]


def test_the_page_says_what_is_reckoned() -> None:
    assert table(PROD) in PAGE.read_text(encoding="utf-8")


def test_a_gallery_ten_times_as_large_meets_no_limit() -> None:
    assert min(each.times for each in limits(PROD)) > 10


def test_limits_come_in_the_order_in_which_they_are_met() -> None:
    times = [each.times for each in limits(PROD)]
    assert times == sorted(times)


def test_a_bound_of_ours_that_is_turned_is_met_later() -> None:
    first = limits(PROD)[0]
    assert first.what == "ours: captions a day"
    assert first.times == PROD.captions_a_day / UPLOADS / PEOPLE
    assert limits(replace(PROD, captions_a_day=10**9))[0].what != first.what


def test_the_sweeper_passes_as_often_as_it_runs_until_there_are_more_rows_than_it_looks_at() -> None:
    assert days_of_a_pass(SWEPT // Usage().table_rows, PROD) == 1
    assert days_of_a_pass(10_000, PROD) == pytest.approx(8.8)
    assert days_of_a_pass(1_000_000, replace(PROD, sweep_every_minutes=15)) < 10


def test_all_labels_of_the_model_are_read_for_what_the_page_says() -> None:
    counted = [rows.label_key(each.name) | {"label": each.name, "pictures": 1234} for each in image_classes()]
    assert read_units(sum(map(size, map(encode, counted)))) == LABELS
    assert read_units(PAGE_BYTES) == MOST_LABELS


def test_a_page_of_pictures_is_read_for_what_the_page_says() -> None:
    (newest,) = (each for each in PAGES if each.name == "newest pictures")
    assert newest.units == PAGE_UNITS
