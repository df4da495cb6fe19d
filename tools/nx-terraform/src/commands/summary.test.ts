import { deployLine } from "./deploy";
import { countsLine, planLines } from "./plan";

describe("planLines", () => {
  it("puts what is lost first", () => {
    const change = (address: string, action: "create" | "update" | "delete" | "replace" | "read") =>
      ({ type: "planned", address, action }) as const;
    const planned = [
      change("a.new", "create"),
      change("b.kept", "update"),
      change("c.again", "replace"),
      change("d.gone", "delete"),
      change("data.e", "read"),
    ];

    expect(planLines(planned)).toEqual(["  - d.gone", "-/+ c.again", "  ~ b.kept", "  + a.new"]);
    expect(countsLine({ add: 2, change: 1, destroy: 2 })).toBe("2 to add, 1 to change, 2 to destroy");
  });
});

describe("deployLine", () => {
  const result = {
    instance: "i",
    stack: "s",
    resources: 5,
    applied: 4,
    added: 4,
    changed: 0,
    destroyed: 0,
    seconds: 9.5,
  };

  it("counts what was done and what was left out", () => {
    expect(deployLine({ ...result, notEmulated: [{ address: "a", why: "" }] }, "deployed")).toBe(
      "deployed: 4 added, 0 changed, 0 destroyed; 4 resources in place, 1 not emulated  9.5 s",
    );
  });

  it("says that nothing was planned", () => {
    expect(deployLine({ ...result, added: 0, notEmulated: [] }, "unchanged")).toBe(
      "unchanged since the last deploy; 4 resources in place  9.5 s",
    );
  });

  it("says that there was nothing to do", () => {
    expect(deployLine({ ...result, added: 0, notEmulated: [] }, "no changes")).toBe(
      "nothing to deploy: no changes; 4 resources in place  9.5 s",
    );
  });
});
