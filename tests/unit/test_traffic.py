"""What visitors cost: bytes, starts, and another processor."""

from dataclasses import replace

import pytest
from infra.stages import STAGES
from infra.tools.cost import PRICES, Usage
from infra.tools.idle_bill import Line
from infra.tools.traffic import ARM64_GB_SECOND, S3_GB, captioning, downloads, flood, public_downloads, starts, views

PROD = STAGES["prod"]


def dollars(lines: list[Line]) -> float:
    return sum(line.dollars for line in lines)


def test_a_small_gallerys_visitors_cost_nothing_but_their_lists() -> None:
    lists = next(line for line in views(10, alone=True) if "API" in line.what)
    assert dollars(views(10, alone=True)) == pytest.approx(lists.dollars)
    assert dollars(views(10, alone=False)) > 100 * lists.dollars
    assert dollars(downloads(100, alone=True)) == 0


def test_bytes_cost_as_many_times_as_much_as_there_are() -> None:
    assert dollars(views(20, alone=False)) == pytest.approx(2 * dollars(views(10, alone=False)))
    assert dollars(downloads(1, alone=False)) == pytest.approx(0.0315)
    assert flood(3) == 0, "a terabyte a month is free"
    assert flood(100) == pytest.approx((32_400 - 1000) * 0.085)


def test_what_is_public_is_saved_for_less_than_s3_would_ask_and_in_a_small_gallery_for_next_to_nothing() -> None:
    sent = next(line for line in public_downloads(1, Usage(), PROD, alone=False) if "gigabytes" in line.what)
    assert sent.amount == pytest.approx(3)
    assert dollars([sent]) < sent.amount * S3_GB
    assert dollars(public_downloads(1, Usage(), PROD, alone=True)) < 0.02


def test_starts_are_billed_by_memory() -> None:
    (caption, *_), (twice, *_) = starts(PROD), starts(replace(PROD, caption_memory=2 * PROD.caption_memory))
    assert caption.dollars == pytest.approx(1000 * 0.54 * 1769 / 1024 * PRICES["lambda_gb_second"])
    assert twice.dollars == pytest.approx(2 * caption.dollars)


def test_arm64_is_cheaper_by_a_fifth_where_a_function_waits_and_not_where_it_infers() -> None:
    waiting = captioning(PROD, replace(Usage(), processor_ms=1000 * 4.09 / 165, waiting_ms=10_000))
    assert waiting[1].dollars / waiting[0].dollars == pytest.approx(0.8, abs=0.01)
    assert ARM64_GB_SECOND / PRICES["lambda_gb_second"] == pytest.approx(0.8, abs=0.001)
    x86, arm64 = captioning(PROD, Usage())
    assert arm64.dollars > 0.9 * x86.dollars
