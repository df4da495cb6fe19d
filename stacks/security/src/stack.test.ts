import { type Zone } from "@landfall/core";
import { organizationZone, synthApp, type SynthesizedStack, twoRegionZone } from "@landfall/testing";
import { definition } from "./stack";

const instances = (zone: Zone): Record<string, SynthesizedStack> =>
  synthApp({ zone, definitions: [definition] });
const services = (stack: SynthesizedStack | undefined): string[] =>
  [
    "aws_guardduty_detector",
    "aws_securityhub_account",
    "aws_inspector2_enabler",
    "aws_macie2_account",
  ].filter((type) => stack !== undefined && stack.resources(type).length > 0);

describe("the stack security", () => {
  it("detects in each region of a single account and tells others its detector", () => {
    const zone = instances(twoRegionZone());
    expect(Object.keys(zone)).toEqual(["test-security-eu-west-1", "test-security-eu-central-1"]);
    for (const stack of Object.values(zone)) {
      expect(services(stack)).toHaveLength(4);
      expect(stack.resource("aws_ssm_parameter").name).toBe("/landfall/test/security/detectorId");
    }
  });

  it("makes nothing of a service that is switched off, and publishes no detector", () => {
    const off = { guardDuty: false, securityHub: false, inspector: false, macie: false };
    for (const stack of Object.values(instances(twoRegionZone({ services: off })))) {
      expect(services(stack)).toEqual([]);
      expect(stack.resources("aws_ssm_parameter")).toEqual([]);
      expect(stack.resources("aws_ebs_encryption_by_default")).toHaveLength(1);
    }
  });

  describe("in an organization", () => {
    const zone = instances(organizationZone());

    it("comes to the security account first, since it enrols the others", () => {
      expect(Object.keys(zone)[0]).toBe("test-security-security-eu-west-1");
    });

    it("detects from the security account and leaves guards and notices to the others", () => {
      expect(services(zone["test-security-security-eu-west-1"])).toHaveLength(4);
      for (const account of ["-log-archive", "-workload", "-management", ""]) {
        const stack = zone[`test-security${account}-eu-west-1`];
        expect(stack?.resources("aws_ebs_encryption_by_default")).toHaveLength(1);
        expect(stack?.resources("aws_cloudwatch_event_rule")).toHaveLength(1);
        expect(services(stack)).toEqual([]);
      }
    });
  });
});
