"""What visitors cost beyond what `make cost` counts of pictures: bytes sent, starts of functions, and arm64 beside x86.

`make cost` prints it. Prices are of us-east-1 as aws.amazon.com's pages for CloudFront, S3 and Lambda had them in 2025.
Starts have been billed since 1 August 2025 (AWS Compute Blog, 29 April 2025). Bytes have no bound: neither the brake
nor a budget stops those who look, so the last line says what a flood costs; CloudFront's flat-rate plans have no
overage.
"""

import sys
from collections.abc import Sequence

from infra.settings import Settings
from infra.stages import STAGES
from infra.tools.cost import PRICES, Usage, milliseconds
from infra.tools.idle_bill import Line

CDN_GB, CDN_FREE_GB = 0.085, 1000
CDN_REQUEST, CDN_FREE_REQUESTS = 1.00e-6, 10e6
EDGE_FUNCTION, EDGE_FREE_CALLS = 0.10e-6, 2e6
S3_GB, S3_FREE_GB = 0.09, 100
"""What is private, or an owner's original, is signed for S3 itself, past the distribution."""
ARM64_GB_SECOND = 0.0000133334

PICTURES_OF_A_PAGE, REQUESTS_OF_THE_PAGE = 100, 8
SMALL_BYTES, LARGE_BYTES, PAGE_BYTES, ANSWER_BYTES = 30_000, 350_000, 400_000, 8_000
"""Of renditions of a 12-megapixel photograph, of the page's own files, which browsers keep, and of a list in gzip."""
CLEANING_SECONDS = 0.3
"""For a JPEG of 3 MB: a twentieth of what one of 50 MB was measured to take, and waiting for S3: an estimate."""
STARTS = {"caption": 0.54, "search": 0.84, "images": 0.40}
"""Seconds from a process's start to its first answer, measured (docs/speed-and-cost.md); of `images` an estimate."""
X86_GMACS, ARM64_GMACS = 165, 56
"""Thousand millions of int8 multiplications a second: of a Zen 4 measured; of a Graviton2 on paper, 32 in a cycle by
its two SDOT units, of which 70 % are reached as there."""
MODEL_GMAC = 4.09
ARM64_SLOWER = 1.4
"""A Graviton2's core beside that Zen 4's at what is no inference: decoding, resizing, Python; on paper."""


def views(thousands: float, *, alone: bool) -> list[Line]:
    """Return what so many thousand openings of a page of 100 pictures cost; `alone` in an account's free allowances."""
    opened = 1000 * thousands
    requests = opened * (PICTURES_OF_A_PAGE + REQUESTS_OF_THE_PAGE)
    gigabytes = opened * (PICTURES_OF_A_PAGE * SMALL_BYTES + PAGE_BYTES + ANSWER_BYTES) / 1e9
    return [
        Line("CloudFront: gigabytes sent", gigabytes, CDN_GB, CDN_FREE_GB * alone),
        Line("CloudFront: requests", requests, CDN_REQUEST, CDN_FREE_REQUESTS * alone),
        Line("CloudFront: its function", requests, EDGE_FUNCTION, EDGE_FREE_CALLS * alone),
        Line("list through the API", opened, PRICES["api_request"]),
    ]


def downloads(thousands: float, *, alone: bool) -> list[Line]:
    """Return what so many thousand large renditions of private pictures cost that somebody saves."""
    return [Line("S3: gigabytes sent", thousands * 1000 * LARGE_BYTES / 1e9, S3_GB, S3_FREE_GB * alone)]


def public_downloads(thousands: float, usage: Usage, settings: Settings, *, alone: bool) -> list[Line]:
    """Return what so many thousand cleaned originals of public pictures cost, each made for whoever saves it first."""
    files = 1000 * thousands
    return [
        Line("CloudFront: gigabytes sent", files * usage.original_bytes / 1e9, CDN_GB, CDN_FREE_GB * alone),
        Line("CloudFront: requests", 2 * files, CDN_REQUEST, CDN_FREE_REQUESTS * alone),
        Line("CloudFront: its function", 2 * files, EDGE_FUNCTION, EDGE_FREE_CALLS * alone),
        Line("asked for through the API", files, PRICES["api_request"]),
        Line("cleaning's time", files * CLEANING_SECONDS * settings.images_memory / 1024, PRICES["lambda_gb_second"]),
        Line("S3: originals read", files, PRICES["s3_get"]),
        Line("S3: files written", files, PRICES["s3_put"]),
    ]


def starts(settings: Settings) -> list[Line]:
    """Return what a thousand starts of functions cost."""
    memory = {"caption": settings.caption_memory, "search": settings.search_memory, "images": settings.images_memory}
    return [
        Line(f"starts of {name}", 1000 * seconds * memory[name] / 1024, PRICES["lambda_gb_second"])
        for name, seconds in STARTS.items()
    ]


def captioning(settings: Settings, usage: Usage) -> tuple[Line, Line]:
    """Return what captioning 1000 pictures costs in Lambda's time on x86 and, on paper, on arm64."""
    inference = {name: 1000 * MODEL_GMAC / rate for name, rate in (("x86", X86_GMACS), ("arm64", ARM64_GMACS))}
    others = usage.processor_ms - inference["x86"]
    on_arm64 = others * ARM64_SLOWER + inference["arm64"] + usage.waiting_ms
    gigabytes = settings.caption_memory / 1024
    x86 = milliseconds(usage, settings.caption_memory) * gigabytes
    return (
        Line("captioner's time, x86_64", x86, PRICES["lambda_gb_second"]),
        Line("captioner's time, arm64", on_arm64 * gigabytes, ARM64_GB_SECOND),
    )


def flood(megabits_a_second: float) -> float:
    """Return what a month of bytes at such a rate costs, in dollars, at CloudFront's first and dearest price."""
    gigabytes = megabits_a_second / 8 / 1000 * 30 * 24 * 3600
    return max(0.0, gigabytes - CDN_FREE_GB) * CDN_GB


def _bill(title: str, lines: Sequence[Line]) -> str:
    rows = [
        f"  {line.what:34}{line.amount:>14,.7g} at ${line.dollars_each:<14.10g}{'':16}${line.dollars:>8.4f}"
        for line in lines
    ]
    return "\n".join([title, *rows])


def main() -> None:
    """Print what visitors cost."""
    settings = STAGES["prod"]
    sys.stdout.write(
        "\n\n".join(
            [
                _bill("1000 openings of a page of 100 pictures, nothing free", views(1, alone=False)),
                _bill("the same alone in its account, 50,000 of them a month", views(50, alone=True)),
                _bill(
                    "1000 cleaned originals of public pictures saved, nothing free",
                    public_downloads(1, Usage(), settings, alone=False),
                ),
                _bill("1000 large renditions of private pictures saved, nothing free", downloads(1, alone=False)),
                _bill("1000 starts of each function", starts(settings)),
                _bill("1000 pictures' captions, by processor", captioning(settings, Usage())),
                f"a month of 100 megabits a second to whoever wants them: ${flood(100):,.0f}",
            ]
        )
        + "\n"
    )


if __name__ == "__main__":
    main()
