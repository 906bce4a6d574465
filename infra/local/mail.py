"""E-mail of the local cloud: nothing is sent; what would be is shown where the gallery was started."""

import json
from contextlib import suppress
from typing import TextIO

from ministack.services import cognito


def show_mail(stream: TextIO) -> None:
    """Have the emulator write each e-mail of the user pool to a stream, as one line of JSON."""
    deliver = cognito._deliver_cognito_email

    def write_and_deliver(pool: object, to_email: str, subject: str, body: str, **more: object) -> object:
        with suppress(BrokenPipeError):  # whoever would read it is about to end this process
            stream.write(json.dumps({"to": to_email, "body": body}) + "\n")
            stream.flush()
        return deliver(pool, to_email, subject, body, **more)

    cognito._deliver_cognito_email = write_and_deliver
