"""What moto lacks of AWS Network Firewall: rule groups, policies, endpoints, deletion. See patches.py.

The rules are kept, but filter nothing. Retired when NetworkFirewallBackend has them.
"""

from typing import Any

from moto.ec2.models import ec2_backends
from moto.networkfirewall.models import NetworkFirewallBackend
from moto.networkfirewall.responses import NetworkFirewallResponse

from patching import Call, adds, around, shelves

GROUPS = "RuleGroup"
POLICIES = "FirewallPolicy"
TOKEN = "1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d"


def arn_of(call: Call, kind: str) -> str:
    """By ARN or by name, as the request has it."""
    given, name = call.params.get(f"{kind}Arn"), call.params.get(f"{kind}Name")
    arn_type = "firewall-policy" if kind == POLICIES else f"{call.params.get('Type', 'STATEFUL').lower()}-rulegroup"
    return given or f"arn:aws:network-firewall:{call.region}:{call.account}:{arn_type}/{name}"


def create(call: Call, kind: str) -> dict[str, Any]:
    arn = arn_of(call, kind)
    made = {"EncryptionConfiguration": {"Type": "AWS_OWNED_KMS_KEY", "KeyId": "AWS_OWNED_KMS_KEY"}, "Tags": []}
    states = {f"{kind}Arn": arn, f"{kind}Id": arn.rpartition("/")[2], f"{kind}Status": "ACTIVE"}
    call.shelf(kind)[arn] = made | call.params | states
    return describe(call, kind)


def describe(call: Call, kind: str, changes: dict[str, Any] | None = None) -> dict[str, Any]:
    found = call.find(kind, arn_of(call, kind))
    found |= changes or {}
    content = {kind: found[kind]} if kind in found else {}
    return {"UpdateToken": TOKEN, f"{kind}Response": found | {"NumberOfAssociations": 0}} | content


@adds(NetworkFirewallResponse)
def create_rule_group(call: Call) -> dict[str, Any]:
    if "Rules" in call.params:
        call.params["RuleGroup"] = {"RulesSource": {"RulesString": call.params.pop("Rules")}}
    return create(call, GROUPS)


@adds(NetworkFirewallResponse)
def describe_rule_group(call: Call) -> dict[str, Any]:
    return describe(call, GROUPS)


@adds(NetworkFirewallResponse)
def update_rule_group(call: Call) -> dict[str, Any]:
    return describe(call, GROUPS, call.params)


@adds(NetworkFirewallResponse)
def delete_rule_group(call: Call) -> dict[str, Any]:
    return {"RuleGroupResponse": call.drop(GROUPS, arn_of(call, GROUPS))}


@adds(NetworkFirewallResponse)
def create_firewall_policy(call: Call) -> dict[str, Any]:
    return create(call, POLICIES)


@adds(NetworkFirewallResponse)
def describe_firewall_policy(call: Call) -> dict[str, Any]:
    return describe(call, POLICIES)


@adds(NetworkFirewallResponse)
def update_firewall_policy(call: Call) -> dict[str, Any]:
    return describe(call, POLICIES, call.params)


@adds(NetworkFirewallResponse)
def delete_firewall_policy(call: Call) -> dict[str, Any]:
    return {"FirewallPolicyResponse": call.drop(POLICIES, arn_of(call, POLICIES))}


@around(NetworkFirewallBackend, "create_firewall")
def with_endpoints(original: Any, self: NetworkFirewallBackend, **named: Any) -> Any:
    """A firewall gets an endpoint in each of its subnets, which routes lead to; it is protected only if asked for."""
    protections = ("delete_protection", "subnet_change_protection", "firewall_policy_change_protection")
    firewall = original(self, **named | {name: bool(named[name]) for name in protections})
    ec2 = ec2_backends[self.account_id][self.region_name]
    zones = {}
    for mapping in named["subnet_mappings"]:
        subnet = ec2.get_subnet(mapping["SubnetId"])
        service = f"com.amazonaws.vpce.{self.region_name}.firewall"
        endpoint = ec2.create_vpc_endpoint(named["vpc_id"], service, "GatewayLoadBalancer", None, [], [subnet.id])
        attachment = {"SubnetId": subnet.id, "EndpointId": endpoint.id, "Status": "READY"}
        zones[subnet.availability_zone] = {"Attachment": attachment, "Config": {}}
    firewall.firewall_status["SyncStates"] = zones
    return firewall


@adds(NetworkFirewallResponse)
def delete_firewall(call: Call) -> dict[str, Any]:
    firewall = call.backend.describe_firewall(call.params.get("FirewallName"), call.params.get("FirewallArn"))
    zones = firewall.firewall_status["SyncStates"].values()
    endpoints = [zone["Attachment"]["EndpointId"] for zone in zones]
    ec2_backends[call.account][call.region].delete_vpc_endpoints(endpoints)
    del call.backend.firewalls[firewall.arn]
    return {"Firewall": firewall.to_dict(), "FirewallStatus": {"Status": "DELETING"}}


def tags_of(call: Call) -> list[dict[str, str]]:
    arn = call.params["ResourceArn"]
    kept = [shelf[arn]["Tags"] for shelf in shelves(call.backend).values() if arn in shelf]
    return kept[0] if kept else call.backend.firewalls[arn].tags


@adds(NetworkFirewallResponse)
def tag_resource(call: Call) -> None:
    given = {tag["Key"]: tag for tag in [*tags_of(call), *call.params["Tags"]]}
    tags_of(call)[:] = given.values()


@adds(NetworkFirewallResponse)
def untag_resource(call: Call) -> None:
    tags_of(call)[:] = [tag for tag in tags_of(call) if tag["Key"] not in call.params["TagKeys"]]
