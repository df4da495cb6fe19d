import { FUNCTIONS } from "./functions";
import { each } from "./loop";
import { type Accessor, type Node, type Scope, traverse } from "./traverse";
import { concatenate, equal, isList, Unknown, type Value } from "./value";

/** A text that is no expression, or one that this parser does not know. */
export class SyntaxProblem extends Error {}

const logical = (value: Value, decide: (value: boolean) => Value): Value =>
  typeof value === "boolean" ? decide(value) : value instanceof Unknown ? value : new Unknown("no boolean");

/** Reads the part of Terraform's expression language that cdktf writes. Text in, a function of the scope out. */
export class Parser {
  private at = 0;

  constructor(private readonly source: string) {}

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
      if (this.source.startsWith("$${", this.at)) {
        text += "${";
        this.at += 3;
      } else if (this.source.startsWith("%{", this.at)) {
        throw new SyntaxProblem("a template directive");
      } else if (this.source.startsWith("${", this.at)) {
        this.at += 2;
        flush();
        parts.push(this.expression());
        this.expect("}");
      } else if (end === '"' && this.source[this.at] === "\\") {
        const escaped = this.source[this.at + 1] ?? "";
        text += { n: "\n", t: "\t", r: "\r" }[escaped] ?? escaped;
        this.at += 2;
      } else {
        text += this.source[this.at];
        this.at += 1;
      }
    }
    const [only] = parts;
    if (only && parts.length === 1 && text === "") return only;
    flush();
    return (scope) => concatenate(parts.map((part) => part(scope)));
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
    const left = this.unary();
    if (this.take("==")) {
      const right = this.unary();
      return (scope) => equal(left(scope), right(scope));
    }
    if (this.take("!=")) {
      const right = this.unary();
      return (scope) => logical(equal(left(scope), right(scope)), (value) => !value);
    }
    return left;
  }

  private unary(): Node {
    if (!this.take("!")) return this.postfix();
    const operand = this.unary();
    return (scope) => logical(operand(scope), (value) => !value);
  }

  private postfix(): Node {
    this.space();
    const root = this.match(/[A-Za-z_][\w-]*/y);
    if (root === undefined) return this.withAccessors(this.primary());
    if (root === "true" || root === "false") return () => root === "true";
    if (root === "null") return () => null;
    if (this.take("(")) return this.withAccessors(this.call(root));
    const accessors = this.accessors();
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
      if (this.take("[*]") || this.take(".*")) found.push(() => "splat");
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
    const number = this.match(/\d+(\.\d+)?/y);
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
    const values = this.items(")");
    return (scope) => {
      const implementation = FUNCTIONS[name];
      return implementation
        ? implementation(...values.map((value) => value(scope)))
        : new Unknown(`the function ${name}() is not known here`);
    };
  }

  private list(): Node {
    const items = this.items("]");
    return (scope) => items.map((item) => item(scope));
  }

  private items(end: string): Node[] {
    const items: Node[] = [];
    while (!this.take(end)) {
      items.push(this.expression());
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
    return (scope) => Object.fromEntries(entries.map(([key, value]) => [String(key(scope)), value(scope)]));
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
    const condition = this.condition("}");
    return (scope) => {
      const pairs = each(collection(scope), bind, scope, condition, (inner) => [key(inner), value(inner)]);
      if (!isList(pairs)) return pairs;
      return Object.fromEntries(
        pairs.map((pair) => (isList(pair) ? [String(pair[0]), pair[1] ?? null] : ["", null])),
      );
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
