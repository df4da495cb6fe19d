/**
 * What a Terraform template means, as far as synthesized JSON uses the language: literals, references, indexes, lists
 * and calls. Operators, conditionals and `for` are refused.
 */
export type Expression =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  | { readonly kind: "list"; readonly items: readonly Expression[] }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  /** `aws_s3_bucket.X.arn`: a name, then attributes and indexes. */
  | { readonly kind: "reference"; readonly path: readonly (string | number)[] }
  /** Attributes and indexes of anything but a reference, e.g. `tolist(…)[0]`. */
  | { readonly kind: "access"; readonly of: Expression; readonly path: readonly (string | number)[] };

const NAME = /[A-Za-z_][\w-]*/y;
const NUMBER = /-?\d+(?:\.\d+)?/y;
const SPACE = /\s*/y;
const KEYWORDS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  get done(): boolean {
    return this.at >= this.text.length;
  }

  startsWith(token: string): boolean {
    return this.text.startsWith(token, this.at);
  }

  take(token: string): boolean {
    if (!this.startsWith(token)) return false;
    this.at += token.length;
    return true;
  }

  character(): string {
    const found = this.text[this.at] ?? this.fail("more");
    this.at += 1;
    return found;
  }

  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  fail(expected: string): never {
    throw new Error(
      `the expression must be literals, references, indexes, lists and calls: expected ${expected} at character ` +
        `${this.at + 1}, got: ${this.text}`,
    );
  }
}

/**
 * Reads a string of Terraform's JSON: text with `${…}` in it; `$${` stands for `${` itself.
 *
 * @throws Error where it holds what {@link Expression} does not know
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function parseTemplate(text: string): Expression {
  const reader = new Reader(text);
  const parsed = template(reader, () => reader.done);
  return parsed;
}

/** A template up to where `ended` says so; a lone `${…}` keeps the type of what is in it. */
function template(reader: Reader, ended: () => boolean, character = () => reader.character()): Expression {
  const parts: Expression[] = [];
  let literal = "";
  const flush = () => {
    if (literal !== "") parts.push({ kind: "literal", value: literal });
    literal = "";
  };
  while (!ended()) {
    if (reader.take("$${")) literal += "${";
    else if (reader.take("%%{")) literal += "%{";
    else if (reader.startsWith("%{")) reader.fail("no directive");
    else if (reader.take("${")) {
      flush();
      parts.push(expression(reader));
      if (!reader.take("}")) reader.fail("}");
    } else literal += character();
  }
  flush();
  const [only] = parts;
  if (only === undefined) return { kind: "literal", value: "" };
  return parts.length === 1 ? only : { kind: "template", parts };
}

function expression(reader: Reader): Expression {
  reader.match(SPACE);
  const parsed = withPath(reader, term(reader));
  reader.match(SPACE);
  return parsed;
}

function term(reader: Reader): Expression {
  if (reader.take('"')) return quoted(reader);
  if (reader.take("[")) return { kind: "list", items: items(reader, "]") };
  const number = reader.match(NUMBER);
  if (number !== undefined) return { kind: "literal", value: Number(number) };
  const name = reader.match(NAME) ?? reader.fail("a value");
  if (reader.take("(")) return { kind: "call", name, arguments: items(reader, ")") };
  const keyword = KEYWORDS[name];
  return keyword === undefined ? { kind: "reference", path: [name] } : { kind: "literal", value: keyword };
}

function quoted(reader: Reader): Expression {
  const parsed = template(
    reader,
    () => reader.startsWith('"'),
    () => {
      const character = reader.character();
      if (character !== "\\") return character;
      const escaped = reader.character();
      return { n: "\n", r: "\r", t: "\t" }[escaped] ?? escaped;
    },
  );
  reader.take('"');
  return parsed;
}

function items(reader: Reader, end: string): readonly Expression[] {
  const found: Expression[] = [];
  reader.match(SPACE);
  while (!reader.take(end)) {
    found.push(expression(reader));
    if (reader.take(",")) reader.match(SPACE);
    else if (!reader.startsWith(end)) reader.fail(`, or ${end}`);
  }
  return found;
}

function withPath(reader: Reader, of: Expression): Expression {
  const path: (string | number)[] = [];
  for (;;) {
    if (reader.take("[")) {
      const index = expression(reader);
      if (index.kind !== "literal" || (typeof index.value !== "string" && typeof index.value !== "number")) {
        reader.fail("a literal index");
      }
      if (!reader.take("]")) reader.fail("]");
      path.push(index.value);
    } else if (reader.take(".")) {
      const index = reader.match(/\d+/y);
      path.push(index === undefined ? (reader.match(NAME) ?? reader.fail("an attribute")) : Number(index));
    } else if (path.length === 0) return of;
    else if (of.kind === "reference") return { kind: "reference", path: [...of.path, ...path] };
    else return { kind: "access", of, path };
  }
}
