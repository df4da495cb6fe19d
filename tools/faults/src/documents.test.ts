import { createHash } from "node:crypto";
import { type Mix, planUploads } from "./documents";

const MIX: Mix = { seed: 7, events: 1000, duplicates: 0.05, poison: 0.02 };

describe("planUploads", () => {
  const planned = planUploads(MIX);
  const of = (kind: string) => planned.filter((each) => each.kind === kind);

  it("has exactly the shares asked for", () => {
    expect(planned).toHaveLength(1000);
    expect([of("duplicate").length, of("poison").length]).toEqual([50, 20]);
  });

  it("is the same for the same seed, and another for another", () => {
    expect(planUploads(MIX)).toEqual(planned);
    expect(planUploads({ ...MIX, seed: 8 })).not.toEqual(planned);
  });

  it("sends every good document once, under its digest", () => {
    const good = planned.flatMap((each) => (each.kind === "good" ? [each] : []));
    expect(new Set(good.map(({ digest }) => digest)).size).toBe(930);
    expect(good[0]?.digest).toBe(
      createHash("sha256")
        .update(good[0]?.body ?? "")
        .digest("hex"),
    );
  });

  it("repeats only what was sent before, under its own name or another", () => {
    const seen = new Map<string, string>();
    let renamed = 0;
    for (const each of planned) {
      if (each.kind === "good") seen.set(each.digest, each.key);
      if (each.kind !== "duplicate") continue;
      expect(seen.has(each.digest)).toBe(true);
      if (seen.get(each.digest) !== each.key) renamed += 1;
    }
    expect(renamed).toBeGreaterThan(10);
    expect(renamed).toBeLessThan(40);
  });

  it("gives poison several reasons, each upload under a name of its own", () => {
    const poison = planned.flatMap((each) => (each.kind === "poison" ? [each] : []));
    expect(new Set(poison.map(({ reason }) => reason)).size).toBe(4);
    expect(new Set(poison.map(({ key }) => key)).size).toBe(20);
  });

  it.each([{ events: 0 }, { events: 1.5 }, { poison: -0.1 }, { duplicates: 0.7, poison: 0.7 }])(
    "refuses %p",
    (wrong) => {
      expect(() => planUploads({ ...MIX, ...wrong })).toThrow("must be");
    },
  );
});
