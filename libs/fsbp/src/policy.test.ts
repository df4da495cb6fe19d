import { Reference, type Resource, Template, Unknown, type Value } from "@landfall/terraform-graph";
import { type PolicyStatement, statementsOf } from "./policy";
import { binds, coversAction, isPublic, matches } from "./public-access";

const BUCKET: Resource = {
  stack: "s",
  type: "aws_s3_bucket",
  name: "b",
  address: "aws_s3_bucket.b",
  label: "s/aws_s3_bucket.b",
  account: undefined,
  region: undefined,
  config: {},
  variables: {},
  uncertain: false,
  metadata: {},
};
const arn = new Reference(BUCKET, "arn");
const hidden = new Unknown("var.x is given at the apply");

const policy = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** The only statement of a policy. */
function statement(content: object): PolicyStatement {
  const statements = statementsOf(policy({ Effect: "Allow", Action: "s3:*", Resource: "*", ...content }));
  if (statements === null || statements instanceof Unknown || !statements[0]) throw new Error("no statement");
  return statements[0];
}

describe("statementsOf", () => {
  it("makes lists of what stands alone, and names a statement without a Sid", () => {
    expect(statementsOf('{"Statement":{"Effect":"Deny","Action":"s3:*","Principal":"*"}}')).toEqual([
      {
        name: "statement 1",
        effect: "Deny",
        principals: [{ type: "*", id: "*" }],
        notPrincipal: false,
        actions: ["s3:*"],
        notActions: [],
        resources: [],
        notResources: [],
        conditions: [],
      },
    ]);
  });

  it("takes conditions by operator and key, whose case says nothing", () => {
    expect(statement({ Condition: { StringLike: { "AWS:SourceArn": ["a", "b"] } } }).conditions).toEqual([
      { operator: "StringLike", key: "aws:sourcearn", values: ["a", "b"] },
    ]);
  });

  it("keeps what only AWS knows as a part of resources, principals and conditions", () => {
    const text = new Template([
      '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":["',
      arn,
      '","',
      arn,
      '/*"],"Principal":{"AWS":"',
      arn,
      '"}}]}',
    ]);
    expect(statementsOf(text)).toMatchObject([
      { resources: [arn, new Template([arn, "/*"])], principals: [{ type: "AWS", id: arn }] },
    ]);
  });

  it("knows of no policy where there is none", () => {
    expect([statementsOf(null), statementsOf("")]).toEqual([null, null]);
  });

  it.each<[string, Value, RegExp]>([
    ["hidden", hidden, /var\.x/],
    ["what only AWS knows", arn, /not known before the apply/],
    ["no JSON", "{", /no JSON/],
    ["no object", "[]", /no JSON object/],
    ["hidden in part", new Template(['{"Statement":[{"Resource":"', hidden, '"}]}']), /var\.x/],
    ["hidden in a part of a text", new Template(['{"Statement":[{"Resource":"a', hidden, '"}]}']), /var\.x/],
    [
      "hidden in a key",
      new Template(['{"Statement":[{"Condition":{"Bool":{"', hidden, ':x":"y"}}}]}']),
      /var\.x/,
    ],
    ["of an action that only AWS knows", new Template(['{"Statement":[{"Action":"', arn, '"}]}']), /action/],
  ])("does not know a policy that is %s", (_, value, reason) => {
    expect(statementsOf(value)).toMatchObject({ reason: expect.stringMatching(reason) });
  });
});

describe("isPublic", () => {
  it.each<[string, object, boolean]>([
    ["everyone", { Principal: "*" }, true],
    ["every AWS account", { Principal: { AWS: ["*"] } }, true],
    ["everyone but some", { NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" } }, true],
    ["an account", { Principal: { AWS: "123456789012" } }, false],
    ["a service", { Principal: { Service: "s3.amazonaws.com" } }, false],
    ["everyone, refused", { Effect: "Deny", Principal: "*" }, false],
    [
      "everyone of an account",
      { Principal: "*", Condition: { StringEquals: { "aws:SourceAccount": "123456789012" } } },
      false,
    ],
    [
      "everyone of any account",
      { Principal: "*", Condition: { StringLike: { "aws:SourceAccount": "*" } } },
      true,
    ],
    [
      "everyone but an account",
      { Principal: "*", Condition: { StringNotEquals: { "aws:SourceAccount": "1" } } },
      true,
    ],
    ["everyone over TLS", { Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }, true],
    [
      "everyone from everywhere",
      { Principal: "*", Condition: { IpAddress: { "aws:SourceIp": "0.0.0.0/0" } } },
      true,
    ],
    [
      "everyone from somewhere",
      { Principal: "*", Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } },
      false,
    ],
    [
      "everyone as they are",
      { Principal: "*", Condition: { StringEquals: { "aws:userid": "${aws:userid}" } } },
      true,
    ],
    [
      "a topic of an account",
      { Principal: "*", Condition: { ArnLike: { "aws:SourceArn": "arn:aws:sns:eu-west-1:123456789012:*" } } },
      false,
    ],
    [
      "a topic of any account",
      { Principal: "*", Condition: { ArnLike: { "aws:SourceArn": "arn:aws:sns:*:*:*" } } },
      true,
    ],
  ])("of %s", (_, content, expected) => {
    expect(isPublic(statement(content))).toBe(expected);
  });

  it("takes what refers to a resource of the configuration for fixed", () => {
    expect(binds({ operator: "ArnEquals", key: "aws:sourcearn", values: [arn] })).toBe(true);
    expect(binds({ operator: "ArnEquals", key: "aws:sourcearn", values: [] })).toBe(false);
  });
});

describe("patterns", () => {
  it.each([
    ["s3:*", "s3:GetObject", true],
    ["S3:get*", "s3:GetObject", true],
    ["s3:Get?bject", "s3:GetObject", true],
    ["s3:Get", "s3:GetObject", false],
    ["arn:aws:s3:::a.b/*", "arn:aws:s3:::axb/c", false],
  ])("%s on %s", (pattern, text, expected) => {
    expect(matches(pattern, text)).toBe(expected);
  });

  it("cover an action by what is allowed, or by what is not left out", () => {
    expect(coversAction(statement({ Action: ["sqs:*", "s3:Put*"] }), "s3:PutObject")).toBe(true);
    expect(coversAction(statement({ Action: undefined, NotAction: "iam:*" }), "s3:PutObject")).toBe(true);
    expect(coversAction(statement({ Action: undefined, NotAction: "s3:*" }), "s3:PutObject")).toBe(false);
  });
});
