"""Errors of AWS's services, told by the code in their answer, as gallery.aws.errors does in the functions."""

from botocore.exceptions import ClientError


class ignored:  # noqa: N801 - used as contextlib.suppress is
    """Ends a block without an error where a service answers this code."""

    def __init__(self, code: str) -> None:
        self._code = code

    def __enter__(self) -> None:
        """Begin the block."""

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> bool:
        """Tell whether the error, if there is one, is over with this."""
        return isinstance(error, ClientError) and error.response["Error"]["Code"] == self._code
