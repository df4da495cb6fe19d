import { accountWith, homeAccount } from "@landfall/core";
import { organizationZone, testZone } from "@landfall/testing";
import {
  boundaryArn,
  boundaryName,
  homePrincipals,
  isWorkloadOrPeople,
  roleArn,
  zoneRolePatterns,
} from "./zone-roles";

const zone = organizationZone();
const ground = { zone, account: accountWith(zone, "workload") };

describe("the names of a zone's roles and boundaries", () => {
  it.each([
    ["plan", "role/test-plan"],
    ["deploy", "role/test-deploy"],
    ["break-glass", "role/test-break-glass"],
    ["github-deploy", "role/test-github-deploy"],
    ["read-only", "role/landfall/people/test-read-only"],
    ["operator", "role/landfall/people/test-operator"],
  ] as const)("put %s at %s of the account", (role, resource) => {
    expect(roleArn(ground, role)).toBe(`arn:aws:iam::444444444444:${resource}`);
  });

  it("are fixed for boundaries too", () => {
    expect(boundaryName(zone, "deployer")).toBe("test-deployer-boundary");
    expect(boundaryArn(ground, "workload")).toBe("arn:aws:iam::444444444444:policy/test-workload-boundary");
  });

  it("tell workloads and people from the roles of the platform", () => {
    const conditions = isWorkloadOrPeople(ground);
    expect(conditions.ArnLike?.["aws:PrincipalArn"]).toEqual(zoneRolePatterns(ground));
    expect(conditions.ArnNotLike?.["aws:PrincipalArn"]).toEqual([
      "arn:aws:iam::444444444444:role/test-plan",
      "arn:aws:iam::444444444444:role/test-deploy",
      "arn:aws:iam::444444444444:role/test-break-glass",
      "arn:aws:iam::444444444444:role/test-github-plan",
      "arn:aws:iam::444444444444:role/test-github-deploy",
    ]);
  });

  it("let people in by the home account", () => {
    expect(homePrincipals(zone).AWS).toBe(`arn:aws:iam::${homeAccount(zone).id}:root`);
    expect(homePrincipals(testZone()).AWS).toBe("arn:aws:iam::123456789012:root");
  });
});
