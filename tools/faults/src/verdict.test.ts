import { planUploads } from "./documents";
import { isPass, judge, type Observed } from "./verdict";

const planned = planUploads({ seed: 3, events: 100, duplicates: 0.1, poison: 0.1 });
const good = planned.flatMap((each) => (each.kind === "good" ? [each] : []));
const poison = planned.flatMap((each) => (each.kind === "poison" ? [each] : []));
const digest = good[5]?.digest ?? "";
const key = poison[2]?.key ?? "";

const perfect = () => ({
  rows: new Map(good.map((each) => [each.digest, 1])),
  deadLetters: new Map<string, (string | undefined)[]>(poison.map((each) => [each.key, [each.reason]])),
  said: new Map(good.map((each) => [each.digest, 1])),
});

describe("judge", () => {
  it("passes when each good event has one effect and each poison event its reason", () => {
    const verdict = judge(planned, perfect());
    expect(verdict).toEqual({
      ...{ good: 80, duplicates: 10, poison: 10, catalogued: 80, refused: 10 },
      ...{ lost: 0, repeated: 0, misjudged: 0 },
    });
    expect(isPass(verdict)).toBe(true);
  });

  it("lets a killed function have said nothing, and a dead letter come twice", () => {
    const observed = perfect();
    observed.said.delete(digest);
    observed.deadLetters.set(key, [poison[2]?.reason, poison[2]?.reason]);
    expect(isPass(judge(planned, observed))).toBe(true);
  });

  it.each<[string, (observed: ReturnType<typeof perfect>) => void, object]>([
    ["a lost document", ({ rows }) => rows.delete(digest), { lost: 1, catalogued: 79 }],
    ["lost poison", ({ deadLetters }) => deadLetters.delete(key), { lost: 1, refused: 9 }],
    ["two rows", ({ rows }) => rows.set(digest, 2), { repeated: 1, catalogued: 79 }],
    ["two effects on one row", ({ said }) => said.set(digest, 2), { repeated: 1, catalogued: 79 }],
    ["a row that nobody sent", ({ rows }) => rows.set("feed", 1), { repeated: 1 }],
    [
      "poison with another reason",
      ({ deadLetters }) => deadLetters.set(key, ["too-large"]),
      { misjudged: 1, refused: 9, lost: 0 },
    ],
    [
      "poison without a reason",
      ({ deadLetters }) => deadLetters.set(key, [undefined]),
      { misjudged: 1, refused: 9, lost: 0 },
    ],
    [
      "a good document among the dead letters",
      ({ deadLetters }) => deadLetters.set(good[5]?.key ?? "", [undefined]),
      { misjudged: 1, lost: 0 },
    ],
  ])("fails for %s", (_title, damage, expected) => {
    const observed = perfect();
    damage(observed);
    const verdict = judge(planned, observed satisfies Observed);
    expect(verdict).toMatchObject(expected);
    expect(isPass(verdict)).toBe(false);
  });
});
