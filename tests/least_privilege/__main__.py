"""Take every right of every function away in turn, see some of its work fail, give it back: `make permissions`.

`python -m tests.least_privilege [FUNCTION...]` does so for some functions alone. Docs/permissions.md gets the table.
"""

import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from infra.tools.console import say
from tests.accounts import account
from tests.infrastructure.conftest import synthesized
from tests.least_privilege.report import NOT_YET, Failing, read, write
from tests.least_privilege.rights import TOLD, WITH_A_MODEL, Right, rights_in, without
from tests.least_privilege.visitors import Gallery
from tests.least_privilege.work import UNTRIED, WORK, Work
from tests.llm_server import completion, running_llm
from tests.local_cloud import LocalCloud, running

POLICY = "exactly-what-it-needs"


def main(functions: list[str]) -> int:
    """Try the rights of these functions; return the exit code."""
    with tempfile.TemporaryDirectory() as folder, running_llm() as llm:
        llm.reply = completion("A scene of nothing but noise.")
        data = Path(folder)
        roles = synthesized(WITH_A_MODEL, data / "template").resources("AWS::IAM::Role")
        rights = {function: rights_in(roles, function) for function in WORK}
        known = read()
        failing = {each: known.get(each, NOT_YET) for function in WORK for each in rights[function]}
        with running(data / "cloud", **TOLD | {"LLM_ENDPOINT": f"{llm.url}/v1"}) as cloud:
            cloud.client("events").disable_rule(Name="neural-gallery-local-sweep")
            gallery = Gallery(cloud, account(cloud, "admin"), account(cloud))
            for function in functions:
                failing |= tried(gallery, function, rights[function])
                write(failing)
    unnoticed = [each for function in functions for each in rights[function] if not failing[each]]
    for each in unnoticed:
        say(f"Nothing fails where {each.function} lacks {each.action} on {each.resource}.")
    return 1 if unnoticed else 0


def tried(gallery: Gallery, function: str, rights: Sequence[Right]) -> Failing:
    """Return what fails without each right of a function."""
    found: Failing = {}
    with quiet(gallery, function):
        broken = [work for work in WORK[function] if failure_of(work, gallery)]
        for work in broken:
            say(f"{function}: {work.__name__} FAILS THOUGH NOTHING IS LACKING")
        likely = [work for work in WORK[function] if work not in broken]
        for right in rights:
            if reason := UNTRIED.get((function, right.action)):
                found[right] = reason
                continue
            with lacking(gallery.cloud, right):
                found[right] = next((name for work in likely if (name := failure_of(work, gallery))), "")
            say(f"{function}: {right.action} on {right.resource}: {found[right] or 'NOTHING FAILS'}")
            # What failed last fails next more often than not.
            likely.sort(key=lambda work: work.__name__ != found[right])
    return found


@contextmanager
def quiet(gallery: Gallery, function: str) -> Iterator[None]:
    """While what takes from queues is tried it is called by hand alone, lest messages come again for minutes."""
    if function in {"caption", "describe"}:
        gallery.take_from_queues(function, enabled=False)
    yield
    gallery.take_from_queues(function, enabled=True)
    if function == "brake":
        # It may have died between stopping the captioner and letting it go on.
        gallery.take_from_queues("caption", enabled=True)


@contextmanager
def lacking(cloud: LocalCloud, right: Right) -> Iterator[None]:
    """Have a function do without a right for a while."""
    iam, role = cloud.client("iam"), cloud.role_of(right.function)
    policy = iam.get_role_policy(RoleName=role, PolicyName=POLICY)["PolicyDocument"]
    try:
        iam.put_role_policy(RoleName=role, PolicyName=POLICY, PolicyDocument=json.dumps(without(policy, right)))
        yield
    finally:
        iam.put_role_policy(RoleName=role, PolicyName=POLICY, PolicyDocument=json.dumps(policy))


def failure_of(work: Work, gallery: Gallery) -> str:
    """Do some work; return its name where it fails, else nothing."""
    try:
        work(gallery)
    except Exception:  # noqa: BLE001 (however it fails)
        return work.__name__
    return ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(WORK)))
