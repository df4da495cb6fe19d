import { type OrdersDrillReport } from "./orders-drill";
import { drillComplaints, drillTable } from "./report";

const report: OrdersDrillReport = {
  ...{ failoverSeconds: 30, recoverySeconds: 20, allowedSeconds: 30 },
  ...{ accepted: 9, missing: 0, unfulfilled: 0 },
  regions: { before: "eu-west-1", "failed over": "eu-central-1", back: "eu-west-1" },
  check: {
    ...{ id: "c-1", fqdn: "api.example.com", port: 443, type: "HTTPS", path: "/health" },
    ...{ intervalSeconds: 10, failureThreshold: 3, inverted: false },
  },
};

describe("drillTable", () => {
  it("has what is configured beside what was measured", () => {
    const rows = drillTable({ ...report, missing: 1, unfulfilled: 2 }).split("\n");
    expect(rows).toContain("| failure until the name leads away | 10 s × 3 = 30 s | 30 s |");
    expect(rows).toContain("| mending until the name leads back | 10 s × 3 = 30 s | 20 s |");
    expect(rows).toContain(
      "| where orders are accepted | home, recovery, home | eu-west-1, eu-central-1, eu-west-1 |",
    );
    expect(rows).toContain("| orders that both regions show in the end | all | 8 of 9 |");
    expect(rows).toContain("| orders that are fulfilled in the end | all | 7 of 9 |");
  });
});

describe("drillComplaints", () => {
  it("has none of a drill in which nothing was lost", () => {
    expect(drillComplaints(report)).toEqual([]);
  });

  it("says all that is wrong at once", () => {
    const stuck = { ...report.regions, "failed over": "eu-west-1" };
    expect(drillComplaints({ ...report, missing: 1, unfulfilled: 2, regions: stuck })).toEqual([
      "1 accepted orders are missing in a region",
      "2 accepted orders are not fulfilled",
      "orders were accepted in the region that had failed",
    ]);
  });
});
