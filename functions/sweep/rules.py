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
    storage,
    takedowns,
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
    found, after = storage.listing(storage.INCOMING, after)
    old = list(_older(found, settings().stuck_seconds))
    if not old:
        return Counter(), after
    known = _pictures([each.image_id for each in old])
    recorded = storage.ids_between(storage.RECORDS, old[0].image_id, old[-1].image_id)
    awaited = [each for each in old if _is_awaited(known.get(each.image_id), each, recorded)]
    in_vain = {each.key for each in old if each.image_id in known} - {each.key for each in awaited}
    unknown = [each for each in old if each.image_id not in known and each not in awaited]
    in_vain |= {each.key for each in _older(unknown, limits.UNUSED_TICKET_SECONDS)}
    storage.delete(in_vain)
    reminded = enqueue_captioning([each.image_id for each in awaited]) if awaited and _would_heed_reminders() else 0
    return Counter(unasked=len(in_vain), reminded=reminded), after


def _is_awaited(picture: Picture | None, sent: Stored, recorded: Collection[str]) -> bool:
    if picture is None:
        return sent.image_id in recorded
    return picture.status == "awaiting"


def originals(after: str | None) -> tuple[Counter[str], str | None]:
    """Remind the captioner of originals nobody captioned; erase those of deleted pictures."""
    before = after or storage.ORIGINALS
    found, after = storage.listing(storage.ORIGINALS, after)
    ids = [each.image_id for each in _older(found, settings().stuck_seconds)]
    known = _pictures(ids)
    deleted = [each for each in ids if each in known and known[each].status == "deleted"]
    for each in deleted:
        removal.purge_objects(each)
    stuck = [each for each in ids if _waits(known.get(each))]
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
        found, after = storage.listing(prefix, after)
        old = list(_older(found, settings().stuck_seconds))
        known = _pictures({each.image_id for each in old})
        used = {key for picture in known.values() for key in storage.rendition_keys(picture).values()}
        saved = (each for each in known.values() if each.visibility == "public" or each.albums)
        used |= {key for each in saved for key in storage.download_keys(each)}
        with_mosaics = {each.image_id for each in old if mosaics.is_mosaic(each.key)} & known.keys()
        used |= {key for each in with_mosaics for key in mosaics.shown_keys(known[each])}
        unused = [each.key for each in old if each.key not in used]
        storage.delete(unused)
        return Counter(renditions=len(unused)), after

    return rule


def records(after: str | None) -> tuple[Counter[str], str | None]:
    """Remove pictures whose original is gone, and records of uploads that never came."""
    found, after = storage.listing(storage.RECORDS, after)
    if not found:
        return Counter(), after
    first, last = found[0].image_id, found[-1].image_id
    there = storage.ids_between(storage.ORIGINALS, first, last) | storage.ids_between(storage.INCOMING, first, last)
    without = [each for each in _older(found, limits.UNUSED_TICKET_SECONDS) if each.image_id not in there]
    known = _pictures([each.image_id for each in without])
    lost = [each for each in known.values() if each.status not in {"awaiting", "deleted"}]
    for each in lost:
        with suppress(Conflict):
            removal.soft_delete(each)
    abandoned = {each.image_id: each.key for each in without}.keys() - {each.id for each in lost}
    storage.delete(storage.record_key(each) for each in abandoned)
    repeated = sum(duplicates.is_duplicate(each) for each in lost)
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
    found = list(_pictures([each.image_id for each in part]).values())
    for each in found:
        catalogue.enter_again(each)
    return Counter(indexed=len(found)), part[-1].key if part else None


def date_again(after: str | None) -> tuple[Counter[str], str | None]:
    """Enter the next few pictures into the lists by date, and count the months in which they were taken."""
    stored, _ = storage.listing(storage.RECORDS, after)
    part = stored[:_ENTERED]
    found = list(_pictures([each.image_id for each in part]).values())
    for each in found:
        catalogue.enter_by_date(each)
    for month in {month for each in found for month in months.months_of(each)}:
        months.reconcile(month)
    return Counter(dated=len(found)), part[-1].key if part else None


def name_again(after: str | None) -> tuple[Counter[str], str | None]:
    """Let the next few people be found by the words of their names."""
    listed, after = table.newest(people.PEOPLE, _NAMED, after)
    found = names.among([each["sk"] for each in listed])
    for each in found.values():
        names.enter(each)
    return Counter(named=len(found)), after


def postings(after: str | None) -> tuple[Counter[str], str | None]:
    """Remove postings whose picture does not belong into their list, and count months anew."""
    scanned, after = scan_postings(after)
    old = [each for each in scanned.postings if each.at < time.time() - settings().stuck_seconds]
    known = _pictures({each.image_id for each in old})
    belonging = {posting for picture in known.values() for posting in rows.postings(picture)}
    left = () if bookmark("indexed").after == _all(index.VERSION) else rows.ENTERED
    orphans = [each for each in old if (each.pk, each.sk) not in belonging and not each.pk.startswith(left)]
    if withdrawals.concern_public_tiles((each.pk, each.sk) for each in orphans):
        # Whoever was to take it away died; mosaics may have been made of it since.
        withdrawals.note()
    for each in orphans:
        catalogue.remove_posting((each.pk, each.sk), "posted_at = :at", {":at": each.at})
    labels = {label: shown for picture in known.values() for label, shown in rows.labels(picture).items()}
    dated = (months.month_at(each.pk, each.sk) for each in old if (each.pk, each.sk) in belonging)
    uncounted = months.missing({month for month in dated if month})
    return Counter(
        postings=len(orphans),
        labels=label_counts.count_missing(labels),
        months=sum(map(months.reconcile, [*scanned.months, *uncounted])),
    ), after


def labels(after: str | None) -> tuple[Counter[str], str | None]:
    """Count labels anew that a crash has left counted too often."""
    found, after = label_counts.counts(after, _LABELS)
    return Counter(labels=sum(map(label_counts.reconcile, found))), after


def reconcile_counters(after: str | None) -> tuple[Counter[str], str | None]:
    """Count the pictures of the next few days anew, in which any are stored or counted."""
    stored, _ = storage.listing(storage.RECORDS, f"{storage.RECORDS}{after}~" if after else None)
    counted = (each for each in counters.buckets() if after is None or each > after)
    buckets = [*counted, *(counters.bucket_of(each.image_id) for each in stored[:1])]
    if not buckets:
        return Counter(), None
    bucket = min(buckets)
    changes = counters.changes_in(bucket)
    return Counter(tallies=int(counters.reconcile(bucket, storage.recorded(bucket), changes))), bucket


def reconcile_changed_counters(after: str | None) -> tuple[Counter[str], str | None]:
    """Count the pictures of the next few days anew of which any was counted since that was last done."""
    bucket = next((each for each in counters.changed_buckets() if after is None or each > after), None)
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
    found = unfinished(_RETRACTIONS)
    return Counter(retracted=sum(map(clear_up, found))), found[-1] if found else None


def erasures(after: str | None) -> tuple[Counter[str], str | None]:
    """Have the eraser go on where it stopped before everything of somebody's was gone."""
    stuck, after = people.stuck_erasures(_ERASURES, after)
    for each in stuck:
        people.call_eraser(each)
    return Counter(erasures=len(stuck)), after


_ALBUMS = 100


def albums_lost(after: str | None) -> tuple[Counter[str], str | None]:
    """Have albums brought back of which the bucket tells and the table knows nothing."""
    stored, after = storage.listing(storage.ALBUMS, after)
    old = [each.image_id for each in _older(stored, settings().stuck_seconds)]
    there = {each.id for each in albums.find_all(old)}
    lost = [each for each in old if each not in there]
    for start in range(0, len(lost), _ALBUMS):
        call(settings().albums_function, {"bring_back": lost[start : start + _ALBUMS]})
    return Counter(albums=len(lost)), after


def clearings(after: str | None) -> tuple[Counter[str], str | None]:
    """Have pictures taken out of albums where that stopped half-way."""
    listed, after = clearing.unfinished(_ALBUMS, after)
    for each in listed:
        clearing.ask_for(each)
    return Counter(clearings=len(listed)), after


def unconfirmed(after: str | None) -> tuple[Counter[str], str | None]:
    """Delete accounts that were not confirmed within a day, which keep an address from whom it belongs to."""
    if settings().sign_up != "open":
        return Counter(), None
    until = datetime.now(UTC) - timedelta(seconds=settings().unconfirmed_seconds)
    old, after = accounts.unconfirmed_before(until, after)
    deleted = [each for each in old if accounts.delete_unconfirmed(each)]
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
    "named": once(names.VERSION, name_again),
    "dated": once(months.VERSION, date_again),
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


def _older(found: Iterable[Stored], seconds: int) -> Iterable[Stored]:
    until = datetime.now(UTC) - timedelta(seconds=seconds)
    return (each for each in found if each.modified < until)


def _pictures(ids: Collection[str]) -> dict[str, Picture]:
    return {each.id: each for each in catalogue.find_all(list(ids))}
