import { isDeepStrictEqual } from "node:util";

import type { Change } from "./plan-json";
import type { AttributeChange } from "./plan-summary";

/** The longest value that is shown, in characters. */
const SHOWN = 60;

const UNKNOWN = "(known after apply)";

/** Names that hint at a secret whose value nobody has marked; that of a thing that only points to one is shown. */
const SECRET_NAME = /passw|passphrase|secret|token|private_?key|credential/i;
const POINTER_NAME = /(?:arn|id|name|url)$/i;

type Step = string | number;

/** A place in a resource, before and after, with Terraform's marks for it. */
interface Node {
  readonly path: readonly Step[];
  readonly before: unknown;
  readonly after: unknown;
  readonly unknown: unknown;
  readonly beforeSensitive: unknown;
  readonly afterSensitive: unknown;
}

/** The attributes that a change touches, by path. What is sensitive on either side is named and never shown. */
export const changedAttributes = (change: Change): AttributeChange[] =>
  changesIn({
    path: [],
    before: change.before,
    after: change.after,
    unknown: change.after_unknown,
    beforeSensitive: change.before_sensitive,
    afterSensitive: change.after_sensitive,
  });

function changesIn(node: Node): AttributeChange[] {
  const { before, after, unknown } = node;
  const same =
    unknown !== true && (isDeepStrictEqual(before, after) || (isNothing(before) && isNothing(after)));
  if (isSensitive(node)) return same ? [] : [{ path: renderPath(node.path), sensitive: true }];
  if (unknown !== true && isBranch(before) && isBranch(after)) {
    const children = childrenOf(before, after, unknown);
    if (children !== undefined) return children.flatMap((step) => changesIn(childOf(node, step)));
  }
  return same && !hasMark(unknown) ? [] : [leafOf(node)];
}

const isSensitive = ({ beforeSensitive, afterSensitive }: Node): boolean =>
  beforeSensitive === true || afterSensitive === true;

/** Providers write one for the other when they read a resource back. */
const isNothing = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === "" ||
  (isBranch(value) && Object.keys(value).length === 0);

const isBranch = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The steps to what is compared one by one; none for lists of unequal length, in which nothing has its place. */
function childrenOf(before: object, after: object, unknown: unknown): Step[] | undefined {
  if (Array.isArray(before) !== Array.isArray(after)) return undefined;
  if (Array.isArray(before) && Array.isArray(after))
    return before.length === after.length ? before.map((_value, index) => index) : undefined;
  const keys = [before, after, isBranch(unknown) ? unknown : {}].flatMap((value) => Object.keys(value));
  return [...new Set(keys)].sort();
}

const childOf = (node: Node, step: Step): Node => ({
  path: [...node.path, step],
  before: at(node.before, step),
  after: at(node.after, step),
  unknown: at(node.unknown, step),
  beforeSensitive: at(node.beforeSensitive, step),
  afterSensitive: at(node.afterSensitive, step),
});

const at = (value: unknown, step: Step): unknown =>
  isBranch(value) ? (value as Readonly<Record<Step, unknown>>)[step] : undefined;

/** Whether something in a tree of marks is marked. */
const hasMark = (marks: unknown): boolean =>
  marks === true || (isBranch(marks) && Object.values(marks).some(hasMark));

function leafOf({ path, before, after, unknown }: Node): AttributeChange {
  const shown = { path: renderPath(path), sensitive: false };
  if (path.some((step) => typeof step === "string" && SECRET_NAME.test(step) && !POINTER_NAME.test(step)))
    return { ...shown, sensitive: true };
  const old = renderValue(before);
  const now = unknown === true ? UNKNOWN : renderValue(after);
  return {
    ...shown,
    ...(old === undefined ? {} : { before: old }),
    ...(now === undefined ? {} : { after: now }),
  };
}

/** A scalar as JSON, the length of a list, and nothing for what is too long to be read. */
function renderValue(value: unknown): string | undefined {
  if (Array.isArray(value)) return `(${value.length} items)`;
  if (isBranch(value)) return undefined;
  const text = JSON.stringify(value ?? null);
  return text.length > SHOWN ? undefined : text;
}

/** e.g. `ingress[0].cidr_blocks` or `tags["cost center"]` */
export const renderPath = (path: readonly Step[]): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    if (!/^[\w-]+$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === "" ? step : `${text}.${step}`;
  }, "");

/** A path as far as it may be shown: up to where everything below is sensitive. */
export function visiblePath(change: Change, path: readonly Step[]): string {
  const marked = (marks: unknown, depth: number) => path.slice(0, depth).reduce(at, marks) === true;
  const cut = path.findIndex(
    (_step, index) => marked(change.before_sensitive, index) || marked(change.after_sensitive, index),
  );
  return renderPath(cut < 0 ? path : path.slice(0, cut));
}
