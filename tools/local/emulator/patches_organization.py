"""Repairs of moto's Organizations, and what it lacks of the delegated administration of services. See patches.py."""

from typing import Any

from moto.cloudtrail.responses import CloudTrailResponse
from moto.guardduty.responses import GuardDutyResponse
from moto.iam.models import iam_backends
from moto.iam.responses import IamResponse
from moto.inspector2.models import Inspector2Backend
from moto.macie2.responses import MacieResponse
from moto.organizations.models import (
    FakeAccount,
    FakeDelegatedAdministrator,
    FakeServiceAccess,
    OrganizationsBackend,
    organizations_backends,
)
from moto.securityhub.responses import SecurityHubResponse

from patching import Call, adds, around

# Few services may have a delegated administrator. Retired when moto's list has what AWS documents:
# https://docs.aws.amazon.com/organizations/latest/userguide/orgs_integrate_services_list.html
FakeDelegatedAdministrator.SUPPORTED_SERVICES = FakeServiceAccess.TRUSTED_SERVICES


@around(FakeAccount, "__init__")
def make_account(original: Any, self: FakeAccount, organization: Any, **named: Any) -> None:
    """The management account gets a role as if it were vended, and in an account that does not exist.

    Retired when create_organization makes it without one.
    """
    original(self, organization, **named)
    if self.name == "master":
        iam_backends[self.id]["aws"].roles.clear()


@around(FakeAccount, "close")
def close_account(original: Any, self: FakeAccount) -> None:
    """A closed account keeps the role that it was made with. Retired when close removes it."""
    original(self)
    iam_backends[self.id]["aws"].roles.clear()


@around(OrganizationsBackend, "delete_organization")
def forget_closed_accounts(original: Any, self: OrganizationsBackend) -> None:
    """A closed account is in the way, as in AWS for 90 days, which nobody waits here.

    Retired when moto has a setting for it.
    """
    self.accounts = [account for account in self.accounts if account.status != "SUSPENDED"]
    original(self)


@around(Inspector2Backend, "disable_delegated_admin_account")
def forget_inspector_admin(original: Any, self: Inspector2Backend, account_id: str) -> None:
    """A disabled administrator stays in the list. Retired when disable_delegated_admin_account removes it."""
    self.admin_accounts.pop(account_id, None)


def organization_of(call: Call) -> OrganizationsBackend:
    return organizations_backends[call.account]["aws"]


@adds(CloudTrailResponse)
def register_organization_delegated_admin(call: Call) -> None:
    """Retired when CloudTrailResponse has the action."""
    organization_of(call).register_delegated_administrator(
        AccountId=call.params["MemberAccountId"], ServicePrincipal="cloudtrail.amazonaws.com"
    )


@adds(CloudTrailResponse)
def deregister_organization_delegated_admin(call: Call) -> None:
    organization_of(call).deregister_delegated_administrator(
        AccountId=call.params["DelegatedAdminAccountId"], ServicePrincipal="cloudtrail.amazonaws.com"
    )


@adds(SecurityHubResponse)
def list_organization_admin_accounts(call: Call) -> dict[str, Any]:
    """Retired when SecurityHubResponse has the action."""
    account = call.backend._get_org_config()["admin_account_id"]
    return {"AdminAccounts": [{"AccountId": account, "Status": "ENABLED"}] if account else []}


def disable_security_hub_admin(call: Call) -> None:
    """Retired when SecurityHubResponse has the action."""
    call.backend._get_org_config()["admin_account_id"] = None


def disable_guardduty_admin(call: Call) -> None:
    """Retired when GuardDutyResponse has the action."""
    call.backend.admin_account_ids.remove(call.params["AdminAccountId"])


def disable_macie_admin(call: Call) -> None:
    """Retired when MacieResponse has the action."""
    call.backend.organization_admin_account_id = None


for service, action in (
    (SecurityHubResponse, disable_security_hub_admin),
    (GuardDutyResponse, disable_guardduty_admin),
    (MacieResponse, disable_macie_admin),
):
    adds(service, "disable_organization_admin_account")(action)


def switch_feature(call: Call, feature: str, on: bool) -> dict[str, Any]:
    """Central management of the member accounts' root users. Retired when IAMBackend has it."""
    others = [name for name in call.settings.get("organization features", []) if name != feature]
    call.settings["organization features"] = [*others, feature] if on else others
    return list_organizations_features(call)


@adds(IamResponse)
def list_organizations_features(call: Call) -> dict[str, Any]:
    organization = organization_of(call).describe_organization()["Organization"]
    return {"OrganizationId": organization["Id"], "EnabledFeatures": call.settings.get("organization features", [])}


@adds(IamResponse)
def enable_organizations_root_credentials_management(call: Call) -> dict[str, Any]:
    return switch_feature(call, "RootCredentialsManagement", True)


@adds(IamResponse)
def disable_organizations_root_credentials_management(call: Call) -> dict[str, Any]:
    return switch_feature(call, "RootCredentialsManagement", False)


@adds(IamResponse)
def enable_organizations_root_sessions(call: Call) -> dict[str, Any]:
    return switch_feature(call, "RootSessions", True)


@adds(IamResponse)
def disable_organizations_root_sessions(call: Call) -> dict[str, Any]:
    return switch_feature(call, "RootSessions", False)
