import { elements, parseXml, textAt } from "./xml";

const ANSWER = `<?xml version="1.0"?>
<!-- as the API answers -->
<Rules xmlns="http://example.com/">
  <member><Arn>a&amp;b &#233;&#x263A;</Arn><Empty/></member>
  <member><Arn> c </Arn></member>
</Rules>`;

describe("parseXml", () => {
  it("reads elements, text and entities", () => {
    const root = parseXml(ANSWER);
    expect(root.name).toBe("Rules");
    expect(elements(root, "member", "Arn").map(({ text }) => text)).toEqual(["a&b é☺", "c"]);
    expect(textAt(root, "member", "Empty")).toBe("");
    expect(textAt(root, "member", "Missing")).toBeUndefined();
  });

  it.each(["", "plain", "<a><b></a>", "<a>", "</a>"])("refuses %p", (xml) => {
    expect(() => parseXml(xml)).toThrow(/XML/);
  });
});
