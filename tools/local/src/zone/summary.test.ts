import { type DeployResult, type PlanResult } from "@landfall/nx-terraform";
import { complaints, summarize } from "./summary";

const deployed: DeployResult = {
  ...{ instance: "local-keys-eu-west-1", stack: "keys", resources: 3, applied: 3 },
  ...{ added: 3, changed: 0, destroyed: 0, notEmulated: [], seconds: 1 },
};
const replanned: PlanResult = {
  ...{ instance: "local-keys-eu-west-1", stack: "keys", add: 0, change: 0, destroy: 0 },
  ...{ notEmulated: [], unchanged: false, seconds: 1 },
};
const seconds = { setup: 1, synth: 1, deploy: 1, apps: 1, replan: 1 };
const good = { what: "an order", outcome: "201", expected: "201" };
const bad = { what: "a forged token", outcome: "200", expected: "401" };

describe("a run's summary", () => {
  it("has nothing to complain of when all came out as it has to", () => {
    const apps = { orders: [good] };
    const summary = summarize({ deployed: [deployed], apps, replanned: [replanned], seconds });
    expect(summary).toMatchObject({ stacks: 1, applied: 3, apps: { orders: { tried: 1, asExpected: 1 } } });
    expect(complaints(summary, apps)).toEqual([]);
  });

  it("says all that is wrong at once", () => {
    const apps = { orders: [good, bad] };
    const summary = summarize({
      ...{ deployed: [{ ...deployed, applied: 2 }], apps, seconds },
      replanned: [{ ...replanned, change: 2 }],
    });
    expect(summary.apps).toEqual({ orders: { tried: 2, asExpected: 1 } });
    expect(complaints(summary, apps)).toEqual([
      "1 resources were neither applied nor listed as not emulated",
      "a second plan finds 2 changes",
      "orders: a forged token was 200, expected: 401",
    ]);
  });
});
