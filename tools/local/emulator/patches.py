"""Small repairs of moto, and small pieces that it lacks, applied when the files patches*.py are loaded: this one has
those of the workloads, the others those of one domain each. Each says what it repairs and what retires it.

Found by apply, plan and destroy with hashicorp/aws 5.100.0 on moto 5.2.1. Where a patch names no issue of moto's, none was
found, or none looked for. A patch whose method is gone from moto fails the start, so none goes stale unseen.
"""

import json
import traceback
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from flask import request
from moto.awslambda.models import LambdaFunction, lambda_backends
from moto.core.responses import ActionResult, BaseResponse
from moto.dynamodb.models.table import Table
from moto.events.models import Rule
from moto.events.utils import EventTemplateParser
from moto.iam.access_control import PermissionResult
from moto.s3.exceptions import BucketNeedsToBeNew, InvalidBucketState
from moto.s3.models import FakeBucket, FakeDeleteMarker, S3Backend
from moto.s3.responses import S3Response
from moto.sqs.models import Queue, SQSBackend

from patching import Failure, around

CODE_PATH = "_landfall/code"


@around(BaseResponse, "call_action")
def fail_at_once(original: Any, self: BaseResponse) -> Any:
    """An action that moto lacks, or fails in, answers with a server's error, which the provider repeats for minutes.

    Not so a collision of two requests, which Python reports as a RuntimeError: that one is worth repeating.
    Retired when moto answers with an error that the SDKs do not repeat.
    """
    try:
        return original(self)
    except Exception as error:
        if type(error) is RuntimeError:
            raise
        traceback.print_exc()
        message = f"The emulator failed: {type(error).__name__}: {error}"
        _, headers, body = self.serialized(ActionResult(Failure("NotEmulated", message)))
        return 400, headers, body


@around(LambdaFunction, "get_code")
def code_location(original: Any, self: LambdaFunction) -> dict[str, Any]:
    """GetFunction's Code.Location points to AWS itself: here, the emulator serves the deployed bytes.

    Retired when moto keeps the code in a bucket of its own, which a note in LambdaFunction plans.
    """
    response = original(self)
    if "S3Key" in self.code:
        path = f"{self.account_id}/{self.region}/{quote(self.function_name)}/{self.version}"
        response["Code"]["Location"] = f"{request.host_url}{CODE_PATH}/{path}"
    return response


def deployed_code(account: str, region: str, name: str, version: str) -> bytes | None:
    """The zip behind a Code.Location."""
    for function in lambda_backends[account][region].list_functions("ALL"):
        if (function.function_name, str(function.version)) == (name, version):
            return function.code_bytes
    return None


# Lambda forgets these settings of a function, so each drifts. Retired when get_configuration returns them.
FORGOTTEN = ("KMSKeyArn", "DeadLetterConfig", "LoggingConfig", "TracingConfig")


def remember(function: LambdaFunction, settings: dict[str, Any]) -> None:
    given = {name: settings[name] for name in FORGOTTEN if settings.get(name) is not None}
    function.landfall_settings = getattr(function, "landfall_settings", {}) | given


@around(LambdaFunction, "__init__")
def create_function(original: Any, self: LambdaFunction, account_id: str, spec: Any, *rest: Any, **named: Any) -> None:
    remember(self, spec)
    original(self, account_id, spec, *rest, **named)


@around(LambdaFunction, "update_configuration")
def update_function(original: Any, self: LambdaFunction, updates: dict[str, Any]) -> dict[str, Any]:
    remember(self, updates)
    return original(self, updates)


@around(LambdaFunction, "get_configuration")
def function_configuration(original: Any, self: LambdaFunction, on_create: bool = False) -> dict[str, Any]:
    settings = self.landfall_settings
    logging = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{self.function_name}"} | settings.get("LoggingConfig", {})
    return original(self, on_create) | settings | {"LoggingConfig": logging}


# A queue or table with an event source mapping runs the function in Docker, before SendMessage returns: our runner
# polls instead. Retired when moto has a setting for that.
for source in (Queue, Table):
    source.lambda_event_source_mappings = property(lambda self: {}, lambda self, value: None)

# GetQueueAttributes refuses RedriveAllowPolicy, so the provider waits for it until its timeout. Retired when
# Queue.BASE_ATTRIBUTES has it.
Queue.redrive_allow_policy = None
Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]


@around(SQSBackend, "get_queue_attributes")
def queue_attributes(original: Any, self: SQSBackend, *given: Any, **named: Any) -> dict[str, Any]:
    """RedrivePolicy comes back with white space that AWS does not write, a removed RedriveAllowPolicy as "".

    Retired when Queue.attributes writes it compactly.
    """
    found = dict(original(self, *given, **named))
    if not found.get("RedriveAllowPolicy"):
        found.pop("RedriveAllowPolicy", None)
    if found.get("RedrivePolicy"):
        found["RedrivePolicy"] = json.dumps(json.loads(found["RedrivePolicy"]), separators=(",", ":"))
    return found


@around(SQSBackend, "set_queue_attributes")
def keep_queue_policy(original: Any, self: SQSBackend, queue_name: str, attributes: dict[str, Any]) -> Queue:
    """Setting any attribute clears Policy, unless it is among them. Retired when Queue._set_attributes keeps it."""
    return original(self, queue_name, {"Policy": self.get_queue(queue_name).policy} | attributes)


@around(S3Response, "serialized")
def bucket_settings(original: Any, self: S3Response, result: Any) -> Any:
    """EventBridgeConfiguration and TargetObjectKeyFormat are kept, but not returned.

    Retired when S3Response.get_bucket_notification and get_bucket_logging return them.
    """
    action = self.data.get("Action")
    if action == "GetBucketNotificationConfiguration":
        setting = self.backend.get_bucket_notification_configuration(self.bucket_name)
        if setting.event_bridge is not None:
            result.result["EventBridgeConfiguration"] = {}
    if action == "GetBucketLogging" and "LoggingEnabled" in result.result:
        key_format = self.backend.get_bucket_logging(self.bucket_name).get("TargetObjectKeyFormat")
        if key_format:
            result.result["LoggingEnabled"]["TargetObjectKeyFormat"] = {k: v or {} for k, v in key_format.items()}
    return original(self, result)


@around(FakeBucket, "get_permission")
def no_bucket_policy(original: Any, self: FakeBucket, action: str, resource: str) -> PermissionResult:
    """A Deny of a bucket's policy is applied without its conditions: TLS-only refuses every request.

    Permissions are proven by simulation, not here. Retired when moto's IAMPolicyStatement evaluates conditions.
    """
    return PermissionResult.NEUTRAL


@around(S3Backend, "put_bucket_versioning")
def keep_versions_of_locked(original: Any, self: S3Backend, bucket_name: str, status: str) -> None:
    """A bucket with Object Lock can stop keeping versions, after which it can't be unlocked for its deletion.

    Retired when put_bucket_versioning refuses that. The message is AWS's: the provider looks for it.
    """
    if status != "Enabled" and self.get_bucket(bucket_name).object_lock_enabled:
        message = "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed."
        raise InvalidBucketState(message)
    original(self, bucket_name, status)


@around(S3Backend, "put_object_lock_configuration")
def lock_used_bucket(
    original: Any, self: S3Backend, name: str, enabled: bool, mode: Any = None, days: Any = None, years: Any = None
) -> None:
    """The default retention of a bucket that holds objects can't be changed.

    Retired when put_object_lock_configuration allows it, as S3 does since November 2023.
    """
    try:
        original(self, name, enabled, mode, days, years)
    except BucketNeedsToBeNew:
        bucket = self.get_bucket(name)
        bucket.default_lock_mode, bucket.default_lock_days, bucket.default_lock_years = mode, days, years


# A key whose last version is a delete marker can't be removed, so no bucket with one can be emptied. Retired when
# FakeDeleteMarker has dispose.
FakeDeleteMarker.dispose = lambda self, garbage=False: None


@around(S3Backend, "log_incoming_request")
def no_access_logs(original: Any, self: S3Backend, request: Any, bucket_name: str) -> None:
    """Every request to a logged bucket writes an object into the bucket of logs at once, so nobody can empty that one.

    S3 writes them hours later. Retired when moto has a setting for it.
    """


@around(EventTemplateParser, "parse")
def whole_event(original: Any, input_template: str, input_paths_map: Any, event: dict[str, Any]) -> dict[str, Any]:
    """A target without an input transformer gets no account. Retired when it gets the whole event."""
    if input_template:
        return original(input_template, input_paths_map, event)
    return {name: value for name, value in event.items() if name != "ingestion-time"}


@around(Rule, "send_to_targets")
def schedule_only(original: Any, self: Rule, event: dict[str, Any], transform_input: bool = True) -> None:
    """A rule that has a schedule and no pattern gets every event of its bus. Retired when it gets none."""
    if self.event_pattern.get_pattern() or not self.scheduled_expression:
        original(self, event, transform_input)


@around(Rule, "send_to_targets")
def s3_event(original: Any, self: Rule, event: dict[str, Any], transform_input: bool = True) -> None:
    """S3's events have one id and sequencer, "eTag" for "etag", no API's name as reason; an archive stops them all.

    Shape: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html. Retired when
    moto.s3.notifications._send_event_bridge_message writes it. (A copy's reason stays "PutObject".)
    """
    if event["source"] == "aws.s3" and not transform_input:
        detail = event["detail"]
        item = {name.lower(): value for name, value in detail["object"].items() if value not in (None, "null")}
        item["sequencer"] = f"{int(event['time'] * 1_000_000):016X}"
        reason = {"ObjectCreated": "PutObject", "ObjectRemoved": "DeleteObject"}.get(detail["reason"], detail["reason"])
        unique = f"{detail['bucket']['name']}/{item['key']}/{item['sequencer']}"
        event = event | {
            "id": str(uuid5(NAMESPACE_URL, unique)),
            "ingestion-time": event["time"],
            "detail": detail | {"object": item, "reason": reason, "request-id": item["sequencer"]},
        }
    original(self, event, True)
