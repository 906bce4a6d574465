"""What a function's role allows."""

from tests.infrastructure.conftest import Resource, Synthesized


def actions(statement: Resource) -> list[str]:
    return statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]]


def policy_of(template: Synthesized, function: str) -> dict[str, str]:
    """Action → resources that a function's role allows, apart from its log and traces."""
    statements = template.only("AWS::IAM::Role", f"{function.capitalize()}Role")["Policies"][0]["PolicyDocument"]
    found = {action: str(each["Resource"]) for each in statements["Statement"] for action in actions(each)}
    return {action: resource for action, resource in found.items() if not action.startswith(("logs:", "xray:"))}
