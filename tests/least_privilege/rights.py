"""Each right that a function's role gives, as the template states it and as a cloud has it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from infra.local.llm import llm_of
from infra.local.settings import settings_from
from infra.settings import Llm
from infra.stages import settings_of

Statement = dict[str, Any]

TOLD = {"LLM_ENDPOINT": "http://localhost/v1", "LLM_MODEL": "llava", "LLM_KEY": "sesame-7f3a91"}
"""What a local cloud is told of the language model."""

WITH_A_MODEL = replace(settings_of("local"), llm=Llm(**(llm_of(settings_from(TOLD)) or {})))
"""The gallery with all it can have: a language model writes sentences."""

TAKING = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")


@dataclass(frozen=True, order=True)
class Right:
    """One action on one resource, of one statement of a function's policy."""

    function: str
    action: str
    resource: str
    """In words: `originals/*` of the media bucket, `table`, the table's rows `LIMIT#*`, another function's name."""
    place: tuple[int, int, int] = field(default=(0, 0, 0), compare=False)
    """Which statement of the policy, which of its actions, which of its resources."""

    @property
    def is_lambdas(self) -> bool:
        """Whether AWS Lambda itself uses it in the function's name: for its log and traces, and to read its queue."""
        return self.action.startswith(("logs:", "xray:")) or (
            self.action in TAKING and self.function not in {"admin", "brake", "sweep"}
        )


def rights_in(roles: Mapping[str, dict[str, Any]], function: str) -> list[Right]:
    """Return the rights that a function's own code uses, of all the roles of a template by their logical names."""
    logical = f"{function.replace('_', '').capitalize()}Role"
    (role,) = (properties for name, properties in roles.items() if logical in name)
    return [each for each in rights_of(function, role["Policies"][0]["PolicyDocument"]) if not each.is_lambdas]


def rights_of(function: str, policy: dict[str, Any]) -> Iterator[Right]:
    """Yield the rights of a policy as a template has it."""
    for number, statement in enumerate(policy["Statement"]):
        rows = _rows(statement)
        for which, action in enumerate(listed(statement["Action"])):
            for each, resource in enumerate(listed(statement["Resource"])):
                yield Right(function, action, rows or in_words(flat(resource)), (number, which, each))


def without(policy: dict[str, Any], right: Right) -> dict[str, Any]:
    """Return a policy, as a cloud has it, that gives everything but one right."""
    number, which, each = right.place
    statements = list(policy["Statement"])
    taken = statements.pop(number)
    actions, resources = listed(taken["Action"]), listed(taken["Resource"])
    action, resource = actions.pop(which), resources.pop(each)
    rest = [({"Action": actions, "Resource": [*resources, resource]}, actions)]
    rest += [({"Action": action, "Resource": resources}, resources)]
    return {**policy, "Statement": [*statements, *({**taken, **part} for part, some in rest if some)]}


def listed(value: Any) -> list[Any]:  # noqa: ANN401 (CloudFormation takes one or many)
    """Return one or many as many."""
    return list(value) if isinstance(value, list) else [value]


def flat(value: Any) -> str:  # noqa: ANN401 (any of CloudFormation's ways to write a text)
    """Return a text of a template in which every reference is the name of what it refers to."""
    if isinstance(value, str):
        return value
    if "Ref" in value:
        return str(value["Ref"])
    if "Fn::GetAtt" in value:
        return str(value["Fn::GetAtt"][0])
    return "".join(flat(each) for each in value["Fn::Join"][1])


def in_words(resource: str) -> str:
    """Return what people call a resource, of its flat name in a template."""
    stem, _, rest = resource.partition("/")
    if resource.startswith("arn:"):
        return re.sub(r"^neural-gallery-[a-z0-9]+-|[0-9A-F]{8}$", "", resource.rpartition(":")[2])
    name = re.sub(r"[0-9A-F]{8}$", "", stem)
    if name == "MediaMediaBucket":
        return rest or "media bucket"
    words = {"CatalogTable": "table", "IdentityPool": "user pool", "CaptioningDeadLetters": "dead letters"}
    return rest or words.get(name) or name.removeprefix("Captioning").lower()


def _rows(statement: Statement) -> str | None:
    condition = statement.get("Condition", {}).get("ForAllValues:StringLike", {})
    keys = condition.get("dynamodb:LeadingKeys")
    return f"rows {' '.join(listed(keys))}" if keys else None
