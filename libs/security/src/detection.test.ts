import { type ZoneStack } from "@landfall/stack";
import { synthStack, testZone, twoRegionZone } from "@landfall/testing";
import { Inspector } from "./inspector";
import { Macie } from "./macie";
import { SecurityHub } from "./security-hub";
import { ThreatDetection } from "./threat-detection";

describe("ThreatDetection", () => {
  const stack = synthStack((scope) => void new ThreatDetection(scope, "GuardDuty"));
  const plans = stack.resources("aws_guardduty_detector_feature");

  it("switches GuardDuty on and hears of findings within 15 minutes (GuardDuty.1)", () => {
    expect(stack.resource("aws_guardduty_detector")).toMatchObject({
      enable: true,
      finding_publishing_frequency: "FIFTEEN_MINUTES",
    });
  });

  it("has every protection plan that FSBP asks for (GuardDuty.5 to GuardDuty.13)", () => {
    expect(plans.map(({ name }) => name).sort()).toEqual([
      "EBS_MALWARE_PROTECTION",
      "EKS_AUDIT_LOGS",
      "LAMBDA_NETWORK_LOGS",
      "RDS_LOGIN_EVENTS",
      "RUNTIME_MONITORING",
      "S3_DATA_EVENTS",
    ]);
    expect(plans.filter(({ status }) => status !== "ENABLED")).toEqual([]);
  });

  it("lets GuardDuty keep the agents of runtime monitoring", () => {
    const runtime = plans.find(({ name }) => name === "RUNTIME_MONITORING");
    expect(runtime?.additional_configuration).toEqual([
      { name: "EKS_ADDON_MANAGEMENT", status: "ENABLED" },
      { name: "ECS_FARGATE_AGENT_MANAGEMENT", status: "ENABLED" },
      { name: "EC2_AGENT_MANAGEMENT", status: "ENABLED" },
    ]);
    expect(plans.filter(({ additional_configuration: agents }) => agents !== undefined)).toEqual([runtime]);
  });

  it("gives the detector's id", () => {
    let id = "";
    synthStack((scope) => (id = new ThreatDetection(scope, "GuardDuty").detectorId));
    expect(id).not.toBe("");
  });
});

describe("SecurityHub", () => {
  const hub = (stack: ZoneStack): void => void new SecurityHub(stack, "SecurityHub");

  it("has the FSBP standard of its region, with new controls, and no other", () => {
    const stack = synthStack(hub);
    expect(stack.resource("aws_securityhub_account")).toMatchObject({
      enable_default_standards: false,
      control_finding_generator: "SECURITY_CONTROL",
      auto_enable_controls: true,
    });
    expect(stack.resource("aws_securityhub_standards_subscription")).toMatchObject({
      standards_arn:
        "arn:aws:securityhub:eu-west-1::standards/aws-foundational-security-best-practices/v/1.0.0",
      depends_on: [expect.stringMatching(/^aws_securityhub_account\./)],
    });
  });

  it("gathers the recovery region's findings in the home region", () => {
    expect(
      synthStack(hub, { zone: twoRegionZone() }).resource("aws_securityhub_finding_aggregator"),
    ).toMatchObject({ linking_mode: "SPECIFIED_REGIONS", specified_regions: ["eu-central-1"] });
  });

  it("gathers nothing in a zone of one region", () => {
    expect(synthStack(hub, { zone: testZone() }).resources("aws_securityhub_finding_aggregator")).toEqual([]);
  });
});

describe("Inspector", () => {
  it("looks into all that it can, in this account (Inspector.1 to Inspector.4)", () => {
    const stack = synthStack((scope) => void new Inspector(scope, "Inspector"));
    expect(stack.resource("aws_inspector2_enabler")).toMatchObject({
      account_ids: ["123456789012"],
      resource_types: ["EC2", "ECR", "LAMBDA", "LAMBDA_CODE"],
    });
  });
});

describe("Macie", () => {
  it("is on (Macie.1)", () => {
    const stack = synthStack((scope) => void new Macie(scope, "Macie"));
    expect(stack.resource("aws_macie2_account")).toMatchObject({
      status: "ENABLED",
      finding_publishing_frequency: "FIFTEEN_MINUTES",
    });
  });
});
