import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { LandfallError } from "@landfall/core";

import { InterruptedError } from "./interruption";
import type { Instance, Synthesis } from "./workspace";

interface Manifest {
  readonly stacks: Readonly<Record<string, { readonly dependencies?: readonly string[] }>>;
}

/**
 * Which instances of a stack each one waits for: those whose contract values it consumes, as cdktf's manifest tells; that
 * of the home region in its own account, since what is global is made there; and in other accounts than the first those of
 * the first, where the stack puts what the others use.
 */
export function instancesBefore({
  folder,
  instances,
}: Pick<Synthesis, "folder" | "instances">): Map<string, string[]> {
  const file = join(folder, "manifest.json");
  const stacks = existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest).stacks : {};
  const names = instances.map(({ name }) => name);
  const first = instances[0]?.account;
  const inAccount = (wanted: string | undefined) =>
    instances.filter(({ account }) => account === wanted).map(({ name }) => name);
  return new Map(
    instances.map(({ name, account }) => {
      const before = [
        ...(stacks[name]?.dependencies ?? []).filter((other) => names.includes(other)),
        ...inAccount(account).slice(0, 1),
        ...(account === first ? [] : inAccount(first)),
      ];
      return [name, [...new Set(before)].filter((other) => other !== name)];
    }),
  );
}

/** The same order from its end: each waits for those that waited for it. */
export const reversed = (before: ReadonlyMap<string, readonly string[]>): Map<string, string[]> =>
  new Map(
    [...before.keys()].map((name) => [
      name,
      [...before].filter(([, others]) => others.includes(name)).map(([other]) => other),
    ]),
  );

/** How instances are worked through. */
export interface Walk {
  /** In an order in which each one comes after those that it waits for. */
  readonly instances: readonly Instance[];
  readonly before: ReadonlyMap<string, readonly string[]>;
  /** The most at a time. */
  readonly limit: number;
  readonly task: (instance: Instance) => Promise<void>;
}

/**
 * Does something with each instance, several at a time. One that fails stops only those that wait for it.
 *
 * @throws LandfallError with every failure, and what was not begun because of it
 */
export async function walk({ instances, before, limit, task }: Walk): Promise<void> {
  const failures: unknown[] = [];
  const notBegun: string[] = [];
  const ended = new Map<string, Promise<boolean>>();
  const waiting: (() => void)[] = [];
  let free = limit;
  const slot = async <Result>(use: () => Promise<Result>): Promise<Result> => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await use();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
  const one = async (instance: Instance): Promise<boolean> => {
    const succeeded = await Promise.all((before.get(instance.name) ?? []).map((name) => ended.get(name)));
    if (succeeded.includes(false)) {
      notBegun.push(instance.name);
      return false;
    }
    try {
      await slot(() => task(instance));
      return true;
    } catch (error) {
      failures.push(error);
      return false;
    }
  };
  for (const instance of instances) ended.set(instance.name, one(instance));
  await Promise.all(ended.values());
  report(failures, notBegun);
}

function report(failures: readonly unknown[], notBegun: readonly string[]): void {
  const [first] = failures;
  if (first === undefined) return;
  const unexpected = failures.find((failure) => !(failure instanceof LandfallError));
  // A wish to stop ends every instance, and a mistake of our own needs its stack trace.
  const stopped = failures.find((failure) => failure instanceof InterruptedError);
  if (stopped ?? unexpected) throw stopped ?? unexpected;
  const lines = failures.map((failure) => (failure as LandfallError).message);
  if (notBegun.length > 0) lines.push(`not begun, because they need what failed: ${notBegun.join(", ")}`);
  throw failures.length === 1 && notBegun.length === 0 ? first : new LandfallError(lines.join("\n"));
}
