import { names } from "@nx/devkit";
import ts from "typescript";

/** Gives things another name, in all spellings of it. */
export interface Renaming {
  /** A file's path. */
  readonly path: (path: string) => string;
  /** A file's content. TypeScript is parsed, since a name of several words is spelt otherwise where it is an identifier. */
  readonly content: (path: string, content: string) => string;
}

/** A spelling of the old name where it stands as a word, or as part of a word in camel case. */
interface Spelling {
  readonly pattern: RegExp;
  readonly replacement: string;
  /** Instead of `replacement`, where it is an identifier. */
  readonly identifier?: string;
}

function spellingsOf(from: string, to: string): readonly Spelling[] {
  const [old, next] = [names(from), names(to)];
  const [camel, identifier] = [old.propertyName, next.propertyName];
  return [
    // SAMPLE_APP, also in SAMPLE_APP_TABLE
    {
      pattern: word(old.constantName, "(?<![A-Za-z0-9])", "(?![A-Za-z0-9])"),
      replacement: next.constantName,
    },
    // SampleApp, also in loadSampleApp and SampleAppStack
    { pattern: word(old.className, "(?<![A-Z])", "(?![a-z0-9])"), replacement: next.className },
    // sampleApp in sampleAppContract; where the name has several words, standing alone too
    {
      pattern: word(camel, "(?<![A-Za-z0-9])", camel === from ? "(?=[A-Z])" : "(?![a-z0-9])"),
      replacement: identifier,
    },
    // sample-app
    { pattern: word(from, "(?<![A-Za-z0-9])", "(?![A-Za-z0-9])"), replacement: to, identifier },
  ];
}

const word = (text: string, before: string, after: string) => new RegExp(`${before}${text}${after}`, "g");

/**
 * Renames by words: `orders` is not found in `reorders`, and what an app calls its things (`order`) stays.
 *
 * @param from the old name, e.g. `intake`
 * @param to the new name, e.g. `paid-invoices`: becomes `PaidInvoices`, `paidInvoices` and `PAID_INVOICES` where the old one is spelt so
 */
export function renaming(from: string, to: string): Renaming {
  const spellings = spellingsOf(from, to);
  const inText = (text: string) =>
    spellings.reduce((result, { pattern, replacement }) => result.replace(pattern, replacement), text);
  const asIdentifier = (text: string) =>
    spellings.reduce(
      (result, { pattern, replacement, identifier = replacement }) => result.replace(pattern, identifier),
      text,
    );
  return {
    path: inText,
    content: (path, content) =>
      /\.m?ts$/.test(path) ? inSource(path, content, from, inText, asIdentifier) : inText(content),
  };
}

function inSource(
  path: string,
  content: string,
  from: string,
  inText: (text: string) => string,
  asIdentifier: (text: string) => string,
): string {
  let [result, end] = ["", 0];
  for (const { start, text } of identifiersOf(path, content, from)) {
    result += inText(content.slice(end, start)) + asIdentifier(text);
    end = start + text.length;
  }
  return result + inText(content.slice(end));
}

/** The identifiers of a file in order, and types that are the old name as text: most often the key of something. */
function identifiersOf(path: string, content: string, name: string): { start: number; text: string }[] {
  const source = ts.createSourceFile(path, content, ts.ScriptTarget.Latest, true);
  const found: { start: number; text: string }[] = [];
  const visit = (node: ts.Node): void => {
    const isKey = ts.isStringLiteral(node) && ts.isLiteralTypeNode(node.parent) && node.text === name;
    if (ts.isIdentifier(node) || isKey) {
      found.push({ start: node.getStart(source), text: node.getText(source) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Whether a text uses a name as a word, in any spelling. */
export const mentions = (text: string, name: string): boolean =>
  spellingsOf(name, name).some(({ pattern }) => text.search(pattern) >= 0);
