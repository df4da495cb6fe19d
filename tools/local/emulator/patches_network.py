"""Repairs of moto's network services. See patches.py."""

from typing import Any

from moto.ec2.models import EC2Backend
from moto.ec2.models.security_groups import SecurityGroupRule
from moto.ec2.models.vpcs import VPCEndPoint
from moto.ec2.responses.flow_logs import FlowLogs
from moto.ec2.responses.network_acls import NetworkACLs
from moto.ec2.responses.vpcs import VPCs

from patching import around


@around(EC2Backend, "delete_vpc")
def delete_network_acls(original: Any, self: EC2Backend, vpc_id: str) -> Any:
    """The VPC's default network ACL is left behind. Retired when EC2Backend.delete_vpc deletes it."""
    deleted = original(self, vpc_id)
    for acl in [acl for acl in self.network_acls.values() if acl.vpc_id == vpc_id]:
        del self.network_acls[acl.id]
    return deleted


@around(EC2Backend, "create_flow_logs")
def flow_logs_in_folder(original: Any, self: EC2Backend, **named: Any) -> Any:
    """A folder after the bucket's ARN is taken for the bucket's name. Retired when create_flow_logs splits it."""
    destination = named["log_destination"]
    if named["log_destination_type"] == "s3":
        named["log_destination"] = destination.split("/")[0]
    created, unsuccessful = original(self, **named)
    for flow_log in created:
        flow_log.log_destination = destination
    return created, unsuccessful


@around(FlowLogs, "create_flow_logs")
def flow_log_options(original: Any, self: FlowLogs) -> Any:
    """DestinationOptions is forgotten. Retired when moto's FlowLogs model has destination_options."""
    result = original(self)
    for flow_log in self.ec2_backend.describe_flow_logs(result.result["FlowLogIds"]):
        flow_log.destination_options = self._get_param("DestinationOptions")
    return result


@around(SecurityGroupRule, "__init__")
def rule_description(original: Any, self: SecurityGroupRule, *given: Any, **named: Any) -> None:
    """Of a rule for a prefix list or a group, the description is lost. Retired when `description` looks there too."""
    original(self, *given, **named)
    parts = [part for part in given if isinstance(part, dict) and "Description" in part]
    self.landfall_description = parts[0]["Description"] if parts else None


SecurityGroupRule.description = property(lambda self: self.ip_range.get("Description") or self.landfall_description)


@around(EC2Backend, "delete_nat_gateway")
def delete_interface_of_nat(original: Any, self: EC2Backend, nat_gateway_id: str) -> Any:
    """A NAT gateway's network interface is left behind. Retired when delete_nat_gateway deletes it."""
    deleted = original(self, nat_gateway_id)
    self.enis.pop(deleted._eni.id, None)
    return deleted


# A VPC endpoint's IpAddressType is forgotten. Retired when VPCEndPoint has it.
VPCEndPoint.ip_address_type = "ipv4"


@around(VPCs, "create_vpc_endpoint")
def create_endpoint(original: Any, self: VPCs) -> Any:
    result = original(self)
    result.result["VpcEndpoint"].ip_address_type = self._get_param("IpAddressType") or "ipv4"
    return result


@around(NetworkACLs, "create_network_acl_entry")
def icmp_entry(original: Any, self: NetworkACLs) -> Any:
    """An entry's ICMP type and code are lost. Retired when create_network_acl_entry reads `IcmpTypeCode`."""
    result = original(self)
    given = self._get_param("IcmpTypeCode") or {}
    acl = self.ec2_backend.network_acls[self._get_param("NetworkAclId")]
    for entry in acl.network_acl_entries:
        if (entry.rule_number, entry.egress) == (self._get_param("RuleNumber"), self._get_param("Egress")):
            entry.icmp_type, entry.icmp_code = given.get("Type"), given.get("Code")
    return result
