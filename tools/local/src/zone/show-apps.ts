import { IntakeSamples } from "./intake-samples";
import { type LocalZone } from "./local-zone";
import { OrdersSamples } from "./orders-samples";
import { type AppSamples, type SampleResult } from "./sample";
import { type Screen } from "./screen";
import { SentinelSamples } from "./sentinel-samples";
import { type AppResults } from "./summary";

/** Lets each app of the deployed zone do its work, and shows what comes of it. */
export async function showApps(zone: LocalZone, screen: Screen, signal: AbortSignal): Promise<AppResults> {
  const apps: readonly AppSamples[] = [new IntakeSamples(), new OrdersSamples(), new SentinelSamples()];
  const running = await zone.run((result) => apps.forEach((app) => app.note(result)));
  const stage = { address: zone.emulator, zone: zone.name, regions: zone.regions, running, signal };
  const all: Record<string, readonly SampleResult[]> = {};
  for (const app of apps) {
    const from = performance.now();
    screen.step(title(app.app), [app.title]);
    all[app.app] = await app.run(stage, (result) => screen.detail(sampleLine(result)));
    await running.idle();
    screen.detail(`metrics: ${[...app.metrics].map(([name, value]) => `${name} ${value}`).join(", ")}`);
    screen.step("", [app.path], (performance.now() - from) / 1000);
  }
  await running.stop();
  return all;
}

const title = (app: string): string => app.charAt(0).toUpperCase() + app.slice(1);

const sampleLine = ({ what, outcome, reason, traceId }: SampleResult): string =>
  `${what.padEnd(26)} ${(reason === undefined ? outcome : `${outcome}: ${reason}`).padEnd(32)} ${traceId ?? ""}`.trimEnd();
