import { rmSync } from "node:fs";
import { LocalZone } from "@landfall/local/zone";
import { copyWorkspace } from "../workspace";

/**
 * The zone `drill` in a copy of the workspace, which has an emulator of its own: it is deployed while another zone is, as both
 * mostly wait.
 */
export class DrillZone {
  private readonly root = copyWorkspace();
  private zone: LocalZone | undefined;
  /** What became of the deploy: a failure is told to who waits for it, not before. */
  private deployed: Promise<PromiseSettledResult<void>[]> | undefined;

  /** Begins to deploy what the app orders needs. */
  begin(say: (line: string) => void, signal: AbortSignal): void {
    this.deployed = Promise.allSettled([this.deploy(say, signal)]);
  }

  /** Waits for the deploy. @throws what it has failed with */
  async ready(): Promise<LocalZone> {
    const [result] = (await this.deployed) ?? [];
    if (result?.status === "rejected") throw result.reason;
    if (this.zone === undefined) throw new Error("the zone drill was not begun");
    return this.zone;
  }

  async close(): Promise<void> {
    await this.deployed;
    await this.zone?.close();
    rmSync(this.root, { recursive: true, force: true });
  }

  private async deploy(say: (line: string) => void, signal: AbortSignal): Promise<void> {
    this.zone = await LocalZone.open({ say, signal, zone: "drill", root: this.root });
    await this.zone.synth();
    await this.zone.start();
    await this.zone.deployFor("orders");
  }
}
