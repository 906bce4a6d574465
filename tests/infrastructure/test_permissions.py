"""Every right of every function is on the page that says what fails without it, and something does."""

from tests.infrastructure.conftest import Synthesized
from tests.least_privilege.report import NOT_YET, read
from tests.least_privilege.rights import rights_in
from tests.least_privilege.work import WORK


def test_every_right_is_known_and_something_needs_it(cloud: Synthesized) -> None:
    roles = cloud.resources("AWS::IAM::Role").values()
    rights = {each for function in WORK for each in rights_in(roles, function)}
    page = read()
    assert page.keys() == rights, "run `make permissions`"
    assert [right for right, failing in page.items() if failing in {"", NOT_YET}] == []


def test_no_function_is_left_out(cloud: Synthesized) -> None:
    roles = [each["RoleName"] for each in cloud.resources("AWS::IAM::Role").values()]
    assert {name.removeprefix("neural-gallery-prod-").removesuffix("-role") for name in roles} == WORK.keys()
