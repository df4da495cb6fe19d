/** Collects what can't be read, so that all of it is told at once. */
export class Problems {
  private readonly messages: string[] = [];

  /** The result, or `undefined` with the error noted. */
  try<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      this.add(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  }

  /** The results of those items that could be read. */
  map<From, To>(items: readonly From[], read: (item: From) => To): readonly To[] {
    return items.flatMap((item) => {
      const result = this.try(() => [read(item)]);
      return result ?? [];
    });
  }

  add(message: string): void {
    this.messages.push(message);
  }

  /** @throws Error with every problem, where there is one */
  check(summary: string): void {
    const unique = [...new Set(this.messages)];
    if (unique.length > 0) throw new Error([summary, ...unique.map((message) => `  ${message}`)].join("\n"));
  }
}
