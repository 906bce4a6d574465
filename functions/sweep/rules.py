"""The sweeper's rules.

| Found | Though in the table there is | Then |
|---|---|---|
| what was sent | a ticket, or nothing but its record | an idle captioner is reminded |
| what was sent | any other picture, or for a day neither ticket nor record | it is deleted |
| original | nothing, a ticket, a copy, or no caption though there is a model | an idle captioner is reminded |
| original | a picture with renditions of former sizes | likewise, of a thousand at a time |
| anything | a tombstone | it is deleted; when nothing is left the tombstone may expire |
| rendition | no picture, or one with other renditions | it is deleted |
| file that others save | no public picture with these bytes, nor one in an album | it is deleted |
| mosaic | no picture, or nothing of it, or it may not be shown any more | it is deleted |
| record, but neither original nor anything sent | a picture, or a copy of one | the picture is removed |
| record, but neither original nor anything sent | nothing, or an unused ticket | the record is deleted |
| tombstone | posts of the picture | they are removed |
| post that is gone | likes or links of it | they are deleted |
| picture | one that was entered into the index in an older way | it is entered again |
| picture | one whose sentences were entered in an older way, or not at all | they are entered again |
| picture that lacks a vector | a note of that | the function `embed` is called again |
| picture | one without a signature, by which near copies are found | an idle captioner is reminded, once |
| person | one whose name was entered in an older way, or not at all | it is entered again |
| posting | no picture that belongs into that list | it is deleted; one of the index not before that is done |
| label's count | none, or another number of pictures in its list | it is counted anew |
| picture in the trash | it, for 30 days | it is deleted as DELETE does |
| album | nothing, though the bucket tells of it | the function `albums` is called to bring it back |
| album that is gone, or was left | pictures that are in it still | it is called to take them out |
| erasure of a person | nothing that went on for a while | the eraser is called again |
| account that nobody confirmed for a day | anything | it is deleted, where people may sign up by themselves |
| picture | one that stood in no list by date when it was last changed | it is entered there, and its month counted |
| count of a month, or posting by date without one | another number of pictures taken in it | they are counted anew |
| record, or count of some days' pictures | another number of pictures | they are counted anew |

What is young is left alone: somebody may still be at work on it. A rule takes the place to go on from, does one batch,
and returns how often it was needed and where to go on, None at the end. Rules that compare all objects with all rows
(COMPARISONS) cost most, and find what a crash has left where nobody sees it: they begin anew once a week.
"""

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from gallery import limits
from gallery.albums import albums, clearing
from gallery.aws import accounts, table
from gallery.aws.calls import call
from gallery.aws.queue import waiting
from gallery.aws.table import Conflict
from gallery.captioning import pausing
from gallery.captioning.tasks import enqueue_captioning
from gallery.lifecycle import removal
from gallery.lifecycle.retraction import clear_up, retract_all_of, unfinished
from gallery.lifecycle.trash import delete_due
from gallery.mosaics import mosaics
from gallery.people import names, people
from gallery.pictures import (
    catalogue,
    counters,
    duplicates,
    index,
    label_counts,
    months,
    rows,
    sentences,
    signature,
    storage,
    takedowns,
    vectors,
    withdrawals,
)
from gallery.pictures.model import Picture
from gallery.pictures.storage import Stored
from gallery.settings import settings
from sweep.scanning import bookmark, scan_postings

Rule = Callable[[str | None], tuple[Counter[str], str | None]]

_TOMBSTONES, _LABELS, _ERASURES = 100, 100, 25
_BUSY = 100
"""So many pictures waiting are a backlog that the captioner works off, some seconds of its time at the least."""


def take_down() -> Counter[str]:
    """Take down what was public until its picture was hidden or deleted by a process that was killed."""
    return Counter(taken_down=takedowns.finish_some())


def expire_tombstones() -> Counter[str]:
    """Erase what is left of deleted pictures, their posts too, and let the tombstones expire of which nothing was."""
    done = Counter(erased=0, closed=0)
    for tombstone in catalogue.page(rows.TOMBSTONES, _TOMBSTONES).pictures:
        if all([removal.purge_objects(tombstone.id), retract_all_of(tombstone.id)]):
            with suppress(Conflict):
                removal.expire_tombstone(tombstone)
                done["closed"] += 1
        else:
            done["erased"] += 1
    return done


def incoming(after: str | None) -> tuple[Counter[str], str | None]:
    """Remind the captioner of what was sent and not taken; delete what was sent in vain."""
    objects, after = storage.listing(storage.INCOMING, after)
    old = list(_older(objects, settings().stuck_seconds))
    if not old:
        return Counter(), after
    known = _pictures([stored.image_id for stored in old])
    recorded = storage.ids_between(storage.RECORDS, old[0].image_id, old[-1].image_id)
    awaited = [stored for stored in old if _is_awaited(known.get(stored.image_id), stored, recorded)]
    in_vain = {stored.key for stored in old if stored.image_id in known} - {stored.key for stored in awaited}
    unknown = [stored for stored in old if stored.image_id not in known and stored not in awaited]
    in_vain |= {stored.key for stored in _older(unknown, limits.UNUSED_TICKET_SECONDS)}
    storage.delete(in_vain)
    reminded = enqueue_captioning([stored.image_id for stored in awaited]) if awaited and _would_heed_reminders() else 0
    return Counter(unasked=len(in_vain), reminded=reminded), after


def _is_awaited(picture: Picture | None, sent: Stored, recorded: Collection[str]) -> bool:
    if picture is None:
        return sent.image_id in recorded
    return picture.status == "awaiting"


def originals(after: str | None) -> tuple[Counter[str], str | None]:
    """Remind the captioner of originals nobody captioned; erase those of deleted pictures."""
    before = after or storage.ORIGINALS
    objects, after = storage.listing(storage.ORIGINALS, after)
    ids = [stored.image_id for stored in _older(objects, settings().stuck_seconds)]
    known = _pictures(ids)
    deleted = [image_id for image_id in ids if image_id in known and known[image_id].status == "deleted"]
    for image_id in deleted:
        removal.purge_objects(image_id)
    stuck = [image_id for image_id in ids if _waits(known.get(image_id))]
    if stuck and not _would_heed_reminders():
        # The next run looks here again; those behind have to wait, too.
        return Counter({"erased": len(deleted)} if deleted else {}), before
    return Counter(erased=len(deleted), reminded=enqueue_captioning(stuck) if stuck else 0), after


def _would_heed_reminders() -> bool:
    """Tell whether the captioner would get round to reminders now.

    While it is paused or has much to do they would pile up; what waits is in the queue anyway, or will be found later.
    """
    return not pausing.current() and waiting() < _BUSY


def _waits(picture: Picture | None) -> bool:
    if picture is None or picture.status == "awaiting" or duplicates.is_duplicate(picture):
        return True
    if picture.content and picture.content.is_outdated:
        return True
    return picture.status == "pending" and settings().model_name is not None


def renditions(prefix: str) -> Rule:
    """Return the rule that deletes the renditions under a prefix which no picture has (any more)."""

    def rule(after: str | None) -> tuple[Counter[str], str | None]:
        objects, after = storage.listing(prefix, after)
        old = list(_older(objects, settings().stuck_seconds))
        known = _pictures({stored.image_id for stored in old})
        used = {key for picture in known.values() for key in storage.rendition_keys(picture).values()}
        saved = (picture for picture in known.values() if picture.visibility == "public" or picture.albums)
        used |= {key for picture in saved for key in storage.download_keys(picture)}
        with_mosaics = {stored.image_id for stored in old if mosaics.is_mosaic(stored.key)} & known.keys()
        used |= {key for image_id in with_mosaics for key in mosaics.shown_keys(known[image_id])}
        unused = [stored.key for stored in old if stored.key not in used]
        storage.delete(unused)
        return Counter(renditions=len(unused)), after

    return rule


def records(after: str | None) -> tuple[Counter[str], str | None]:
    """Remove pictures whose original is gone, and records of uploads that never came."""
    objects, after = storage.listing(storage.RECORDS, after)
    if not objects:
        return Counter(), after
    first, last = objects[0].image_id, objects[-1].image_id
    there = storage.ids_between(storage.ORIGINALS, first, last) | storage.ids_between(storage.INCOMING, first, last)
    without = [stored for stored in _older(objects, limits.UNUSED_TICKET_SECONDS) if stored.image_id not in there]
    known = _pictures([stored.image_id for stored in without])
    lost = [picture for picture in known.values() if picture.status not in {"awaiting", "deleted"}]
    for picture in lost:
        with suppress(Conflict):
            removal.soft_delete(picture)
    abandoned = {stored.image_id: stored.key for stored in without}.keys() - {picture.id for picture in lost}
    storage.delete(storage.record_key(image_id) for image_id in abandoned)
    repeated = sum(duplicates.is_duplicate(picture) for picture in lost)
    return Counter(lost=len(lost) - repeated, copies=repeated, abandoned=len(abandoned)), after


def once(version: int, step: Rule) -> Rule:
    """Return the rule that goes through something with a step once for each version, and rests then.

    Its place begins with the version, so that a new one begins anew wherever the last one stopped.
    """

    def rule(after: str | None) -> tuple[Counter[str], str | None]:
        begun, _, place = (after or "").partition(" ")
        if after == _all(version):
            return Counter(), after
        done, next_place = step(place if begun == str(version) else None)
        return done, f"{version} {next_place}" if next_place else _all(version)

    return rule


def _all(version: int) -> str:
    return f"{version} all"


_ENTERED, _NAMED = 200, 100


def enter_again(after: str | None) -> tuple[Counter[str], str | None]:
    """Enter the next few pictures into the search index, and by their bytes, again."""
    stored, _ = storage.listing(storage.RECORDS, after)
    part = stored[:_ENTERED]
    pictures = list(_pictures([posting.image_id for posting in part]).values())
    for picture in pictures:
        catalogue.enter_again(picture)
    return Counter(indexed=len(pictures)), part[-1].key if part else None


def write_again(after: str | None) -> tuple[Counter[str], str | None]:
    """Enter what was written of the next few pictures, where that is missing, and have vectors made of it."""
    stored, _ = storage.listing(storage.RECORDS, after)
    part = stored[:_ENTERED]
    lacking = [
        each.id for each in _pictures([each.image_id for each in part]).values() if catalogue.enter_sentences(each)
    ]
    vectors.request(lacking)
    return Counter(sentences=len(lacking)), part[-1].key if part else None


_LACKING = 100


def embed() -> Counter[str]:
    """Have vectors made of which a change told, and that nobody has made yet."""
    lacking = vectors.noted(_LACKING)
    vectors.request(lacking)
    return Counter(embedded=len(lacking))


def date_again(after: str | None) -> tuple[Counter[str], str | None]:
    """Enter the next few pictures into the lists by date, and count the months in which they were taken."""
    stored, _ = storage.listing(storage.RECORDS, after)
    part = stored[:_ENTERED]
    pictures = list(_pictures([posting.image_id for posting in part]).values())
    for picture in pictures:
        catalogue.enter_by_date(picture)
    for month in {month for picture in pictures for month in months.months_of(picture)}:
        months.reconcile(month)
    return Counter(dated=len(pictures)), part[-1].key if part else None


def sign(after: str | None) -> tuple[Counter[str], str | None]:
    """Have the next few pictures that were looked at before there were signatures looked at again."""
    if not _would_heed_reminders():
        return Counter(), after or storage.RECORDS
    stored, _ = storage.listing(storage.RECORDS, after)
    part = stored[:_ENTERED]
    known = _pictures([each.image_id for each in part]).values()
    unsigned = [picture.id for picture in known if picture.content and picture.content.signature is None]
    return Counter(unsigned=enqueue_captioning(unsigned) if unsigned else 0), part[-1].key if part else None


def name_again(after: str | None) -> tuple[Counter[str], str | None]:
    """Let the next few people be found by the words of their names."""
    listed, after = table.newest(people.PEOPLE, _NAMED, after)
    named = names.among([row["sk"] for row in listed])
    for person in named.values():
        names.enter(person)
    return Counter(named=len(named)), after


def postings(after: str | None) -> tuple[Counter[str], str | None]:
    """Remove postings whose picture does not belong into their list, and count months anew."""
    scanned, after = scan_postings(after)
    old = [posting for posting in scanned.postings if posting.at < time.time() - settings().stuck_seconds]
    known = _pictures({posting.image_id for posting in old})
    belonging = {posting for picture in known.values() for posting in rows.postings(picture)}
    left = () if bookmark("indexed").after == _all(index.VERSION) else rows.ENTERED
    orphans = [
        posting for posting in old if (posting.pk, posting.sk) not in belonging and not posting.pk.startswith(left)
    ]
    if withdrawals.concern_public_tiles((posting.pk, posting.sk) for posting in orphans):
        # Whoever was to take it away died; mosaics may have been made of it since.
        withdrawals.note()
    for orphan in orphans:
        catalogue.remove_posting((orphan.pk, orphan.sk), "posted_at = :at", {":at": orphan.at})
    labels = {label: shown for picture in known.values() for label, shown in rows.labels(picture).items()}
    dated = (months.month_at(posting.pk, posting.sk) for posting in old if (posting.pk, posting.sk) in belonging)
    uncounted = months.missing({month for month in dated if month})
    return Counter(
        postings=len(orphans),
        labels=label_counts.count_missing(labels),
        months=sum(map(months.reconcile, [*scanned.months, *uncounted])),
    ), after


def labels(after: str | None) -> tuple[Counter[str], str | None]:
    """Count labels anew that a crash has left counted too often."""
    counts, after = label_counts.counts(after, _LABELS)
    return Counter(labels=sum(map(label_counts.reconcile, counts))), after


def reconcile_counters(after: str | None) -> tuple[Counter[str], str | None]:
    """Count the pictures of the next few days anew, in which any are stored or counted."""
    stored, _ = storage.listing(storage.RECORDS, f"{storage.RECORDS}{after}~" if after else None)
    counted = (bucket for bucket in counters.buckets() if after is None or bucket > after)
    buckets = [*counted, *(counters.bucket_of(object_.image_id) for object_ in stored[:1])]
    if not buckets:
        return Counter(), None
    bucket = min(buckets)
    changes = counters.changes_in(bucket)
    return Counter(tallies=int(counters.reconcile(bucket, storage.recorded(bucket), changes))), bucket


def reconcile_changed_counters(after: str | None) -> tuple[Counter[str], str | None]:
    """Count the pictures of the next few days anew of which any was counted since that was last done."""
    bucket = next(
        (counted_bucket for counted_bucket in counters.changed_buckets() if after is None or counted_bucket > after),
        None,
    )
    if bucket is None:
        return Counter(), None
    changes = counters.changes_in(bucket)
    return Counter(tallies=int(counters.reconcile(bucket, storage.recorded(bucket), changes))), bucket


_TRASHED = 25


def trash(after: str | None) -> tuple[Counter[str], str | None]:
    """Delete the next few pictures that have been in the trash for 30 days."""
    deleted, after = delete_due(_TRASHED, after)
    return Counter(trashed=deleted), after


_RETRACTIONS = 10


def retractions(_after: str | None) -> tuple[Counter[str], str | None]:
    """Go on with likes and links of posts that are gone."""
    retractions_ = unfinished(_RETRACTIONS)
    return Counter(retracted=sum(map(clear_up, retractions_))), retractions_[-1] if retractions_ else None


def erasures(after: str | None) -> tuple[Counter[str], str | None]:
    """Have the eraser go on where it stopped before everything of somebody's was gone."""
    stuck, after = people.stuck_erasures(_ERASURES, after)
    for sub in stuck:
        people.call_eraser(sub)
    return Counter(erasures=len(stuck)), after


_ALBUMS = 100


def albums_lost(after: str | None) -> tuple[Counter[str], str | None]:
    """Have albums brought back of which the bucket tells and the table knows nothing."""
    stored, after = storage.listing(storage.ALBUMS, after)
    old = [stored_object.image_id for stored_object in _older(stored, settings().stuck_seconds)]
    there = {album.id for album in albums.find_all(old)}
    lost = [album_id for album_id in old if album_id not in there]
    for start in range(0, len(lost), _ALBUMS):
        call(settings().albums_function, {"bring_back": lost[start : start + _ALBUMS]})
    return Counter(albums=len(lost)), after


def clearings(after: str | None) -> tuple[Counter[str], str | None]:
    """Have pictures taken out of albums where that stopped half-way."""
    listed, after = clearing.unfinished(_ALBUMS, after)
    for album_id in listed:
        clearing.ask_for(album_id)
    return Counter(clearings=len(listed)), after


def unconfirmed(after: str | None) -> tuple[Counter[str], str | None]:
    """Delete accounts that were not confirmed within a day, which keep an address from whom it belongs to."""
    if settings().sign_up != "open":
        return Counter(), None
    until = datetime.now(UTC) - timedelta(seconds=settings().unconfirmed_seconds)
    old, after = accounts.unconfirmed_before(until, after)
    deleted = [username for username in old if accounts.delete_unconfirmed(username)]
    return Counter(unconfirmed=len(deleted)), after


RULES: dict[str, Rule] = {
    "incoming": incoming,
    "trash": trash,
    "erasures": erasures,
    "clearings": clearings,
    "retractions": retractions,
    "unconfirmed": unconfirmed,
    "changed": reconcile_changed_counters,
    "indexed": once(index.VERSION, enter_again),
    "sentences": once(sentences.VERSION, write_again),
    "named": once(names.VERSION, name_again),
    "dated": once(months.VERSION, date_again),
    "signed": once(signature.VERSION, sign),
    "originals": originals,
    "records": records,
    "media": renditions(storage.MEDIA),
    "private": renditions(storage.PRIVATE),
    "downloads": renditions(storage.DOWNLOADS),
    "postings": postings,
    "labels": labels,
    "albums": albums_lost,
    "tallies": reconcile_counters,
}
COMPARISONS = {"originals", "records", "media", "private", "downloads", "postings", "labels", "albums", "tallies"}
"""Rules that go through all objects or all rows; they come last, since what people wait for is done by the others."""


def _older(objects: Iterable[Stored], seconds: int) -> Iterable[Stored]:
    until = datetime.now(UTC) - timedelta(seconds=seconds)
    return (stored for stored in objects if stored.modified < until)


def _pictures(ids: Collection[str]) -> dict[str, Picture]:
    return {picture.id: picture for picture in catalogue.find_all(list(ids))}
