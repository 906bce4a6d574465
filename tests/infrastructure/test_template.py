"""What matters most in the cloud's template."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from infra.settings import Settings
from infra.stages import STAGES
from tests.infrastructure.conftest import Resource, Synthesized, kept, synthesized
from tests.infrastructure.policies import actions, policy_of

from gallery import limits
from gallery.mosaics.mosaics import DEAD_MS

FUNCTIONS = {
    "admin", "albums", "brake", "caption", "classify", "counter", "embed", "erase", "export", "feedback", "images",
    "mosaic", "people", "posts", "search", "sweep",
}  # fmt: skip
IMAGES = {"caption", "classify"}


def named(function: Resource) -> str:
    """The name of a function without the stage's prefix, however it is packaged."""
    return str(function["FunctionName"].removeprefix("neural-gallery-prod-").removesuffix("-image"))


def allowed(template: Synthesized) -> Iterator[Resource]:
    return (statement for statement in template.statements() if statement["Effect"] == "Allow")


def test_no_policy_allows_an_action_with_a_wildcard(cloud: Synthesized) -> None:
    assert [action for statement in allowed(cloud) for action in actions(statement) if "*" in action] == []


def test_only_traces_are_allowed_on_any_resource(cloud: Synthesized) -> None:
    anywhere = [actions(statement) for statement in allowed(cloud) if statement.get("Resource") == "*"]
    assert {action for each in anywhere for action in each} == {"xray:PutTelemetryRecords", "xray:PutTraceSegments"}


def test_every_function_has_a_role_of_its_own_and_no_ready_made_policy(cloud: Synthesized) -> None:
    functions = cloud.resources("AWS::Lambda::Function").values()
    roles = [function["Role"]["Fn::GetAtt"][0] for function in functions]
    assert len(set(roles)) == len(roles) == len(FUNCTIONS)
    assert all("ManagedPolicyArns" not in role for role in cloud.resources("AWS::IAM::Role").values())


@pytest.mark.parametrize(
    ("function", "forbidden"),
    [
        ("images", {"sqs:SendMessage", "sqs:ReceiveMessage", "dynamodb:Scan"}),
        ("caption", {"sqs:SendMessage", "dynamodb:Scan"}),
        ("search", {"s3:PutObject", "s3:DeleteObject", "dynamodb:PutItem", "dynamodb:DeleteItem", "dynamodb:Scan"}),
        ("sweep", {"s3:PutObject", "s3:GetObject"}),
    ],
)
def test_a_function_may_not_do_what_is_another_functions_work(
    cloud: Synthesized, function: str, forbidden: set[str]
) -> None:
    role = cloud.only("AWS::IAM::Role", f"{function.capitalize()}Role")
    statements = role["Policies"][0]["PolicyDocument"]["Statement"]
    assert statements
    assert not forbidden & {action for statement in statements for action in actions(statement)}


def test_who_looks_at_pictures_writes_nothing_that_a_form_or_a_download_does(cloud: Synthesized) -> None:
    """Originals it writes once each, by a conditional write, which is no matter of rights."""
    role = cloud.only("AWS::IAM::Role", "CaptionRole")
    statements = role["Policies"][0]["PolicyDocument"]["Statement"]
    (written,) = [str(each["Resource"]) for each in statements if "s3:PutObject" in actions(each)]
    assert not [each for each in ("/incoming/", "/downloads/", "/exports/") if each in written]


def test_every_bucket_is_private_encrypted_and_owned_by_the_account(cloud: Synthesized) -> None:
    buckets = cloud.resources("AWS::S3::Bucket")
    assert len(buckets) == 3
    for bucket in buckets.values():
        assert all(bucket["PublicAccessBlockConfiguration"].values())
        assert len(bucket["PublicAccessBlockConfiguration"]) == 4
        assert bucket["OwnershipControls"]["Rules"] == [{"ObjectOwnership": "BucketOwnerEnforced"}]
        (encryption,) = bucket["BucketEncryption"]["ServerSideEncryptionConfiguration"]
        assert encryption["ServerSideEncryptionByDefault"]["SSEAlgorithm"] == "AES256"


@pytest.mark.parametrize(
    ("kind", "policy", "subject"),
    [
        ("AWS::S3::Bucket", "AWS::S3::BucketPolicy", "Bucket"),
        ("AWS::SQS::Queue", "AWS::SQS::QueuePolicy", "Queues"),
    ],
)
def test_buckets_and_queues_refuse_whoever_comes_without_tls(
    cloud: Synthesized, kind: str, policy: str, subject: str
) -> None:
    refusing = [
        str(each[subject])
        for each in cloud.resources(policy).values()
        for statement in each["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Deny"
        and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
        and statement["Principal"] == {"AWS": "*"}
    ]
    assert len(refusing) == len(cloud.resources(kind))
    assert all(any(name in each for each in refusing) for name in cloud.resources(kind))


def test_topics_refuse_whoever_comes_without_tls(cloud: Synthesized) -> None:
    policies = cloud.resources("AWS::SNS::TopicPolicy").values()
    refusing = [
        each["Topics"]
        for each in policies
        for statement in each["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Deny" and statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    ]
    assert len(refusing) == len(cloud.resources("AWS::SNS::Topic"))


def test_the_distribution_reads_public_renditions_and_nothing_else_of_the_media_bucket(cloud: Synthesized) -> None:
    policy = cloud.only("AWS::S3::BucketPolicy", "MediaBucket")
    reading, missing = [each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Allow"]
    assert reading["Action"] == "s3:GetObject"
    assert {place["Fn::Join"][1][-1] for place in reading["Resource"]} == {"/media/*", "/downloads/*/public-*"}
    for statement in (reading, missing):
        assert statement["Principal"] == {"Service": "cloudfront.amazonaws.com"}
        assert "SiteDistribution" in str(statement["Condition"]["StringEquals"]["AWS:SourceArn"])


def test_a_missing_picture_is_not_found_rather_than_forbidden(cloud: Synthesized) -> None:
    """S3 answers 403 for a missing object to whoever may not list; a behaviour below a path can ask for no list."""
    policy = cloud.only("AWS::S3::BucketPolicy", "MediaBucket")
    listing = [each for each in policy["PolicyDocument"]["Statement"] if each["Action"] == "s3:ListBucket"]
    assert [list(each["Resource"]) for each in listing] == [["Fn::GetAtt"]]
    distribution = cloud.only("AWS::CloudFront::Distribution")["DistributionConfig"]
    paths = [each["PathPattern"] for each in distribution["CacheBehaviors"] if each["TargetOriginId"] == "pictures"]
    assert paths == ["/media/*", "/downloads/*"]
    assert distribution["DefaultCacheBehavior"]["TargetOriginId"] != "pictures"


def test_any_site_may_send_a_signed_form_to_the_media_bucket(cloud: Synthesized) -> None:
    (rule,) = cloud.only("AWS::S3::Bucket", "MediaBucket")["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == ["*"]
    assert set(rule["AllowedMethods"]) == {"POST", "GET", "HEAD"}


def test_every_original_that_arrives_is_put_on_the_queue_by_this_bucket_alone(cloud: Synthesized) -> None:
    notification = cloud.only("AWS::S3::Bucket", "MediaBucket")["NotificationConfiguration"]
    (queue,) = notification["QueueConfigurations"]
    assert queue["Event"] == "s3:ObjectCreated:*"
    assert queue["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "incoming/"}]
    policy = cloud.only("AWS::SQS::QueuePolicy", "Pictures")
    (sending,) = [each for each in policy["PolicyDocument"]["Statement"] if each["Effect"] == "Allow"]
    assert sending["Action"] == "sqs:SendMessage"
    assert "media" in str(sending["Condition"]["ArnEquals"]["aws:SourceArn"])
    assert sending["Condition"]["StringEquals"] == {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}


def test_nothing_that_was_uploaded_ever_expires_and_files_made_to_be_fetched_do(cloud: Synthesized) -> None:
    rules = cloud.only("AWS::S3::Bucket", "MediaBucket")["LifecycleConfiguration"]["Rules"]
    expiring = [rule for rule in rules if any("Expiration" in name for name in rule)]
    assert {each["Prefix"]: each["ExpirationInDays"] for each in expiring} == {
        "exports/": 1,
        "downloads/": 7,
        "parts/": 8,
    }
    assert {each["Status"] for each in expiring} == {"Enabled"}
    assert any("AbortIncompleteMultipartUpload" in rule for rule in rules)


def test_a_message_that_fails_five_times_is_kept_for_two_weeks(cloud: Synthesized) -> None:
    """Lambda's guide advises five receives at the least, since each call that is put off is one."""
    queue = cloud.only("AWS::SQS::Queue", "Pictures")
    dead_letters = cloud.only("AWS::SQS::Queue", "DeadLetters")
    polled = [each for each in cloud.resources("AWS::SQS::Queue").values() if "RedrivePolicy" in each]
    assert {each["RedrivePolicy"]["maxReceiveCount"] for each in polled} == {5}
    assert "DeadLetters" in str(queue["RedrivePolicy"]["deadLetterTargetArn"])
    assert dead_letters["MessageRetentionPeriod"] == 14 * 24 * 3600
    assert queue["SqsManagedSseEnabled"] is dead_letters["SqsManagedSseEnabled"] is True


def test_the_sweeper_takes_dead_letters_alone_from_queues(cloud: Synthesized) -> None:
    taking = policy_of(cloud, "sweep")["sqs:ReceiveMessage"]
    assert "CaptioningDeadLetters" in taking
    assert "Pictures" not in taking
    assert "Recaptions" not in taking


def test_a_message_stays_hidden_for_six_times_as_long_as_captioning_may_take(cloud: Synthesized) -> None:
    timeout = cloud.only("AWS::Lambda::Function", "CaptioningCaption")["Timeout"]
    for queue in ("Pictures", "Recaptions"):
        assert cloud.only("AWS::SQS::Queue", queue)["VisibilityTimeout"] >= 6 * timeout


def test_whoever_fails_at_a_picture_knows_when_it_was_the_last_time(cloud: Synthesized) -> None:
    receives = cloud.only("AWS::Lambda::Function", "CaptioningCaption")["Environment"]["Variables"]["RECEIVES"]
    queues = [cloud.only("AWS::SQS::Queue", each) for each in ("Pictures", "Recaptions")]
    assert {str(each["RedrivePolicy"]["maxReceiveCount"]) for each in queues} == {receives}


def test_pictures_are_captioned_five_at_a_time_and_each_can_fail_on_its_own(cloud: Synthesized) -> None:
    mapping = cloud.only("AWS::Lambda::EventSourceMapping", "Batches")
    assert mapping["BatchSize"] <= 5
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["ScalingConfig"]["MaximumConcurrency"] >= 2


def test_the_table_costs_nothing_at_rest_and_can_be_brought_back(cloud: Synthesized) -> None:
    table = cloud.only("AWS::DynamoDB::GlobalTable")
    (replica,) = table["Replicas"]
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}
    assert replica["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert replica["DeletionProtectionEnabled"] is True
    assert table["TableName"] == "neural-gallery-prod-catalog"


def test_too_many_captions_a_day_stop_the_queue_and_nothing_else_can_be_stopped(cloud: Synthesized) -> None:
    alarm = cloud.only("AWS::CloudWatch::Alarm", "TooMany")
    assert (alarm["Namespace"], alarm["MetricName"], alarm["Statistic"]) == (
        "NeuralGallery-prod", "PicturesTried", "Sum",
    )  # fmt: skip
    assert (alarm["Period"], alarm["Threshold"], alarm["TreatMissingData"]) == (86400, 10_000, "notBreaching")
    (topic,) = alarm["AlarmActions"]
    subscription = cloud.only("AWS::SNS::Subscription")
    assert subscription["TopicArn"] == topic
    assert "BrakeFunction" in str(subscription["Endpoint"])
    policy = policy_of(cloud, "brake")
    queue, mappings = "sqs:GetQueueAttributes", "lambda:UpdateEventSourceMapping"
    assert policy.keys() == {"dynamodb:GetItem", "dynamodb:PutItem", queue, mappings}
    assert "CaptioningRecaptions" in policy[queue]
    assert "CaptioningBatches" in policy[mappings]
    assert "CaptioningAgain" in policy[mappings]
    assert rows_of(cloud, "brake") == [
        (["dynamodb:GetItem"], ["RECAPTION"]),
        (["dynamodb:GetItem", "dynamodb:PutItem"], ["PAUSE"]),
        (["dynamodb:GetItem"], ["ALLOWANCE"]),
    ]


def test_lambda_asks_no_queue_in_which_nothing_can_be(cloud: Synthesized) -> None:
    mappings = cloud.resources("AWS::Lambda::EventSourceMapping").values()
    again = cloud.only("AWS::Lambda::EventSourceMapping", "Again")
    assert [each for each in mappings if each.get("Enabled") is False] == [again]


def test_only_alarms_and_budgets_of_this_account_publish_to_the_spending_topic(cloud: Synthesized) -> None:
    policy = cloud.only("AWS::SNS::TopicPolicy", "Spending")["PolicyDocument"]["Statement"]
    (publishing,) = [each for each in policy if each["Effect"] == "Allow"]
    assert publishing["Principal"] == {"Service": ["budgets.amazonaws.com", "cloudwatch.amazonaws.com"]}
    assert publishing["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_pictures_can_wait_two_weeks_while_captioning_is_paused(cloud: Synthesized) -> None:
    assert cloud.only("AWS::SQS::Queue", "Pictures")["MessageRetentionPeriod"] == 14 * 24 * 3600


def test_what_has_a_rank_is_listed_by_it(cloud: Synthesized) -> None:
    (index,) = cloud.only("AWS::DynamoDB::GlobalTable")["GlobalSecondaryIndexes"]
    keys = {each["KeyType"]: each["AttributeName"] for each in index["KeySchema"]}
    assert (index["IndexName"], keys) == ("ranking", {"HASH": "ranking", "RANGE": "rank"})
    assert index["Projection"] == {"ProjectionType": "ALL"}


def test_only_the_captioner_writes_originals_and_no_form_does(cloud: Synthesized) -> None:
    writers = {
        role
        for role, each in cloud.resources("AWS::IAM::Role").items()
        for statement in each.get("Policies", [{"PolicyDocument": {"Statement": []}}])[0]["PolicyDocument"]["Statement"]
        if "s3:PutObject" in actions(statement) and "/originals/" in str(statement["Resource"])
    }
    (writer,) = writers
    assert "Caption" in writer


def test_the_counter_may_do_nothing(cloud: Synthesized) -> None:
    assert policy_of(cloud, "counter") == {}


def test_whoever_counts_votes_reaches_no_picture_and_calls_nobody_but_itself(cloud: Synthesized) -> None:
    policy = policy_of(cloud, "feedback")
    assert {action for action in policy if "Delete" in action or "Scan" in action} == set()
    assert "exports/*" in policy["s3:GetObject"]
    assert "exports/*" in policy["s3:PutObject"]
    assert "originals" not in policy["s3:GetObject"] + policy["s3:PutObject"]
    assert policy["lambda:InvokeFunction"].endswith(":function:neural-gallery-prod-feedback']]}")


def test_whoever_shows_people_reaches_no_picture_and_no_account(cloud: Synthesized) -> None:
    policy = policy_of(cloud, "people")
    assert {action for action in policy if "Scan" in action or action.startswith("cognito-idp:")} == set()
    assert all("exports/*" in policy[each] and "originals" not in policy[each] for each in policy if "s3:" in each)


def test_only_the_eraser_deletes_accounts_and_it_goes_on_until_nothing_is_left(cloud: Synthesized) -> None:
    roles = cloud.resources("AWS::IAM::Role").values()
    assert sum("cognito-idp:AdminDeleteUser" in str(each) for each in roles) == 1
    policy = policy_of(cloud, "erase")
    assert "Identity" in policy["cognito-idp:AdminDeleteUser"]
    assert {action for action in policy if action in {"s3:GetObject", "s3:PutObject", "dynamodb:Scan"}} == set()
    assert policy["lambda:InvokeFunction"].endswith(":function:neural-gallery-prod-erase']]}")
    assert cloud.only("AWS::Lambda::Function", "EraseFunction")["RecursiveLoop"] == "Allow"


def test_whoever_makes_mosaics_writes_no_rendition_and_changes_no_picture(cloud: Synthesized) -> None:
    policy = policy_of(cloud, "mosaic")
    assert "-mosaic-*" in policy["s3:PutObject"]
    assert "media/*'" not in policy["s3:PutObject"] + policy["s3:DeleteObject"]
    assert {action for action in policy if "Put" in action or "Scan" in action} == {"s3:PutObject"}
    assert "originals" not in str(policy)


def test_a_mosaic_is_given_up_only_when_its_function_can_no_longer_be_at_work(cloud: Synthesized) -> None:
    timeout = cloud.only("AWS::Lambda::Function", "MosaicFunction")["Timeout"]
    assert 2 * 1000 * timeout <= DEAD_MS


def test_a_tombstone_outlives_every_event_about_its_picture(cloud: Synthesized) -> None:
    """Also one that an admin sends again on the last day of its dead letter, as a new message."""
    longest = max(each["MessageRetentionPeriod"] for each in cloud.resources("AWS::SQS::Queue").values())
    assert longest == 14 * 24 * 3600
    assert 2 * longest < limits.TOMBSTONE_SECONDS


def test_the_pictures_api_calls_no_functions_but_those_that_make_mosaics_and_vectors(cloud: Synthesized) -> None:
    (role,) = (each for name, each in cloud.resources("AWS::IAM::Role").items() if "ImagesRole" in name)
    statements = role["Policies"][0]["PolicyDocument"]["Statement"]
    called = str([each["Resource"] for each in statements if "lambda:InvokeFunction" in actions(each)])
    assert set(re.findall(r":function:neural-gallery-prod-(\w+)", called)) == {"embed", "mosaic"}
    calls = cloud.only("AWS::Lambda::EventInvokeConfig")
    assert (calls["MaximumRetryAttempts"], calls["MaximumEventAgeInSeconds"]) == (1, 600)


def test_the_distribution_proves_itself_to_the_api_with_what_the_function_expects(cloud: Synthesized) -> None:
    distribution = cloud.only("AWS::CloudFront::Distribution")["DistributionConfig"]
    (api,) = [each for each in distribution["Origins"] if each["Id"] == "api"]
    (origin_secret,) = api["OriginCustomHeaders"]
    expected = cloud.only("AWS::Lambda::Function", "Feedback")["Environment"]["Variables"]["ORIGIN_SECRETS"]
    assert origin_secret == {"HeaderName": "x-origin-proof", "HeaderValue": expected}
    assert "AWS::StackId" in str(expected)


def serving(template: Synthesized) -> list[Resource]:
    """The functions that the API calls."""
    called = str([each["IntegrationUri"] for each in template.resources("AWS::ApiGatewayV2::Integration").values()])
    return [each for name, each in template.resources("AWS::Lambda::Function").items() if f"'{name}'" in called]


def test_no_function_behind_the_api_can_be_reached_past_the_distribution(cloud: Synthesized) -> None:
    """The API's own address stays open; what comes there lacks the secret that every one of them asks for."""
    assert len(serving(cloud)) >= 8
    assert [
        each["FunctionName"] for each in serving(cloud) if not each["Environment"]["Variables"]["ORIGIN_SECRETS"]
    ] == []


def sent_and_accepted(settings: Settings, folder: Path) -> tuple[str, str]:
    stage = synthesized(settings, folder)
    origins = stage.only("AWS::CloudFront::Distribution")["DistributionConfig"]["Origins"]
    (header,) = next(each for each in origins if each["Id"] == "api")["OriginCustomHeaders"]
    accepted = {json.dumps(each["Environment"]["Variables"]["ORIGIN_SECRETS"]) for each in serving(stage)}
    assert len(accepted) == 1
    return json.dumps(header["HeaderValue"]), accepted.pop()


def test_the_distributions_secret_is_changed_without_a_gap(tmp_path: Path) -> None:
    """First the functions take the next one as well, then the distribution sends it; the last one counts meanwhile."""
    next_one = replace(STAGES["local"], origin_secret_generation=1)
    before, _ = sent_and_accepted(STAGES["local"], tmp_path / "0")
    sent, accepted = sent_and_accepted(replace(next_one, origin_secret_generation_sent=0), tmp_path / "1a")
    later, still_accepted = sent_and_accepted(next_one, tmp_path / "1b")
    assert sent == before
    assert later != before
    assert accepted == still_accepted
    assert "AWS::StackId" in accepted
    assert json.loads(later)["Fn::GetAtt"][0] in accepted
    _, newest = sent_and_accepted(replace(next_one, origin_secret_generation=3), tmp_path / "3")
    assert "AWS::StackId" not in newest
    assert newest.count("ClientSecret") == 2


def test_shared_links_lead_to_the_gallerys_own_address(cloud: Synthesized, local: Synthesized) -> None:
    links = {
        stage: stage.only("AWS::Lambda::Function", "PostsFunction")["Environment"]["Variables"]["SITE_URL"]
        for stage in (cloud, local)
    }
    assert links[cloud] == cloud.content["Outputs"]["SiteUrl"]["Value"]
    assert "SiteDistribution" in str(links[cloud])
    assert links[local] == "http://localhost:8080"


def test_whoever_handles_posts_reaches_no_stored_object_but_what_the_cdn_shows(cloud: Synthesized) -> None:
    policy = policy_of(cloud, "posts")
    assert [action for action in policy if not action.startswith("dynamodb:")] == ["s3:GetObject"]
    assert policy["s3:GetObject"].endswith("'/media/*']]}")
    assert "dynamodb:Scan" not in policy


def test_pictures_and_table_outlive_the_stack(cloud: Synthesized) -> None:
    kinds = {"AWS::S3::Bucket", "AWS::DynamoDB::GlobalTable"}
    keeping = [each for each in cloud.content["Resources"].values() if each["Type"] in kinds]
    assert len(keeping) == 4
    assert all(each["DeletionPolicy"] == each["UpdateReplacePolicy"] == "Retain" for each in keeping)


def test_a_function_hears_that_a_service_is_overloaded_before_its_own_time_is_up(cloud: Synthesized) -> None:
    for name, each in cloud.resources("AWS::Lambda::Function").items():
        if "AWS_MAX_ATTEMPTS" in each.get("Environment", {}).get("Variables", {}):
            waits = sum(2**tried for tried in range(int(each["Environment"]["Variables"]["AWS_MAX_ATTEMPTS"]) - 1))
            # What is done in parts is tried for as long, and its last try may wait in the SDK once more.
            assert 2 * waits < each["Timeout"], name


def test_every_function_is_traced_and_logs_to_a_group_that_forgets(cloud: Synthesized) -> None:
    functions = cloud.resources("AWS::Lambda::Function")
    groups = cloud.resources("AWS::Logs::LogGroup")
    assert {named(each) for each in functions.values()} == FUNCTIONS
    for function in functions.values():
        assert function["TracingConfig"] == {"Mode": "Active"}
        assert function["LoggingConfig"]["LogGroup"]["Ref"] in groups
    assert all(group["RetentionInDays"] == 90 for group in groups.values())


def test_what_needs_the_model_is_an_image_and_the_others_are_not(cloud: Synthesized) -> None:
    functions = cloud.resources("AWS::Lambda::Function").values()
    assert {named(each) for each in functions if each.get("PackageType") == "Image"} == IMAGES


def test_the_captioner_may_be_a_zip_file_in_place_of_an_image_and_the_other_way_round(cloud: Synthesized) -> None:
    """A function stays an image, or none, and its name is taken as long as it is there."""
    zipped = kept(replace(STAGES["prod"], caption_image=False))
    images, zips = (each.resources("AWS::Lambda::Function") for each in (cloud, zipped))
    assert images.keys() == zips.keys()
    for name, image in images.items():
        packaging = [each.get("PackageType") for each in (image, zips[name])]
        assert (packaging == [None, None]) is (image["FunctionName"] == zips[name]["FunctionName"])
        assert image["Role"] == zips[name]["Role"]
    assert {each.get("PackageType") for each in zips.values()} == {None}
    captioner = zipped.only("AWS::Lambda::Function", "CaptioningCaption")
    assert [each["Ref"].partition("Layer")[0] for each in captioner["Layers"]] == [
        "Domain",
        "Packages",
        "CaptioningPackages",
    ]
    mappings = [each.resources("AWS::Lambda::EventSourceMapping") for each in (cloud, zipped)]
    assert mappings[0].keys() == mappings[1].keys(), "the brake goes on with those that it knows"


def test_captioner_and_demo_share_one_image(cloud: Synthesized) -> None:
    functions = cloud.resources("AWS::Lambda::Function").values()
    images = {
        each["ImageConfig"]["Command"][0]: each["Code"]["ImageUri"] for each in functions if "ImageConfig" in each
    }
    assert images.keys() == {"caption.classify.handler", "caption.handler.handler"}
    assert images["caption.classify.handler"] == images["caption.handler.handler"]


def rows_of(template: Synthesized, function: str) -> list[tuple[list[str], list[str]]]:
    """What a function may do with some rows alone: the actions, and how the names of those partitions begin."""
    statements = template.only("AWS::IAM::Role", f"{function.capitalize()}Role")["Policies"][0]["PolicyDocument"]
    return [
        (actions(each), each["Condition"]["ForAllValues:StringLike"]["dynamodb:LeadingKeys"])
        for each in statements["Statement"]
        if "Condition" in each
    ]


def test_demo_mode_may_do_nothing_but_count_who_tries_how_many(cloud: Synthesized) -> None:
    assert policy_of(cloud, "classify").keys() == {"dynamodb:UpdateItem", "dynamodb:GetItem"}
    found = rows_of(cloud, "classify")
    assert [partitions for allowed, partitions in found if allowed != ["dynamodb:GetItem"]] == [["LIMIT#*"]]
    assert (["dynamodb:GetItem"], ["PAUSE"]) in found


def test_nothing_is_reserved_that_a_new_account_does_not_have(cloud: Synthesized) -> None:
    functions = cloud.resources("AWS::Lambda::Function").values()
    assert not [each for each in functions if "ReservedConcurrentExecutions" in each]


def test_the_api_is_throttled_and_logs_every_request(cloud: Synthesized) -> None:
    stage = cloud.only("AWS::ApiGatewayV2::Stage")
    assert stage["StageName"] == "$default"
    assert stage["DefaultRouteSettings"]["ThrottlingRateLimit"] > 0
    assert stage["DefaultRouteSettings"]["ThrottlingBurstLimit"] > 0
    assert "AccessLog" in str(stage["AccessLogSettings"]["DestinationArn"])
    for integration in cloud.resources("AWS::ApiGatewayV2::Integration").values():
        assert integration["PayloadFormatVersion"] == "2.0"


def test_no_log_holds_an_address_that_opens_something(cloud: Synthesized) -> None:
    """The path of a link or a visit has its token in it; the key of its route names the place alone."""
    logged = json.loads(cloud.only("AWS::ApiGatewayV2::Stage")["AccessLogSettings"]["Format"])
    assert "$context.routeKey" in logged.values()
    assert not {"$context.path", "$context.protocol", "$context.identity.sourceIp"} & set(logged.values())
    assert any("{token}" in each["RouteKey"] for each in cloud.resources("AWS::ApiGatewayV2::Route").values())


def test_what_buckets_log_of_visitors_is_forgotten_within_a_month(cloud: Synthesized) -> None:
    (rule,) = cloud.only("AWS::S3::Bucket", "AccessLog")["LifecycleConfiguration"]["Rules"]
    assert rule["Status"] == "Enabled"
    assert rule["ExpirationInDays"] <= 30


GLOBAL = {
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::Budgets::Budget": "Budget",
    "AWS::CloudFront::CachePolicy": "CachePolicyConfig",
    "AWS::CloudFront::Function": "Name",
    "AWS::CloudFront::OriginAccessControl": "OriginAccessControlConfig",
    "AWS::CloudFront::OriginRequestPolicy": "OriginRequestPolicyConfig",
    "AWS::CloudFront::ResponseHeadersPolicy": "ResponseHeadersPolicyConfig",
    "AWS::CloudWatch::Dashboard": "DashboardName",
    "AWS::S3::Bucket": "BucketName",
}
"""Kinds of which an account has one by each name, whatever the region → where their name is (their ARNs name none)."""


def test_a_stage_can_be_in_two_regions_at_once(tmp_path: Path) -> None:
    stage = synthesized(replace(STAGES["local"], monthly_budget=10), tmp_path)
    named = [
        (kind, each[GLOBAL[kind]]) for kind in GLOBAL for each in stage.resources(kind).values() if GLOBAL[kind] in each
    ]
    assert {kind for kind, _ in named} >= {"AWS::Budgets::Budget", "AWS::CloudWatch::Dashboard", "AWS::S3::Bucket"}
    assert [(kind, name) for kind, name in named if "AWS::Region" not in json.dumps(name)] == []


def test_one_address_serves_page_api_and_pictures(cloud: Synthesized) -> None:
    distribution = cloud.only("AWS::CloudFront::Distribution")["DistributionConfig"]
    routes = {each["PathPattern"]: each["TargetOriginId"] for each in distribution["CacheBehaviors"]}
    assert distribution["DefaultCacheBehavior"]["TargetOriginId"] == "page"
    assert routes == {"/api/*": "api", "/s/*": "api", "/a/*": "api", "/media/*": "pictures", "/downloads/*": "pictures"}
    assert distribution["HttpVersion"] == "http2and3"
    assert distribution["IPV6Enabled"] is True
    every = [distribution["DefaultCacheBehavior"], *distribution["CacheBehaviors"]]
    assert all(each["ViewerProtocolPolicy"] in {"redirect-to-https", "https-only"} for each in every)
    assert all("ResponseHeadersPolicyId" in each for each in every)


def test_both_buckets_are_reached_by_signed_requests_only(cloud: Synthesized) -> None:
    origins = {
        each["Id"]: each for each in cloud.only("AWS::CloudFront::Distribution")["DistributionConfig"]["Origins"]
    }
    assert "OriginAccessControlId" in origins["page"]
    assert "OriginAccessControlId" in origins["pictures"]
    for control in cloud.resources("AWS::CloudFront::OriginAccessControl").values():
        assert control["OriginAccessControlConfig"]["SigningBehavior"] == "always"


def test_no_shared_cache_shows_a_deleted_picture_for_longer_than_five_minutes(cloud: Synthesized) -> None:
    policy = cloud.only("AWS::CloudFront::CachePolicy")["CachePolicyConfig"]
    assert policy["MaxTTL"] <= 300
    assert policy["MinTTL"] == 0


def test_pictures_are_saved_through_the_distribution_and_nobody_says_of_what_type_they_are(cloud: Synthesized) -> None:
    policy = cloud.only("AWS::CloudFront::CachePolicy")["CachePolicyConfig"]
    assert policy["ParametersInCacheKeyAndForwardedToOrigin"]["QueryStringsConfig"] == {
        "QueryStringBehavior": "whitelist", "QueryStrings": ["response-content-disposition"],
    }  # fmt: skip
    images = cloud.only("AWS::Lambda::Function", "ImagesFunction")["Environment"]["Variables"]
    assert "SiteDistribution" in str(images["SITE_URL"])


def directives(policy: Resource) -> dict[str, str]:
    header = policy["SecurityHeadersConfig"]["ContentSecurityPolicy"]["ContentSecurityPolicy"]
    parts = header["Fn::Join"][1] if isinstance(header, dict) else [header]
    text = "".join(
        part if isinstance(part, str) else ".".join(part.get("Fn::GetAtt", [part.get("Ref")])) for part in parts
    )
    return dict(each.split(" ", 1) for each in text.split("; ") if " " in each)


def test_the_page_runs_its_own_scripts_only_and_is_framed_by_nobody(cloud: Synthesized) -> None:
    headers = cloud.only("AWS::CloudFront::ResponseHeadersPolicy", "Page")["ResponseHeadersPolicyConfig"]
    policy = directives(headers)
    assert policy["script-src"] == "'self'"
    assert policy["default-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
    assert "MediaBucket" in policy["img-src"]
    assert "MediaBucket" in policy["connect-src"]
    assert "https://cognito-idp." in policy["connect-src"]


def test_a_picture_can_never_act_as_a_page(cloud: Synthesized) -> None:
    headers = cloud.only("AWS::CloudFront::ResponseHeadersPolicy", "Pictures")["ResponseHeadersPolicyConfig"]
    security = headers["SecurityHeadersConfig"]
    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"] == "default-src 'none'; sandbox"
    assert security["ContentTypeOptions"] == {"Override": True}


def test_other_sites_pages_reach_no_window_and_embed_nothing_but_pictures(cloud: Synthesized) -> None:
    """Previews in other sites' pages embed pictures; browsers would block these without the header's leave."""
    for part, embedded_by in (("Page", "same-origin"), ("Pictures", "cross-origin")):
        headers = cloud.only("AWS::CloudFront::ResponseHeadersPolicy", part)["ResponseHeadersPolicyConfig"]
        sent = {each["Header"]: each for each in headers["CustomHeadersConfig"]["Items"]}
        assert sent["cross-origin-opener-policy"]["Value"] == "same-origin"
        assert sent["cross-origin-resource-policy"]["Value"] == embedded_by
        assert all(each["Override"] for each in sent.values())


def test_strangers_cannot_make_themselves_accounts(cloud: Synthesized) -> None:
    pool = cloud.only("AWS::Cognito::UserPool")
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert pool["DeletionProtection"] == "ACTIVE"
    assert cloud.only("AWS::Cognito::UserPoolGroup")["GroupName"] == "admin"


def test_visitors_passwords_never_travel_and_tokens_are_short_lived(cloud: Synthesized) -> None:
    client = cloud.only("AWS::Cognito::UserPoolClient")
    of_visitors = {"ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}
    of_the_owner = {"ALLOW_ADMIN_USER_PASSWORD_AUTH"}
    assert set(client["ExplicitAuthFlows"]) == of_visitors | of_the_owner
    allowed = {action for each in cloud.statements() for action in actions(each)}
    assert not {action for action in allowed if "InitiateAuth" in action or "SetUserPassword" in action}
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["AccessTokenValidity"] <= 60


def test_browsers_are_told_to_stay_with_https(cloud: Synthesized) -> None:
    policies = cloud.resources("AWS::CloudFront::ResponseHeadersPolicy").values()
    for policy in policies:
        security = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
        assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 365 * 24 * 3600
        assert security["StrictTransportSecurity"]["IncludeSubdomains"] is False, "other hosts are not the gallery's"


def test_the_stack_tells_what_others_need_to_know_of_it(cloud: Synthesized) -> None:
    needed = {"SiteUrl", "ApiId", "MediaBucketName", "SiteBucketName", "TableName", "CaptionQueueUrl", "DistributionId"}
    assert needed <= cloud.content["Outputs"].keys()


def test_nothing_in_the_template_needs_a_custom_resource(cloud: Synthesized) -> None:
    kinds = {each["Type"] for each in cloud.content["Resources"].values()}
    assert not [kind for kind in kinds if kind.startswith(("Custom::", "AWS::CloudFormation::CustomResource"))]


def test_what_was_left_public_is_looked_for_every_ten_minutes(cloud: Synthesized) -> None:
    rules = {each["Name"]: each for each in cloud.resources("AWS::Events::Rule").values()}
    rule = rules["neural-gallery-prod-take-down"]
    assert rule["ScheduleExpression"] == "rate(10 minutes)"
    assert [each["Input"] for each in rule["Targets"]] == ['{"look":true}']


def test_mosaics_are_bounded_without_reserving_calls(cloud: Synthesized) -> None:
    functions = {each["FunctionName"]: each for each in cloud.resources("AWS::Lambda::Function").values()}
    assert "ReservedConcurrentExecutions" not in functions["neural-gallery-prod-mosaic"]
    assert functions["neural-gallery-prod-images"]["Environment"]["Variables"]["MOSAICS_AT_ONCE"] == "4"
