"""What the gallery costs: the arithmetic, and that it counts what the functions really do."""

import time
from collections import Counter
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from infra.settings import Llm, Settings
from infra.stages import STAGES
from infra.tools.cost import (
    ASKED_A_MONTH,
    DAILY_LISTS,
    DAILY_READS,
    DAILY_WRITES,
    DEAREST,
    MONTH_DAYS,
    PASS_LISTS,
    PASS_READS,
    PASS_WRITES,
    PRICES,
    TYPICAL,
    WHOLE_PROCESSOR_MB,
    ZIPPED,
    Item,
    Sweeps,
    Usage,
    at_rest,
    curve,
    milliseconds,
    per_thousand,
    per_thousand_queries,
    total,
    traced,
)
from PIL import ExifTags, Image
from tests.benchmarks import _synthetic as synthetic
from tests.benchmarks._table import Index, Table
from tests.dynamodb import ROW_OVERHEAD, size, write_units
from tests.photographs import free
from tests.unit.collection import results
from tests.unit.conftest import Api, Gallery, forget_clients
from tests.unit.faults import photograph
from tests.unit.identity import Pool
from tests.unit.pictures import ticket
from tests.unit.sweeps import plenty

from caption import pipeline
from gallery.aws import table
from gallery.aws.items import encode
from gallery.people import people
from gallery.pictures import index, rows, storage
from gallery.vocabulary.classes import image_classes
from search import searching, written
from search.relevance import MOST_CORRECTED, Relevance
from search.typed import MOST_WORDS, typed_words
from sweep import scanning, sweeping

MEMORY = STAGES["prod"].caption_memory
FEATURES = np.random.default_rng(1).exponential(size=2048).astype(np.float32)
"""Distributed like ResNet50's, and no easier to compress."""


def cost_of(items: list[Item], what: str) -> float:
    (found,) = (each.dollars for each in items if each.what == what)
    return found


def test_an_item_costs_its_amount_beyond_what_is_free() -> None:
    assert Item("polls", 3e6, "queue_request", free=1e6).dollars == pytest.approx(0.80)
    assert Item("polls", 5e5, "queue_request", free=1e6).dollars == 0


def test_half_a_processor_takes_twice_the_time_to_compute_and_none_more_to_wait() -> None:
    usage = Usage(processor_ms=100, waiting_ms=50)
    assert milliseconds(usage, WHOLE_PROCESSOR_MB) == 150
    assert milliseconds(usage, WHOLE_PROCESSOR_MB // 2) == pytest.approx(250, rel=0.01)
    assert milliseconds(usage, 4 * WHOLE_PROCESSOR_MB) == 150


def test_a_function_pays_for_its_memory_as_long_as_it_runs() -> None:
    usage = Usage(processor_ms=0, waiting_ms=1000)
    assert cost_of(per_thousand(usage, 1024), "captioner's time") == pytest.approx(1000 * PRICES["lambda_gb_second"])
    assert cost_of(per_thousand(usage, 2048), "captioner's time") == pytest.approx(2000 * PRICES["lambda_gb_second"])


def test_a_thousand_pictures_cost_less_than_eight_cents_and_a_tenth_of_rekognition() -> None:
    assert total(per_thousand(Usage(), MEMORY)) < 0.08
    assert total(per_thousand(Usage(), MEMORY)) < 1000 * PRICES["rekognition_picture"] / 10


def test_at_rest_an_empty_gallery_costs_three_cents_and_without_an_image_one() -> None:
    items = at_rest(0, Usage())
    assert total(items) <= 0.03
    assert total(at_rest(0, Usage(), ZIPPED)) <= 0.01
    assert cost_of(items, "Lambda asking the queues") == 0


def test_a_language_model_is_one_queue_more_to_ask() -> None:
    llm = Llm(provider="bedrock", model="a.model", input_dollars=1, output_dollars=5, dollars_a_day=1)
    dearer = total(at_rest(0, Usage(), Settings(stage="prod", llm=llm))) - total(at_rest(0, Usage()))
    looks = next(each.amount for each in at_rest(0, Usage()) if each.what == "sweeper: asks for dead letters")
    assert dearer == pytest.approx((2 * ASKED_A_MONTH + looks - 1e6) * PRICES["queue_request"]), "a million are free"


def test_a_sweep_of_ever_more_pictures_does_not_cost_ever_more() -> None:
    reads = [cost_of(at_rest(each, Usage()), "sweeper: reads the table") for each in (1000, 1_000_000, 2_000_000)]
    assert reads[0] < reads[1] < 0.60
    assert reads[1] == pytest.approx(reads[2])


def test_originals_that_nobody_reads_get_cheaper_and_ten_thousand_cost_less_than_half_a_dollar() -> None:
    months = [total(at_rest(10_000, Usage(), unread_days=each)) for each in (1, 31, 91)]
    assert months == sorted(months, reverse=True)
    assert months[0] - months[1] == pytest.approx(30 * (0.023 - 0.0125))
    assert months[1] - months[2] == pytest.approx(30 * (0.0125 - 0.004))
    assert months[2] <= 0.45
    assert total(at_rest(10_000, Usage(), unread_days=30)) == pytest.approx(months[0])
    assert total(at_rest(10_000, Usage(), unread_days=90)) == pytest.approx(months[1])


def test_at_rest_storage_is_most_of_the_bill() -> None:
    items = at_rest(10_000, Usage())
    stored = cost_of(items, "storage: originals") + cost_of(items, "storage: renditions and records")
    assert stored == pytest.approx(0.805)
    assert stored / total(items) > 0.5


def test_the_curve_has_a_line_for_each_memory_size() -> None:
    heading, *rows = curve(Usage(), [512, MEMORY]).splitlines()
    assert "memory" in heading
    assert [row.split()[0] for row in rows] == ["512", str(MEMORY)]


class Meter:
    """Counts requests to S3 and units of the table as AWS bills them."""

    def __init__(self) -> None:
        self.s3: Counter[str] = Counter()
        self.writes, self.reads = 0, 0.0
        self.pictures_read = 0.0
        """The units of `reads` for rows of pictures that were named elsewhere."""

    def watch(self) -> None:
        clients: list[Any] = [storage.client(), table.client()]
        for client in clients:
            client.meta.events.register("before-parameter-build.*.*", self)

    def __call__(self, params: dict[str, Any], model: Any, **_: Any) -> None:  # noqa: ANN401 - botocore's hook
        if model.service_model.service_name == "s3":
            self.s3[model.name] += 1
        elif not self._read(params, model.name):
            self._write(params, model.name)

    def _read(self, params: dict[str, Any], operation: str) -> bool:
        """Count what reads; tell whether it does."""
        match operation:
            case "Scan":
                self.reads += 0.5
            case "BatchGetItem":
                found = params["RequestItems"].values()
                units = [(key, 1 if each.get("ConsistentRead") else 0.5) for each in found for key in each["Keys"]]
                self.reads += sum(unit for _, unit in units)
                self.pictures_read += sum(unit for key, unit in units if key["sk"] == {"S": "IMAGE"})
            case "GetItem":
                assert params["ConsistentRead"]
                self.reads += 1
            case "Query":
                assert not params.get("ConsistentRead")
                self.reads += 0.5
            case _:
                return False
        return True

    def _write(self, params: dict[str, Any], operation: str) -> None:
        match operation:
            case "PutItem":
                self.writes += write_units(params["Item"])
            case "BatchWriteItem":
                puts = [each["PutRequest"]["Item"] for requests in params["RequestItems"].values() for each in requests]
                self.writes += sum(map(write_units, puts))
            case "TransactWriteItems":
                self.writes += sum(2 * write_units(each["Put"]["Item"]) for each in params["TransactItems"])
            case "UpdateItem":
                self.writes += 1
            case _:
                raise AssertionError(f"nobody counts {operation}")


def swept(days: int) -> Meter:
    """Sweep as on a later day, and count."""
    day = date(2026, 11, 1) + timedelta(days=days)
    meter = Meter()
    meter.watch()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeping, "_today", lambda: day)
        sweeping.sweep(plenty)
    assert set(meter.s3) <= {"ListObjectsV2", "DeleteObjects"}, "deleting is free"
    return deepcopy(meter)  # which goes on counting


@pytest.mark.usefixtures("gallery")
def test_the_bill_counts_what_a_sweep_of_nothing_takes(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("COMPARE_EVERY_DAYS", str(STAGES["prod"].compare_every_days))
    forget_clients()
    swept(0)
    daily, weekly = swept(1), swept(7)
    assert (daily.s3["ListObjectsV2"], daily.reads, daily.writes) == (DAILY_LISTS, DAILY_READS, DAILY_WRITES)
    assert weekly.s3["ListObjectsV2"] - DAILY_LISTS == PASS_LISTS
    assert (weekly.reads - DAILY_READS, weekly.writes - DAILY_WRITES) == (PASS_READS, PASS_WRITES)
    looks = Meter()
    looks.watch()
    sweeping.look()
    assert (looks.reads, looks.writes, looks.s3) == (1.0, 0, Counter()), "besides a row of the day's tries"


@pytest.mark.usefixtures("model")
def test_the_bill_counts_what_a_sweep_of_pictures_takes(gallery: Gallery, environment: pytest.MonkeyPatch) -> None:
    environment.setenv("COMPARE_EVERY_DAYS", str(STAGES["prod"].compare_every_days))
    forget_clients()
    pictures = 12
    for number in range(pictures):
        picture = ticket(owner="anna", visibility="public")
        gallery.upload(picture.id, photograph() + bytes([number]))
        pipeline.caption(picture.id)
    environment.setattr("time.time", lambda clock=time.time: clock() + 60)
    # As in a large table, where hardly two of a thousand rows in turn are of the same picture.
    environment.setattr(scanning, "_SCANNED", 1)
    environment.setattr(sweeping, "_ROUNDS", 10_000)
    swept(0)
    postings = sum(rows.posting_id(row) is not None for row in gallery.rows())
    usage = replace(Usage(), table_rows=postings // pictures)
    once = Settings(stage="prod", compare_every_days=MONTH_DAYS)
    assert swept(7).pictures_read == pytest.approx(Sweeps(pictures, usage, once).pictures_read, rel=0.1)


def as_from_a_camera() -> bytes:
    """Return a photograph that is large enough for a rendition of each size."""
    file, taken = BytesIO(), Image.Exif()
    taken.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2024:07:14 16:20:05"
    Image.open(free()[0].path).convert("RGB").resize((1600, 1200)).save(file, "JPEG", exif=taken)
    return file.getvalue()


def test_the_bill_counts_the_requests_that_a_members_picture_really_takes(
    gallery: Gallery, api: Api, pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ACCESS_MODE", "members")
    monkeypatch.setenv("UPLOADS_PER_HOUR", "500")
    three_sure = [
        (image_classes()[index], p) for index, p in zip(range(150, 160), [0.5, 0.2, 0.1] + 7 * [0.01], strict=True)
    ]
    seen = SimpleNamespace(best=three_sure, features=FEATURES, inference_time_ms=12.34)
    model = SimpleNamespace(name="resnet50", input_size=224, classify=lambda _: seen)
    monkeypatch.setattr(pipeline, "classifier", lambda: model)
    files = {"files": [{"name": "a photograph of the dog.jpg", "type": "image/jpeg", "size": 1000}]}
    api("GET", "/api/me", headers=pool.bearer())
    api("POST", "/api/uploads", body=files, headers=pool.bearer())  # the key of the senders' digests is made once
    before = len(gallery.rows())
    meter = Meter()
    meter.watch()
    (ticket,) = api("POST", "/api/uploads", body=files, headers=pool.bearer()).json["uploads"]
    gallery.upload(ticket["image_id"], as_from_a_camera())
    pipeline.caption(ticket["image_id"])
    the_upload_itself = 1
    assert meter.s3["PutObject"] + the_upload_itself == Usage().puts
    assert meter.s3["GetObject"] == Usage().gets
    assert set(meter.s3) == {"PutObject", "GetObject", "DeleteObject"}, "deleting is free"
    assert (meter.writes, meter.reads) == (Usage().writes, Usage().reads)
    assert len(gallery.rows()) - before == pytest.approx(Usage().table_rows, rel=0.1)
    stored = sum(map(size, map(encode, gallery.rows()))) + ROW_OVERHEAD * len(gallery.rows())
    assert stored == pytest.approx(Usage().table_bytes, rel=0.2)


def test_a_picture_that_shows_more_costs_a_posting_more() -> None:
    more = replace(Usage(), writes=Usage().writes + 1)
    dearer = total(per_thousand(more, MEMORY)) - total(per_thousand(Usage(), MEMORY))
    assert dearer == pytest.approx(1000 * PRICES["write_unit"])


def test_lambda_traces_a_call_a_second_and_a_twentieth_of_the_others() -> None:
    assert traced(2000) == traced(1000) == 1
    assert traced(100) == pytest.approx(0.145)


def test_queries_cost_their_time_their_call_and_what_they_read() -> None:
    bill = per_thousand_queries(replace(TYPICAL, reads=10, processor_ms=80, waiting_ms=20), 2 * WHOLE_PROCESSOR_MB)
    assert cost_of(bill, "search's time") == pytest.approx(
        100 * 2 * WHOLE_PROCESSOR_MB / 1024 * PRICES["lambda_gb_second"]
    )
    assert cost_of(bill, "table: read") == pytest.approx(10_000 * PRICES["read_unit"])
    assert total(per_thousand_queries(DEAREST)) < 0.026


QUERY = " ".join(f"words{n}s" for n in range(MOST_WORDS))
"""Each word of which is a slip as well, and in the names of many people."""


class Endless(dict[str, list[str]]):
    """Every list of the index, each with more pictures or people than are ever read."""

    def __init__(self, pictures: int) -> None:
        super().__init__()
        self.keys_of_all = [index.sort_key(n / pictures, synthetic.image_id(n)) for n in range(pictures)]

    def get(self, partition: str, default: Any = None) -> Any:  # noqa: ANN401 - as dict has it
        if partition.startswith("NAME#"):
            return [f"{partition}-{n}" for n in range(9)]
        return self.keys_of_all if partition.startswith(("CLASS#", "WORD#", "OWNER#")) else default


class Peopled(Index):
    """The same with a person for each username and name, who is called by every word of the query."""

    def row(self, pk: str, sk: str) -> table.Row | None:
        kind, _, name = pk.partition("#")
        if kind == "USERNAME":
            return table.key(pk, sk) | {"sub": name}
        if kind == "PERSON":
            return people.to_row(people.Person(sub=name, username=name, display_name=QUERY, created_at="2026"))
        return super().row(pk, sk)


def test_no_query_reads_more_than_the_bill_of_the_dearest_says(
    api: Api, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    pictures = synthetic.draw(600)
    index_of_all = Peopled(Endless(len(pictures)), lambda image_id: pictures.whole(synthetic.number_of(image_id)))
    table = Table(index_of_all)
    table.stand_in()
    request.addfinalizer(table.stand_aside)
    noise = np.random.default_rng(1).random(1000, np.float32)
    slips = dict.fromkeys(QUERY.split()[:MOST_CORRECTED], "harmonica")
    monkeypatch.setattr(searching, "corrections", lambda _: slips)
    monkeypatch.setattr(searching, "relevance_of", lambda *_: Relevance(noise, typed_words(QUERY, slips)))
    monkeypatch.setattr(searching, "revised", lambda candidate, *_: candidate)
    monkeypatch.setattr(written, "nearest", lambda *_: [])  # by the vector index, which reads no units
    assert len(results(api, QUERY)) == 24
    assert table.units == pytest.approx(DEAREST.reads, rel=0.1)
    assert table.units <= DEAREST.reads
