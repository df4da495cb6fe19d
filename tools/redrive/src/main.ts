/** `npm run redrive`: lists the dead letters of a queue with their reasons, and sends them through again. */
import { join } from "node:path";
import { createInterface } from "node:readline/promises";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { SQSClient } from "@aws-sdk/client-sqs";
import { LandfallError, nearest, type Zone, zoneRegions } from "@landfall/core";
import { findEmulator, zonesIn } from "@landfall/nx-terraform";
import { SqsLetters } from "./letters";
import { help, parseOptions } from "./options";
import { findQueuePair, queueNameOf } from "./queue-pair";
import { redrive } from "./redrive";

const ROOT = join(import.meta.dirname, "..", "..", "..");

async function main(argv: readonly string[], print: (line: string) => void): Promise<void> {
  const options = parseOptions(argv);
  if (options === undefined) return print(help);
  const zone = await readZone(options.zone);
  const region = options.region ?? zone.regions.home;
  if (!zoneRegions(zone).includes(region)) {
    throw new LandfallError(
      `'--region' must be one of ${zoneRegions(zone).join(", ")}, the regions of ${zone.name}, got: ${region}`,
    );
  }
  const sqs = await clientFor(zone, region);
  try {
    const pair = await findQueuePair(sqs, queueNameOf(zone.name, options.queue));
    const sent = await redrive({
      letters: new SqsLetters(sqs, pair),
      queue: pair.queue.name,
      choice: options.choice,
      bodies: options.bodies,
      // The emulator knows no move tasks.
      byTask: !zone.emulated,
      say: print,
      confirm: options.yes ? () => Promise.resolve(true) : ask,
      wait: (seconds) => delay(seconds * 1000),
    });
    if (options.choice.kind !== "none") print(`Sent ${sent} back to ${pair.queue.name}.`);
  } finally {
    sqs.destroy();
  }
}

async function readZone(name: string): Promise<Zone> {
  const known = zonesIn(ROOT);
  if (!known.includes(name)) {
    const guess = nearest(name, known);
    const hint = guess === undefined ? "" : ` Did you mean "${guess}"?`;
    throw new LandfallError(`Unknown zone "${name}".${hint} Known: ${known.join(", ")}.`);
  }
  const file = pathToFileURL(join(ROOT, "libs", "zones", name, "zone.ts")).href;
  return ((await import(file)) as { readonly zone: Zone }).zone;
}

/** The emulator for a zone that runs there; else AWS, with the credentials of whoever calls. */
async function clientFor(zone: Zone, region: string): Promise<SQSClient> {
  if (!zone.emulated) return new SQSClient({ region });
  const { endpoint, env } = await findEmulator(ROOT, zone.name);
  const credentials = {
    accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
    secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
  };
  return new SQSClient({ endpoint, region, credentials });
}

async function ask(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new LandfallError(`${question} Nobody can answer here: add --yes`);
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} (yes/no) `)).trim());
  } finally {
    lines.close();
  }
}

main(process.argv.slice(2), console.log).catch((error: unknown) => {
  console.error(error instanceof LandfallError ? error.message : error);
  process.exitCode = 1;
});
