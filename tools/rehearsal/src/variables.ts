import { LandfallError } from "@landfall/core";

/** What actions have exported, by namespace and name: `plan_local` → `SUMMARY` → its value. */
export type Variables = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Puts the values of variables, `#{namespace.name}`, in their places.
 *
 * @throws LandfallError naming a variable that no action before has exported: CodePipeline fails the action too
 * @see https://docs.aws.amazon.com/codepipeline/latest/userguide/reference-variables.html
 */
export const resolveVariables = (text: string, variables: Variables): string =>
  text.replace(/#\{([\w@-]+)\.([\w@-]+)\}/g, (whole, namespace: string, name: string) => {
    const value = variables[namespace]?.[name];
    if (value === undefined) throw new LandfallError(`No action before has exported ${whole}`);
    return value;
  });
