import { accountWith, type Duty, type Zone } from "@landfall/core";
import { organizationZone, testZone } from "@landfall/testing";
import { accountDomain, answeringAccount, isDnsName, withinDomain } from "./account-domain";

const organization = organizationZone();
const account = (duty: Duty, zone: Zone = organization) => accountWith(zone, duty);

describe("the domain of an account", () => {
  it("is the zone's own in a single account and in the network account", () => {
    const single = testZone();
    expect(accountDomain(single, account("workload", single))).toBe("test.example.com");
    expect(accountDomain(organization, account("network"))).toBe("test.example.com");
  });

  it("is one below it in every other account", () => {
    expect(accountDomain(organization, account("workload"))).toBe("workload.test.example.com");
  });
});

describe("the account that answers for a name", () => {
  it.each([
    ["test.example.com", "network"],
    ["www.test.example.com", "network"],
    ["*.test.example.com", "network"],
    ["workload.test.example.com", "workload"],
    ["a.b.workload.test.example.com", "workload"],
    ["xworkload.test.example.com", "network"],
    // The security account has no hosted zone.
    ["security.test.example.com", "network"],
    ["example.com", undefined],
  ])("of %s is %s", (name, expected) => {
    expect(answeringAccount(organization, name)?.name).toBe(expected);
  });
});

describe("a DNS name", () => {
  it.each(["example.com", "_acme.example.com", "*.example.com", "a-b.c2.example.museum"])(
    "may be %s",
    (name) => expect(isDnsName(name)).toBe(true),
  );
  it.each([
    "example",
    "Example.com",
    "example.com.",
    "-a.example.com",
    "a..example.com",
    "a.*.example.com",
    "",
  ])("may not be %j", (name) => expect(isDnsName(name)).toBe(false));
  it("has at most 253 characters", () => {
    const label = "a".repeat(63);
    expect(isDnsName(`${[label, label, label, "a".repeat(57)].join(".")}.com`)).toBe(true);
    expect(isDnsName(`${[label, label, label, "a".repeat(58)].join(".")}.com`)).toBe(false);
  });
});

describe("a name within an account's domain", () => {
  it.each(["test.example.com", "www.test.example.com", "*.test.example.com"])("may be %s", (name) =>
    expect(withinDomain("name", name, organization, account("network")).valid).toBe(true),
  );

  it.each(["example.com", "www.example.com", "xtest.example.com", "WWW.test.example.com"])(
    "may not be %s, and the message says what may",
    (name) =>
      expect(withinDomain("name", name, organization, account("network"))).toMatchObject({
        valid: false,
        value: name,
        allowed: "test.example.com or a lower-case name below it, e.g. www.test.example.com",
      }),
  );

  it("may not be another account's, which is where to write it", () => {
    const given = withinDomain("name", "www.workload.test.example.com", organization, account("network"));
    expect(given).toMatchObject({
      valid: false,
      allowed: expect.stringContaining("belongs to account 'workload'"),
    });
  });
});
