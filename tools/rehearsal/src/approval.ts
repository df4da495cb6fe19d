import { createInterface } from "node:readline/promises";
import { LandfallError } from "@landfall/core";

/** Asked before the pipeline goes on. @returns whether it may */
export type Approve = (what: string) => Promise<boolean>;

/** @throws LandfallError where nobody can answer */
export const askOnTerminal: Approve = async (what) => {
  if (!process.stdin.isTTY) throw new LandfallError(`${what}: nobody can answer here, add --approve`);
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await lines.question(`${what}? (yes/no) `)).trim());
  } finally {
    lines.close();
  }
};
