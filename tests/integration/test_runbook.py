"""The runbook's commands, typed as they stand there, are answered by the deployed gallery as their pages promise."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from infra.settings import ROOT
from tests.accounts import Account
from tests.local_cloud import LocalCloud

pytestmark = [
    pytest.mark.cloud,
    pytest.mark.timeout(240),
    pytest.mark.skipif(not (shutil.which("aws") and shutil.which("jq")), reason="needs AWS's command line and jq"),
]

RUNBOOK = ROOT / "docs" / "runbook"
INDEX = RUNBOOK / "README.md"


def commands(page: Path) -> list[str]:
    return re.findall(r"```sh\n(.+?)```", page.read_text(), re.DOTALL)


STAGE, *OF_INDEX = commands(INDEX)
COMMANDS = OF_INDEX + [each for page in sorted(RUNBOOK.glob("*.md")) if page != INDEX for each in commands(page)]
ANSWERS = {
    "logs start-query": r'"status": "Complete"',
    "describe-alarms": r"(?s)-dead-letters\t.+-throttles\t",
    "set-alarm-state": r"^$",
    "get-queue-attributes": r'"ApproximateNumberOfMessagesNotVisible": "\d+"',
    "list-event-source-mappings": r'"Enabled"',
    "get-bucket-notification-configuration": r'(?s)neural-gallery-local-pictures".+"incoming/"',
    "get-account-settings": r'"ConcurrentExecutions": \d+',
    "api/settings": r"^null$",
    'api/admin/failures"': r'^\{"failures":\[',
    "api/admin/failures/redrive": r'^\{"redriven":\d+\}$',
    "api/admin/resume": r'^\{"pause":null\}$',
}
"""What a command has in it → what it is answered."""
NEXT = "---- next ----"
LOCAL = 'aws() { command aws --endpoint-url "$CLOUD" "$@"; }'
"""Only what is AWS is told where that is; all else is as it is typed."""


@pytest.fixture(scope="module")
def answers(local_cloud: LocalCloud, admin: Account) -> dict[str, str]:
    """Command → what a shell says in which somebody types one after the other."""
    here = re.sub(r"STAGE=.*", f"STAGE=local GALLERY_URL={local_cloud.site_url}", STAGE, count=1)
    settings = {
        "AWS_ACCESS_KEY_ID": local_cloud.key["id"],
        "AWS_SECRET_ACCESS_KEY": local_cloud.key["secret"],
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_PAGER": "",
        "CLOUD": local_cloud.endpoint,
        "GALLERY_TOKEN": admin.token,
    }
    script = f"\necho; echo '{NEXT}'\n".join([f"{LOCAL}\n{here}", *COMMANDS])
    shell = subprocess.run(
        ["bash", "-c", script],
        env=os.environ | settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    # As CloudWatch itself would, with the next thing it measures.
    local_cloud.client("cloudwatch").set_alarm_state(
        AlarmName="neural-gallery-local-dead-letters", StateValue="OK", StateReason="the test is over"
    )
    _, *said = shell.stdout.split(NEXT)
    return dict(zip(COMMANDS, map(str.strip, said), strict=True))


def test_it_is_known_what_each_command_is_answered() -> None:
    assert all(sum(words in command for words in ANSWERS) == 1 for command in COMMANDS)


@pytest.mark.parametrize("words", ANSWERS)
def test_a_command_is_answered_as_its_page_promises(answers: dict[str, str], words: str) -> None:
    (answer,) = (answer for command, answer in answers.items() if words in command)
    assert re.search(ANSWERS[words], answer), answer
