/** An element, as the AWS API's answers need it: attributes are left out. */
export interface XmlElement {
  readonly name: string;
  /** Without the white space around it; empty where there are children. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

const TOKEN = /<\?[^>]*\?>|<!--[\s\S]*?-->|<(\/?)([\w:.-]+)[^>]*?(\/?)>|([^<]+)/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

const unescape = (text: string): string =>
  text.replace(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      return ENTITIES[name ?? ""] ?? whole;
    },
  );

/**
 * Reads the XML that the AWS API answers with: elements and text, no CDATA and no attributes.
 *
 * @returns the root element
 * @throws Error when there is none, or a tag is not closed
 */
export function parseXml(xml: string): XmlElement {
  interface Open {
    readonly name: string;
    text: string;
    readonly children: XmlElement[];
  }
  const document: Open = { name: "", text: "", children: [] };
  const open: Open[] = [document];
  for (const [, closing, name, selfClosing, text] of xml.matchAll(TOKEN)) {
    const top = open.at(-1) ?? document;
    if (text !== undefined) top.text += unescape(text);
    if (name === undefined) continue;
    if (closing === "/") {
      if (open.pop()?.name !== name) throw new Error(`The XML closes ${name}, which is not open`);
      const parent = open.at(-1) ?? document;
      parent.children.push({ ...top, text: top.children.length > 0 ? "" : top.text.trim() });
    } else if (selfClosing === "/") top.children.push({ name, text: "", children: [] });
    else open.push({ name, text: "", children: [] });
  }
  const [root] = document.children;
  if (open.length !== 1 || root === undefined) throw new Error("The XML has no root element that is closed");
  return root;
}

/** The elements at the end of a path of names, in the order of the document, e.g. `elements(root, "Rules", "member")`. */
export const elements = (from: XmlElement, ...path: readonly string[]): readonly XmlElement[] =>
  path.reduce<readonly XmlElement[]>(
    (found, name) => found.flatMap(({ children }) => children.filter((child) => child.name === name)),
    [from],
  );

/** The text of the first element at the end of a path; undefined when there is no such element. */
export const textAt = (from: XmlElement, ...path: readonly string[]): string | undefined =>
  elements(from, ...path)[0]?.text;
