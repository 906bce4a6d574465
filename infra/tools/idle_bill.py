"""What a template costs a month while nobody uses it, by AWS's prices and the template alone.

`python -m infra.tools.idle_bill TEMPLATE.json [GIGABYTES]`, after `make synth`. It knows nothing of the gallery, so
that it checks what `make cost` says of it; the gigabytes are those of the template's images in the registry, of which
it tells nothing. AWS's allowances that never end are taken off, as for a template that is alone in its account. What
scheduled functions list and read is not in a template; it is fractions of a cent.

Prices are of us-east-1, as aws.amazon.com's pages for CloudWatch, SQS, Secrets Manager, KMS, WAF, ECR, Lambda and
Route 53 had them in 2025.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Template = dict[str, Any]

MONTH_MINUTES = 30 * 24 * 60
FREE_METRICS_OF_A_DASHBOARD = 50
EACH_MONTH: dict[str, float] = {
    "AWS::SecretsManager::Secret": 0.40,
    "AWS::KMS::Key": 1.00,
    "AWS::WAFv2::WebACL": 5.00,
    "AWS::Route53::HostedZone": 0.50,
    "AWS::EC2::NatGateway": 32.40,
    "AWS::EC2::EIP": 3.60,
}
"""Dollars for each resource of a kind, used or not."""
PLANS = {"FREE": 0.00, "PRO": 15.00, "BUSINESS": 200.00, "PREMIUM": 1000.00}
"""Dollars of CloudFront's flat-rate plans; the firewalls of a distribution that is on one cost nothing."""
MINUTES = {"minute": 1, "hour": 60, "day": 24 * 60}


@dataclass(frozen=True)
class Line:
    """So many of something, of which some are free and the others have a price."""

    what: str
    amount: float
    dollars_each: float
    free: float = 0

    @property
    def dollars(self) -> float:
        """What that is in a month."""
        return max(0.0, self.amount - self.free) * self.dollars_each


def idle_bill(template: Template, image_gigabytes: float = 0) -> list[Line]:
    """Return the lines of a month in which nothing happens but what the template itself has done."""
    calls = sum(MONTH_MINUTES / minutes for minutes in _schedules(template))
    rules = [rule for acl in _of(template, "AWS::WAFv2::WebACL") for rule in acl["Rules"]]
    plans = [PLANS[plan["PlanTier"]] for plan in _of(template, "AWS::PricingPlanManager::Subscription")]
    return [
        Line("dashboards of up to 50 metrics", len(_dashboards(template, large=False)), 3.00, free=3),
        Line("dashboards of more", len(_dashboards(template, large=True)), 3.00),
        Line("metrics of alarms", sum(map(_metrics_of_alarm, _of(template, "AWS::CloudWatch::Alarm"))), 0.10, free=10),
        Line("metrics of its own", len(_own_metrics(template)), 0.30, free=10),
        # Lambda asks a queue five times at once, and each request waits for twenty seconds.
        Line("requests to empty queues", _polled(template) * MONTH_MINUTES * 3 * 5, 0.40e-6, free=1e6),
        Line("calls on schedules", calls, 0.20e-6, free=1e6),
        Line("gigabytes of images", image_gigabytes if _images(template) else 0, 0.10),
        Line("rules of firewalls", len(rules), 1.00),
        Line("flat-rate plans", len(plans), max(plans, default=0)),
        *(Line(kind, len(_of(template, kind)), price) for kind, price in EACH_MONTH.items()),
    ]


def metrics_of(body: str) -> set[str]:
    """Return the different metrics of a dashboard: namespace, name and dimensions of each; expressions are none."""
    different: set[str] = set()
    for widget in json.loads(body)["widgets"]:
        row: list[object] = []
        for metric in widget["properties"].get("metrics", ()):
            # A dot stands for what the metric before has in the same place.
            row = [row[place] if part == "." else part for place, part in enumerate(metric)]
            words = [str(part) for part in row if not isinstance(part, dict)]
            different |= {" ".join(words)} if words else set()
    return different


def _of(template: Template, kind: str) -> list[dict[str, Any]]:
    return [resource.get("Properties", {}) for resource in template["Resources"].values() if resource["Type"] == kind]


def _bodies(template: Template) -> Iterator[str]:
    for dashboard in _of(template, "AWS::CloudWatch::Dashboard"):
        body = dashboard["DashboardBody"]
        parts = body["Fn::Join"][1] if isinstance(body, dict) else [body]
        yield "".join(part if isinstance(part, str) else str(next(iter(part.values()))) for part in parts)


def _dashboards(template: Template, *, large: bool) -> list[str]:
    sizes = {body: len(metrics_of(body)) for body in _bodies(template)}
    return [body for body, size in sizes.items() if (size > FREE_METRICS_OF_A_DASHBOARD) == large]


def _metrics_of_alarm(alarm: dict[str, Any]) -> int:
    return sum("MetricStat" in metric for metric in alarm["Metrics"]) if "Metrics" in alarm else 1


def _own_metrics(template: Template) -> set[str]:
    """Metrics of no service of AWS's, as far as dashboards and alarms name them."""
    alarms = _of(template, "AWS::CloudWatch::Alarm")
    named = [f"{alarm.get('Namespace')} {alarm.get('MetricName')}" for alarm in alarms]
    shown = [" ".join(metric.split()[:2]) for body in _bodies(template) for metric in metrics_of(body)]
    return {metric for metric in (*named, *shown) if not metric.startswith(("AWS/", "None"))}


def _polled(template: Template) -> int:
    """Queues that Lambda asks whether or not anything is in them."""
    mappings = _of(template, "AWS::Lambda::EventSourceMapping")
    queues = {name for name, resource in template["Resources"].items() if resource["Type"] == "AWS::SQS::Queue"}
    sources = [str(mapping.get("EventSourceArn")) for mapping in mappings if mapping.get("Enabled", True)]
    return sum(any(f"'{queue}'" in source for queue in queues) for source in sources)


def _schedules(template: Template) -> Iterator[float]:
    """Minutes between two calls by each rule."""
    for rule in _of(template, "AWS::Events::Rule"):
        rate = re.fullmatch(r"rate\((\d+) (minute|hour|day)s?\)", str(rule.get("ScheduleExpression")))
        if rate and rule.get("State", "ENABLED") == "ENABLED":
            yield int(rate[1]) * MINUTES[rate[2]]


def _images(template: Template) -> set[str]:
    functions = _of(template, "AWS::Lambda::Function")
    return {json.dumps(function["Code"]["ImageUri"]) for function in functions if "ImageUri" in function["Code"]}


def main() -> int:
    """Print the bill of a template; return the exit code."""
    if len(sys.argv) not in {2, 3}:
        sys.stdout.write("python -m infra.tools.idle_bill TEMPLATE.json [GIGABYTES OF ITS IMAGES]\n")
        return 2
    lines = idle_bill(json.loads(Path(sys.argv[1]).read_text()), float(sys.argv[2]) if len(sys.argv) == 3 else 0)
    for line in lines:
        free = f"{line.free:,.0f} free" if line.free else ""
        sys.stdout.write(
            f"{line.what:34}{line.amount:>14,.7g} at ${line.dollars_each:<12g}{free:16}${line.dollars:.4f}\n"
        )
    sys.stdout.write(f"{'sum':76}${sum(line.dollars for line in lines):.4f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
