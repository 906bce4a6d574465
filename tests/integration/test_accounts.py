"""Accounts from the first to the last day: signing up, in and out at the gallery's own pool."""

import json
import re
import secrets
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import boto3
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError
from infra import admin as command
from infra.local.cloud import Cloud
from infra.local.people import ready_made
from infra.local.settings import LocalSettings
from infra.people import make_admin, new_password
from tests.accounts import Account, sign_in
from tests.local_cloud import ROOT, LocalCloud, eventually

pytestmark = pytest.mark.cloud
PASSWORD = "correct Horse 1!"
LACKING = {"length": "Horse 1!abc", "capitals": "correct horse 1!", "small letters": "CORRECT HORSE 1!",
           "digits": "correct Horse !!", "symbols": "correctHorse11"}  # fmt: skip


@dataclass
class Stranger:
    """Somebody with a browser and an address, known to nobody."""

    cloud: LocalCloud
    cognito: Any
    email: str

    def sign_up(self, password: str = PASSWORD) -> None:
        self.cognito.sign_up(ClientId=self.client, Username=self.email, Password=password)

    def confirm(self, code: str) -> None:
        self.cognito.confirm_sign_up(ClientId=self.client, Username=self.email, ConfirmationCode=code)

    def mailed_code(self) -> str:
        """The code of the newest e-mail, as it is shown where the gallery was started."""
        mine = f"An e-mail to {self.email}: "
        assert eventually(lambda: any(line.startswith(mine) for line in self.cloud.said), 60)
        newest = [line for line in self.cloud.said if line.startswith(mine)][-1]
        found = re.search(r"\b\d{6}\b", newest)
        assert found, newest
        return found[0]

    @property
    def client(self) -> str:
        return self.cloud.outputs["UserPoolClientId"]


@pytest.fixture
def stranger(local_cloud: LocalCloud) -> Iterator[Stranger]:
    unsigned = Config(signature_version=UNSIGNED)
    cognito = boto3.client("cognito-idp", "us-east-1", endpoint_url=local_cloud.endpoint, config=unsigned)
    yield Stranger(local_cloud, cognito, f"{secrets.token_hex(8)}@example.org")
    log = (local_cloud.data / "cloud.log").read_text()
    assert not any(secret in log for secret in (PASSWORD, "eyJ"))


def upload(cloud: LocalCloud, token: str) -> int:
    with cloud.http(headers={"authorization": f"Bearer {token}"}) as http:
        picture = {"name": "dog.jpg", "type": "image/jpeg", "size": 1000, "visibility": "private"}
        return http.post("/api/uploads", json={"files": [picture]}).status_code


def test_somebody_signs_up_confirms_the_address_and_is_known_until_the_session_is_revoked(
    local_cloud: LocalCloud, stranger: Stranger
) -> None:
    cognito = stranger.cognito
    stranger.sign_up()
    with pytest.raises(ClientError, match="UserNotConfirmed"):
        sign_in(local_cloud, stranger.email, PASSWORD)
    with pytest.raises(cognito.exceptions.CodeMismatchException):
        stranger.confirm("000000")
    stranger.confirm(stranger.mailed_code())
    with pytest.raises(cognito.exceptions.UsernameExistsException):
        stranger.sign_up()

    tokens = sign_in(local_cloud, stranger.email, PASSWORD)
    assert upload(local_cloud, tokens["AccessToken"]) == 201
    assert upload(local_cloud, tokens["IdToken"]) == 401
    renewed = renew(stranger, tokens["RefreshToken"])
    assert renewed != tokens["AccessToken"]
    assert upload(local_cloud, renewed) == 201
    cognito.revoke_token(Token=tokens["RefreshToken"], ClientId=stranger.client)
    with pytest.raises(cognito.exceptions.NotAuthorizedException):
        renew(stranger, tokens["RefreshToken"])


def renew(person: Stranger, token: str) -> str:
    answer = person.cognito.initiate_auth(
        ClientId=person.client, AuthFlow="REFRESH_TOKEN_AUTH", AuthParameters={"REFRESH_TOKEN": token}
    )
    return str(answer["AuthenticationResult"]["AccessToken"])


@pytest.mark.parametrize("password", LACKING.values(), ids=LACKING)
def test_a_password_that_lacks_anything_is_refused(stranger: Stranger, password: str) -> None:
    with pytest.raises(stranger.cognito.exceptions.InvalidPasswordException):
        stranger.sign_up(password)


def test_who_has_an_account_can_not_be_found_out_by_asking_for_a_new_password(stranger: Stranger) -> None:
    answer = stranger.cognito.forgot_password(ClientId=stranger.client, Username="nobody@example.org")
    assert answer["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL"
    assert not any("nobody@example.org" in line for line in stranger.cloud.said)


def test_the_ready_made_accounts_that_are_shown_at_the_start_work(local_cloud: LocalCloud) -> None:
    shown = dict(re.findall(r"^ {2}(\S+) +password (\S+)$", "\n".join(local_cloud.said), re.MULTILINE))
    assert list(shown) == ["admin@example.org", "member@example.org"]
    for email, status in (("admin@example.org", 200), ("member@example.org", 403)):
        token = sign_in(local_cloud, email, shown[email])["AccessToken"]
        with local_cloud.http(headers={"authorization": f"Bearer {token}"}) as http:
            assert http.get("/api/admin/failures").status_code == status
    assert stat.S_IMODE((local_cloud.data / "people.json").stat().st_mode) == 0o600


def test_the_ready_made_accounts_are_the_same_at_every_start(local_cloud: LocalCloud) -> None:
    cognito, pool = local_cloud.client("cognito-idp"), local_cloud.outputs["UserPoolId"]
    before = json.loads((local_cloud.data / "people.json").read_text())
    cloud = Cloud(LocalSettings(local_cloud.port, local_cloud.cloud_port, local_cloud.data))
    cognito.admin_delete_user(UserPoolId=pool, Username="member@example.org")
    assert ready_made(cloud, pool) == before
    assert all(sign_in(local_cloud, email, password) for email, password in before.items())


def test_an_admin_of_the_running_gallery_is_made_by_one_command(local_cloud: LocalCloud, stranger: Stranger) -> None:
    first, second = ordered(local_cloud, stranger.email), ordered(local_cloud, stranger.email)
    assert re.fullmatch(rf"{stranger.email} is an admin\. Sign in at \S+ with \S+ for a password\.\n", first)
    assert first != second, "a lost password is replaced"
    accept(stranger)
    assert ordered(local_cloud, stranger.email).startswith(f"{stranger.email} is an admin. If they are signed in")
    token = sign_in(local_cloud, stranger.email, PASSWORD)["AccessToken"]
    with local_cloud.http(headers={"authorization": f"Bearer {token}"}) as http:
        assert http.get("/api/admin/failures").status_code == 200


def ordered(cloud: LocalCloud, email: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "infra.admin", "local", email],
        cwd=ROOT, env=cloud.environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return done.stdout


def accept(person: Stranger) -> None:
    """Follow an invitation: choose a password of one's own."""
    pool = person.cloud.outputs["UserPoolId"]
    person.cloud.client("cognito-idp").admin_set_user_password(
        UserPoolId=pool, Username=person.email, Password=PASSWORD, Permanent=True
    )


def test_an_admin_of_a_deployed_stage_is_invited_by_e_mail_with_the_owners_credentials(
    local_cloud: LocalCloud, stranger: Stranger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", local_cloud.endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", local_cloud.key["id"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", local_cloud.key["secret"])
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    said = f"An e-mail is on its way with a password for {local_cloud.outputs['SiteUrl']}."
    assert all(said in command.there("local", stranger.email) for _ in range(2))
    mine = f"An e-mail to {stranger.email}: You are invited to a Neural Gallery. Sign in as {stranger.email} with"
    assert eventually(lambda: sum(line.startswith(mine) for line in local_cloud.said) == 2, 60)


def test_who_is_invited_by_an_admin_is_sent_another_password_until_they_come(
    local_cloud: LocalCloud, admin: Account, stranger: Stranger
) -> None:
    def invited() -> int:
        with local_cloud.http(headers=admin.headers) as http:
            return http.post("/api/admin/people", json={"email": stranger.email}).status_code

    assert [invited(), invited()] == [202, 202]
    mine = f"An e-mail to {stranger.email}: You are invited to a Neural Gallery. Sign in as {stranger.email} with"
    assert eventually(lambda: sum(line.startswith(mine) for line in local_cloud.said) == 2, 60)
    accept(stranger)
    assert invited() == 409
    assert upload(local_cloud, sign_in(local_cloud, stranger.email, PASSWORD)["AccessToken"]) == 201


def test_a_member_becomes_an_admin_however_often_that_is_asked_and_keeps_the_password(stranger: Stranger) -> None:
    cognito, pool = stranger.cloud.client("cognito-idp"), stranger.cloud.outputs["UserPoolId"]
    stranger.sign_up()
    with pytest.raises(ValueError, match="without confirming"):
        make_admin(cognito, pool, stranger.email)  # the address may be somebody else's
    stranger.confirm(stranger.mailed_code())
    assert [make_admin(cognito, pool, stranger.email, new_password()) for _ in range(2)] == [False, False]
    groups = cognito.admin_list_groups_for_user(UserPoolId=pool, Username=stranger.email)["Groups"]
    assert [group["GroupName"] for group in groups] == ["admin"]
    assert sign_in(stranger.cloud, stranger.email, PASSWORD)
