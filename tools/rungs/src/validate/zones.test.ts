import { readSynthesis, stacksIn } from "@landfall/nx-terraform";
import { nx } from "../nx";
import { ROOT, ZONES } from "../workspace";

jest.setTimeout(600_000);

/** The provider judges these more strictly: the rung local deploys them. */
const DEPLOYED = ["drill", "local"];

it.each(ZONES.filter((zone) => !DEPLOYED.includes(zone)))(
  "every instance of the zone %s passes terraform validate",
  (zone) => {
    const { status, output } = nx(
      "run-many",
      "-t",
      "validate",
      `--configuration=${zone}`,
      "--parallel=2",
      "--outputStyle=stream-without-prefixes",
    );
    const valid = output.split("\n").filter((line) => line.includes("valid: "));
    expect({ status, output: status === 0 ? "" : output }).toEqual({ status: 0, output: "" });
    const instances = stacksIn(ROOT).flatMap((stack) => readSynthesis(ROOT, zone, stack).instances);
    expect(valid.map((line) => line.trim().split(/\s/)[0]).sort()).toEqual(
      instances.map(({ stack }) => stack),
    );
  },
);
