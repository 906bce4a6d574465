"""Errors of AWS's services, told by the code in their answer.

The classes in `client.exceptions` are no way to tell them: botocore makes these at a client's first use of the
attribute, without a lock, so that threads which come first together each get others than the client raises.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from botocore.exceptions import BotoCoreError, ClientError

THROTTLED = frozenset(
    {
        "BandwidthLimitExceeded", "EC2ThrottledException", "LimitExceededException", "PriorRequestNotComplete",
        "ProvisionedThroughputExceededException", "RequestLimitExceeded", "RequestThrottled",
        "RequestThrottledException", "SlowDown", "ThrottledException", "Throttling", "ThrottlingException",
        "TooManyRequestsException", "TransactionInProgressException",
    }
)  # fmt: skip
"""What botocore takes for a service that is asked too much, and tries again after."""

OVERLOADED = THROTTLED | {
    "ReplicatedWriteConflictException", "ServiceUnavailable", "ServiceUnavailableException",
    "TransactionConflictException",
}  # fmt: skip
"""What a service answers, even to the SDK's last try, when it is asked too much: botocore's list and DynamoDB's own."""


def service_error() -> "type[ClientError]":
    """Return the class of the errors that services answer with.

    `except service_error():` asks for it only where something was raised, so that the SDK is not loaded before.
    """
    from botocore.exceptions import ClientError  # noqa: PLC0415

    return ClientError


def request_error() -> "type[BotoCoreError]":
    """Return the class of the errors where no answer came, likewise."""
    from botocore.exceptions import BotoCoreError  # noqa: PLC0415

    return BotoCoreError


def code_of(error: BaseException) -> str:
    """Return the code of a service's error; empty for any other error, so that none has to be told apart before."""
    return str(getattr(error, "response", {}).get("Error", {}).get("Code", ""))


class ignored:  # noqa: N801 - used as contextlib.suppress is
    """Ends a block without an error where a service answers one of these codes."""

    def __init__(self, *codes: str) -> None:
        self._codes = codes

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        """Tell whether the error, if there is one, is over with this."""
        return error is not None and code_of(error) in self._codes
