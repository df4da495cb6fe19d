/** Whether a value is an object with keys: neither null nor a list. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The value at a path of an input of any shape; `undefined` where there is none. */
export const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (isRecord(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined),
    input,
  );

/** The elements of a list; none for anything else. */
export const listAt = (input: unknown, path: readonly PropertyKey[]): readonly unknown[] => {
  const value = at(input, path);
  return Array.isArray(value) ? value : [];
};
