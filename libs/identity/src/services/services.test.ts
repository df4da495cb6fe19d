import { accountWith } from "@landfall/core";
import { organizationZone } from "@landfall/testing";
import { policyDocument } from "../policy-document";
import { changeStatements, readStatement } from "../service-access";
import { DEPLOYABLE_TYPES, servicesIn } from ".";

const zone = organizationZone({ name: "abcdefghijklmno" });
const ground = { zone, account: accountWith(zone, "management") };
const services = servicesIn(ground.account);
const REGIONS = { "aws:RequestedRegion": ["eu-west-1", "eu-central-1", "us-east-1"] };

describe("what the stacks may hold", () => {
  it("names each resource type once", () => {
    expect(new Set(DEPLOYABLE_TYPES).size).toBe(DEPLOYABLE_TYPES.length);
  });

  it("has the organization in the management account alone", () => {
    const names = (duty: "management" | "workload") =>
      servicesIn(accountWith(zone, duty)).map(({ name }) => name);
    expect(names("management")).toContain("organization");
    expect(names("workload")).not.toContain("organization");
  });

  it.each(services)("gives each action of $name its service, and no service as a whole", (service) => {
    const actions = [...service.read, ...service.changes.flatMap((change) => change.actions)];
    expect(actions.filter((action) => !/^[a-z0-9-]+:[A-Za-z]+(\*[A-Za-z]+)?\*?$/.test(action))).toEqual([]);
  });

  it.each(services)("reads of $name no data", ({ read }) => {
    const data =
      /^(s3:GetObject|dynamodb:(Get|BatchGet)Item|dynamodb:(Query|Scan)|sqs:Receive|secretsmanager:GetSecret|kms:Decrypt|ssm:GetParameter|logs:(Filter|GetLog)|macie2:GetSensitive|ec2:Get(Console|Password))/;
    expect(read.filter((action) => data.test(action))).toEqual([]);
  });

  it.each(services)("reads of $name with verbs that read", ({ read }) => {
    const reads = /^[a-z0-9-]+:(BatchGet|Describe|Get|List)/;
    expect(read.filter((action) => !reads.test(action))).toEqual([]);
  });

  it.each(services)("changes of $name only what is the zone's by name, or by region", (service) => {
    const everything = changeStatements(ground, service).filter(({ Resource }) => Resource === "*");
    for (const { Condition } of everything) expect(Condition?.StringEquals).toEqual(REGIONS);
  });

  it.each(services)("fits one policy for each role: $name", (service) => {
    expect(policyDocument(changeStatements(ground, service)).length).toBeLessThanOrEqual(6144);
    expect(readStatement(ground, service).Condition?.StringEquals).toEqual(REGIONS);
  });
});
