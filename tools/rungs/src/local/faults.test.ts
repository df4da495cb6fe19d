import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deployStack, loadIntake, synthesize, withFunctionTimeout } from "@landfall/faults";
import { type Emulator, startEmulator } from "@landfall/local";
import { ROOT } from "../workspace";

/**
 * Seconds that a function may run: few, so that what a killed one worked on can soon be tried again, but more than it wants
 * to have left when it begins a document.
 */
const FUNCTION_TIMEOUT_SECONDS = 12;

describe("the app intake under load and faults", () => {
  jest.setTimeout(5 * 60_000);

  const home = mkdtempSync(join(tmpdir(), "landfall-faults-"));
  let emulator: Emulator | undefined;
  afterAll(async () => {
    await emulator?.stop();
    rmSync(home, { recursive: true, force: true });
  });

  it("loses nothing, repeats nothing, and refuses what is poison", async () => {
    const venv = join(ROOT, "dist", "local", "venv");
    emulator = await startEmulator({ root: home, venv, region: "eu-west-1", account: "123456789012" });
    const stack = withFunctionTimeout(synthesize(ROOT, "intake"), FUNCTION_TIMEOUT_SECONDS);
    await deployStack(emulator, stack);

    const report = await loadIntake(emulator, stack, {
      seed: 4,
      events: 200,
      duplicates: 0.05,
      poison: 0.02,
      killed: 0.2,
      refused: 0.05,
      unanswered: 0.01,
      folder: join(home, "functions"),
      say: () => undefined,
    });

    expect(report.verdict).toEqual({
      ...{ good: 186, duplicates: 10, poison: 4 },
      ...{ catalogued: 186, refused: 4, lost: 0, repeated: 0, misjudged: 0 },
    });
    // The faults were there: a run without any would prove nothing.
    expect(report.kills).toBeGreaterThan(0);
    for (const service of ["s3", "dynamodb", "sqs"]) {
      expect(report.calls[service]?.refused).toBeGreaterThan(0);
    }
  });
});
