import { organizationZone, synthApp, type SynthesizedStack, testZone } from "@landfall/testing";
import { definition } from "./stack";

const INSTANCE = "test-organization-management";
const instances = (zone = organizationZone()): Record<string, SynthesizedStack> =>
  synthApp({ zone, definitions: [definition] });

describe("the stack organization", () => {
  it("is in the management account, once, and tells every region where it is", () => {
    const zone = instances();
    expect(Object.keys(zone)).toEqual([INSTANCE]);
    const published = zone[INSTANCE]?.resources("aws_ssm_parameter").map(({ name }) => name);
    expect(published?.sort()).toEqual(
      ["organizationId", "rootId"].flatMap((value) =>
        Array.from({ length: 2 }, () => `/landfall/test/organization/${value}`),
      ),
    );
  });

  it("is not in a zone of a single account", () => {
    expect(instances(testZone())).toEqual({});
  });

  it("puts out the id of each account, for the zone's data", () => {
    const output = (instances()[INSTANCE]?.json as { output?: { accounts?: { value: object } } }).output;
    expect(Object.keys(output?.accounts?.value ?? {}).sort()).toEqual([
      "log-archive",
      "network",
      "security",
      "workload",
    ]);
  });

  it("founds the organization before any other account is known: nothing is handed over yet", () => {
    const founding = organizationZone({
      accounts: [
        { name: "management", id: "555555555555", duties: ["management"] },
        { name: "security", email: "security@example.com", duties: ["security", "log-archive"] },
        { name: "workload", email: "workload@example.com", duties: ["network", "workload"] },
      ],
    });
    const [stack] = Object.values(instances(founding));
    expect(stack?.resources("aws_organizations_account")).toHaveLength(2);
    expect(stack?.resources("aws_organizations_delegated_administrator")).toEqual([]);
    // The archive's has no account to be on.
    expect(stack?.resources("aws_organizations_policy_attachment")).toHaveLength(4);
  });
});
