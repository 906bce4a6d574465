"""Try a gallery through its public address as a visitor does: `python -m infra.tools.smoke https://gallery.example.org`.

A picture (`smoke.jpg`: Chelsea the cat, CC0, photograph by Stefan van der Walt) is uploaded, gets its caption and is
deleted. Where only members upload, the AWS credentials at hand make an account for this and remove it again.
"""

import json
import secrets
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import boto3
import urllib3
from botocore.exceptions import BotoCoreError, ClientError

from infra.tools.console import ToolError, say, step
from infra.tools.errors import ignored

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient

PICTURE = Path(__file__).with_name("smoke.jpg")
SECONDS_TO_ANSWER = 300
"""A distribution's new name takes a while until everybody knows it."""
SECONDS_TO_CAPTION = 180
"""The first picture waits for a container image that has never run."""
PAUSE = 0.5

Answer = dict[str, Any]
Value = TypeVar("Value")


class Visitor:
    """Somebody at the gallery's address, with or without an account."""

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self.headers: dict[str, str] = {}
        self._http = urllib3.PoolManager(timeout=30, retries=urllib3.Retry(2, redirect=2))

    def ask(self, method: str, path: str, body: object = None) -> urllib3.BaseHTTPResponse:
        """Send a request to a path of the gallery, with a JSON body where one is given."""
        headers = self.headers | ({"content-type": "application/json"} if body is not None else {})
        content = json.dumps(body).encode() if body is not None else None
        return self._http.request(method, self.url + path, body=content, headers=headers)

    def tell(self, method: str, path: str, *expected: int, body: object = None) -> Answer:
        """Send a request and return the JSON that comes back.

        Raises:
            ToolError: the answer is another one than expected.
        """
        answer = self.ask(method, path, body)
        if answer.status not in expected:
            raise ToolError(f"{method} {path} answered {answer.status}: {answer.data[:500].decode(errors='replace')}")
        content: Answer = answer.json() if answer.data else {}
        return content

    def send(self, ticket: Answer, content: bytes) -> None:
        """Put bytes where a ticket says."""
        fields = {**ticket["fields"], "file": (PICTURE.name, content, "image/jpeg")}
        answer = self._http.request("POST", ticket["url"], fields=fields)
        if answer.status not in (200, 201, 204):
            raise ToolError(f"S3 answered an upload with {answer.status}: {answer.data[:500].decode(errors='replace')}")


def smoke(url: str, session: boto3.Session) -> None:
    """Upload a picture, wait for its caption and delete it; nothing of it is left, even where something goes wrong.

    Raises:
        ToolError: something is not as a visitor expects.
    """
    visitor = Visitor(url)
    with step("Waiting for the gallery to answer"):
        _until(lambda: _healthy(visitor), SECONDS_TO_ANSWER, f"{url}/api/health does not answer")
        settings = visitor.tell("GET", "/api/settings", 200)
    with step("Opening the page"):
        if b"<html" not in visitor.ask("GET", "/").data:
            raise ToolError(f"{url}/ is not the page; publish it with `python -m infra.tools.publish`.")
    if settings["demo_only"]:
        return _try_demo(visitor)
    with _allowed_to_upload(visitor, settings, session), _uploaded(visitor) as image_id:
        if settings["model"]:
            with step("Waiting for the caption"):
                image = _captioned(visitor, image_id)
            say(f"  “{image['caption']}”")
            with step("Fetching the small rendition"):
                _fetch(visitor, image["urls"]["small"])
        else:
            say("No model is compiled, so no caption comes; `make model` and another deployment change that.")
    return None


def answers(url: str) -> bool:
    """Tell whether a gallery answers at an address at this moment."""
    return _healthy(Visitor(url))


def _healthy(visitor: Visitor) -> bool:
    try:
        return visitor.ask("GET", "/api/health").status == 200
    except urllib3.exceptions.HTTPError:
        return False


def _try_demo(visitor: Visitor) -> None:
    with step("Trying a picture"):
        headers = {"content-type": "image/jpeg"}
        answer = urllib3.request(
            "POST", f"{visitor.url}/api/classify", body=PICTURE.read_bytes(), headers=headers, timeout=60
        )
        if answer.status != 200:
            raise ToolError(
                f"POST /api/classify answered {answer.status}: {answer.data[:500].decode(errors='replace')}"
            )
    say(f"  “{answer.json()['caption']}”")


@contextmanager
def _allowed_to_upload(visitor: Visitor, settings: Answer, session: boto3.Session) -> Iterator[None]:
    """Give the visitor an account for as long as the block takes, where uploading needs one.

    Raises:
        ToolError: the credentials at hand can't make one.
    """
    if settings["access"] != "members":
        yield
        return
    identity = settings["identity"]
    place = {"region_name": identity["region"], "endpoint_url": identity["endpoint"] or None}
    cognito: CognitoIdentityProviderClient = session.client("cognito-idp", **place)
    name, pool = f"smoke-{secrets.token_hex(8)}@example.org", identity["user_pool_id"]
    try:
        with step("Making an account for this test"):
            visitor.headers["authorization"] = f"Bearer {_sign_up(cognito, pool, identity['client_id'], name)}"
        yield
    except (BotoCoreError, ClientError) as error:
        raise ToolError(f"No account could be made for the test: {error}") from error
    finally:
        with step("Removing that account"):
            _remove_account(cognito, pool, name)


def _sign_up(cognito: "CognitoIdentityProviderClient", pool: str, client: str, name: str) -> str:
    """Make somebody and return their access token."""
    password = f"{secrets.token_urlsafe(24)}aA1!"
    cognito.admin_create_user(UserPoolId=pool, Username=name, MessageAction="SUPPRESS")
    cognito.admin_set_user_password(UserPoolId=pool, Username=name, Password=password, Permanent=True)
    answer = cognito.admin_initiate_auth(
        UserPoolId=pool,
        ClientId=client,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": name, "PASSWORD": password},
    )
    return answer["AuthenticationResult"]["AccessToken"]


def _remove_account(cognito: "CognitoIdentityProviderClient", pool: str, name: str) -> None:
    try:
        with ignored("UserNotFoundException"):
            cognito.admin_delete_user(UserPoolId=pool, Username=name)
    except (BotoCoreError, ClientError) as error:
        raise ToolError(f"The account {name} is still in the pool {pool}; remove it by hand: {error}") from error


@contextmanager
def _uploaded(visitor: Visitor) -> Iterator[str]:
    """A picture in the gallery for as long as the block takes; its id."""
    content = _unique(PICTURE.read_bytes())
    with step("Uploading a picture"):
        asked = {
            "name": PICTURE.name,
            "type": "image/jpeg",
            "size": len(content),
            "title": "Smoke test",
            # So that its renditions come through the distribution.
            "visibility": "public",
        }
        (ticket,) = visitor.tell("POST", "/api/uploads", 201, body={"files": [asked]})["uploads"]
    path = f"/api/images/{ticket['image_id']}"
    try:
        visitor.send(ticket, content)
        yield ticket["image_id"]
    finally:
        with step("Deleting the picture"):
            visitor.tell("DELETE", path, 204)
            visitor.tell("GET", path, 404)


def _unique(jpeg: bytes) -> bytes:
    """Return the picture with a comment of its own: the same bytes twice would be a duplicate."""
    comment = secrets.token_hex(16).encode()
    return jpeg[:2] + b"\xff\xfe" + (len(comment) + 2).to_bytes(2, "big") + comment + jpeg[2:]


def _captioned(visitor: Visitor, image_id: str) -> Answer:
    def look() -> Answer | None:
        image = visitor.tell("GET", f"/api/images/{image_id}", 200)
        if image["status"] == "failed":
            raise ToolError(f"The picture failed: {image['failure']['detail']}")
        return image if image["status"] == "captioned" else None

    late = f"The picture has no caption after {SECONDS_TO_CAPTION} s; the caption function's log says why"
    return _until(look, SECONDS_TO_CAPTION, late)


def _fetch(visitor: Visitor, address: str) -> None:
    place: Mapping[str, Any] = {"headers": {"accept": "image/*"}, "timeout": 30}
    answer = urllib3.request("GET", address if "://" in address else visitor.url + address, **place)
    if answer.status != 200 or not answer.headers["content-type"].startswith("image/"):
        raise ToolError(f"{address} answered {answer.status} and {answer.headers.get('content-type')}, not a picture.")


def _until(look: Callable[[], Value | None], seconds: float, late: str) -> Value:
    """Look again and again until there is something, and return that.

    Raises:
        ToolError: there is nothing in time.
    """
    deadline = time.monotonic() + seconds
    while not (outcome := look()):
        if time.monotonic() > deadline:
            raise ToolError(f"{late}.")
        time.sleep(PAUSE)
    return outcome


def main() -> int:
    """Try the gallery at the address given; return the exit code."""
    if len(sys.argv) != 2 or not sys.argv[1].startswith(("https://", "http://")):
        say("python -m infra.tools.smoke ADDRESS, such as https://gallery.example.org")
        return 2
    try:
        smoke(sys.argv[1], boto3.Session())
    except ToolError as trouble:
        say(str(trouble))
        return 1
    say("The gallery works.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
