/** The package.json of a stack or an app. Its `nx.name` makes `nx deploy <name>` work. */
export const manifest = (
  kind: "app" | "stack",
  name: string,
  exports: Readonly<Record<string, string>>,
): string =>
  JSON.stringify({
    name: `@landfall/${kind}-${name}`,
    version: "0.1.0",
    private: true,
    nx: { name },
    exports,
  });
