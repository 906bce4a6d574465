"""What guests add by a link, take back and report."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http import HTTPStatus

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from gallery import limits
from gallery.albums import complaints, room, visits
from gallery.api.client_identity import identity
from gallery.api.opening import Opened
from gallery.api.quotas import Grant, consume_quota, granted_to
from gallery.feedback import reports
from gallery.lifecycle.removal import soft_delete
from gallery.lifecycle.revision import retry_for_caller
from gallery.pictures import catalogue, duplicates
from gallery.pictures.access import ANYONE, Caller, added, is_granted
from gallery.pictures.model import Membership, Picture
from gallery.problems import Problem, no_such_image
from gallery.timestamps import now
from images.link_models import GuestUploads, GuestUploadsAnswer
from images.linked import find
from images.models import DuplicateUpload, FileToUpload, Upload
from images.tickets import beyond, issue, ready, refusal, ticket


def admit(
    opened: Opened, request: GuestUploads, secret: str | None, event: APIGatewayProxyEventV2
) -> GuestUploadsAnswer:
    """Answer each file of a guest's with a ticket, the picture it repeats, or why it cannot be taken, in order.

    The pictures become the album's owner's, private, whatever is said of that. Raises the 403 where the link takes
    none, the 409 where it has no room, and the 429 beyond what guests may send in an hour; the owner's is not charged.
    """
    if opened.link.mode == "view":
        raise Problem(HTTPStatus.FORBIDDEN, "This link shows pictures, and takes none.")
    visit = secret if opened.caller.visit and secret else visits.begin(opened.link)
    answers: list[Upload | None] = [refusal(file) or _duplicate(file, opened) for file in request.files]
    fresh = [place for place, answer in enumerate(answers) if answer is None]
    with _granted(opened, len(fresh), event) as grant:
        files = {place: request.files[place] for place in fresh[: grant.amount]}
        sent = _tickets(files, request.guest_name, visit, opened)
    uploads = [answer or sent.get(place) or beyond(grant) for place, answer in enumerate(answers)]
    return GuestUploadsAnswer(uploads=uploads, visit=visit)


@contextmanager
def _granted(opened: Opened, amount: int, event: APIGatewayProxyEventV2) -> Iterator[Grant]:
    """Take from the hours of the guest's address and of the link alike; raises the 429 where either has no room."""
    address, link = identity(ANYONE, event), f"link {opened.link.digest}"
    with granted_to(address, "guests", amount, limits.GUEST_UPLOADS_PER_HOUR) as of_address:
        if amount and not of_address.amount:
            raise of_address.too_many()
        with granted_to(link, "guests", of_address.amount, limits.GUEST_UPLOADS_OF_LINK_PER_HOUR) as of_link:
            if amount and not of_link.amount:
                raise of_link.too_many()
            yield of_link if of_link.amount < of_address.amount else of_address
        of_address.give_back(of_address.amount - of_link.amount)


def _tickets(files: dict[int, FileToUpload], guest_name: str | None, visit: str, opened: Opened) -> dict[int, Upload]:
    made = {place: _ticket(file, guest_name, visit, opened) for place, file in files.items()}
    if made:
        room.take(opened.link, {picture.id: files[place].size for place, picture in made.items()})
    forms: dict[int, Upload] = {place: ready(picture, files[place]) for place, picture in made.items()}
    issue([*made.values()])
    return forms


def _ticket(file: FileToUpload, guest_name: str | None, visit: str, opened: Opened) -> Picture:
    """Return the ticket of a guest's picture; what they say of the owner's own business counts for nothing."""
    owner = Caller(opened.album.owner)
    announced = file.model_copy(update={"album": None, "archived": None, "favourite": None, "visibility": "private"})
    membership = Membership(
        since=now(), originals=True, pending=opened.link.review, visit=visits.digest_of(visit, opened.link)
    )
    return replace(
        ticket(announced, owner, "private", {}), albums={opened.album.id: membership}, guest_name=guest_name or None
    )


def _duplicate(file: FileToUpload, opened: Opened) -> DuplicateUpload | None:
    """Return the picture of the same bytes if this link shows it; what else the owner has no guest hears."""
    if file.sha256 is None:
        return None
    duplicate = catalogue.find_duplicate(file.sha256, duplicates.scope_of(opened.album.owner))
    if duplicate is None or not (is_granted(opened.caller, duplicate) or added(opened.caller, duplicate)):
        return None
    return DuplicateUpload(duplicate_of=duplicate.id)


def report(opened: Opened, image_id: str, reason: str, event: APIGatewayProxyEventV2) -> None:
    """Note what somebody has against a picture, for its album's owner and admins, once for each sender."""
    picture = find(opened, image_id)
    consume_quota("reports", 1, ANYONE, event)
    reporter = identity(ANYONE, event)
    complaints.note(opened.album, picture.id, reason)
    reports.report("image", picture.id, reason, reporter)


def take_back(opened: Opened, image_id: str) -> None:
    """Delete what this visit added, for good, which gives its room back; raises the 404 for anything else."""

    def attempt() -> None:
        picture = find(opened, image_id)
        if not added(opened.caller, picture):
            raise no_such_image()
        soft_delete(picture, extra_writes=room.given_back(opened.album.id, image_id))

    retry_for_caller(attempt)
