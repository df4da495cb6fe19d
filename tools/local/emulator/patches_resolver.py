"""DNS Firewall, which moto lacks, and repairs of moto's Route 53 Resolver. See patches.py.

The firewall is kept, but filters nothing. Retired when Route53ResolverBackend has it.
"""

from typing import Any
from uuid import uuid4

from moto.route53resolver.models import Route53ResolverBackend
from moto.route53resolver.responses import Route53ResolverResponse

from patching import Call, adds, around, shelves

THREAT_LIST = "AWSManagedDomainsAggregateThreatList"
LISTS = "FirewallDomainList"
GROUPS = "FirewallRuleGroup"
RULES = "FirewallRule"
ASSOCIATIONS = "FirewallRuleGroupAssociation"


def create(call: Call, kind: str, prefix: str, arn_type: str) -> dict[str, Any]:
    """Keeps the request's parameters under a new id, and its tags where moto keeps those."""
    made = dict(call.params)
    made["Id"] = f"{prefix}-{uuid4().hex[:17]}"
    made["Arn"] = f"arn:aws:route53resolver:{call.region}:{call.account}:{arn_type}/{made['Id']}"
    made["Status"] = "COMPLETE"
    call.backend.tagger.tag_resource(made["Arn"], made.pop("Tags", []))
    call.shelf(kind)[made["Id"]] = made
    return made


@adds(Route53ResolverResponse)
def create_firewall_domain_list(call: Call) -> dict[str, Any]:
    return {"FirewallDomainList": create(call, LISTS, "rslvr-fdl", "firewall-domain-list") | {"DomainCount": 0}}


@adds(Route53ResolverResponse)
def update_firewall_domains(call: Call) -> dict[str, Any]:
    found = call.find(LISTS, call.params["FirewallDomainListId"])
    domains, given = found.get("Domains", []), call.params["Domains"]
    kept = [domain for domain in domains if domain not in given]
    found["Domains"] = {"ADD": kept + given, "REMOVE": kept, "REPLACE": given}[call.params["Operation"]]
    return found


@adds(Route53ResolverResponse)
def get_firewall_domain_list(call: Call) -> dict[str, Any]:
    """An id that never was ours is AWS's own list of threats: it has one in each region, the same for all accounts."""
    wanted = call.params["FirewallDomainListId"]
    if wanted not in call.shelf(LISTS) and wanted not in call.settings.get("deleted lists", []):
        threats = {"Name": THREAT_LIST, "ManagedOwnerName": "Route 53 Resolver DNS Firewall", "Status": "COMPLETE"}
        return {"FirewallDomainList": {"Id": wanted} | threats}
    found = call.find(LISTS, wanted)
    return {"FirewallDomainList": found | {"DomainCount": len(found.get("Domains", []))}}


@adds(Route53ResolverResponse)
def list_firewall_domains(call: Call) -> dict[str, Any]:
    return {"Domains": call.find(LISTS, call.params["FirewallDomainListId"]).get("Domains", [])}


@adds(Route53ResolverResponse)
def delete_firewall_domain_list(call: Call) -> dict[str, Any]:
    deleted = call.drop(LISTS, call.params["FirewallDomainListId"])
    call.settings.setdefault("deleted lists", []).append(deleted["Id"])
    return {"FirewallDomainList": deleted}


def rules_of(call: Call, group: str) -> list[dict[str, Any]]:
    return [rule for rule in call.shelf(RULES).values() if rule["FirewallRuleGroupId"] == group]


@adds(Route53ResolverResponse)
def create_firewall_rule_group(call: Call) -> dict[str, Any]:
    made = create(call, GROUPS, "rslvr-frg", "firewall-rule-group")
    made |= {"OwnerId": call.account, "ShareStatus": "NOT_SHARED"}
    return {"FirewallRuleGroup": made}


@adds(Route53ResolverResponse)
def get_firewall_rule_group(call: Call) -> dict[str, Any]:
    found = call.find(GROUPS, call.params["FirewallRuleGroupId"])
    return {"FirewallRuleGroup": found | {"RuleCount": len(rules_of(call, found["Id"]))}}


@adds(Route53ResolverResponse)
def delete_firewall_rule_group(call: Call) -> dict[str, Any]:
    return {"FirewallRuleGroup": call.drop(GROUPS, call.params["FirewallRuleGroupId"])}


def rule_name(call: Call) -> str:
    return f"{call.params['FirewallRuleGroupId']}:{call.params['FirewallDomainListId']}"


@adds(Route53ResolverResponse)
def create_firewall_rule(call: Call) -> dict[str, Any]:
    defaults = {"FirewallDomainRedirectionAction": "INSPECT_REDIRECTION_DOMAIN"}
    call.shelf(RULES)[rule_name(call)] = defaults | call.params
    return {"FirewallRule": call.find(RULES, rule_name(call))}


@adds(Route53ResolverResponse)
def update_firewall_rule(call: Call) -> dict[str, Any]:
    rule = call.find(RULES, rule_name(call))
    rule.update(call.params)
    return {"FirewallRule": rule}


@adds(Route53ResolverResponse)
def list_firewall_rules(call: Call) -> dict[str, Any]:
    return {"FirewallRules": rules_of(call, call.params["FirewallRuleGroupId"])}


@adds(Route53ResolverResponse)
def delete_firewall_rule(call: Call) -> dict[str, Any]:
    return {"FirewallRule": call.drop(RULES, rule_name(call))}


@adds(Route53ResolverResponse)
def associate_firewall_rule_group(call: Call) -> dict[str, Any]:
    made = create(call, ASSOCIATIONS, "rslvr-frgassoc", "firewall-rule-group-association")
    return {"FirewallRuleGroupAssociation": {"MutationProtection": "DISABLED"} | made}


@adds(Route53ResolverResponse)
def get_firewall_rule_group_association(call: Call) -> dict[str, Any]:
    found = call.find(ASSOCIATIONS, call.params["FirewallRuleGroupAssociationId"])
    return {"FirewallRuleGroupAssociation": {"MutationProtection": "DISABLED"} | found}


@adds(Route53ResolverResponse)
def update_firewall_rule_group_association(call: Call) -> dict[str, Any]:
    found = call.find(ASSOCIATIONS, call.params["FirewallRuleGroupAssociationId"])
    found.update(call.params)
    return {"FirewallRuleGroupAssociation": found}


@adds(Route53ResolverResponse)
def disassociate_firewall_rule_group(call: Call) -> dict[str, Any]:
    return {"FirewallRuleGroupAssociation": call.drop(ASSOCIATIONS, call.params["FirewallRuleGroupAssociationId"])}


@adds(Route53ResolverResponse)
def update_firewall_config(call: Call) -> dict[str, Any]:
    call.settings[call.params["ResourceId"]] = call.params["FirewallFailOpen"]
    return get_firewall_config(call)


@adds(Route53ResolverResponse)
def get_firewall_config(call: Call) -> dict[str, Any]:
    return {"FirewallConfig": firewall_config(call, call.params["ResourceId"])}


@adds(Route53ResolverResponse)
def list_firewall_configs(call: Call) -> dict[str, Any]:
    return {"FirewallConfigs": [firewall_config(call, vpc) for vpc in call.backend.ec2_backend.vpcs]}


def firewall_config(call: Call, vpc: str) -> dict[str, Any]:
    named = {"Id": f"rslvr-fc-{vpc.rpartition('-')[2]}", "ResourceId": vpc, "OwnerId": call.account}
    return named | {"FirewallFailOpen": call.settings.get(vpc, "DISABLED")}


@adds(Route53ResolverResponse)
def disassociate_resolver_query_log_config(call: Call) -> dict[str, Any]:
    """Retired when Route53ResolverBackend has the action."""
    config, resource = call.params["ResolverQueryLogConfigId"], call.params["ResourceId"]
    associations = call.backend.resolver_query_log_config_associations
    found = [a for a in associations.values() if (a.resolver_query_log_config_id, a.resource_id) == (config, resource)]
    for association in found:
        del associations[association.id]
        call.backend.resolver_query_log_configs[config].association_count -= 1
    return {"ResolverQueryLogConfigAssociation": found[0].description() if found else {}}


@adds(Route53ResolverResponse)
def delete_resolver_query_log_config(call: Call) -> dict[str, Any]:
    """Retired when Route53ResolverBackend has the action."""
    deleted = call.backend.resolver_query_log_configs.pop(call.params["ResolverQueryLogConfigId"])
    return {"ResolverQueryLogConfig": deleted.description()}


@around(Route53ResolverBackend, "_matched_arn")
def taggable(original: Any, self: Route53ResolverBackend, resource_arn: str) -> None:
    """Of a query log configuration, and of what we keep, there are no tags. Retired with what this file adds."""
    ours = [entry.get("Arn") for shelf in shelves(self).values() for entry in shelf.values()]
    if resource_arn not in [*ours, *(config.arn for config in self.resolver_query_log_configs.values())]:
        original(self, resource_arn)
