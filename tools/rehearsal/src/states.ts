import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What stands for the state bucket in an emulated zone, whose states are files: the states, and whose emulator's they are. */
const STATE = /^(?:terraform\.tfstate|\.emulator$)/;

const folderOf = (root: string, zone: string): string => join(root, "dist", "terraform", zone);

/** Carries the states of an emulated zone from one workspace to another, so that they outlive the folders of builds. */
export function carryStates(from: string, to: string, zone: string): void {
  const source = folderOf(from, zone);
  for (const instance of existsSync(source) ? readdirSync(source) : []) {
    const target = join(folderOf(to, zone), instance);
    for (const name of existsSync(target) ? readdirSync(target).filter((each) => STATE.test(each)) : []) {
      rmSync(join(target, name));
    }
    for (const name of readdirSync(join(source, instance)).filter((each) => STATE.test(each))) {
      mkdirSync(target, { recursive: true });
      cpSync(join(source, instance, name), join(target, name), { preserveTimestamps: true });
    }
  }
}
