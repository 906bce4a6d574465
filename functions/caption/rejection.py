"""Why a picture is refused, in the contract's codes and in words for the person who sent it."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gallery.pictures.model import FailureCode


class Rejected(Exception):
    """These bytes can't be captioned, now or later; `cause` is what a decoder said, for the log."""

    def __init__(self, code: "FailureCode", detail: str, cause: str = "") -> None:
        super().__init__(code, detail, cause)
        self.code = code
        self.detail = detail
        self.cause = cause
