import { Graph } from "./graph";
import { fromJson } from "./json-text";
import { Reference, Template, Unknown, type Value } from "./value";

/** What documents come to: the JSON of the one named `d`. */
function document(documents: Record<string, object>, more: object = {}): Value {
  const graph = new Graph({
    stacks: {
      s: { data: { aws_iam_policy_document: documents }, resource: { aws_s3_bucket: { b: {} } }, ...more },
    },
  });
  const found = graph.ofType("data.aws_iam_policy_document").find(({ name }) => name === "d");
  if (!found) throw new Error("no document");
  return graph.attribute(found, "json");
}

const statements = (documents: Record<string, object>, more?: object): Value => {
  const parsed = fromJson(document(documents, more));
  return parsed instanceof Unknown ? parsed : ((parsed as { Statement: Value }).Statement ?? null);
};

const plain = (sid: string, actions: readonly string[] = ["s3:GetObject"]) => ({
  sid,
  actions,
  resources: ["*"],
});

describe("policyDocumentOf", () => {
  it("writes statements as IAM does", () => {
    const d = {
      statement: [
        {
          sid: "Read",
          actions: ["s3:GetObject"],
          resources: ["${aws_s3_bucket.b.arn}/*"],
          principals: [
            { type: "AWS", identifiers: ["arn:aws:iam::111111111111:root"] },
            { type: "AWS", identifiers: ["arn:aws:iam::222222222222:root"] },
            { type: "Service", identifiers: ["s3.amazonaws.com"] },
          ],
          condition: [
            { test: "StringEquals", variable: "aws:SourceAccount", values: ["111111111111"] },
            { test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o-1"] },
          ],
        },
        {
          effect: "Deny",
          not_actions: ["s3:*"],
          not_resources: ["*"],
          not_principals: { type: "*", identifiers: ["*"] },
        },
      ],
    };
    expect(statements({ d })).toEqual([
      {
        Sid: "Read",
        Effect: "Allow",
        Principal: {
          AWS: ["arn:aws:iam::111111111111:root", "arn:aws:iam::222222222222:root"],
          Service: ["s3.amazonaws.com"],
        },
        Action: ["s3:GetObject"],
        Resource: [new Template([expect.any(Reference) as Reference, "/*"])],
        Condition: {
          StringEquals: { "aws:SourceAccount": ["111111111111"], "aws:PrincipalOrgID": ["o-1"] },
        },
      },
      { Effect: "Deny", NotPrincipal: "*", NotAction: ["s3:*"], NotResource: ["*"] },
    ]);
  });

  it("writes IAM's own variables as IAM does", () => {
    const d = { statement: { actions: ["s3:*"], resources: ["arn:aws:s3:::home/&{aws:username}"] } };
    expect(statements({ d })).toMatchObject([{ Resource: ["arn:aws:s3:::home/${aws:username}"] }]);
  });

  it("builds on others, whose statements it overrides by Sid", () => {
    const documents = {
      base: { statement: [plain("A"), plain("B")] },
      over: { statement: [plain("C", ["s3:Over"])] },
      d: {
        source_policy_documents: ["${data.aws_iam_policy_document.base.json}"],
        statement: [plain("B", ["s3:Own"]), plain("C")],
        override_policy_documents: ["${data.aws_iam_policy_document.over.json}"],
      },
    };
    expect(statements(documents)).toMatchObject([
      { Sid: "A" },
      { Sid: "B", Action: ["s3:Own"] },
      { Sid: "C", Action: ["s3:Over"] },
    ]);
  });

  it("writes dynamic statements and conditions", () => {
    const d = {
      dynamic: {
        statement: {
          for_each: ["a", "b"],
          content: {
            sid: "${statement.value}",
            dynamic: {
              condition: {
                for_each: [1],
                content: { test: "Bool", variable: "x", values: ["${statement.key}"] },
              },
            },
          },
        },
      },
    };
    expect(statements({ d })).toMatchObject([
      { Sid: "a", Condition: { Bool: { x: [0] } } },
      { Sid: "b", Condition: { Bool: { x: [1] } } },
    ]);
  });

  it.each<[string, object]>([
    ["statements", { dynamic: { statement: { for_each: "${var.x}", content: {} } } }],
    ["principals", { statement: { dynamic: { principals: { for_each: "${var.x}", content: {} } } } }],
    ["conditions", { statement: { dynamic: { condition: { for_each: "${var.x}", content: {} } } } }],
    ["a principal's type", { statement: { principals: { type: "${var.x}", identifiers: [] } } }],
    ["a condition's test", { statement: { condition: { test: "${var.x}", variable: "y", values: [] } } }],
    ["a condition's values", { statement: { condition: { test: "x", variable: "y", values: "${var.x}" } } }],
    ["what it builds on", { source_policy_documents: ["${var.x}"] }],
    ["what overrides it", { override_policy_documents: ["{ no JSON"] }],
  ])("is not known, or not in whole, where %s can't be", (_, d) => {
    const found = statements({ d });
    const hidden = (value: Value): boolean =>
      value instanceof Unknown ||
      (typeof value === "object" &&
        value !== null &&
        Object.values(value).some((each: Value) => hidden(each)));
    expect(hidden(found)).toBe(true);
  });
});
