import { type Zone } from "@landfall/core";
import { Key } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { organizationZone, synthApp, synthStack, testZone, twoRegionZone } from "@landfall/testing";
import { Token } from "cdktf";
import { AccountGuards, type AccountGuardsProps } from "./account-guards";

const keys = {
  dataKey: Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/data"),
  logsKey: Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/logs"),
};
const guard =
  (props: Partial<AccountGuardsProps> = {}) =>
  (stack: ZoneStack): void => {
    new AccountGuards(stack, "Guards", { ...keys, ...props });
  };
const network = (change: Partial<Zone["network"]>) =>
  testZone({ network: { block: "10.0.0.0/14", vpcPrefix: 16, ...change } });
const blockMode = (zone: Zone): unknown =>
  synthStack(guard(), { zone }).resource("aws_vpc_block_public_access_options").internet_gateway_block_mode;

describe("AccountGuards", () => {
  const stack = synthStack(guard());

  it("encrypts every volume with the data key (EC2.7)", () => {
    expect(stack.resource("aws_ebs_encryption_by_default").enabled).toBe(true);
    expect(stack.resource("aws_ebs_default_kms_key").key_arn).toBe(keys.dataKey.keyArn);
  });

  it("lets nobody publish a snapshot or an image (EC2.182)", () => {
    expect(stack.resource("aws_ebs_snapshot_block_public_access").state).toBe("block-all-sharing");
    expect(stack.resource("aws_ec2_image_block_public_access").state).toBe("block-new-sharing");
  });

  it("gives instances version 2 of the metadata service, one hop away", () => {
    expect(stack.resource("aws_ec2_instance_metadata_defaults")).toMatchObject({
      http_tokens: "required",
      http_put_response_hop_limit: 1,
    });
  });

  it("takes another number of hops, and one that only Terraform knows", () => {
    const hops = (metadataHops: number): unknown =>
      synthStack(guard({ metadataHops })).resource("aws_ec2_instance_metadata_defaults")
        .http_put_response_hop_limit;
    expect(hops(2)).toBe(2);
    expect(hops(Token.asNumber("${var.hops}"))).toBe("${var.hops}");
  });

  it.each([0, 65, 1.5])("refuses %p hops", (metadataHops) => {
    expect(() => synthStack(guard({ metadataHops }))).toThrow(/metadataHops.*a whole number from 1 to 64/s);
  });

  it("lets nobody share a document with everyone and logs automations (SSM.6, SSM.7)", () => {
    const settings = stack.resources("aws_ssm_service_setting");
    expect(
      Object.fromEntries(settings.map(({ setting_id: id, setting_value: value }) => [id, value])),
    ).toEqual({
      "arn:aws:ssm:eu-west-1:123456789012:servicesetting/ssm/automation/customer-script-log-destination":
        "CloudWatch",
      "arn:aws:ssm:eu-west-1:123456789012:servicesetting/ssm/documents/console/public-sharing-permission":
        "Disable",
    });
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
      name: "/aws/ssm/automation/executeScript",
      kms_key_id: keys.logsKey.keyArn,
      retention_in_days: 30,
    });
  });

  it("blocks public access to every bucket of the account, from the home region alone (S3.1)", () => {
    const definition = { name: "guards", scope: "regional", accounts: "every" } as const;
    const instances = synthApp({
      zone: twoRegionZone(),
      definitions: [
        {
          ...definition,
          build: (scope, props) => guard()(new ZoneStack(scope, props)),
        },
      ],
    });
    expect(instances["test-guards-eu-west-1"]?.resource("aws_s3_account_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(instances["test-guards-eu-central-1"]?.resources("aws_s3_account_public_access_block")).toEqual(
      [],
    );
  });

  describe("at internet gateways (EC2.172)", () => {
    it("lets nothing through where the zone has no way out", () => {
      expect(blockMode(testZone())).toBe("block-bidirectional");
    });

    it.each([
      ["a NAT gateway", network({ egress: "nat" })],
      ["a firewall", network({ egress: "firewall", allowedDomains: [".example.com"] })],
      ["public subnets", network({ publicSubnets: true })],
    ])("lets what is sent out and its answers through where the zone has %s", (_, zone) => {
      expect(blockMode(zone)).toBe("block-ingress");
    });

    it("lets nothing through in an account that has no network", () => {
      const zone = organizationZone({
        network: { block: "10.0.0.0/12", vpcPrefix: 16, egress: "nat" },
      });
      const inAccount = (duty: "security" | "workload"): unknown =>
        synthStack(guard(), {
          zone,
          definition: { name: "guards", scope: "regional", accounts: [duty] },
        }).resource("aws_vpc_block_public_access_options").internet_gateway_block_mode;
      expect(inAccount("security")).toBe("block-bidirectional");
      expect(inAccount("workload")).toBe("block-ingress");
    });
  });
});
