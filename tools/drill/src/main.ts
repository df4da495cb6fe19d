import { parseArgs } from "node:util";
import { LandfallError } from "@landfall/core";
import { putTable } from "@landfall/faults";
import { duration, LocalZone, ROOT, runCommand, Screen } from "@landfall/local/zone";
import { DRILL_RETRY_SECONDS, drillOrders } from "./orders-drill";
import { drillComplaints, drillTable } from "./report";

const HELP = `Deploys the app orders in two regions of the emulator, fails the first, and follows its name to the other and back.

  npm run drill               about 10 minutes, most of it Terraform
  npm run drill -- --write    puts the table into docs/reliability.md`;

const ZONE = "drill";

/** `npm run drill` */
async function main(signal: AbortSignal): Promise<number> {
  const { write, help } = options();
  if (help) {
    console.log(HELP);
    return 0;
  }
  const screen = new Screen(console.log);
  const since = (from: number): number => (performance.now() - from) / 1000;
  const begin = performance.now();
  screen.line("Landfall: the failover of the app orders, on this machine, with no AWS account\n");
  const zone = await LocalZone.open({ say: (line) => screen.detail(line), signal, zone: ZONE });
  try {
    screen.step("Tools", zone.tools, since(begin));
    await zone.synth();
    const deploying = performance.now();
    screen.step("Deploy", [`the stack orders of the zone ${ZONE}, after those that it needs`]);
    await zone.start();
    await zone.deployFor("orders");
    screen.step("", [zone.regions.join(" and ")], since(deploying));

    const drilling = performance.now();
    screen.step("Drill", ["health checks probe at their own intervals, in real time"]);
    const running = await zone.run(undefined, DRILL_RETRY_SECONDS);
    const stage = { address: zone.emulator, zone: zone.name, regions: zone.regions, running, signal };
    const report = await drillOrders(stage, (line) => screen.detail(line));
    screen.step("", ["a region failed and came back"], since(drilling));

    const table = drillTable(report);
    if (write) putTable(ROOT, "drill", table);
    const wrong = drillComplaints(report);
    screen.line(`\n${table}\n`);
    screen.line(`${wrong.length === 0 ? "Done" : "Not as it should be"} in ${duration(since(begin))}`);
    for (const line of wrong) screen.line(`  ${line}`);
    return wrong.length === 0 ? 0 : 1;
  } finally {
    await zone.close();
  }
}

function options(): { readonly write: boolean; readonly help: boolean } {
  try {
    const { values } = parseArgs({
      options: {
        write: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    return values;
  } catch {
    throw new LandfallError(
      `'option' must be one of --write, --help, got: ${process.argv.slice(2).join(" ")}`,
    );
  }
}

runCommand(main);
