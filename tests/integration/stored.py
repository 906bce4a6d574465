"""What bucket and table hold of a picture."""

from typing import Any

from tests.local_cloud import LocalCloud


def objects_of(cloud: LocalCloud, image_id: str) -> list[str]:
    pages = cloud.client("s3").get_paginator("list_objects_v2").paginate(Bucket=cloud.outputs["MediaBucketName"])
    return sorted(each["Key"] for page in pages for each in page.get("Contents", []) if image_id in each["Key"])


def rows_of(cloud: LocalCloud, image_id: str) -> list[dict[str, Any]]:
    pages = cloud.client("dynamodb").get_paginator("scan").paginate(TableName=cloud.outputs["TableName"])
    rows = [row for page in pages for row in page["Items"]]
    return [row for row in rows if image_id in row["pk"]["S"] + row["sk"]["S"]]
