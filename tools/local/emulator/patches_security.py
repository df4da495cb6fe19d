"""Repairs of moto's security services, and what it lacks of them. See patches.py."""

import json
from typing import Any

from moto.cloudtrail.models import CloudTrailBackend
from moto.cloudtrail.responses import CloudTrailResponse
from moto.guardduty.models import Detector
from moto.inspector2.models import Inspector2Backend
from moto.macie2.responses import MacieResponse
from moto.securityhub.models import SecurityHubBackend
from moto.securityhub.responses import SecurityHubResponse

from patching import Call, adds, around, new_service, settings_of


def by_trail_name(original: Any, self: CloudTrailBackend, name: str) -> None:
    """A trail is found by its name only; the provider gives its ARN.

    Retired when CloudTrailBackend looks these up with get_trail.
    """
    original(self, self.get_trail(name).trail_name)


for action in ("start_logging", "stop_logging", "delete_trail"):
    around(CloudTrailBackend, action)(by_trail_name)


@around(CloudTrailResponse, "describe_trails")
def asked_trails(original: Any, self: CloudTrailResponse) -> str:
    """All trails come back, whichever were asked for. Retired when describe_trails takes trailNameList."""
    asked = self._get_param("trailNameList")
    trails = json.loads(original(self))["trailList"]
    return json.dumps({"trailList": [t for t in trails if not asked or {t["Name"], t["TrailARN"]} & set(asked)]})


@around(Detector, "update")
def merge_features(original: Any, self: Detector, enable: Any, frequency: Any, sources: Any, features: Any) -> None:
    """Setting one feature forgets the others. Retired when Detector.update merges them by name."""
    if features is not None:
        named = {feature["name"]: feature for feature in [*self.features, *features]}
        features = list(named.values())
    original(self, enable, frequency, sources, features)


@around(Inspector2Backend, "disable")
def forget_disabled(original: Any, self: Inspector2Backend, *given: Any, **named: Any) -> list[dict[str, Any]]:
    """A disabled account stays in the list. Retired when Inspector2Backend.disable removes it."""
    response = original(self, *given, **named)
    self.account_status = {name: a for name, a in self.account_status.items() if a._status() == "ENABLED"}
    return response


@adds(MacieResponse)
def put_classification_export_configuration(call: Call) -> dict[str, Any]:
    """Where Macie's results go. Retired when MacieBackend has it."""
    call.settings["export"] = call.params["configuration"]
    return {"configuration": call.settings["export"]}


@adds(MacieResponse)
def get_classification_export_configuration(call: Call) -> dict[str, Any]:
    return {"configuration": call.settings.get("export", {})}


@adds(SecurityHubResponse)
def update_security_hub_configuration(call: Call) -> None:
    """Retired when SecurityHubResponse has the action."""
    call.settings["hub"] = call.settings.get("hub", {}) | call.params


@around(SecurityHubBackend, "describe_hub")
def hub_configuration(original: Any, self: SecurityHubBackend, *given: Any, **named: Any) -> dict[str, Any]:
    """Retired with update_security_hub_configuration."""
    return original(self, *given, **named) | settings_of(self).get("hub", {})


STANDARDS = "Standard"


@adds(SecurityHubResponse)
def batch_enable_standards(call: Call) -> dict[str, Any]:
    """The standards' subscriptions. Retired when SecurityHubBackend has them."""
    enabled = []
    for asked in call.params["StandardsSubscriptionRequests"]:
        name = asked["StandardsArn"].partition("/")[2]
        arn = f"arn:aws:securityhub:{call.region}:{call.account}:subscription/{name}"
        enabled.append({"StandardsSubscriptionArn": arn, "StandardsInput": {}, "StandardsStatus": "READY"} | asked)
        call.shelf(STANDARDS)[arn] = enabled[-1]
    return {"StandardsSubscriptions": enabled}


@adds(SecurityHubResponse)
def batch_disable_standards(call: Call) -> dict[str, Any]:
    arns = call.params["StandardsSubscriptionArns"]
    disabled = [call.shelf(STANDARDS).pop(arn) for arn in arns if arn in call.shelf(STANDARDS)]
    return {"StandardsSubscriptions": [standard | {"StandardsStatus": "DELETING"} for standard in disabled]}


@adds(SecurityHubResponse)
def get_enabled_standards(call: Call) -> dict[str, Any]:
    arns = call.params.get("StandardsSubscriptionArns")
    enabled = call.shelf(STANDARDS)
    return {"StandardsSubscriptions": [enabled[arn] for arn in enabled if not arns or arn in arns]}


AGGREGATORS = "FindingAggregator"


@adds(SecurityHubResponse)
def create_finding_aggregator(call: Call) -> dict[str, Any]:
    """The aggregation of findings from other regions. Retired when SecurityHubBackend has it."""
    arn = f"arn:aws:securityhub:{call.region}:{call.account}:finding-aggregator/{call.region}"
    call.shelf(AGGREGATORS)[arn] = {"FindingAggregatorArn": arn, "FindingAggregationRegion": call.region} | call.params
    return call.shelf(AGGREGATORS)[arn]


@adds(SecurityHubResponse)
def update_finding_aggregator(call: Call) -> dict[str, Any]:
    aggregator = call.find(AGGREGATORS, call.params["FindingAggregatorArn"])
    aggregator.update(call.params)
    return aggregator


@adds(SecurityHubResponse)
def get_finding_aggregator(call: Call) -> dict[str, Any]:
    return call.find(AGGREGATORS, call.params["FindingAggregatorArn"])


@adds(SecurityHubResponse)
def delete_finding_aggregator(call: Call) -> None:
    call.drop(AGGREGATORS, call.params["FindingAggregatorArn"])


@adds(SecurityHubResponse)
def batch_update_standards_control_associations(call: Call) -> dict[str, Any]:
    """Single controls that are switched off. Retired when SecurityHubBackend has them."""
    for update in call.params["StandardsControlAssociationUpdates"]:
        name = f"{update['SecurityControlId']} {update['StandardsArn']}"
        call.settings[name] = update
    return {"UnprocessedAssociationUpdates": []}


@adds(SecurityHubResponse)
def list_standards_control_associations(call: Call) -> dict[str, Any]:
    control = call.params["SecurityControlId"]
    arn = f"arn:aws:securityhub:{call.region}:{call.account}:security-control/{control}"
    described = {"SecurityControlId": control, "SecurityControlArn": arn, "UpdatedAt": 0, "StandardsControlTitle": ""}
    on = [
        described | {"StandardsArn": standard["StandardsArn"], "AssociationStatus": "ENABLED"}
        | call.settings.get(f"{control} {standard['StandardsArn']}", {})
        for standard in call.shelf(STANDARDS).values()
    ]
    return {"StandardsControlAssociationSummaries": on}


access_analyzer = new_service("accessanalyzer", "access-analyzer")
ANALYZERS = "Analyzer"
ARCHIVE_RULES = "ArchiveRule"


@adds(access_analyzer)
def create_analyzer(call: Call) -> dict[str, Any]:
    """Access Analyzer, without findings. Retired when moto has the service."""
    name = call.params.pop("analyzerName")
    arn = f"arn:aws:access-analyzer:{call.region}:{call.account}:analyzer/{name}"
    kept = {"arn": arn, "name": name, "status": "ACTIVE", "createdAt": 0, "tags": {}} | call.params
    call.shelf(ANALYZERS)[name] = kept
    return {"arn": arn}


@adds(access_analyzer)
def get_analyzer(call: Call) -> dict[str, Any]:
    return {"analyzer": call.find(ANALYZERS, call.params["analyzerName"])}


@adds(access_analyzer)
def update_analyzer(call: Call) -> dict[str, Any]:
    analyzer = call.find(ANALYZERS, call.params["analyzerName"])
    analyzer["configuration"] = call.params["configuration"]
    return {"configuration": analyzer["configuration"]}


@adds(access_analyzer)
def delete_analyzer(call: Call) -> None:
    name = call.params["analyzerName"]
    call.drop(ANALYZERS, name)
    for rule in [rule for rule in call.shelf(ARCHIVE_RULES) if rule.startswith(f"{name}/")]:
        del call.shelf(ARCHIVE_RULES)[rule]


@adds(access_analyzer)
def list_tags_for_resource(call: Call) -> dict[str, Any]:
    return {"tags": tags_of(call)}


@adds(access_analyzer)
def tag_resource(call: Call) -> None:
    tags_of(call).update(call.params["tags"])


@adds(access_analyzer)
def untag_resource(call: Call) -> None:
    for key in call.params["tagKeys"]:
        tags_of(call).pop(key, None)


def tags_of(call: Call) -> dict[str, str]:
    return call.find(ANALYZERS, call.params["resourceArn"].rpartition("/")[2])["tags"]


@adds(access_analyzer)
def create_archive_rule(call: Call) -> None:
    rule = {"ruleName": call.params["ruleName"], "filter": call.params["filter"], "createdAt": 0, "updatedAt": 0}
    call.shelf(ARCHIVE_RULES)[rule_name(call)] = rule


@adds(access_analyzer)
def get_archive_rule(call: Call) -> dict[str, Any]:
    return {"archiveRule": call.find(ARCHIVE_RULES, rule_name(call))}


@adds(access_analyzer)
def update_archive_rule(call: Call) -> None:
    call.find(ARCHIVE_RULES, rule_name(call))["filter"] = call.params["filter"]


@adds(access_analyzer)
def delete_archive_rule(call: Call) -> None:
    call.drop(ARCHIVE_RULES, rule_name(call))


def rule_name(call: Call) -> str:
    return f"{call.params['analyzerName']}/{call.params['ruleName']}"
