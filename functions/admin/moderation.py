"""What people reported, and what admins take away and give back."""

from collections.abc import Callable
from typing import Literal

from pydantic import BaseModel

from gallery.admin.audit_log import logged
from gallery.api.image import Image, present
from gallery.feedback import reports
from gallery.feedback.reports import Kind, List, Reported
from gallery.lifecycle.revision import hide, restore
from gallery.people import people
from gallery.pictures import catalogue, withholding
from gallery.pictures.access import Caller
from gallery.pictures.model import Picture
from gallery.pictures.viewing import find_image
from gallery.posts import posts

Decision = Literal["hide", "restore", "dismiss"]


class ReportedPost(BaseModel):
    """A post as far as admins need it to decide."""

    id: str
    text: str
    author: str


class Report(BaseModel):
    """A picture or post that people reported, how often, and some of their reasons, the newest first.

    Nobody did where an admin hid it first. `image` is the picture, or the one that is posted; null where it is gone
    meanwhile, as `post` is.
    """

    kind: Kind
    id: str
    count: int
    reasons: list[str]
    first_at: str
    last_at: str
    hidden: bool
    image: Image | None
    post: ReportedPost | None


class ReportsAnswer(BaseModel):
    """A part of what no admin has decided about, or of what is hidden, most reported first; null ends it."""

    reports: list[Report]
    next_cursor: str | None


class DecisionAnswer(BaseModel):
    """Whether a picture or post is hidden now."""

    kind: Kind
    id: str
    hidden: bool


def list_reports(which: List, limit: int, cursor: str | None) -> ReportsAnswer:
    """Return one page of what was reported or hidden; raises the 400 for a cursor that is not ours."""
    listed, after = reports.listed(which, limit, cursor)
    known = {post.id: post for post in posts.find_all(report.id for report in listed if report.kind == "post")}
    shown = [report.id for report in listed if report.kind == "image"] + [post.image_id for post in known.values()]
    pictures = {picture.id: picture for picture in catalogue.find_all(shown) if picture.status != "deleted"}
    authors = people.find_all(post.author for post in known.values())
    answer = [_report(report, known.get(report.id), pictures, authors) for report in listed]
    return ReportsAnswer(reports=answer, next_cursor=after)


def _report(
    report: Reported, post: posts.Post | None, pictures: dict[str, Picture], authors: dict[str, people.Person]
) -> Report:
    picture = pictures.get(post.image_id if post else report.id)
    author = authors.get(post.author) if post else None
    hidden = post.hidden if post else picture is not None and picture.hidden is not None
    return Report(
        kind=report.kind,
        id=report.id,
        count=report.count,
        reasons=list(reports.reasons(report.kind, report.id)),
        first_at=report.first_at,
        last_at=report.last_at,
        hidden=hidden,
        image=present(picture, Caller(admin=True)) if picture else None,
        post=ReportedPost(id=post.id, text=post.text, author=author.username if author else "") if post else None,
    )


def decide(kind: Kind, thing_id: str, decision: Decision, caller: Caller) -> DecisionAnswer:
    """Hide a picture or post, give it back, or leave it as it is; either way what was reported of it is settled.

    Raises the 404 where there is none (any more), for which a report can still be dismissed.
    """
    with logged(caller, decision, f"{kind} {thing_id}"):
        hidden = _dismiss(kind, thing_id) if decision == "dismiss" else _ACTS[kind](thing_id, decision, caller)
        reports.resolve(kind, thing_id, hidden=hidden)
    return DecisionAnswer(kind=kind, id=thing_id, hidden=hidden)


def _dismiss(kind: Kind, thing_id: str) -> bool:
    """Leave a thing as it is; tell whether it is hidden. A hidden post that is gone withholds nothing any more."""
    if kind == "post":
        post = posts.find(thing_id)
        if post is None:
            withholding.release_post(thing_id)
        return post is not None and post.hidden
    picture = catalogue.find(thing_id)
    return picture is not None and picture.status != "deleted" and picture.hidden is not None


def _decide_on_image(image_id: str, decision: Decision, caller: Caller) -> bool:
    act = hide if decision == "hide" else restore
    return act(lambda: find_image(image_id, caller)).hidden is not None


def _decide_on_post(post_id: str, decision: Decision, _caller: Caller) -> bool:
    return posts.hide(post_id, hidden=decision == "hide").hidden


_ACTS: dict[Kind, Callable[[str, Decision, Caller], bool]] = {"image": _decide_on_image, "post": _decide_on_post}
