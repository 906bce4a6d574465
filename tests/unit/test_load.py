"""The load on the gallery is the same in every run, and what it reports can be believed."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from tests import photographs
from tests.load import pictures
from tests.load.pictures import POISONS, Album
from tests.load.plan import WHOLE, Plan, plan_from
from tests.load.samples import NO_ANSWER, Fault, Log, Sample, percentile
from tests.load.truth import Truth
from tests.load.uploading import Arrived
from tests.unit.conftest import Gallery
from tests.unit.pictures import annas

from caption.examine import Rejected, examine
from gallery.aws import table
from gallery.aws.items import encode
from gallery.captioning import dead_letters
from gallery.pictures import rows, storage
from gallery.pictures.counters import bucket_of
from gallery.pictures.model import Picture


@pytest.fixture
def free_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """One view of each of the few pictures that are always there."""
    monkeypatch.setattr(photographs, "SHARED", None)
    monkeypatch.setattr(pictures, "VIEWS", 1)


@pytest.mark.usefixtures("free_pictures")
class TestAlbum:
    def test_it_is_the_same_in_every_run_and_no_two_pictures_are_alike(self) -> None:
        taken = Album(1, 10).take(60)
        assert Album(1, 10).take(60) == taken
        assert len({each.content for each in taken}) == 60
        assert Album(2, 10).take(60) != taken

    def test_poison_fails_for_the_reason_it_is_said_to_and_nothing_else_does(self) -> None:
        taken = Album(1, 3).take(3 * len(POISONS))
        assert [each.end for each in taken if each.end != "captioned"] == [code for code, _ in POISONS]
        for each in taken:
            assert end_of(each.content) == each.end


def end_of(content: bytes) -> str:
    try:
        examine(content)
    except Rejected as rejected:
        return rejected.code
    return "captioned"


class TestFigures:
    @pytest.mark.parametrize(("share", "value"), [(0.5, 50), (0.95, 95), (0.99, 99), (1, 100)])
    def test_percentiles_are_of_the_nearest_rank(self, share: float, value: int) -> None:
        assert percentile([float(each) for each in reversed(range(1, 101))], share) == value

    @pytest.mark.parametrize(("began", "explained"), [(90.0, False), (98.0, True), (104.0, True), (107.0, False)])
    def test_a_failure_is_explained_only_by_what_was_done_while_it_was_under_way(
        self, began: float, explained: bool
    ) -> None:
        failed = Sample("GET /", began, seconds=3.0, status=NO_ANSWER)
        log = Log([failed], [Fault("killed", 100.0, 105.0)])
        assert (log.unexplained() == []) == explained

    def test_the_whole_is_asked_for_by_a_word_and_single_numbers_by_theirs(self) -> None:
        assert plan_from([]) == Plan()
        assert plan_from(["--full"]) == WHOLE
        assert plan_from(["--full", "--clients", "7"]).clients == 7


Spoil = Callable[[Gallery, Picture], object]


def count_one_more(gallery: Gallery, key: table.Row, what: str) -> None:
    gallery.dynamodb.update_item(
        TableName="gallery-test",
        Key=encode(key),
        UpdateExpression="ADD #what :one",
        ExpressionAttributeNames={"#what": what},
        ExpressionAttributeValues=encode({":one": 1}),
    )


def forget(gallery: Gallery, key: table.Row) -> None:
    gallery.dynamodb.delete_item(TableName="gallery-test", Key=encode(key))


SPOILS: dict[str, Spoil] = {
    "every upload that ended well is a picture": lambda g, it: forget(g, rows.image_key(it.id)),
    "there is no other picture": lambda *_: annas(),
    "each was written exactly twice: its ticket, its outcome": lambda g, it: count_one_more(
        g, rows.image_key(it.id), "version"
    ),
    "each stands in exactly the lists, with the postings, that its row says": lambda g, it: forget(
        g, table.key(rows.by_label("pug"), it.id)
    ),
    "labels are counted right": lambda g, _: count_one_more(g, rows.label_key("pug"), "pictures"),
    "pictures and bytes are counted right": lambda g, it: count_one_more(
        g, table.key("TALLIES", bucket_of(it.id)), "captioned"
    ),
    "each has exactly its objects in the bucket": lambda g, it: g.s3.delete_object(
        Bucket="gallery-test-media", Key=storage.rendition_keys(it)["small"]
    ),
    "no picture was given up": lambda *_: dead_letters.record_failure("01KAGVQ2W3M8Y6Z5T4R7N9P0XC"),
}


class TestTruth:
    def test_a_gallery_as_it_should_be_passes_every_check(self, gallery: Gallery) -> None:
        assert wrong(truth_of(gallery, captioned_picture(gallery))) == set()

    @pytest.mark.parametrize("what", SPOILS)
    def test_what_is_not_as_it_should_be_is_found(self, gallery: Gallery, what: str) -> None:
        picture = captioned_picture(gallery)
        SPOILS[what](gallery, picture)
        assert what in wrong(truth_of(gallery, picture))

    def test_a_letter_about_a_picture_that_was_captioned_all_the_same_is_none(self, gallery: Gallery) -> None:
        picture = captioned_picture(gallery)
        dead_letters.record_failure_for(picture.id, "caption", "killed")
        assert wrong(truth_of(gallery, picture)) == set()

    def test_a_picture_listed_twice_another_end_or_a_message_left_is_found(self, gallery: Gallery) -> None:
        picture = captioned_picture(gallery)
        truth = truth_of(gallery, picture)
        assert wrong(replace(truth, listed=[picture.id] * 2)) == {"the list shows each exactly once, newest first"}
        assert wrong(replace(truth, messages={"pictures": 1})) == {"no message is left in a queue"}
        poison = Arrived(picture.id, "truncated", at=0)
        assert wrong(replace(truth, arrived=[poison])) == {"pictures are captioned, poison failed for the right reason"}


def captioned_picture(gallery: Gallery) -> Picture:
    picture = annas()
    gallery.put_original(picture.id, b"pixels")
    return picture


def truth_of(gallery: Gallery, picture: Picture) -> Truth:
    return Truth([Arrived(picture.id, "captioned", at=0)], gallery.rows(), gallery.objects(), [picture.id], {})


def wrong(truth: Truth) -> set[str]:
    return {each.what for each in truth.checks() if each.wrong}
