/** Something without which no order can be taken. */
export interface Dependency {
  /** e.g. `orders-table` */
  readonly name: string;
  /** Uses it as an order would. Rejects when that fails. */
  check(): Promise<void>;
}

export interface Health {
  readonly healthy: boolean;
  readonly region: string;
  /** By dependency. Why one fails is in the log alone: the endpoint is public. */
  readonly checks: Readonly<Record<string, "ok" | "failed">>;
}

export interface HealthOptions {
  readonly region: string;
  readonly dependencies: readonly Dependency[];
  /** Milliseconds after which a dependency counts as failed. */
  readonly timeoutMs: number;
  /** Milliseconds for which an answer is given again, so that asking often costs little. */
  readonly keepMs: number;
  readonly now: () => number;
  /** Told of each failure. */
  readonly onFailure: (name: string, error: unknown) => void;
}

/** Makes a check of all dependencies at once. It never rejects, and answers while one of them hangs. */
export function healthCheck(options: HealthOptions): () => Promise<Health> {
  let known: { readonly health: Promise<Health>; readonly until: number } | undefined;
  return () => {
    if (!known || options.now() >= known.until) {
      known = { health: checkAll(options), until: options.now() + options.keepMs };
    }
    return known.health;
  };
}

async function checkAll({ region, dependencies, timeoutMs, onFailure }: HealthOptions): Promise<Health> {
  const results = await Promise.all(
    dependencies.map(async ({ name, check }) => {
      try {
        await within(timeoutMs, check());
        return [name, "ok"] as const;
      } catch (error) {
        onFailure(name, error);
        return [name, "failed"] as const;
      }
    }),
  );
  return {
    healthy: results.every(([, result]) => result === "ok"),
    region,
    checks: Object.fromEntries(results),
  };
}

function within(timeoutMs: number, work: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
