"""Account guards that moto lacks: settings of EC2 and Systems Manager for an account and region. See patches.py.

Retired, one by one, when moto has the action.
"""

from typing import Any
from uuid import uuid4
from uuid import uuid4

from moto.ec2.responses import EC2Response
from moto.ssm.responses import SimpleSystemManagerResponse

from patching import Call, adds, replaces

DEFAULT_SERVICE_SETTINGS = {
    "/ssm/documents/console/public-sharing-permission": "Enable",
    "/ssm/automation/customer-script-log-destination": "",
    "/ssm/parameter-store/default-parameter-tier": "Standard",
    "/ssm/parameter-store/high-throughput-enabled": "false",
}
UNBLOCKED = "unblocked"
AWS_KEY = "alias/aws/ebs"
EXCLUSIONS = "VpcBlockPublicAccessExclusion"


def keep(call: Call, name: str, value: Any) -> Any:
    call.settings[name] = value
    return value


@adds(EC2Response)
def enable_snapshot_block_public_access(call: Call) -> dict[str, Any]:
    return {"State": keep(call, "snapshot sharing", call.params["State"])}


@adds(EC2Response)
def disable_snapshot_block_public_access(call: Call) -> dict[str, Any]:
    return {"State": keep(call, "snapshot sharing", UNBLOCKED)}


@adds(EC2Response)
def get_snapshot_block_public_access_state(call: Call) -> dict[str, Any]:
    return {"State": call.settings.get("snapshot sharing", UNBLOCKED), "ManagedBy": "account"}


@adds(EC2Response)
def enable_image_block_public_access(call: Call) -> dict[str, Any]:
    state = call.params["ImageBlockPublicAccessState"]
    return {"ImageBlockPublicAccessState": keep(call, "image sharing", state)}


@adds(EC2Response)
def disable_image_block_public_access(call: Call) -> dict[str, Any]:
    return {"ImageBlockPublicAccessState": keep(call, "image sharing", UNBLOCKED)}


@adds(EC2Response)
def get_image_block_public_access_state(call: Call) -> dict[str, Any]:
    return {"ImageBlockPublicAccessState": call.settings.get("image sharing", UNBLOCKED), "ManagedBy": "account"}


@adds(EC2Response)
def modify_instance_metadata_defaults(call: Call) -> dict[str, Any]:
    changes = {name: value for name, value in call.params.items() if name != "DryRun"}
    settings = call.settings.get("instance metadata", {}) | changes
    keep(call, "instance metadata", {k: v for k, v in settings.items() if v not in ("no-preference", -1)})
    return {"Return": True}


@adds(EC2Response)
def get_instance_metadata_defaults(call: Call) -> dict[str, Any]:
    return {"AccountLevel": call.settings.get("instance metadata", {}) | {"ManagedBy": "account"}}


@adds(EC2Response)
def modify_vpc_block_public_access_options(call: Call) -> dict[str, Any]:
    keep(call, "VPC public access", call.params["InternetGatewayBlockMode"])
    return describe_vpc_block_public_access_options(call)


@adds(EC2Response)
def describe_vpc_block_public_access_options(call: Call) -> dict[str, Any]:
    options = {
        "AwsAccountId": call.account,
        "AwsRegion": call.region,
        "State": "update-complete",
        "InternetGatewayBlockMode": call.settings.get("VPC public access", "off"),
        "ManagedBy": "account",
        "ExclusionsAllowed": "allowed",
    }
    return {"VpcBlockPublicAccessOptions": options}


@adds(EC2Response)
def create_vpc_block_public_access_exclusion(call: Call) -> dict[str, Any]:
    number = f"vpcbpa-exclude-{uuid4().hex[:17]}"
    subnet, vpc = call.params.get("SubnetId"), call.params.get("VpcId")
    resource = f"subnet/{subnet}" if subnet else f"vpc/{vpc}"
    tags = [tag for given in call.params.get("TagSpecifications", []) for tag in given.get("Tags", [])]
    call.shelf(EXCLUSIONS)[number] = {
        "ExclusionId": number,
        "InternetGatewayExclusionMode": call.params["InternetGatewayExclusionMode"],
        "ResourceArn": f"arn:aws:ec2:{call.region}:{call.account}:{resource}",
        "State": "create-complete",
        "Tags": tags,
    }
    return {"VpcBlockPublicAccessExclusion": call.find(EXCLUSIONS, number)}


@adds(EC2Response)
def describe_vpc_block_public_access_exclusions(call: Call) -> dict[str, Any]:
    wanted = call.params.get("ExclusionIds") or list(call.shelf(EXCLUSIONS))
    found = [exclusion for number, exclusion in call.shelf(EXCLUSIONS).items() if number in wanted]
    return {"VpcBlockPublicAccessExclusions": found}


@adds(EC2Response)
def modify_vpc_block_public_access_exclusion(call: Call) -> dict[str, Any]:
    exclusion = call.find(EXCLUSIONS, call.params["ExclusionId"])
    mode = call.params["InternetGatewayExclusionMode"]
    exclusion |= {"InternetGatewayExclusionMode": mode, "State": "update-complete"}
    return {"VpcBlockPublicAccessExclusion": exclusion}


@adds(EC2Response)
def delete_vpc_block_public_access_exclusion(call: Call) -> dict[str, Any]:
    deleted = call.drop(EXCLUSIONS, call.params["ExclusionId"])
    return {"VpcBlockPublicAccessExclusion": deleted | {"State": "delete-complete"}}


@replaces(EC2Response)
def modify_ebs_default_kms_key_id(call: Call) -> dict[str, Any]:
    return {"KmsKeyId": keep(call, "default key of EBS", call.params["KmsKeyId"])}


@adds(EC2Response)
def reset_ebs_default_kms_key_id(call: Call) -> dict[str, Any]:
    return {"KmsKeyId": keep(call, "default key of EBS", AWS_KEY)}


@adds(EC2Response)
def get_ebs_default_kms_key_id(call: Call) -> dict[str, Any]:
    return {"KmsKeyId": call.settings.get("default key of EBS", AWS_KEY)}


@adds(SimpleSystemManagerResponse)
def update_service_setting(call: Call) -> None:
    keep(call, setting_name(call), call.params["SettingValue"])


@adds(SimpleSystemManagerResponse)
def reset_service_setting(call: Call) -> dict[str, Any]:
    call.settings.pop(setting_name(call), None)
    return get_service_setting(call)


@adds(SimpleSystemManagerResponse)
def get_service_setting(call: Call) -> dict[str, Any]:
    name = setting_name(call)
    setting = {
        "SettingId": name,
        "SettingValue": call.settings.get(name, DEFAULT_SERVICE_SETTINGS.get(name, "")),
        "ARN": f"arn:aws:ssm:{call.region}:{call.account}:servicesetting{name}",
        "Status": "Customized" if name in call.settings else "Default",
    }
    return {"ServiceSetting": setting}


def setting_name(call: Call) -> str:
    """A setting is named by its path or its ARN."""
    return call.params["SettingId"].rpartition(":servicesetting")[2]
