import { LandfallError, NAME_LIMITS, type Problem, REGIONS } from "@landfall/core";
import { names, type Tree } from "@nx/devkit";
import ts from "typescript";
import { zoneNames } from "./workspace-names";

/** Characters that a name must leave to a function, in the name of the function's role. */
const FUNCTION_ROOM = 12;

const PATTERN = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** What is wrong with the name of a stack or an app: it becomes part of names in AWS, an identifier, a folder and an Nx project. */
export function stackNameProblems(tree: Tree, name: string, kind: "apps" | "stacks"): Problem[] {
  const other = kind === "apps" ? "stacks" : "apps";
  const most = roleRoom(tree) - FUNCTION_ROOM - 1;
  return problemsOf("name", name, [
    ...spellingRules(name),
    {
      valid: name.length <= most,
      allowed: `at most ${most} characters: the names of roles hold 64, and also the zone, a function and the region`,
    },
    {
      valid: !tree.exists(`${other}/${name}`),
      allowed: `a name that no other stack has: ${other}/${name} is there`,
    },
    {
      valid: !/^zones?($|-)/.test(name),
      allowed: "without zone as its first word: projects of that name are the zones",
    },
  ]);
}

/** What is wrong with the name of a function of an app. */
export function functionNameProblems(tree: Tree, name: string, app: string): Problem[] {
  const most = roleRoom(tree) - app.length - 1;
  return problemsOf("name", name, [
    ...spellingRules(name),
    {
      valid: name.length <= most,
      allowed: `at most ${most} characters: the name of its role holds 64, and also the zone, ${app} and the region`,
    },
  ]);
}

/** @throws LandfallError with every problem, where there is one */
export function refuse(what: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new LandfallError(`Can't make ${what}:`, problems);
}

/** Characters that `<zone>-…-<region>` leaves in the name of a role, in the zone with the longest name. */
function roleRoom(tree: Tree): number {
  const longest = (all: readonly string[]) => Math.max(0, ...all.map(({ length }) => length));
  return NAME_LIMITS.role - longest(zoneNames(tree)) - longest(REGIONS) - 2;
}

interface Rule {
  readonly valid: boolean;
  readonly allowed: string;
}

const spellingRules = (name: string): Rule[] => [
  {
    valid: PATTERN.test(name),
    allowed: "lower-case words of letters and digits, joined by hyphens, a letter first, e.g. paid-invoices",
  },
  {
    valid: !isKeyword(names(name).propertyName),
    allowed: "no word of TypeScript's own: it becomes an identifier",
  },
];

const isKeyword = (text: string): boolean => {
  const kind = ts.identifierToKeywordKind(ts.factory.createIdentifier(text));
  return kind !== undefined && kind <= ts.SyntaxKind.LastReservedWord;
};

const problemsOf = (path: string, given: unknown, rules: readonly Rule[]): Problem[] =>
  rules.filter(({ valid }) => !valid).map(({ allowed }) => ({ path, given, allowed }));
