import { failoverAnswer, failoverSeconds, type Health, HealthTracker } from "./failover";
import { type FailoverRecord, type HealthCheck } from "./route53";

const record = (role: FailoverRecord["role"], healthCheckId: string | undefined = role): FailoverRecord => ({
  name: "orders.example.com",
  type: "A",
  role,
  setIdentifier: role.toLowerCase(),
  healthCheckId,
  target: `${role}.elb.example.com`,
});
const both = [record("SECONDARY"), record("PRIMARY")];

describe("HealthTracker", () => {
  const outcomes = (threshold: number, probes: string, inverted = false) => {
    const tracker = new HealthTracker({ failureThreshold: threshold, inverted });
    return [...probes].map((each) => {
      tracker.observe(each === "+");
      return tracker.health === "healthy" ? "+" : "-";
    });
  };

  it.each<[string, number, string, string]>([
    ["starts healthy, and stays so below the threshold", 3, "--", "++"],
    ["changes at the threshold", 3, "---", "++-"],
    ["starts counting anew after a success", 3, "--+--", "+++++"],
    ["comes back at the same threshold", 2, "--++", "+--+"],
    ["needs the successes in a row", 2, "--+-++", "+----+"],
    ["changes at once with a threshold of 1", 1, "-+-", "-+-"],
  ])("%s", (_title, threshold, probes, expected) => {
    expect(outcomes(threshold, probes).join("")).toBe(expected);
  });

  it("says the contrary when it is inverted", () => {
    expect(outcomes(2, "+--", true).join("")).toBe("--+");
  });

  it("says when its status has changed", () => {
    const tracker = new HealthTracker({ failureThreshold: 2, inverted: false });
    expect([false, false, false].map((each) => tracker.observe(each))).toEqual([false, true, false]);
  });
});

describe("failoverAnswer", () => {
  it.each<[Health, Health, FailoverRecord["role"]]>([
    ["healthy", "healthy", "PRIMARY"],
    ["healthy", "unhealthy", "PRIMARY"],
    ["unhealthy", "healthy", "SECONDARY"],
    ["unhealthy", "unhealthy", "PRIMARY"],
  ])("with a primary that is %s and a secondary that is %s is the %s", (primary, secondary, expected) => {
    const answer = failoverAnswer(both, (id) => (id === "PRIMARY" ? primary : secondary));
    expect(answer.role).toBe(expected);
  });

  it("takes a record without a check for healthy", () => {
    const unchecked = { ...record("SECONDARY"), healthCheckId: undefined };
    expect(failoverAnswer([record("PRIMARY"), unchecked], () => "unhealthy").role).toBe("SECONDARY");
  });

  it.each([
    ["one secondary record, got: none", [record("PRIMARY")]],
    ["one primary record, got: more", [...both, record("PRIMARY")]],
  ])("refuses what has not %s", (message, records) => {
    expect(() => failoverAnswer(records, () => "healthy")).toThrow(message);
  });
});

it("counts intervals, threshold and what resolvers remember", () => {
  const check = { intervalSeconds: 10, failureThreshold: 3 } as HealthCheck;
  expect(failoverSeconds(check)).toBe(90);
});
