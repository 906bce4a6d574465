"""One way for every function to speak the contract over HTTP: routing, validation, callers and problems."""

import gzip
import json
import math
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NoReturn

from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestUnsupportedContentType, RequestValidationError
from pydantic import BaseModel

from gallery.api.distribution import came_through_distribution
from gallery.api.openapi import routes
from gallery.aws.errors import OVERLOADED, code_of
from gallery.pictures.access import ANYONE, Caller
from gallery.pictures.model import IMAGE_ID
from gallery.problems import CONTENT_TYPE, FieldError, Problem, ServiceUnavailable, foreign_cursor
from gallery.settings import settings

if TYPE_CHECKING:
    from gallery.people.people import Person

logger = Logger()


def resolver(*, stores: bool = True) -> APIGatewayHttpResolver:
    """Return a router that validates requests and answers every error as a problem document.

    Calls that change something get the 403 where the gallery is there for trying only, unless they store nothing.
    """
    app = _Resolver(
        enable_validation=True,
        response_validation_error_http_code=HTTPStatus.INTERNAL_SERVER_ERROR,
        json_body_deserializer=lambda text: _read_json(app, text),
    )
    app.exception_handler(Problem)(lambda problem: _refuse(app, problem))
    app.exception_handler(RequestValidationError)(lambda error: _refuse(app, _invalid(app, error.errors())))
    app.exception_handler(RequestUnsupportedContentType)(lambda _: _refuse(app, _UNSUPPORTED))
    app.exception_handler([UnicodeDecodeError, RecursionError])(lambda _: _refuse(app, _UNPARSABLE))
    app.exception_handler(ValueError)(lambda error: _refuse(app, _UNSUPPORTED) if _is_form(app) else _unexpected(error))
    app.exception_handler(NotFoundError)(lambda _: answer(_unrouted(app)))
    app.exception_handler(Exception)(_unexpected)
    app.use([_correlate, _refuse_other_sites, *([_refuse_changes] if stores else []), _know_the_sender])
    return app


class _Resolver(APIGatewayHttpResolver):
    """A router that nobody reaches past the distribution, and whose long answers are compressed.

    The API has an address of its own, where neither a firewall nor anything else of the distribution stands before it.
    CloudFront compresses nothing that its policy forbids to cache, and an HTTP API never does.
    """

    def resolve(self, event: Any, context: Any) -> dict[str, Any]:  # noqa: ANN401 - powertools' own
        """Return the answer to an event of API Gateway, as payload format 2.0 has it."""
        headers = {name.lower(): value for name, value in (event.get("headers") or {}).items()}
        if not came_through_distribution(headers):
            return _payload(answer(_PAST_THE_DISTRIBUTION))
        return _compressed(super().resolve(event, context), headers.get("accept-encoding", ""))


def _payload(response: Response[str]) -> dict[str, Any]:
    headers = {"Content-Type": CONTENT_TYPE, **response.headers}
    return {"statusCode": response.status_code, "body": response.body, "isBase64Encoded": False, "headers": headers}


def _compressed(response: dict[str, Any], accepted: str) -> dict[str, Any]:
    """Return an answer in gzip where it is a long text and whoever asked takes that."""
    headers, body = response.get("headers") or {}, response.get("body") or ""
    content_type = next((value for name, value in headers.items() if name.lower() == "content-type"), "")
    if response.get("isBase64Encoded") or len(body) < _SHORT or not _TEXT.match(content_type):
        return response
    headers = {**headers, "Vary": "Accept-Encoding"}
    if not _takes_gzip(accepted):
        return {**response, "headers": headers}
    content = b64encode(gzip.compress(body.encode(), _LEVEL, mtime=0)).decode()
    return {**response, "body": content, "isBase64Encoded": True, "headers": {**headers, "Content-Encoding": "gzip"}}


def _takes_gzip(accepted: str) -> bool:
    """Tell what an Accept-Encoding says of gzip (RFC 9110, section 12.5.3)."""
    weights = {}
    for coding_ in accepted.lower().split(","):
        coding, _, weight = coding_.replace(" ", "").partition(";q=")
        weights[coding] = weight
    weight = weights.get("gzip", weights.get("*", "0"))
    return weight.strip("0.") != "" or weight == ""


def answer(problem: Problem) -> Response[str]:
    """Return a problem as the response it is."""
    return Response(
        status_code=problem.status.value,
        content_type=CONTENT_TYPE,
        body=json.dumps(problem.document(), ensure_ascii=False),
        headers={"Cache-Control": "no-store", **problem.headers},
    )


def bytes_of(app: APIGatewayHttpResolver) -> bytes:
    """Return a request's body as it was sent; API Gateway hands on what is no text in base 64."""
    body = app.current_event.body or ""
    return b64decode(body) if app.current_event.is_base64_encoded else body.encode()


def uncached(status: HTTPStatus, body: BaseModel, headers: Mapping[str, str] | None = None) -> Response[Any]:
    """Return an answer in JSON that is for its caller and this moment alone, so that nothing on the way keeps it."""
    return Response(status, "application/json", body, headers={"Cache-Control": "no-store", **(headers or {})})


def caller_of(app: APIGatewayHttpResolver) -> Caller:
    """Return who sent the request, whose token every request was asked for before it came to its handler.

    An admin could see everything, so one whose account is blocked gets the 403 or 401 whatever they ask for.
    """
    sender: Caller = app.context["sender"]
    # Of what changes something that was asked already.
    if sender.admin and not _changes(app):
        _refuse_the_blocked(sender)
    return sender


def _sender(app: APIGatewayHttpResolver) -> Caller:
    """Return whom a request's token names; raises the 401 for one that is not good, which is never taken for none."""
    authorization = app.current_event.headers.get("authorization")
    # Who has a link is whoever has it, and nobody else, whatever account they have.
    if authorization is None or app.current_event.path.startswith(_BY_LINK):
        return ANYONE
    from gallery.api import tokens  # noqa: PLC0415 - cryptography is slow to load, and most visitors have no token

    return tokens.caller(authorization)


def signed_in(app: APIGatewayHttpResolver) -> "Person":
    """Return the person who sent the request, made known now if this is the first time.

    Raises the 401 for somebody unknown or deleted, the 403 for somebody disabled.
    """
    return person_of(caller_of(app))


def person_of(caller: Caller) -> "Person":
    """Return who a caller is, likewise."""
    from gallery.people import people  # noqa: PLC0415 - who asks no service need not load the SDK

    person = people.get_or_create_person(_known(caller))
    people.require_active(person)
    return person


def require_admin(app: APIGatewayHttpResolver) -> Caller:
    """Return the admin who sent the request; raises the 401 for somebody unknown, the 403 for somebody else."""
    caller = _known(caller_of(app))
    if not caller.admin:
        raise Problem(HTTPStatus.FORBIDDEN, "This is for admins.")
    return caller


def require_sub(caller: Caller) -> str:
    """Return whose account a caller has; raises the 401 for somebody unknown."""
    if caller.sub is None:
        raise Problem(HTTPStatus.UNAUTHORIZED, "Sign in first.", headers={"WWW-Authenticate": "Bearer"})
    return caller.sub


def _known(caller: Caller) -> Caller:
    require_sub(caller)
    return caller


def _correlate(
    app: APIGatewayHttpResolver, proceed: Callable[[APIGatewayHttpResolver], Response[Any]]
) -> Response[Any]:
    """Have each line of the log say which request it is about, as API Gateway's own log does, and which picture."""
    request = app.current_event.request_context.get("requestId")
    picture = re.search(IMAGE_ID.strip("^$"), app.current_event.path)
    logger.append_keys(request=request, correlation_id=picture and picture[0])
    return proceed(app)


def _refuse_other_sites(
    app: APIGatewayHttpResolver, proceed: Callable[[APIGatewayHttpResolver], Response[Any]]
) -> Response[Any]:
    """Refuse a change that a page of another origin has its visitor's browser send (cross-site request forgery)."""
    return answer(_OTHER_SITE) if _is_forged(app) else proceed(app)


def _refuse(app: APIGatewayHttpResolver, problem: Problem) -> Response[str]:
    """Answer a problem, but another site's change with its own alone: powertools validates before any middleware."""
    return answer(_OTHER_SITE if _is_forged(app) else problem)


def _is_forged(app: APIGatewayHttpResolver) -> bool:
    return _changes(app) and _is_from_elsewhere(app.current_event.headers)


def _is_from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Tell by Sec-Fetch-Site and Origin, which browsers set and pages can't; other programs send neither.

    A browser's own host arrives as `x-viewer-host` from the distribution, since `host` is then the API's.
    """
    if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        return True
    own = {headers.get("x-viewer-host"), headers.get("host"), _host(settings().site_url)} - {None, ""}
    origin = headers.get("origin")
    return origin is not None and _host(origin) not in own


def _host(origin: str) -> str:
    return origin.partition("://")[2]


def _refuse_changes(
    app: APIGatewayHttpResolver, proceed: Callable[[APIGatewayHttpResolver], Response[Any]]
) -> Response[Any]:
    if settings().demo_only and _changes(app) and app.current_event.path not in _OPERATION:
        return answer(_DEMO_ONLY)
    return proceed(app)


def _know_the_sender(
    app: APIGatewayHttpResolver, proceed: Callable[[APIGatewayHttpResolver], Response[Any]]
) -> Response[Any]:
    """Answer no bad token, whatever it was sent for, and let nobody change anything whose account is blocked."""
    sender = _sender(app)
    app.context["sender"] = sender
    if _changes(app):
        _refuse_the_blocked(sender)
    return proceed(app)


def _refuse_the_blocked(caller: Caller) -> None:
    """Raise the 403 or 401 where an account was disabled or deleted, though its tokens are good for a while yet."""
    if caller.sub is None:
        return
    from gallery.people import people  # noqa: PLC0415 - who asks no service need not load the SDK

    if person := people.find(caller.sub):
        people.require_active(person)


def _changes(app: APIGatewayHttpResolver) -> bool:
    method = app.current_event.http_method
    return method not in {"GET", "HEAD", "OPTIONS"} and method in _methods(app)


def _methods(app: APIGatewayHttpResolver) -> set[str]:
    """Return the methods that an address answers."""
    path = app.current_event.path
    return {route.method for route in routes(app) if route.rule.match(path)}


_BY_LINK = ("/api/links/", "/a/")
_OPERATION = {"/api/admin/pause", "/api/admin/resume"}
"""What changes nothing of the gallery but whether it runs."""
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_DEMO_ONLY = Problem(
    HTTPStatus.FORBIDDEN, "This gallery is for trying: it says what a picture shows, but keeps and changes nothing."
)
_PAST_THE_DISTRIBUTION = Problem(HTTPStatus.FORBIDDEN, "The gallery answers at its own address alone.")
_SHORT = 1000
"""Characters that are not worth compressing."""
_LEVEL = 6
_TEXT = re.compile(r"text/|application/(?:problem\+)?json")
_OTHER_SITE = Problem(HTTPStatus.FORBIDDEN, "Another site may not change anything here.")
_UNPARSABLE = Problem(HTTPStatus.BAD_REQUEST, "The body is not valid JSON.")
_UNSUPPORTED = Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "The body must be JSON (Content-Type: application/json).")


def _read_json(app: APIGatewayHttpResolver, text: str) -> Any:  # noqa: ANN401 - any JSON
    """Return a body's value; raises the 415 for one that is not said to be JSON, the 400 for one that is none.

    Refused as well is what parsers disagree about (RFC 7493): NaN and infinities, integers of more than 4300 digits,
    the same name twice, names with halves of surrogate pairs. The content type is asked for because browsers send
    JSON to other sites without asking these first (CORS) where it is not declared.
    """
    if app.current_event.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise _UNSUPPORTED
    try:
        return json.loads(text, parse_constant=_not_json, parse_float=_finite, object_pairs_hook=_distinct)
    except (ValueError, RecursionError) as error:
        raise _UNPARSABLE from error


def _not_json(word: str) -> NoReturn:
    raise ValueError(word)


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError(text)
    return number


def _distinct(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    object_ = dict(pairs)
    if len(object_) < len(pairs):
        raise ValueError("a name stands twice")
    "".join(object_).encode()  # names are quoted in answers
    return object_


def _invalid(app: APIGatewayHttpResolver, errors: Sequence[Mapping[str, Any]]) -> Problem:
    if _is_form(app):
        return _UNSUPPORTED
    if any(error["type"] == "json_invalid" for error in errors):
        return _UNPARSABLE
    if all(tuple(error["loc"]) == ("query", "cursor") for error in errors):
        return foreign_cursor()
    field_errors = [FieldError(_field(app, error["loc"]), str(error["msg"])) for error in errors]
    return Problem(
        HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(f"{e.field}: {e.detail}" for e in field_errors[:3]), field_errors
    )


def _is_form(app: APIGatewayHttpResolver) -> bool:
    """Tell whether the body is a form, which powertools would read but the contract does not know."""
    return app.current_event.headers.get("content-type", "").startswith(_FORMS)


def _field(app: APIGatewayHttpResolver, location: Sequence[object]) -> str:
    """Name a field as its sender knows it: `files.0.name`, without saying that it was in the body or the query.

    Where a body is of one of several kinds, told by its `action`, pydantic names the kind before the field.
    """
    where, *parts = location
    if where == "body" and len(parts) > 1 and parts[0] == dict(app.current_event.json_body).get("action"):
        del parts[0]
    return ".".join(map(str, parts)) or "body"


def _unrouted(app: APIGatewayHttpResolver) -> Problem:
    allowed = sorted(_methods(app))
    if not allowed:
        return Problem(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
    return Problem(
        HTTPStatus.METHOD_NOT_ALLOWED,
        f"This address answers {', '.join(allowed)} only.",
        headers={"Allow": ", ".join(allowed)},
    )


def _unexpected(error: Exception) -> Response[str]:
    return answer(problem_of(error))


def problem_of(error: Exception) -> Problem:
    """Return how an error is answered; one that nobody meant is logged."""
    if isinstance(error, Problem):
        return error
    if code_of(error) in OVERLOADED:
        logger.warning("a service is overloaded", exc_info=error)
        return ServiceUnavailable(str(error))
    logger.error("unexpected error", exc_info=error)
    return Problem(HTTPStatus.INTERNAL_SERVER_ERROR, "Something went wrong on our side. Please try again.")
