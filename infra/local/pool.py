"""What the emulator's user pool does as Amazon's would: random codes, and nothing for who has not proved who they are.

The emulator knows codes that are always the same, hands tokens out for challenges that it never set, and lets whoever
holds an access token write any attribute of an account, its subject included.
"""

import json
import secrets
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from ministack.core.iam_actions import unsigned_operations
from ministack.services import cognito

from infra.local.request_guard import FOR_THE_PAGE

Data = dict[str, Any]
Answer = tuple[int, dict[str, str], bytes]

WELL_KNOWN_CODES = frozenset({"123456", "654321"})
MOST_WRONG_CODES = 5
SECONDS_OF_WRONG_CODES = 3600
SECONDS_OF_A_CHALLENGE = 180


def guard_pool() -> None:
    """Have each call of the pool pass a guard, and each code be random."""
    _make_codes_random()
    guard, run = Guard(), cognito._run_idp_handler
    answer_password = cognito._password_auth_result

    def run_guarded(handler: Callable[[Data], Answer], action: str, data: Data) -> Answer:
        refusal = guard.refusal(action, data)
        if refusal:
            answered: Answer = cognito.error_response_json(*refusal, 400)
            return answered
        answered = run(handler, action, data)
        guard.note_wrong_code(action, data, answered)
        guard.note_answer(action, data, answered)
        return answered

    def answer_and_note(pool: Data, pid: str, cid: str, user: Data, *args: Any, **more: Any) -> Answer:  # noqa: ANN401
        answered: Answer = answer_password(pool, pid, cid, user, *args, **more)
        guard.note_challenge(user, answered)
        return answered

    cognito._run_idp_handler, cognito._password_auth_result = run_guarded, answer_and_note


class Guard:
    """What was asked of whom, and who has guessed how often."""

    def __init__(self) -> None:
        self._challenges: dict[str, tuple[str, str, float]] = {}
        self._wrong: defaultdict[tuple[str, str], list[float]] = defaultdict(list)

    def refusal(self, action: str, data: Data) -> tuple[str, str] | None:
        """Return the code and the words of what stands against a call; None where nothing does."""
        if action in unsigned_operations("cognito-idp") and action not in FOR_THE_PAGE:
            return "NotAuthorizedException", f"The page does not need {action}."
        if not isinstance(data.get("AccessToken", ""), str):
            return "NotAuthorizedException", "Invalid Access Token"
        if action == "SignUp" and _claims_more_than_an_address(data):
            return "NotAuthorizedException", "A client attempted to write unauthorized attribute"
        if action == "RespondToAuthChallenge" and not self._was_asked(data):
            return "NotAuthorizedException", "Invalid session for the user."
        if len(self._recently_wrong(action, data)) >= MOST_WRONG_CODES:
            return "LimitExceededException", "Attempt limit exceeded, please try after some time."
        return None

    def note_wrong_code(self, action: str, data: Data, answered: Answer) -> None:
        """Count a code that was none."""
        if answered[0] == 400 and "CodeMismatchException" in str(json.loads(answered[2]).get("__type")):
            self._recently_wrong(action, data).append(time.monotonic())

    def note_challenge(self, user: Data, answered: Answer) -> None:
        """Keep what was asked of somebody whose password was right; who answers shows the session as a proof."""
        asked = json.loads(answered[2])
        if "ChallengeName" in asked:
            for over in [
                session for session, challenge in list(self._challenges.items()) if challenge[2] < time.monotonic()
            ]:
                self._challenges.pop(over, None)
            known = (user["Username"], asked["ChallengeName"], time.monotonic() + SECONDS_OF_A_CHALLENGE)
            self._challenges[asked["Session"]] = known

    def note_answer(self, action: str, data: Data, answered: Answer) -> None:
        """Have a session serve once, so that no later holder of it gets tokens or sets another password."""
        if action == "RespondToAuthChallenge" and answered[0] == 200:
            self._challenges.pop(str(data.get("Session")), None)

    def _was_asked(self, data: Data) -> bool:
        if data.get("ChallengeName") == "PASSWORD_VERIFIER":  # has a proof of its own
            return True
        username, name, ends = self._challenges.get(str(data.get("Session")), ("", "", 0.0))
        user = _user(data, (data.get("ChallengeResponses") or {}).get("USERNAME"))
        return bool(user) and (username, name) == (user["Username"], data["ChallengeName"]) and time.monotonic() < ends

    def _recently_wrong(self, action: str, data: Data) -> list[float]:
        if action not in ("ConfirmSignUp", "ConfirmForgotPassword", "RespondToAuthChallenge"):
            return []
        user = _user(data, data.get("Username") or (data.get("ChallengeResponses") or {}).get("USERNAME"))
        if not user:
            return []
        wrong = self._wrong[action, user["Username"]]
        wrong[:] = [at for at in wrong if at > time.monotonic() - SECONDS_OF_WRONG_CODES]
        return wrong


def _user(data: Data, name: object) -> Data:
    pool, _ = cognito._pool_for_client(data.get("ClientId"))
    return (cognito._resolve_user(pool, name)[0] if pool and isinstance(name, str) else None) or {}


def _claims_more_than_an_address(data: Data) -> bool:
    claimed = [
        (attribute.get("Name"), str(attribute.get("Value")).lower()) for attribute in data.get("UserAttributes") or []
    ]
    return any(attribute != ("email", str(data.get("Username")).lower()) for attribute in claimed)


def _make_codes_random() -> None:
    send, code_error = cognito._send_verification_email, cognito._code_error

    def send_random(pool: Data, username: str, attributes: Data, _code: str, attribute_name: str = "email") -> object:
        code = next(code for code in iter(_random_code, None) if code not in WELL_KNOWN_CODES)
        user = cognito._resolve_user(pool, username)[0]
        user["_reset_code" if attribute_name == "password" else "_confirmation_code"] = code
        return send(pool, username, attributes, code, attribute_name=attribute_name)

    def error_unless_random(issued: str | None, code: object) -> object:
        return code_error(None if issued in WELL_KNOWN_CODES else issued, code)

    cognito._send_verification_email, cognito._code_error = send_random, error_unless_random
    cognito._EMAIL_OTP_CODE = _random_code()


def _random_code() -> str:
    return f"{secrets.randbelow(10**6):06}"
