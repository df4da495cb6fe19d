import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { agingWarnings, datedList, LAMBDA_RUNTIMES, warningOf } from "./dated-list";

const list = datedList("colours.json", {
  asOf: "2026-08-01",
  source: "https://docs.example.com/colours",
  values: ["red"],
});

describe("a dated list", () => {
  it("is silent up to its 180th day", () =>
    expect(warningOf(list, new Date("2027-01-28T23:59:59Z"))).toBeUndefined());

  it("warns from the 181st day on, with its age and its source", () =>
    expect(warningOf(list, new Date("2027-01-29T00:00:00Z"))).toBe(
      "colours.json is 181 days old: compare it with https://docs.example.com/colours",
    ));

  it.each([
    ["without a day", { asOf: "soon", values: ["red"] }, "colours.json: 'asOf' must be a day, got: soon"],
    ["without values", { asOf: "2026-08-01", values: [] }, "colours.json: 'values' must not be empty"],
  ])("is refused %s", (_, data, message) =>
    expect(() => datedList("colours.json", { source: "", ...data })).toThrow(message),
  );
});

describe("the lists of the rules", () => {
  const inData = readdirSync(join(__dirname, "data"))
    .filter((name) => readFileSync(join(__dirname, "data", name), "utf8").includes('"asOf"'))
    .sort();

  it("all age: none in the folder is forgotten", () =>
    expect(
      agingWarnings(new Date("2100-01-01"))
        .map((warning) => warning.split(" ")[0])
        .sort(),
    ).toEqual(inData));

  it("say nothing on the day on which they were compared", () =>
    expect(agingWarnings(new Date(LAMBDA_RUNTIMES.asOf))).toEqual([]));
});
