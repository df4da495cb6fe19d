import { askedZone, zoneProblem } from "./zone-argument";

const zones = ["local", "sandbox"];
const judge = (line: string) => zoneProblem(line.split(" "), zones);

describe("zoneProblem", () => {
  it.each([
    "deploy network --configuration=sandbox",
    "deploy network -c local",
    "run network:deploy:sandbox",
    "run-many -t plan,validate",
    "affected -t synth",
    "build site --configuration=production",
  ])("accepts: %s", (line) => {
    expect(judge(line)).toBeUndefined();
  });

  it.each([
    "deploy network --configuration=sandbx",
    "deploy network --configuration sandbx",
    "run-many -t=lint,deploy -c sandbx",
    "run network:deploy:sandbx",
    "network:deploy:sandbx",
    "unlock network -c sandbx --id=4f2a",
    "run-many -t drift -c sandbx",
    "apply network -c sandbx",
  ])("names the nearest zone for: %s", (line) => {
    expect(judge(line)).toBe('Unknown zone "sandbx". Nearest: sandbox. Known: local, sandbox.');
  });

  it("sends --zone to --configuration, which the tasks before it follow too", () => {
    expect(judge("deploy network --zone=sandbox")).toMatch(/write --configuration=<zone>/);
  });
});

describe("askedZone", () => {
  it.each([
    ["destroy network --configuration=sandbox", "sandbox"],
    ["destroy network -c sandbox --confirm=other", "sandbox"],
    ["run network:destroy:sandbox", "sandbox"],
    ["destroy network", undefined],
  ])("reads %s", (line, expected) => {
    expect(askedZone(line.split(" "))).toBe(expected);
  });
});
