import { runCommand } from "../zone/command";
import { LocalZone } from "../zone/local-zone";
import { duration, Screen } from "../zone/screen";
import { showApps } from "../zone/show-apps";
import { complaints, type Phase, summarize, writeSummary } from "../zone/summary";

/** `npm start`: deploys the local zone, lets each app do its work, plans again, and leaves nothing running. */
async function start(signal: AbortSignal): Promise<number> {
  const screen = new Screen(console.log);
  const seconds: Record<Phase, number> = { setup: 0, synth: 0, deploy: 0, apps: 0, replan: 0 };
  const timed = async <T>(phase: Phase, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    const from = performance.now();
    const result = await work();
    seconds[phase] = Math.round((performance.now() - from) / 100) / 10;
    return result;
  };

  screen.line("Landfall: a landing zone on this machine, with no AWS account\n");
  const say = (line: string) => screen.detail(line);
  const zone = await timed("setup", () => LocalZone.open({ say, signal }));
  try {
    screen.step("Tools", zone.tools, seconds.setup);
    await timed("synth", () => zone.synth());
    screen.step("Synth", ["every stack of the zone, to dist/synth/local"], seconds.synth);
    screen.step("Deploy", ["with Terraform, each stack after those whose contracts it imports"]);
    const deployed = await timed("deploy", async () => {
      await zone.start();
      return zone.deploy();
    });
    const applied = deployed.reduce((total, each) => total + each.applied, 0);
    const notEmulated = deployed.flatMap((each) => each.notEmulated);
    screen.step(
      "",
      [`${deployed.length} stacks, ${applied} resources applied`, ...leftOut(notEmulated)],
      seconds.deploy,
    );

    const apps = await timed("apps", () => showApps(zone, screen, signal));
    const replanned = await timed("replan", () => zone.plan());
    const summary = summarize({ deployed, apps, replanned, seconds });
    screen.step("Replan", [`${summary.replanChanges || "no"} changes`], seconds.replan);

    const wrong = complaints(summary, apps);
    const total = Object.values(seconds).reduce((sum, each) => sum + each, 0);
    screen.line(
      `\n${wrong.length === 0 ? "Done" : "Not as it should be"} in ${duration(total)}: ${writeSummary(summary)}`,
    );
    for (const line of wrong) screen.line(`  ${line}`);
    if (wrong.length === 0) screen.line(NEXT);
    return wrong.length === 0 ? 0 : 1;
  } finally {
    await zone.close();
  }
}

const leftOut = (entries: readonly { readonly address: string; readonly why: string }[]): string[] =>
  entries.map(({ address, why }) => `not emulated: ${address} (${why})`);

const NEXT = `
Next:
  npm run local       keep this zone up, to look at it with the AWS CLI
  npm run drill       fail a region, and watch orders go on in the other
  npm test            prove the rest: every rung from unit tests to this very run
  npx nx graph        the zone as a picture: each arrow is a contract that is imported
  docs/adr/           why it is built this way`;

runCommand(start);
