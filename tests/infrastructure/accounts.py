"""An account of AWS that only moto knows."""

import boto3
from infra.tools.deploy.account import Account

REGION = "eu-central-1"


def account(region: str = REGION) -> Account:
    return Account(boto3.Session("testing", "testing", region_name=region), "123456789012", "me", region)
