import { evaluate } from "./evaluate";
import { parseTemplate } from "./expression";

const values: Readonly<Record<string, unknown>> = {
  "aws_sqs_queue.Orders.arn": "arn:orders",
  "aws_vpc.X.0": "by index",
  "data.aws_ssm_parameter.Contract-keys_a_1.insecure_value": "a,b",
};

const read = (text: string) =>
  evaluate(parseTemplate(text), (path) => {
    const name = path.join(".");
    if (!(name in values)) throw new Error(`unknown: ${name}`);
    return values[name];
  });

describe("parseTemplate and evaluate", () => {
  it.each([
    ["plain text", "plain", "plain"],
    ["an empty text", "", ""],
    ["a reference alone", "${aws_sqs_queue.Orders.arn}", "arn:orders"],
    ["a reference inside of text", "x/${aws_sqs_queue.Orders.arn}/*", "x/arn:orders/*"],
    ["an index", "${aws_vpc.X[0]}", "by index"],
    ["a name with hyphens", "${data.aws_ssm_parameter.Contract-keys_a_1.insecure_value}", "a,b"],
    ["a call", '${split(",", data.aws_ssm_parameter.Contract-keys_a_1.insecure_value)}', ["a", "b"]],
    ["an index of a call", '${split(",", "a,b")[1]}', "b"],
    ["a nested call", '${join("-", split(",", "a,b"))}', "a-b"],
    ["a list", '${join("-", ["a", aws_sqs_queue.Orders.arn])}', "a-arn:orders"],
    ["an element", '${element(["a", "b"], 1)}', "b"],
    ["a template inside of a text", '${join("", ["<${aws_sqs_queue.Orders.arn}>"])}', "<arn:orders>"],
    ["an escaped quote", '${join("", ["a\\"b"])}', 'a"b'],
    [
      "a variable of IAM, which Terraform leaves alone",
      "$${aws:PrincipalTag/team}",
      "${aws:PrincipalTag/team}",
    ],
    ["JSON with a reference", '{"a":"${aws_sqs_queue.Orders.arn}"}', '{"a":"arn:orders"}'],
  ])("reads %s", (_, text, value) => {
    expect(read(text)).toEqual(value);
  });

  it.each([
    ["an operator", "${1 + 2}", /expected }/],
    ["a conditional", "${true ? 1 : 2}", /expected }/],
    ["a splat", "${aws_vpc.X[*].id}", /expected a value/],
    ["a directive", "%{ if true }x%{ endif }", /expected no directive/],
    ["an unknown function", '${upper("a")}', /must be one of .*, got: upper/],
    ["an open expression", "${aws_vpc.X", /expected }/],
    ["a list in text", '${split(",", "a,b")}!', /must be a text/],
    ["an unknown reference", "${aws_vpc.Y.id}", /unknown: aws_vpc\.Y\.id/],
  ])("refuses %s", (_, text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
