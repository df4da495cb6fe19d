import { FUNCTIONS } from "./functions";
import { each } from "./loop";
import { groupsOf, objectOf } from "./objects";
import { arithmetic, compare, logical, negate } from "./operators";
import { type Accessor, type Node, type Scope, traverse } from "./traverse";
import { concatenate, equal, isList, Unknown, type Value } from "./value";

/** A text that is no expression, or one that this parser does not know. */
export class SyntaxProblem extends Error {}

const SUMS = ["+", "-"] as const;
const PRODUCTS = ["*", "/", "%"] as const;
const COMPARISONS = ["<=", ">=", "<", ">"] as const;

/** What an expression refers to: its root and the names that follow, e.g. `["aws_vpc", "Vpc", "id"]`. */
export type Name = readonly string[];

/** Reads Terraform's expression language, as cdktf and people write it in JSON. Text in, a function of the scope out. */
export class Parser {
  private at = 0;
  private readonly names: Name[] = [];

  constructor(private readonly source: string) {}

  /** What the text that was read refers to, variables of its own loops among it. */
  get references(): readonly Name[] {
    return this.names;
  }

  /** A string of Terraform JSON: text with `${…}` in it. */
  template(end?: string): Node {
    const parts: Node[] = [];
    let text = "";
    const flush = () => {
      const value = text;
      if (value !== "") parts.push(() => value);
      text = "";
    };
    while (this.at < this.source.length && this.source[this.at] !== end) {
      if (this.source.startsWith("$${", this.at) || this.source.startsWith("%%{", this.at)) {
        text += this.source.slice(this.at + 1, this.at + 3);
        this.at += 3;
      } else if (this.source.startsWith("%{", this.at)) {
        throw new SyntaxProblem("a template directive");
      } else if (this.source.startsWith("${", this.at)) {
        this.at += 2;
        flush();
        this.take("~");
        parts.push(this.expression());
        this.take("~");
        this.expect("}");
      } else if (end === '"' && this.source[this.at] === "\\") {
        text += this.escape();
      } else {
        text += this.match(/[^$%"\\]+/y) ?? this.source[this.at++];
      }
    }
    const [only] = parts;
    if (only && parts.length === 1 && text === "") return only;
    flush();
    return (scope) => concatenate(parts.map((part) => part(scope)));
  }

  private escape(): string {
    const code = this.match(/\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})/y);
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code.slice(2), 16));
    const escaped = this.source[this.at + 1] ?? "";
    this.at += 2;
    return { n: "\n", t: "\t", r: "\r" }[escaped] ?? escaped;
  }

  private expression(): Node {
    const condition = this.or();
    if (!this.take("?")) return condition;
    const yes = this.expression();
    this.expect(":");
    const no = this.expression();
    return (scope) => logical(condition(scope), (value) => (value ? yes(scope) : no(scope)));
  }

  private or(): Node {
    const left = this.and();
    if (!this.take("||")) return left;
    const right = this.or();
    return (scope) => logical(left(scope), (value) => value || right(scope));
  }

  private and(): Node {
    const left = this.equality();
    if (!this.take("&&")) return left;
    const right = this.and();
    return (scope) => logical(left(scope), (value) => value && right(scope));
  }

  private equality(): Node {
    const left = this.comparison();
    if (this.take("==")) {
      const right = this.comparison();
      return (scope) => equal(left(scope), right(scope));
    }
    if (this.take("!=")) {
      const right = this.comparison();
      return (scope) => logical(equal(left(scope), right(scope)), (value) => !value);
    }
    return left;
  }

  private comparison(): Node {
    const left = this.sum();
    const operator = COMPARISONS.find((each) => this.take(each));
    if (operator === undefined) return left;
    const right = this.sum();
    return (scope) => compare(operator, left(scope), right(scope));
  }

  private sum(): Node {
    return this.chain(SUMS, () => this.chain(PRODUCTS, () => this.unary()));
  }

  private chain(operators: readonly ("+" | "-" | "*" | "/" | "%")[], operand: () => Node): Node {
    let node = operand();
    for (;;) {
      const operator = operators.find((each) => this.take(each));
      if (operator === undefined) return node;
      const [left, right] = [node, operand()];
      node = (scope) => arithmetic(operator, left(scope), right(scope));
    }
  }

  private unary(): Node {
    if (this.take("!")) {
      const operand = this.unary();
      return (scope) => logical(operand(scope), (value) => !value);
    }
    if (this.take("-")) {
      const operand = this.unary();
      return (scope) => negate(operand(scope));
    }
    return this.postfix();
  }

  private postfix(): Node {
    this.space();
    const root = this.match(/[A-Za-z_][\w-]*/y);
    if (root === undefined) return this.withAccessors(this.primary());
    if (root === "true" || root === "false") return () => root === "true";
    if (root === "null") return () => null;
    if (this.take("(")) return this.withAccessors(this.call(root));
    const from = this.at;
    const accessors = this.accessors();
    this.names.push([root, ...namesIn(this.source.slice(from, this.at))]);
    return (scope) => {
      const steps = accessors.map((accessor) => accessor(scope));
      const variable = scope.variables[root];
      if (variable !== undefined) return traverse(variable, steps);
      const { value, rest } = scope.resolve(root, steps);
      return traverse(value, rest);
    };
  }

  private withAccessors(node: Node): Node {
    const accessors = this.accessors();
    return (scope) =>
      traverse(
        node(scope),
        accessors.map((accessor) => accessor(scope)),
      );
  }

  private accessors(): ((scope: Scope) => Accessor)[] {
    const found: ((scope: Scope) => Accessor)[] = [];
    for (;;) {
      if (this.take("[*]")) found.push(() => "splat");
      else if (this.take(".*")) found.push(() => "attribute-splat");
      else if (this.ahead("...")) return found;
      else if (this.take("[")) {
        const index = this.expression();
        this.expect("]");
        found.push((scope) => ({ index: index(scope) }));
      } else if (this.take(".")) {
        const name = this.match(/[A-Za-z_][\w-]*|\d+/y);
        if (name === undefined) throw new SyntaxProblem("a name after '.'");
        found.push(() => ({ name }));
      } else return found;
    }
  }

  private primary(): Node {
    const number = this.match(/\d+(\.\d+)?([eE][+-]?\d+)?/y);
    if (number !== undefined) return () => Number(number);
    if (this.take('"')) {
      const text = this.template('"');
      this.expect('"');
      return text;
    }
    if (this.take("(")) {
      const inner = this.expression();
      this.expect(")");
      return inner;
    }
    if (this.take("[")) return this.keyword("for") ? this.listFor() : this.list();
    if (this.take("{")) return this.keyword("for") ? this.objectFor() : this.object();
    throw new SyntaxProblem(`'${this.source.slice(this.at, this.at + 12)}'`);
  }

  private call(name: string): Node {
    const items = this.items(")");
    return (scope) => {
      const implementation = FUNCTIONS[name];
      if (!implementation) return new Unknown(`the function ${name}() is not known here`);
      const values: Value[] = [];
      for (const { node, spread } of items) {
        const value = node(scope);
        if (!spread) values.push(value);
        else if (isList(value)) values.push(...value);
        else return value instanceof Unknown ? value : new Unknown(`${name}() of no list`);
      }
      return implementation(...values);
    };
  }

  private list(): Node {
    const items = this.items("]");
    return (scope) => items.map(({ node }) => node(scope));
  }

  private items(end: string): { readonly node: Node; readonly spread: boolean }[] {
    const items: { readonly node: Node; readonly spread: boolean }[] = [];
    while (!this.take(end)) {
      items.push({ node: this.expression(), spread: this.take("...") });
      if (!this.take(",")) {
        this.expect(end);
        break;
      }
    }
    return items;
  }

  private object(): Node {
    const entries: (readonly [Node, Node])[] = [];
    while (!this.take("}")) {
      this.space();
      const name = this.match(/[A-Za-z_][\w-]*(?=\s*[=:])/y);
      const key: Node = name === undefined ? this.expression() : () => name;
      if (!this.take("=")) this.expect(":");
      entries.push([key, this.expression()]);
      if (!this.take(",")) {
        this.expect("}");
        break;
      }
    }
    return (scope) => objectOf(entries.map(([key, value]) => [key(scope), value(scope)] as const));
  }

  /** `for s in list : value if condition`, up to the closing bracket. */
  private loop(): { collection: Node; bind: (element: Value, key: Value, scope: Scope) => Scope } {
    const names = [this.identifier()];
    if (this.take(",")) names.push(this.identifier());
    if (!this.keyword("in")) throw new SyntaxProblem("'in' of a for expression");
    const collection = this.expression();
    this.expect(":");
    const value = names.at(-1) ?? "";
    const key = names.length > 1 ? names[0] : undefined;
    return {
      collection,
      bind: (element, at, scope) => ({
        ...scope,
        variables: { ...scope.variables, [value]: element, ...(key === undefined ? {} : { [key]: at }) },
      }),
    };
  }

  private listFor(): Node {
    const { collection, bind } = this.loop();
    const value = this.expression();
    const condition = this.condition("]");
    return (scope) => each(collection(scope), bind, scope, condition, (inner) => value(inner));
  }

  private objectFor(): Node {
    const { collection, bind } = this.loop();
    const key = this.expression();
    this.expect("=>");
    const value = this.expression();
    const isGrouped = this.take("...");
    const condition = this.condition("}");
    return (scope) => {
      const pairs = each(collection(scope), bind, scope, condition, (inner) => [key(inner), value(inner)]);
      if (!isList(pairs)) return pairs;
      const entries = pairs.map((pair) =>
        isList(pair) ? ([pair[0] ?? null, pair[1] ?? null] as const) : ([null, null] as const),
      );
      return isGrouped ? objectOf(groupsOf(entries)) : objectOf(entries);
    };
  }

  private condition(end: string): Node {
    const condition: Node = this.keyword("if") ? this.expression() : () => true;
    this.expect(end);
    return condition;
  }

  private identifier(): string {
    this.space();
    const name = this.match(/[A-Za-z_][\w-]*/y);
    if (name === undefined) throw new SyntaxProblem("a name");
    return name;
  }

  private keyword(word: string): boolean {
    this.space();
    return this.match(new RegExp(`${word}(?![\\w-])`, "y")) !== undefined;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private space(): void {
    this.match(/\s*/y);
  }

  private ahead(token: string): boolean {
    return this.source.startsWith(token, this.at);
  }

  private take(token: string): boolean {
    const start = this.at;
    this.space();
    if (!this.source.startsWith(token, this.at)) {
      this.at = start;
      return false;
    }
    this.at += token.length;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw new SyntaxProblem(`'${token}' at ${this.at}`);
  }
}

/** The names that follow a root for certain: `.Vpc.id` gives `Vpc` and `id`, `["a"]` gives `a`. */
function namesIn(accessors: string): readonly string[] {
  const start = /^(?:\.[A-Za-z_][\w-]*|\["[^"$]*"\])+/.exec(accessors)?.[0] ?? "";
  return [...start.matchAll(/\.([\w-]+)|\["([^"]*)"\]/g)].map(([, name, index]) => name ?? index ?? "");
}
