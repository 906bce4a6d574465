"""The Lambda behind posts, likes, the feed and shared links: the routes."""

from base64 import b64encode
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools import Logger, single_metric
from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body, Query
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from gallery import limits
from gallery.api.cutting import MEDIA_TYPE
from gallery.api.http import caller_of, resolver, signed_in, uncached
from gallery.api.openapi import answers
from gallery.api.paging import Cursor, Limit
from gallery.pictures.access import Caller
from gallery.posts import likes
from gallery.problems import Problem
from posts.cut import cut
from posts.listing import list_feed, list_most_liked, list_posts
from posts.models import (
    MostLikedAnswer,
    NewPost,
    Post,
    PostChange,
    PostsAnswer,
    ShareLink,
    ShareRequest,
    SharesAnswer,
)
from posts.preview import NOTHING_HERE, page_of
from posts.publishing import change, publish, remove
from posts.sharing import list_shares, opened_by, revoke, share
from posts.showing import find_shown, present_one

logger = Logger()
app = resolver()

Author = Annotated[str | None, Query(max_length=100, description="The username of whose posts to list")]


@app.post(
    "/api/posts",
    tags=["posts"],
    responses=answers(Post, 400, 401, 403, 404, 409, 422, 503, status=201),
    status_code=201,
)
def post_image(request: Annotated[NewPost, Body()]) -> Post:
    """Post a public picture, with a few words or none."""
    author = signed_in(app)
    made = publish(request.image_id, request.text, author, caller_of(app))
    with single_metric("Posts", MetricUnit.Count, 1):
        pass
    return made


@app.get("/api/posts", tags=["posts"], responses=answers(PostsAnswer, 400, 401, 404, 422))
def posts(limit: Limit = limits.DEFAULT_PAGE, cursor: Cursor = None, author: Author = None) -> PostsAnswer:
    """List everybody's posts or one person's, newest first."""
    return list_posts(author, limit, cursor, caller_of(app).sub)


@app.get("/api/posts/most-liked", tags=["posts"], responses=answers(MostLikedAnswer, 401, 422))
def most_liked(limit: Limit = limits.MOST_LIKED) -> MostLikedAnswer:
    """List the posts that most people like; one that nobody likes is absent."""
    return list_most_liked(limit, caller_of(app).sub)


@app.get("/api/feed", tags=["posts"], responses=answers(PostsAnswer, 400, 401, 403, 422))
def feed(limit: Limit = limits.DEFAULT_PAGE, cursor: Cursor = None) -> PostsAnswer:
    """List the posts of the people you follow, newest first."""
    return list_feed(signed_in(app).sub, limit, cursor)


@app.get("/api/posts/<post_id>", tags=["posts"], responses=answers(Post, 401, 404))
def post(post_id: str) -> Post:
    """Get one post."""
    caller = caller_of(app)
    return present_one(find_shown(post_id, caller), caller.sub)


@app.patch("/api/posts/<post_id>", tags=["posts"], responses=answers(Post, 400, 401, 403, 404, 422, 503))
def change_post(post_id: str, request: Annotated[PostChange, Body()]) -> Post:
    """Give your post other words."""
    return change(post_id, request.text, _account())


@app.delete("/api/posts/<post_id>", tags=["posts"], responses=answers(None, 401, 403, 404, 503, status=204))
def delete_post(post_id: str) -> Response[None]:
    """Remove your post, with its likes and links; admins remove anybody's."""
    remove(post_id, _account())
    return Response(HTTPStatus.NO_CONTENT)


@app.put("/api/posts/<post_id>/like", tags=["posts"], responses=answers(None, 401, 403, 404, 503, status=204))
def like_post(post_id: str) -> Response[None]:
    """Like a post; idempotent."""
    liker = signed_in(app)
    likes.like(find_shown(post_id).post.id, liker.sub)
    return Response(HTTPStatus.NO_CONTENT)


@app.delete("/api/posts/<post_id>/like", tags=["posts"], responses=answers(None, 401, 403, 404, 503, status=204))
def unlike_post(post_id: str) -> Response[None]:
    """Take your like of a post back."""
    liker = signed_in(app)
    likes.unlike(find_shown(post_id).post.id, liker.sub)
    return Response(HTTPStatus.NO_CONTENT)


@app.post(
    "/api/posts/<post_id>/share",
    tags=["posts"],
    responses=answers(ShareLink, 400, 401, 403, 404, 409, 422, 503, status=201),
    status_code=201,
)
def share_post(post_id: str, request: Annotated[ShareRequest, Body()]) -> ShareLink:
    """Make a link that opens your post for anybody."""
    return share(post_id, request.expires_in, _account())


@app.get("/api/posts/<post_id>/share", tags=["posts"], responses=answers(SharesAnswer, 401, 403, 404))
def post_shares(post_id: str) -> SharesAnswer:
    """List the links to your post that work."""
    return list_shares(post_id, _account())


@app.delete("/api/posts/<post_id>/share/<token>", tags=["posts"], responses=answers(None, 401, 403, 404, status=204))
def revoke_share(post_id: str, token: str) -> Response[None]:
    """Let a link to your post work no longer."""
    revoke(post_id, token, _account())
    return Response(HTTPStatus.NO_CONTENT)


@app.get("/api/shared/<token>", tags=["posts"], responses=answers(Post, 401, 404))
def shared_post(token: str) -> Response[Post]:
    """Get the post that a link opens."""
    return uncached(HTTPStatus.OK, present_one(opened_by(token), sub=None))


@app.route("/s/<token>", method=["GET", "HEAD"], include_in_schema=False)
def shared_page(token: str) -> Response[Any]:
    """Show people the post that a link opens, and chat programs what to show of it."""
    try:
        status, page = HTTPStatus.OK, page_of(opened_by(token), token)
    except Problem as problem:
        status, page = problem.status, NOTHING_HERE
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    return Response(status, "text/html; charset=utf-8", page, headers=headers)


@app.get("/s/<token>/preview.jpg", include_in_schema=False)
def shared_preview(token: str) -> Response[str]:
    """Show chat programs the picture that a link opens in the shape of their previews."""
    headers = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    image = b64encode(cut(opened_by(token).picture)).decode()
    answer = Response(HTTPStatus.OK, MEDIA_TYPE, image, headers=headers)
    answer.base64_encoded = True
    return answer


def _account() -> Caller:
    signed_in(app)
    return caller_of(app)


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer one request of API Gateway's HTTP API (payload 2.0)."""
    return app.resolve(event, context)
