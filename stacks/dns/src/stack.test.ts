import { type Zone } from "@landfall/core";
import { organizationZone, synthApp, testZone, twoRegionZone } from "@landfall/testing";
import { definition } from "./stack";

const synth = (zone: Zone) => synthApp({ zone, definitions: [definition] });
const only = (zone: Zone) => {
  const [stack] = Object.values(synth(zone));
  if (!stack) throw new Error("no stack");
  return stack;
};
/** The values of a contract as they are published in the home region, by name. */
const published = (stack: ReturnType<typeof only>) =>
  Object.fromEntries(
    stack
      .resources("aws_ssm_parameter")
      .filter(({ provider }) => provider === "aws")
      .map(({ name, value }) => [String(name).split("/").at(-1), value]),
  );

describe("the dns stack of a single account", () => {
  it("has the zone's domain, a private one below it, and no certificate before it is delegated", () => {
    const stack = only(testZone());
    expect(stack.resources("aws_route53_zone").map(({ name }) => name)).toEqual([
      "internal.test.example.com",
      "test.example.com",
    ]);
    expect(stack.resources("aws_acm_certificate")).toEqual([]);
    expect(Object.keys(published(stack)).sort()).toEqual([
      "domainName",
      "globalNoticesTopicArn",
      "nameServers",
      "privateZoneId",
      "publicZoneId",
    ]);
  });

  it("publishes the certificate of each region, once it is issued", () => {
    const stack = only(twoRegionZone({ dns: { delegated: true } }));
    const arns = stack
      .resources("aws_ssm_parameter")
      .filter(({ name }) => String(name).endsWith("/certificateArn"))
      .map(({ provider, value }) => [provider, value]);
    expect(arns).toEqual([
      [
        "aws.eu-central-1",
        expect.stringContaining("aws_acm_certificate_validation.Certificate_Validation-eu-central-1"),
      ],
      ["aws", expect.stringContaining("aws_acm_certificate_validation.Certificate_Validation-eu-west-1")],
    ]);
  });

  it("shows what the registrar needs: name servers, and the DS record where answers are signed", () => {
    expect(published(only(twoRegionZone()))).toMatchObject({
      nameServers: expect.stringContaining(".name_servers"),
      dsRecord: expect.stringContaining(".ds_record"),
    });
  });

  it("lets the VPCs of both regions resolve the private zone", () => {
    const [privateZone] = only(twoRegionZone())
      .resources("aws_route53_zone")
      .filter(({ vpc }) => vpc !== undefined);
    expect(privateZone?.vpc).toMatchObject([{ vpc_region: "eu-west-1" }, { vpc_region: "eu-central-1" }]);
  });

  it("makes a key and a topic of its own in us-east-1", () => {
    const stack = only(testZone());
    expect(stack.resource("aws_kms_key").provider).toBe("aws.us-east-1");
    expect(stack.resource("aws_sns_topic").provider).toBe("aws.us-east-1");
  });

  it.each([
    ["home", { home: "us-east-1" }, "aws"],
    ["recovery", { home: "eu-west-1", recovery: "us-east-1" }, "aws.us-east-1"],
  ] as const)("uses the zone's key and topic where us-east-1 is its %s region", (_, regions, provider) => {
    const stack = only(testZone({ regions }));
    expect(stack.resources("aws_kms_key")).toEqual([]);
    expect(stack.resources("aws_sns_topic")).toEqual([]);
    expect(stack.resource("aws_cloudwatch_log_group")).toMatchObject({
      provider,
      kms_key_id: expect.stringContaining("logsKeyArn"),
    });
    expect(published(stack).globalNoticesTopicArn).toContain("noticesTopicArn");
  });
});

describe("the dns stack of an organization", () => {
  const stacks = synth(organizationZone({ dns: { delegated: true } }));
  const workload = stacks["test-dns-workload"];

  it("is in the network and the workload account, and in the network account first", () => {
    expect(Object.keys(stacks)).toEqual(["test-dns", "test-dns-workload"]);
    const { accounts } = organizationZone();
    const reversed = organizationZone({
      accounts: accounts.toReversed().map(({ slot: _, ...account }) => ({
        ...account,
        duties: [...account.duties],
      })),
    });
    expect(Object.keys(synth(reversed))).toEqual(["test-dns-network", "test-dns-workload"]);
  });

  it("delegates a domain of its own to the workload account", () => {
    expect(stacks["test-dns"]?.resources("aws_route53_record").map(({ type }) => type)).toEqual(["CNAME"]);
    const records = workload?.resources("aws_route53_record") ?? [];
    expect(records.map(({ type, provider }) => [type, provider])).toEqual([
      ["CNAME", undefined],
      ["DS", "aws.network"],
      ["NS", "aws.network"],
    ]);
  });

  it("reads the parent's id in the network account", () => {
    expect(workload?.dataSources("aws_ssm_parameter")).toContainEqual(
      expect.objectContaining({ name: "/landfall/test/dns/publicZoneId", provider: "aws.network" }),
    );
  });
});
