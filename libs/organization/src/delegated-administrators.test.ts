import { accountWith } from "@landfall/core";
import { organizationZone, synthStack } from "@landfall/testing";
import { DelegatedAdministrators } from "./delegated-administrators";
import { Organization } from "./organization";

const delegated = (services: Parameters<typeof organizationZone>[0] = {}) => {
  const zone = organizationZone(services);
  return synthStack(
    (stack) => {
      const organization = new Organization(stack, "Organization");
      const account = accountWith(zone, "security");
      new DelegatedAdministrators(stack, "Delegated", { organization, account });
    },
    { zone },
  ).resources("aws_organizations_delegated_administrator");
};

describe("DelegatedAdministrators", () => {
  it("hands Access Analyzer and Config to the security account, once it is in the organization", () => {
    const administrators = delegated();
    expect(administrators.map(({ service_principal: service }) => service).sort()).toEqual([
      "access-analyzer.amazonaws.com",
      "config-multiaccountsetup.amazonaws.com",
      "config.amazonaws.com",
    ]);
    for (const { account_id: id, depends_on: needed } of administrators) {
      expect(id).toBe("222222222222");
      expect((needed as string[]).some((each) => each.includes("Account-security"))).toBe(true);
    }
  });

  it("leaves Config where the zone has it off", () => {
    const off = delegated({ services: { config: false, securityHub: false } });
    expect(off.map(({ service_principal: service }) => service)).toEqual(["access-analyzer.amazonaws.com"]);
  });
});
