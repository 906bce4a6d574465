"""Bounds that only hold together: which has to be the larger one."""

from datetime import UTC, datetime

from tests.unit.conftest import Api, Gallery

from gallery import limits


def test_a_ticket_is_not_forgotten_while_its_form_lets_anything_in(api: Api, gallery: Gallery) -> None:
    file = {"name": "a.jpg", "type": "image/jpeg", "size": 5}
    (ticket,) = api("POST", "/api/uploads", body={"files": [file]}).json["uploads"]
    (row,) = (each for each in gallery.rows() if each["pk"] == f"IMAGE#{ticket['image_id']}")
    form_ends = datetime.fromisoformat(ticket["expires_at"])
    ticket_ends = datetime.fromtimestamp(row["expires_at"], UTC)
    # Who began to send within the last second may take as long again until the last byte has arrived.
    assert (ticket_ends - form_ends).total_seconds() >= limits.UPLOAD_SECONDS
