"""Repairs of moto's Route 53, and DNSSEC, which it lacks. See patches.py."""

from hashlib import sha256
from typing import Any

from moto.route53.models import FakeZone, QueryLoggingConfig, Route53Backend
from moto.route53.responses import Route53

from patching import Call, Failure, adds, around, replaces

SIGNING_KEYS = "KeySigningKey"
CHANGE = {"Id": "/change/C2682N5HXP0BZ4", "Status": "INSYNC", "SubmittedAt": 0}


@around(Route53, "create_hosted_zone")
def private_by_vpc(original: Any, self: Route53) -> Any:
    """A zone with a VPC is not private unless that is said too, which the provider does not say.

    Retired when create_hosted_zone looks for the VPC.
    """
    if self._get_param("VPC.VPCId"):
        self.params["HostedZoneConfig"] = dict(self.params.get("HostedZoneConfig") or {}, PrivateZone=True)
    return original(self)


@around(Route53Backend, "create_hosted_zone")
def no_delegation_set(original: Any, self: Route53Backend, *given: Any, **named: Any) -> FakeZone:
    """A zone's own name servers become a reusable delegation set, which outlives it.

    Retired when create_hosted_zone keeps only the sets that have an id.
    """
    zone = original(self, *given, **named)
    self.delegation_sets = {name: kept for name, kept in self.delegation_sets.items() if kept.id}
    return zone


@around(Route53Backend, "create_query_logging_config")
def log_group_by_arn(original: Any, self: Route53Backend, zone: str, log_group_arn: str) -> QueryLoggingConfig:
    """A log group is found only by an ARN that ends in ":*". Retired when create_query_logging_config takes both."""
    config = original(self, zone, f"{log_group_arn.removesuffix(':*')}:*")
    config.cloud_watch_logs_log_group_arn = log_group_arn
    return config


class SetIdentifier(str):
    """What tells a record set from the others of its name and type; here it knows these two as well."""

    owner: tuple[str, str]


@around(Route53Backend, "change_resource_record_sets")
def name_what_is_deleted(original: Any, self: Route53Backend, zoneid: str, change_list: list[dict[str, Any]]) -> None:
    """With `delete_one_set`: a deletion finds record sets by their identifier alone, so that every name that fails over
    loses its "primary" with the first one. Retired when FakeZone.delete_rrset_by_id looks at name and type too.
    """
    for change in change_list:
        record_set = change["ResourceRecordSet"]
        if change["Action"] == "DELETE" and "SetIdentifier" in record_set:
            identifier = SetIdentifier(record_set["SetIdentifier"])
            identifier.owner = (f"{record_set['Name'].removesuffix('.')}.", record_set["Type"])
            record_set["SetIdentifier"] = identifier
    original(self, zoneid, change_list)


@around(FakeZone, "delete_rrset_by_id")
def delete_one_set(original: Any, self: FakeZone, set_identifier: SetIdentifier) -> None:
    kept = (set_identifier, *set_identifier.owner)
    self.rrsets = [each for each in self.rrsets if (each.set_identifier, each.name, each.type) != kept]


def key_name(call: Call) -> str:
    return f"{call.params['HostedZoneId'].rpartition('/')[2]}/{call.params['Name']}"


@adds(Route53)
def create_key_signing_key(call: Call) -> dict[str, Any]:
    """DNSSEC: the keys and the switch are kept, nothing is signed. Retired when Route53Backend has it."""
    digest = sha256(key_name(call).encode()).hexdigest().upper()
    tag = int(digest[:4], 16)
    call.shelf(SIGNING_KEYS)[key_name(call)] = {
        "Name": call.params["Name"],
        "KmsArn": call.params["KeyManagementServiceArn"],
        "Status": call.params["Status"],
        "Flag": 257,
        "SigningAlgorithmMnemonic": "ECDSAP256SHA256",
        "SigningAlgorithmType": 13,
        "DigestAlgorithmMnemonic": "SHA-256",
        "DigestAlgorithmType": 2,
        "KeyTag": tag,
        "DigestValue": digest,
        "PublicKey": digest,
        "DSRecord": f"{tag} 13 2 {digest}",
        "DNSKEYRecord": f"257 3 13 {digest}",
        "CreatedDate": 0,
        "LastModifiedDate": 0,
    }
    location = f"https://route53.amazonaws.com/2013-04-01/keysigningkey/{key_name(call)}"
    return {"ChangeInfo": CHANGE, "KeySigningKey": call.shelf(SIGNING_KEYS)[key_name(call)], "Location": location}


@adds(Route53)
def activate_key_signing_key(call: Call) -> dict[str, Any]:
    signing_key(call)["Status"] = "ACTIVE"
    return {"ChangeInfo": CHANGE}


@adds(Route53)
def deactivate_key_signing_key(call: Call) -> dict[str, Any]:
    signing_key(call)["Status"] = "INACTIVE"
    return {"ChangeInfo": CHANGE}


@adds(Route53)
def delete_key_signing_key(call: Call) -> dict[str, Any]:
    signing_key(call)
    del call.shelf(SIGNING_KEYS)[key_name(call)]
    return {"ChangeInfo": CHANGE}


def signing_key(call: Call) -> dict[str, Any]:
    if key_name(call) not in call.shelf(SIGNING_KEYS):
        raise Failure("NoSuchKeySigningKey", f"There is no key {key_name(call)}")
    return call.shelf(SIGNING_KEYS)[key_name(call)]


@adds(Route53)
def enable_hosted_zone_dnssec(call: Call) -> dict[str, Any]:
    call.backend.get_hosted_zone(call.params["HostedZoneId"]).landfall_signing = True
    return {"ChangeInfo": CHANGE}


@adds(Route53)
def disable_hosted_zone_dnssec(call: Call) -> dict[str, Any]:
    call.backend.get_hosted_zone(call.params["HostedZoneId"]).landfall_signing = False
    return {"ChangeInfo": CHANGE}


FakeZone.landfall_signing = False


@replaces(Route53)
def get_dnssec(call: Call) -> dict[str, Any]:
    zone = call.backend.get_hosted_zone(call.params["HostedZoneId"])
    keys = [key for name, key in call.shelf(SIGNING_KEYS).items() if name.startswith(f"{zone.resource_id}/")]
    status = {"ServeSignature": "SIGNING" if zone.landfall_signing else "NOT_SIGNING"}
    return {"Status": status, "KeySigningKeys": keys}
