import { runSimulation } from "@cloud-copilot/iam-simulate";
import { ATTACKS } from "../attacks";
import { sampleZone } from "../testing/fixture";
import { zoneOf } from "../zone/read-zone";
import { type PolicyDocument } from "../zone/policy";
import { allowsNothing, relevant } from "./relevant";

const document: PolicyDocument = {
  Version: "2012-10-17",
  Statement: [
    { Sid: "Plain", Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
    { Sid: "Pattern", Effect: "Allow", Action: ["iam:Pass*", "sqs:?end*"], Resource: "*" },
    { Sid: "Not", Effect: "Deny", NotAction: "iam:*", Resource: "*" },
  ],
};

describe("relevant", () => {
  it.each([
    ["s3:GetObject", ["Plain", "Not"]],
    ["S3:getobject", ["Plain", "Not"]],
    ["s3:GetObjectAcl", ["Not"]],
    ["iam:PassRole", ["Pattern", "Not"]],
    ["sqs:SendMessage", ["Pattern", "Not"]],
  ])("keeps for %s the statements %s", (action, sids) => {
    expect(relevant(document, action).Statement.map(({ Sid }) => Sid)).toEqual(sids);
  });

  it("keeps a statement where none matches: a boundary that allows nothing is still one", () => {
    const [first] = document.Statement;
    const plain = { ...document, Statement: first ? [first] : [] };
    expect(relevant(plain, "iam:PassRole").Statement).toHaveLength(1);
  });
});

it("decides as the whole policies do", async () => {
  const zone = zoneOf(sampleZone());
  const [deploy] = zone.roles.filter(({ boundary, kind }) => boundary && kind === "deploy");
  if (!deploy?.boundary) throw new Error("no deploy role");
  const { boundary, policies, account, arn } = deploy;
  const decide = async (
    action: string,
    resource: string,
    cut: (document: PolicyDocument) => PolicyDocument,
  ) => {
    const outcome = await runSimulation(
      {
        request: { principal: arn, action, resource: { resource, accountId: account }, contextVariables: {} },
        identityPolicies: policies.map(({ name, document }) => ({ name, policy: cut(document) })),
        permissionBoundaryPolicies: [{ name: boundary.name, policy: cut(boundary.document) }],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
      },
      {},
    );
    return outcome.resultType === "error" ? outcome.errors : outcome.overallResult;
  };
  const requests = ATTACKS.flatMap((attack) => attack.requests(zone, deploy));
  expect(requests.length).toBeGreaterThan(50);
  for (const { action, resource } of requests) {
    const whole = await decide(action, resource, (document) => document);
    expect(await decide(action, resource, (document) => relevant(document, action))).toEqual(whole);
  }
});

describe("allowsNothing", () => {
  it.each([
    ["s3:GetObject", false],
    ["s3:PutObject", true],
  ])("of %s is %s, whatever is denied", (action, expected) => {
    expect(allowsNothing([document], action)).toBe(expected);
  });
});
