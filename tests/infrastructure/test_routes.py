"""Each call of the API reaches the function that answers it."""

import re
from fnmatch import fnmatchcase

from tests.infrastructure.conftest import Synthesized

from gallery.api.openapi import routes
from openapi import apps


def function_of(template: Synthesized) -> dict[str, str]:
    """Return which function each path or family of paths (`/api/*`) of the gateway is sent to."""
    functions = {name: each["FunctionName"] for name, each in template.resources("AWS::Lambda::Function").items()}
    integrations = {
        name: functions[each["IntegrationUri"]["Fn::GetAtt"][0]]
        for name, each in template.resources("AWS::ApiGatewayV2::Integration").items()
    }
    return {
        re.sub(r"\{proxy\+\}", "*", each["RouteKey"].removeprefix("ANY ")): integrations[
            each["Target"]["Fn::Join"][1][1]["Ref"]
        ].rpartition("-")[2]
        for each in template.resources("AWS::ApiGatewayV2::Route").values()
    }


def test_each_documented_path_is_sent_to_the_function_that_answers_it(local: Synthesized) -> None:
    sent = function_of(local)
    for function, app in apps().items():
        for route in routes(app):
            path = re.sub("[<{][^>}]+[>}]", "x", route.path)
            # The gateway takes the most specific one.
            family = max((each for each in sent if fnmatchcase(path, re.sub(r"\{\w+\}", "x", each))), key=len)
            assert sent[family] == function, f"{route.path} goes to {sent[family]}"
