"""What makes the emulator fit to run on somebody's own machine, changed in its running modules.

Each change names what it replaces; the version of the emulator is pinned, and the tests of the local cloud fail
where a change no longer takes hold.
"""

import hashlib
import hmac
import threading
from collections import defaultdict
from typing import Any

from ministack.core import iam_evaluator, lambda_runtime
from ministack.services import cloudfront, cloudwatch_logs, iam, lambda_svc, sts

from infra.local.key import Key
from infra.local.pool import guard_pool
from infra.local.rights import hide_what_is_missing, tell_partitions
from infra.local.settings import ACCOUNT

WORKERS_A_FUNCTION = 8
LOG_STREAMS, LOG_LINES = 20, 1000
ADMINISTRATOR = "local-cloud"
EVERYTHING = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
UNSIGNED = iam_evaluator.AuthError("MissingAuthenticationToken", "This request is not signed.")


def harden(key: Key) -> None:
    """Take the emulator's well-known credentials away and bound what its functions may use."""
    _remove_root()
    _make_function_credentials_secret(key)
    _bound_workers()
    _let_calls_finish()
    _answer_without_waiting_for_logs()
    _allow_reading_only_by_default()
    tell_partitions()
    hide_what_is_missing()
    guard_pool()


def admit_administrator(key: Key) -> None:
    """Make the key's holder the one user who may do everything; call it after the state is loaded."""
    iam._users.setdefault(ADMINISTRATOR, _administrator())
    iam._user_inline_policies[ADMINISTRATOR] = {"everything": EVERYTHING}
    for old in [known for known, record in iam._access_keys.items() if record["UserName"] == ADMINISTRATOR]:
        del iam._access_keys[old]
    iam._access_keys[key.access_key_id] = {
        "UserName": ADMINISTRATOR,
        "AccessKeyId": key.access_key_id,
        "SecretAccessKey": key.secret_access_key,
        "Status": "Active",
        "CreateDate": iam._now(),
    }


def admit_functions() -> None:
    """Know the functions' credentials from the start, for what they signed before the last end: tickets, addresses."""
    for function in lambda_svc._functions.all_values():
        lambda_svc.execution_credentials(function["config"])


def _administrator() -> dict[str, Any]:
    return {
        "UserName": ADMINISTRATOR,
        "Arn": f"arn:aws:iam::{ACCOUNT}:user/{ADMINISTRATOR}",
        "UserId": iam._gen_id("AIDA"),
        "CreateDate": iam._now(),
        "Path": "/",
        "PermissionsBoundary": "",
        "AttachedPolicies": [],
        "Tags": [],
    }


def forget_old_logs() -> None:
    """Keep the newest log streams of each group and the newest lines of each; the emulator keeps all for good."""
    for group in cloudwatch_logs._log_groups.all_values():
        streams = group["streams"]
        oldest_first = sorted(streams, key=lambda name: streams[name].get("lastEventTimestamp") or 0)
        for name in oldest_first[:-LOG_STREAMS]:
            del streams[name]
        for stream in streams.values():
            del stream["events"][:-LOG_LINES]
    pointers = cloudwatch_logs._log_records._data
    for pointer in list(pointers)[:-LOG_LINES]:
        del pointers[pointer]


def _remove_root() -> None:
    """No access key is root: not `test`, not twelve digits. An unsigned request is one only where AWS serves it."""
    for module in (iam_evaluator, sts):
        module.is_root_access_key = lambda access_key_id: not access_key_id
    enforce, check_credentials = iam_evaluator.enforce, iam_evaluator.check_credentials

    def enforce_signed(access_key_id: str, action: str, service: str, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        # SQS asks for the right to send, whether one message or ten; the emulator invents a right for ten.
        action = action.removesuffix("Batch") if service == "sqs" else action
        served = service == "s3" or action == "execute-api:Invoke" or iam_evaluator._served_unsigned(service, action)
        return enforce(access_key_id, action, service, *args, **kwargs) if access_key_id or served else UNSIGNED

    def check_signed(access_key_id: str, service: str | None = None) -> Any:  # noqa: ANN401
        return check_credentials(access_key_id, service) if access_key_id or service == "s3" else UNSIGNED

    iam_evaluator.enforce, iam_evaluator.check_credentials = enforce_signed, check_signed


def _make_function_credentials_secret(key: Key) -> None:
    """The emulator derives a function's credentials from its name alone, so anybody could; mix our secret in."""

    def execution_credentials(config: dict[str, Any]) -> dict[str, str]:
        account, _region = lambda_runtime._account_region_from_function_config(config)
        role = config.get("Role", "").rsplit("/", 1)[-1]
        name = config.get("FunctionName", "function")[:64]

        def derive(purpose: str) -> str:
            text = f"{purpose}:{config.get('FunctionArn')}:{config.get('Role')}"
            return hmac.new(key.secret_access_key.encode(), text.encode(), hashlib.sha256).hexdigest()

        session = {
            "Arn": f"arn:aws:sts::{account}:assumed-role/{role}/{name}",
            "UserId": f"{role}:{name}",
            "SecretAccessKey": derive("secret"),
            "SessionToken": derive("token"),
        }
        access_key_id = f"ASIA{derive('key')[:16].upper()}"
        sts.register_session(access_key_id, session)
        return {
            "AWS_ACCESS_KEY_ID": access_key_id,
            "AWS_SECRET_ACCESS_KEY": session["SecretAccessKey"],
            "AWS_SESSION_TOKEN": session["SessionToken"],
        }

    lambda_runtime.execution_credentials = lambda_svc.execution_credentials = execution_credentials


def _bound_workers() -> None:
    """Further calls of a busy function wait; each call already runs in a thread of its own."""
    places: defaultdict[str, threading.Semaphore] = defaultdict(lambda: threading.Semaphore(WORKERS_A_FUNCTION))
    execute = lambda_svc._execute_function_warm

    def execute_in_turn(function: dict[str, Any], event: object, request_id: str) -> Any:  # noqa: ANN401
        name = (function.get("config") or function).get("FunctionName", "")
        with places[name]:
            return execute(function, event, request_id)

    lambda_svc._execute_function_warm = execute_in_turn


def _let_calls_finish() -> None:
    """New code or one failed start takes no other call down: workers in use end after their call, not during it."""
    acquire, release = lambda_runtime.acquire_worker, lambda_runtime.release_worker
    own_call = threading.local()
    retired: set[Any] = set()

    def acquire_worker(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        worker, reason = acquire(*args, **kwargs)
        own_call.worker = worker
        return worker, reason

    def release_worker(worker: Any) -> None:  # noqa: ANN401
        own_call.worker = None
        release(worker)
        if worker in retired:
            retired.discard(worker)
            lambda_runtime.kill_workers([worker])

    def invalidate_worker(name: str, **_scope: object) -> None:
        failed = getattr(own_call, "worker", None)
        with lambda_runtime._lock:
            pools = [pool for key, pool in lambda_runtime._workers.items() if key.split(":")[2] == name]
            leaving = [worker for pool in pools for worker in pool if failed in (None, worker)]
            for pool in pools:
                pool[:] = [worker for worker in pool if worker not in leaving]
            ending = [worker for worker in leaving if worker is failed or not worker.in_use]
            retired.update(worker for worker in leaving if worker not in ending)
        lambda_runtime.kill_workers(ending)

    for module in (lambda_runtime, lambda_svc):
        module.acquire_worker, module.release_worker = acquire_worker, release_worker
        module.invalidate_worker = invalidate_worker


def _answer_without_waiting_for_logs() -> None:
    """A function that logs nothing answers 50 ms later than it could, because its log is waited for."""
    drain = lambda_runtime.Worker._drain_stderr_bounded
    lambda_runtime.Worker._drain_stderr_bounded = lambda self: drain(self, 0.003, 0.003, 0.05)


def _allow_reading_only_by_default() -> None:
    """A distribution's behaviour that names no methods allows GET and HEAD; the emulator lets all through."""
    allowed = cloudfront._dataplane_allowed_methods
    cloudfront._dataplane_allowed_methods = lambda behavior: allowed(behavior) or ["GET", "HEAD"]
