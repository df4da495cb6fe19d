"""Replicas of DynamoDB tables, which moto does not have: all of them share their items, so that nothing ever lags.

Retired when moto's UpdateTable knows ReplicaUpdates.
"""

from copy import copy, deepcopy
from typing import Any

from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.table import StreamShard, Table
from moto.dynamodb.responses import DynamoHandler, DynamoResult

from patching import Failure, around


def replicas_of(table: Table) -> dict[str, Table]:
    """A global table's tables by region, itself among them; all of them hold the same dictionary."""
    return vars(table).setdefault("landfall_replicas", {table.region_name: table})


def create_replica(table: Table, region: str, key: str | None) -> None:
    tables = dynamodb_backends[table.account_id][region].tables
    if table.name in tables:
        raise Failure("ResourceInUseException", f"Table already exists: {table.name}")
    group = replicas_of(table)
    replica = copy(table)
    replica.region_name = region
    replica.table_arn = replica._generate_arn(table.name)
    replica.tags = []
    replica.continuous_backups = deepcopy(table.continuous_backups)
    replica.continuous_backups["PointInTimeRecoveryDescription"] = {"PointInTimeRecoveryStatus": "DISABLED"}
    replica.sse_specification = deepcopy(table.sse_specification)
    if key and replica.sse_specification:
        replica.sse_specification["KMSMasterKeyId"] = key
    replica.set_stream_specification(table.stream_specification)
    group[region] = tables[table.name] = replica


def delete_replica(table: Table, region: str) -> None:
    if replicas_of(table).pop(region, None) is None:
        # AWS's words: the provider looks for them, as it removes a replica twice.
        message = "Replica specified in the Replica Update or Replica Delete action of the request was not found"
        raise Failure("ValidationException", message)
    dynamodb_backends[table.account_id][region].tables.pop(table.name, None)


@around(DynamoHandler, "update_table")
def update_replicas(original: Any, self: DynamoHandler) -> Any:
    updates = self.body.get("ReplicaUpdates")
    if not updates:
        return original(self)
    table = self.dynamodb_backend.get_table(self.body["TableName"])
    for update in updates:
        for kind, given in update.items():
            if kind == "Create":
                create_replica(table, given["RegionName"], given.get("KMSMasterKeyId"))
            if kind == "Delete":
                delete_replica(table, given["RegionName"])
    return DynamoResult(table.describe())


@around(Table, "describe")
def describe_replicas(original: Any, self: Table, base_key: str = "TableDescription") -> dict[str, Any]:
    result = original(self, base_key)
    others = [table for region, table in replicas_of(self).items() if region != self.region_name]
    if others:
        result[base_key]["GlobalTableVersion"] = "2019.11.21"
        result[base_key]["Replicas"] = [
            {"RegionName": table.region_name, "ReplicaStatus": "ACTIVE"}
            | ({"KMSMasterKeyId": table.sse_specification["KMSMasterKeyId"]} if table.sse_specification else {})
            for table in others
        ]
    return result


@around(StreamShard, "add")
def tell_every_region(original: Any, self: StreamShard, old: Any, new: Any) -> None:
    """The stream of each replica shows what was written in any region."""
    for table in replicas_of(self.table).values():
        if table.stream_shard is not None:
            original(table.stream_shard, old, new)
