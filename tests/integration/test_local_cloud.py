"""The local cloud as the page, other programs and other people's pages meet it."""

import json
import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import boto3
import httpx
import psutil
import pytest
from botocore.exceptions import ClientError
from infra.local import edge
from tests.local_cloud import LocalCloud, eventually

pytestmark = [pytest.mark.cloud, pytest.mark.timeout(180)]

FOREIGN = "https://evil.example"
ROOT = Path(__file__).parents[2]
REFUSED = {"InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "403", "AccessDenied"}

EMULATORS_PAGES = [
    "/_ministack/health",
    "/%5Fministack/health",
    "/_ministack/config",
    "/_ministack/reset",
    "/_ministack/sqs/messages",
    "/_localstack/health",
    "/health",
    "/latest/meta-data/iam/security-credentials/",
]


def ports(cloud: LocalCloud) -> list[int]:
    return [cloud.port, cloud.cloud_port]


class TestWhoMayKnock:
    def test_it_listens_on_the_loopback_interface_only(self, local_cloud: LocalCloud) -> None:
        connections = [c for process in local_cloud.processes() for c in process.net_connections("all")]
        listening = [c.laddr for c in connections if c.status == psutil.CONN_LISTEN]
        assert {address.port for address in listening} == set(ports(local_cloud))
        assert {address.ip for address in listening} == {"127.0.0.1"}

    @pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:1", ""])
    def test_a_foreign_host_name_is_refused_at_both_ports(self, local_cloud: LocalCloud, host: str) -> None:
        for port in ports(local_cloud):
            answer = httpx.get(f"http://127.0.0.1:{port}/", headers={"host": host})
            assert answer.status_code == 421

    @pytest.mark.parametrize("origin", [FOREIGN, "null", "http://localhost:9", "http://localhost.evil.example"])
    def test_a_foreign_origin_is_refused_at_both_ports(self, local_cloud: LocalCloud, origin: str) -> None:
        for port in ports(local_cloud):
            for method in ("GET", "POST", "OPTIONS"):
                answer = httpx.request(method, f"http://127.0.0.1:{port}/api/images", headers={"origin": origin})
                assert answer.status_code == 403
                assert "access-control-allow-origin" not in answer.headers

    def test_another_sites_picture_tag_is_refused_but_a_link_leads_to_the_page(self, local_cloud: LocalCloud) -> None:
        embedded = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
        followed = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate"}
        for port in ports(local_cloud):
            assert httpx.get(f"http://127.0.0.1:{port}/api/health", headers=embedded).status_code == 403
        assert httpx.get(f"{local_cloud.site_url}/api/health", headers=followed).status_code == 200

    @pytest.mark.parametrize("key", ["test", "000000000000", "123456789012", "AKIAIOSFODNN7EXAMPLE"])
    def test_no_well_known_key_opens_anything(self, local_cloud: LocalCloud, key: str) -> None:
        stranger = boto3.Session(key, "test", region_name="us-east-1")
        calls: list[tuple[Any, str]] = [
            (stranger.client("dynamodb", endpoint_url=local_cloud.endpoint), "list_tables"),
            (stranger.client("lambda", endpoint_url=local_cloud.endpoint), "list_functions"),
            (stranger.client("s3", endpoint_url=local_cloud.endpoint), "list_buckets"),
            (stranger.client("iam", endpoint_url=local_cloud.endpoint), "list_roles"),
            (stranger.client("sts", endpoint_url=local_cloud.endpoint), "get_session_token"),
        ]
        for client, call in calls:
            with pytest.raises(ClientError) as refused:
                getattr(client, call)()
            assert refused.value.response["Error"]["Code"] in REFUSED

    def test_a_wrong_secret_opens_nothing(self, local_cloud: LocalCloud) -> None:
        known = local_cloud.key["id"]
        thief = boto3.Session(known, "wrong", region_name="us-east-1")
        with pytest.raises(ClientError, match=r"SignatureDoesNotMatch|InvalidSignature"):
            thief.client("dynamodb", endpoint_url=local_cloud.endpoint).list_tables()

    @pytest.mark.parametrize("authorization", ["", "Bearer anything", "AWS test:x", "AWS4-HMAC-SHA256 nonsense"])
    def test_an_unsigned_request_opens_nothing(self, local_cloud: LocalCloud, authorization: str) -> None:
        headers = {"x-amz-target": "DynamoDB_20120810.ListTables", "authorization": authorization}
        answer = httpx.post(f"{local_cloud.endpoint}/", headers=headers, content=b"{}")
        assert 400 <= answer.status_code <= 403
        bucket = local_cloud.outputs["MediaBucketName"]
        for path in ("/", f"/{bucket}", f"/{bucket}/records/x.json"):
            answer = httpx.get(local_cloud.endpoint + path, headers={"authorization": authorization})
            assert 400 <= answer.status_code <= 403

    @pytest.mark.parametrize("path", EMULATORS_PAGES)
    def test_the_emulators_own_pages_are_closed_without_the_key(self, local_cloud: LocalCloud, path: str) -> None:
        for headers in ({}, {"authorization": "AWS4-HMAC-SHA256 nonsense"}, {"x-local-cloud-key": "guessed"}):
            for method in ("GET", "POST"):
                answer = httpx.request(method, local_cloud.endpoint + path, headers=headers)
                assert answer.status_code == 403
        secret = local_cloud.key["secret"]
        mine = httpx.get(f"{local_cloud.endpoint}/_ministack/health", headers={"x-local-cloud-key": secret})
        assert mine.status_code == 200

    def test_only_its_owner_can_read_the_key_and_all_else_that_is_kept(self, local_cloud: LocalCloud) -> None:
        assert stat.S_IMODE((local_cloud.data / "key.json").stat().st_mode) == 0o600
        assert stat.S_IMODE(local_cloud.data.stat().st_mode) == 0o700
        for path in (local_cloud.data / "state").rglob("*"):
            assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path

    def test_functions_know_nothing_of_the_starters_environment(self, local_cloud: LocalCloud) -> None:
        os.environ.setdefault("HOME", "/root")
        with local_cloud.http() as http:
            http.get("/api/health").raise_for_status()
        worker = local_cloud.workers("images")[0].environ()
        assert worker["HOME"].startswith(str(local_cloud.data))
        assert (
            not {"USER", "LOGNAME", "SSH_AUTH_SOCK", "PYTHONPATH", "GALLERY_SHARED", "PYTEST_VERSION"} & worker.keys()
        )
        assert worker["AWS_ACCESS_KEY_ID"].startswith("ASIA")
        assert local_cloud.key["secret"] not in worker.values()


class TestFunctions:
    def test_each_functions_own_policy_is_enforced(self, local_cloud: LocalCloud) -> None:
        iam, role = local_cloud.client("iam"), local_cloud.role_of("images")
        deny = '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"dynamodb:Query","Resource":"*"}]}'
        with local_cloud.http() as http:
            assert http.get("/api/images").status_code == 200
            iam.put_role_policy(RoleName=role, PolicyName="deny", PolicyDocument=deny)
            try:
                assert http.get("/api/images").status_code >= 500
            finally:
                iam.delete_role_policy(RoleName=role, PolicyName="deny")
            assert http.get("/api/images").status_code == 200

    def test_a_function_writes_no_rows_of_other_partitions(self, local_cloud: LocalCloud) -> None:
        iam, table = local_cloud.client("iam"), local_cloud.outputs["TableName"]
        policy = iam.get_role_policy(RoleName=local_cloud.role_of("mosaic"), PolicyName="exactly-what-it-needs")
        iam.create_user(UserName="like-mosaic")
        try:
            iam.put_user_policy(
                UserName="like-mosaic", PolicyName="same", PolicyDocument=json.dumps(policy["PolicyDocument"])
            )
            key = iam.create_access_key(UserName="like-mosaic")["AccessKey"]
            session = boto3.Session(key["AccessKeyId"], key["SecretAccessKey"], region_name="us-east-1")
            dynamodb: Any = session.client("dynamodb", endpoint_url=local_cloud.endpoint)
            own, others = ({"pk": {"S": pk}, "sk": {"S": "1"}} for pk in ("MOSAICS#1", "PERSON#1"))
            change: dict[str, Any] = {
                "TableName": table,
                "UpdateExpression": "SET a = :a",
                "ExpressionAttributeValues": {":a": {"N": "1"}},
            }
            dynamodb.update_item(Key=own, **change)
            dynamodb.transact_write_items(TransactItems=[{"Update": {"Key": own, **change}}])
            both = [{"Update": {"Key": key, **change}} for key in (own, others)]
            with pytest.raises(ClientError, match="AccessDeniedException"):
                dynamodb.update_item(Key=others, **change)
            with pytest.raises(ClientError, match="AccessDeniedException"):
                dynamodb.transact_write_items(TransactItems=both)
        finally:
            for each in iam.list_access_keys(UserName="like-mosaic")["AccessKeyMetadata"]:
                iam.delete_access_key(UserName="like-mosaic", AccessKeyId=each["AccessKeyId"])
            iam.delete_user_policy(UserName="like-mosaic", PolicyName="same")
            iam.delete_user(UserName="like-mosaic")

    def test_many_calls_at_once_are_queued_for_at_most_eight_workers(self, local_cloud: LocalCloud) -> None:
        with local_cloud.http(limits=httpx.Limits(max_connections=60)) as http, ThreadPoolExecutor(60) as clients:
            answers = list(clients.map(lambda _: http.get("/api/health").status_code, range(240)))
        assert set(answers) == {200}
        assert 1 <= len(local_cloud.workers("images")) <= 8

    def test_saving_a_function_redeploys_just_that_function(self, local_cloud: LocalCloud) -> None:
        functions = local_cloud.client("lambda")

        def code(name: str) -> str:
            found = functions.get_function(FunctionName=f"neural-gallery-local-{name}")
            return str(found["Configuration"]["CodeSha256"])

        before, other = code("sweep"), code("images")
        added = ROOT / "functions/sweep/saved_by_a_test.py"
        try:
            added.write_text(f"saved = {time.time()}\n")
            assert eventually(lambda: code("sweep") != before, 60)
        finally:
            added.unlink()
        assert eventually(lambda: code("sweep") == before, 60)
        assert code("images") == other

    def test_calls_under_way_survive_a_redeployment(self, local_cloud: LocalCloud) -> None:
        functions = local_cloud.client("lambda")
        name = local_cloud.outputs["ImagesFunctionName"]
        location = functions.get_function(FunctionName=name)["Code"]["Location"]
        code = httpx.get(location, headers={"x-local-cloud-key": local_cloud.key["secret"]}).content
        with local_cloud.http() as http, ThreadPoolExecutor(6) as clients:
            answers = [clients.submit(http.get, "/api/images") for _ in range(150)]
            for count in (20, 60, 100):
                assert eventually(lambda: sum(a.done() for a in answers) > count, 60)  # noqa: B023 (waited for here)
                functions.update_function_code(FunctionName=name, ZipFile=code)
            assert {answer.result().status_code for answer in answers} == {200}
        assert eventually(lambda: len(local_cloud.workers("images")) <= 6, 60)


class TestOneAddress:
    def test_it_routes_as_the_distribution_says(self, local_cloud: LocalCloud) -> None:
        with local_cloud.http() as http:
            assert http.get("/api/health").json()["status"] == "ok"
            assert http.get("/api/health/").json()["status"] == "ok"
            assert http.get("/api/nothing").headers["content-type"].startswith("application/problem+json")
            assert http.get("/media/nothing").status_code in (403, 404)
            assert http.post("/").status_code == 403  # a page is only read
            assert "json" not in http.get("/_ministack/health").headers["content-type"]  # the page, or nothing

    def test_it_sends_the_security_headers_of_the_template(self, local_cloud: LocalCloud) -> None:
        with local_cloud.http() as http:
            headers = http.get("/api/health").headers
        assert "script-src 'self'" in headers["content-security-policy"]
        assert f"http://localhost:{local_cloud.cloud_port}" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"

    @pytest.mark.parametrize("site", ["same-origin", "none", "same-site", "cross-site", None])
    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
    def test_the_page_changes_what_it_may_and_another_site_nothing(
        self, local_cloud: LocalCloud, host: str, site: str | None
    ) -> None:
        own = f"http://{host}:{local_cloud.port}"
        asked = {"feedback": [{"query": "dog", "positive": [], "negative": []}]}
        for origin in (own, FOREIGN, None):
            headers = {"origin": origin, "sec-fetch-site": site}
            sent = {name: value for name, value in headers.items() if value}
            status = httpx.post(f"{own}/api/feedback", json=asked, headers=sent).status_code
            ours = origin != FOREIGN and site not in ("same-site", "cross-site")
            assert status == (202 if ours else 403), sent

    def test_a_file_of_the_page_is_compressed_and_not_sent_twice(self, local_cloud: LocalCloud) -> None:
        bucket = local_cloud.outputs["SiteBucketName"]
        text = b"body { color: black }\n" * 1000
        local_cloud.client("s3").put_object(Bucket=bucket, Key="assets/test.css", Body=text, ContentType="text/css")
        with local_cloud.http() as http:
            first = http.get("/assets/test.css", headers={"accept-encoding": "gzip"})
            assert first.headers["content-encoding"] == "gzip"
            assert int(first.headers["content-length"]) < len(text) / 10
            assert first.content == text
            again = http.get("/assets/test.css", headers={"if-none-match": first.headers["etag"]})
            assert (again.status_code, again.content) == (304, b"")

    def test_the_edge_compresses_and_remembers_only_what_a_policy_lets_it(self) -> None:
        """The API's policy caches nothing, and under such a one CloudFront compresses nothing either."""
        text, etag = b"{}" + b" " * 2000, '"a"'
        response: edge.Response = (200, {"content-type": "application/json", "etag": etag}, text)
        asked = {"accept-encoding": "gzip", "if-none-match": etag}
        nothing = edge.Caching(keeps=False, compresses=False)
        assert edge.finish(asked, response, nothing) == response
        assert edge.finish(asked, response, edge.Caching(keeps=True, compresses=False))[0] == 304
        assert edge.finish({"accept-encoding": "gzip"}, response, edge.Caching(keeps=True, compresses=True))[2] != text

    def test_a_picture_is_saved_under_a_name_and_as_nothing_but_what_it_is(self, local_cloud: LocalCloud) -> None:
        bucket, key = local_cloud.outputs["MediaBucketName"], "media/01KAGVQ2W3M8Y6Z5T4R7N9P0XC/1-large.jpg"
        local_cloud.client("s3").put_object(Bucket=bucket, Key=key, Body=b"a picture", ContentType="image/jpeg")
        said = {"response-content-disposition": 'attachment; filename="cat.jpg"', "response-content-type": "text/html"}
        with local_cloud.http() as http:
            saved, shown = http.get(f"/{key}", params=said), http.get(f"/{key}")
        assert (saved.status_code, saved.content, saved.headers["content-type"]) == (200, b"a picture", "image/jpeg")
        assert saved.headers["content-disposition"] == 'attachment; filename="cat.jpg"'
        assert "content-disposition" not in shown.headers

    def test_the_apis_long_answers_are_compressed_by_its_functions(self, local_cloud: LocalCloud) -> None:
        with local_cloud.http() as http:
            for accepted, coding in (("gzip", "gzip"), ("identity", None)):
                found = http.get("/api/openapi.json", headers={"accept-encoding": accepted})
                assert found.headers.get("content-encoding") == coding
                assert found.json()["openapi"]
                assert found.headers["vary"].lower() == "accept-encoding"

    def test_a_body_larger_than_the_api_takes_is_refused(self, local_cloud: LocalCloud) -> None:
        with local_cloud.http() as http:
            assert http.post("/api/uploads", content=b"x" * (10 * 1024 * 1024 + 1)).status_code == 413

    @pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
    def test_the_page_may_post_to_s3_and_read_the_answer(self, local_cloud: LocalCloud, host: str) -> None:
        page = f"http://{host}:{local_cloud.port}"
        with local_cloud.http(headers={"origin": page}) as http:
            asked = {"files": [{"name": "a.png", "type": "image/png", "size": 4}]}
            (ticket,) = http.post("/api/uploads", json=asked).json()["uploads"]
        assert ticket["url"].startswith(f"http://localhost:{local_cloud.cloud_port}/")
        preflight = {"origin": page, "access-control-request-method": "POST"}
        assert httpx.options(ticket["url"], headers=preflight).headers["access-control-allow-origin"] in ("*", page)
        sent = httpx.post(ticket["url"], data=ticket["fields"], files={"file": b"four"}, headers={"origin": page})
        assert sent.status_code in (200, 201, 204)
        assert sent.headers["access-control-allow-origin"] in ("*", page)


class TestRepairs:
    def test_rows_expire_as_the_template_says(self, local_cloud: LocalCloud) -> None:
        table = local_cloud.outputs["TableName"]
        found = local_cloud.client("dynamodb").describe_time_to_live(TableName=table)["TimeToLiveDescription"]
        assert (found["TimeToLiveStatus"], found["AttributeName"]) == ("ENABLED", "expires_at")

    def test_abandoned_uploads_are_forgotten_as_the_template_says(self, local_cloud: LocalCloud) -> None:
        bucket = local_cloud.outputs["MediaBucketName"]
        rules = local_cloud.client("s3").get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"]
        assert rules[0]["AbortIncompleteMultipartUpload"]["DaysAfterInitiation"] == 1
