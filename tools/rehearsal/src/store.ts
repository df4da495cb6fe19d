import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";
import { type Variables } from "./variables";

/** What a rehearsal keeps from one action to the next, and from one run to the next: `dist/rehearsal/<zone>`. */
export class Store {
  readonly folder: string;

  constructor(root: string, zone: string) {
    this.folder = join(root, "dist", "rehearsal", zone);
  }

  /** Forgets an earlier execution. */
  clear(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** The file that takes what an action prints. */
  log(stage: string, action: string): string {
    const folder = join(this.folder, "logs");
    mkdirSync(folder, { recursive: true });
    return join(folder, `${stage}-${action}.log`);
  }

  artifact(name: string): string {
    return join(this.folder, "artifacts", `${name}.zip`);
  }

  put(name: string, zip: Uint8Array): void {
    mkdirSync(join(this.folder, "artifacts"), { recursive: true });
    // Saved plans hold sensitive values.
    writeFileSync(this.artifact(name), zip, { mode: 0o600 });
  }

  /** @throws LandfallError where no action has handed it on */
  take(name: string): Uint8Array {
    if (existsSync(this.artifact(name))) return readFileSync(this.artifact(name));
    throw new LandfallError(
      `There is no artifact ${name} yet: begin with an earlier stage, or leave out --from`,
    );
  }

  get variables(): Variables {
    const file = join(this.folder, "variables.json");
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Variables) : {};
  }

  export(namespace: string, values: Readonly<Record<string, string>>): void {
    mkdirSync(this.folder, { recursive: true });
    const all = { ...this.variables, [namespace]: values };
    writeFileSync(join(this.folder, "variables.json"), `${JSON.stringify(all, undefined, 2)}\n`);
  }
}
