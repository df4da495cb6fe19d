"""Repairs of moto's KMS. See patches.py."""

import json
from copy import deepcopy
from typing import Any

from moto.kms import models
from moto.kms.responses import KmsResponse

from patching import around


@around(KmsResponse, "enable_key_rotation")
def enable_rotation(original: Any, self: KmsResponse) -> str:
    """RotationPeriodInDays is forgotten. Retired when KmsBackend.enable_key_rotation takes it."""
    response = original(self)
    rotated_key(self).landfall_rotation_days = self._get_param("RotationPeriodInDays") or 365
    return response


@around(KmsResponse, "get_key_rotation_status")
def rotation_status(original: Any, self: KmsResponse) -> str:
    status = json.loads(original(self))
    period = {"RotationPeriodInDays": rotated_key(self).landfall_rotation_days} if status["KeyRotationEnabled"] else {}
    return json.dumps(status | period)


def rotated_key(response: KmsResponse) -> Any:
    backend = response.kms_backend
    return backend.keys[backend.get_key_id(response._get_param("KeyId"))]


@around(models, "generate_key_id")
def multi_region_id(original: Any, multi_region: bool = False) -> str:
    """A multi-region key's id has dashes, so Terraform's S3 backend refuses its ARN. Retired when it has none."""
    key_id = original(multi_region)
    return f"mrk-{key_id.removeprefix('mrk-').replace('-', '')}" if multi_region else key_id


@around(KmsResponse, "_validate_cmk_id")
def known_key(original: Any, self: KmsResponse, key_id: str) -> None:
    """Retired with multi_region_id."""
    if key_id not in self.kms_backend.keys:
        original(self, key_id)


@around(KmsResponse, "replicate_key")
def replicate(original: Any, self: KmsResponse) -> str:
    """A replica gets no tags, so the provider waits for them for ten minutes; and it shares with its primary the
    settings that a replica has of its own, so the primary takes itself for a replica.

    Retired when KmsBackend.replicate_key takes the policy, description and tags and copies the rest.
    """
    original(self)
    key_id = self.kms_backend.get_key_id(self._get_param("KeyId"))
    backend = models.kms_backends[self.current_account][self._get_param("ReplicaRegion")]
    replica = backend.keys[key_id]
    replica.aliases, replica.grants = {}, {}
    replica.multi_region_configuration = deepcopy(replica.multi_region_configuration)
    replica.multi_region_configuration["MultiRegionKeyType"] = "REPLICA"
    replica.policy = self._get_param("Policy") or replica.generate_default_policy()
    replica.description = self._get_param("Description") or ""
    backend.tag_resource(key_id, self._get_param("Tags") or [])
    return json.dumps(
        {
            "ReplicaKeyMetadata": replica.to_dict()["KeyMetadata"],
            "ReplicaPolicy": replica.policy,
            "ReplicaTags": backend.list_resource_tags(key_id)["Tags"],
        }
    )
