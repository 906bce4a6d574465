"""The generated parts of docs/architecture.md: the context as Mermaid, and the tables of functions and of partitions.

Each part stands between `<!-- NAME: written by make diagram -->` and `<!-- end -->`; the rest of the page is prose.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping

from gallery.partitions import described, exported, kind_of
from infra.constructs.writes import WRITES
from infra.tools.diagram.layout import BOXES
from infra.tools.diagram.links import Link, Resource, Resources, bare, contents, links

PART = re.compile(r"(<!-- (\w+): written by make diagram -->\n).*?(?=<!-- end -->)", re.DOTALL)


def page(text: str, resources: Resources) -> str:
    """Return the page with its generated parts made anew from a template's resources."""
    parts: dict[str, Callable[[], str]] = {
        "context": lambda: context(links(resources), contents(resources)),
        "functions": lambda: functions(resources),
        "partitions": partitions,
    }
    return PART.sub(lambda match: match[1] + parts[match[2]](), text)


def context(drawn: Iterable[Link], inside: Mapping[str, list[str]]) -> str:
    """Return a flowchart: a box for what belongs together, an arrow for who calls, tells, reads or writes what."""
    boxes = [f'  {name}["{_label(name, inside)}"]' for name in BOXES]
    return "\n".join(["```mermaid", "flowchart TD", *boxes, *_arrows(drawn), "```", ""])


def _label(name: str, inside: Mapping[str, list[str]]) -> str:
    box = BOXES[name]
    return "<br>".join([f"<b>{box.title}</b>", box.note, *([", ".join(inside[name])] if name in inside else [])])


def _arrows(drawn: Iterable[Link]) -> list[str]:
    """One arrow for each pair; reading and writing are one arrow with both words."""
    words: dict[tuple[str, str], set[str]] = {}
    for link in drawn:
        words.setdefault((link.source, link.target), set()).add(link.kind)
    return [
        f"  {source} {'-.->' if kinds == {'tells'} else '-->'}|{', '.join(sorted(kinds))}| {target}"
        for (source, target), kinds in sorted(words.items())
    ]


def functions(resources: Resources) -> str:
    """Return a table of the functions: where each is made, what calls it, what its role lets it write."""
    rows = [
        f"| [{name}](../infra/constructs/{name}.py) | `{handler}` | {_list(called)} | {_written(name)} |"
        for name, (handler, called) in sorted(_functions(resources).items())
    ]
    head = ["| Function | Handler | Called by | Writes partitions |", "|---|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _functions(resources: Resources) -> dict[str, tuple[str, list[str]]]:
    table = {}
    for logical, resource in resources.items():
        if resource["Type"] == "AWS::Lambda::Function":
            properties = resource["Properties"]
            called = sorted({*_routes(logical, resources), *_events(logical, resources)})
            table[bare(properties["FunctionName"])] = (properties["Handler"], called)
    return table


def _routes(function: str, resources: Resources) -> list[str]:
    serving = {
        name
        for name, resource in resources.items()
        if resource["Type"].endswith("::Integration") and _names(resource, function)
    }
    routes = [resource for resource in resources.values() if resource["Type"] == "AWS::ApiGatewayV2::Route"]
    return [route["Properties"]["RouteKey"].removeprefix("ANY ") for route in routes if serving & _references(route)]


def _events(function: str, resources: Resources) -> list[str]:
    """Queues, topics and schedules that start a function."""
    events = []
    for resource in resources.values():
        properties = resource.get("Properties", {})
        if resource["Type"] == "AWS::Lambda::EventSourceMapping" and _names(resource, function):
            events += [_physical(resources, name, "QueueName", "queue") for name in _references(resource) - {function}]
        elif resource["Type"] == "AWS::SNS::Subscription" and _names(resource, function):
            events += [_physical(resources, name, "TopicName", "topic") for name in _references(resource) - {function}]
        elif resource["Type"] == "AWS::Events::Rule" and _names(resource, function):
            events.append(f"schedule {bare(properties['Name'])}")
    return events


def _physical(resources: Resources, name: str, attribute: str, kind: str) -> str:
    return f"{kind} {bare(resources[name]['Properties'][attribute])}"


def _names(resource: Resource, function: str) -> bool:
    return function in _references(resource)


def _references(resource: Resource) -> set[str]:
    text = json.dumps(resource.get("Properties", {}))
    return set(re.findall(r'"(?:Ref": |Fn::GetAtt": \[)"(\w+)"', text))


def _list(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names) or "other functions"


def _written(name: str) -> str:
    if name not in WRITES:
        return "not bounded: it changes pictures"
    return _list(sorted(WRITES[name])) if WRITES[name] else "none"


def partitions() -> str:
    """Return a table of the kinds of partitions, as gallery.partitions declares them."""
    documents = dict(exported())
    rows = [
        f"| {_keys(pk)} | {_keys(sk)} | {what} | {module} | {ends} | {documents.get(kind_of(pk), '')} |"
        for pk, sk, what, module, ends in described()
    ]
    head = ["| pk | sk | Rows | Kept by | End | In a person's export |", "|---|---|---|---|---|---|"]
    return "\n".join([*head, *rows, ""])


def _keys(forms: str) -> str:
    """Return the forms of a key, each as code; those of words stay as they are."""
    return ", ".join(f"`{part}`" for part in re.split(r", (?![^{]*\})", forms))
