import { findingsOf, describeRule } from "../testing/cases";
import { lambdaRules } from "./lambda";

const rule = (id: string) => {
  const found = lambdaRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const permission = (config: object, more: Record<string, Record<string, object>> = {}) => ({
  aws_lambda_permission: { may: { action: "lambda:InvokeFunction", function_name: "sort", ...config } },
  ...more,
});
const bucket = { aws_s3_bucket: { inbox: {} } };
const url = (authorization_type: string) => ({
  aws_lambda_function_url: { url: { function_name: "sort", authorization_type } },
});
const S3_PRINCIPAL = { principal: "s3.amazonaws.com", source_arn: "${aws_s3_bucket.inbox.arn}" };

describeRule(rule("Lambda.1"), {
  compliant: [
    { of: "a service", resource: permission({ principal: "events.amazonaws.com" }) },
    { of: "an account", resource: permission({ principal: "123456789012" }) },
    {
      of: "a role of the configuration",
      resource: permission({ principal: "${aws_iam_role.r.arn}" }, { aws_iam_role: { r: {} } }),
    },
    {
      of: "S3 for an account",
      resource: permission({ ...S3_PRINCIPAL, source_account: "123456789012" }, bucket),
    },
    {
      of: "S3 for the account in which it is deployed",
      resource: permission(
        { ...S3_PRINCIPAL, source_account: "${data.aws_caller_identity.me.account_id}" },
        bucket,
      ),
      rest: { data: { aws_caller_identity: { me: {} } } },
    },
    {
      of: "everyone in the organization",
      resource: permission({ principal: "*", principal_org_id: "o-abcd1234" }),
    },
    {
      of: "everyone from one API",
      resource: permission(
        { principal: "*", source_arn: "${aws_apigatewayv2_api.a.execution_arn}/*/*" },
        { aws_apigatewayv2_api: { a: {} } },
      ),
    },
    { of: "a URL for those who sign", resource: url("AWS_IAM") },
  ],
  nonCompliant: [
    { of: "everyone", resource: permission({ principal: "*" }), path: "principal" },
    {
      of: "a principal with a wildcard",
      resource: permission({ principal: "arn:aws:iam::*:role/admin" }),
      path: "principal",
    },
    {
      of: "everyone through the URL",
      resource: permission({ principal: "*", function_url_auth_type: "NONE" }),
      path: "principal",
    },
    {
      of: "everyone from anywhere",
      resource: permission({ principal: "*", source_arn: "arn:aws:s3:::*" }),
      path: "principal",
    },
    {
      of: "S3 for a bucket of nobody knows whom",
      resource: permission(S3_PRINCIPAL, bucket),
      path: "source_account",
    },
    {
      of: "S3 for accounts with a wildcard",
      resource: permission({ ...S3_PRINCIPAL, source_account: "1234*" }, bucket),
      path: "source_account",
    },
    { of: "a URL for everyone", resource: url("NONE"), path: "authorization_type" },
  ],
  unknown: [
    { of: "a principal by a variable", resource: permission({ principal: "${var.who}" }) },
    {
      of: "a principal in part by a variable",
      resource: permission({ principal: "arn:aws:iam::${var.a}:root" }),
    },
    {
      of: "S3 for an account by a variable",
      resource: permission({ ...S3_PRINCIPAL, source_account: "${var.account}" }, bucket),
    },
    {
      of: "everyone from a source by a variable",
      resource: permission({ principal: "*", source_arn: "arn:aws:events:${var.rest}" }),
    },
    { of: "a URL's authorization by a variable", resource: url("${var.auth}") },
  ],
});

const lambda = (config: object, more: Record<string, Record<string, object>> = {}) => ({
  aws_lambda_function: { sort: { function_name: "sort", role: "r", ...config } },
  ...more,
});

describeRule(rule("Lambda.2"), {
  compliant: [{ of: "a supported runtime", resource: lambda({ runtime: "nodejs22.x" }) }],
  nonCompliant: [
    {
      of: "a runtime that is no longer supported",
      resource: lambda({ runtime: "nodejs18.x" }),
      path: "runtime",
    },
    { of: "a zip without a runtime", resource: lambda({ package_type: "Zip" }), path: "runtime" },
  ],
  unknown: [
    { of: "a runtime by a variable", resource: lambda({ runtime: "${var.runtime}" }) },
    {
      of: "a package by a variable",
      resource: lambda({ runtime: "nodejs18.x", package_type: "${var.type}" }),
    },
  ],
  notApplicable: [
    { of: "an image", resource: lambda({ package_type: "Image", image_uri: "r:1" }) },
    { of: "a runtime of one's own", resource: lambda({ runtime: "provided.al2023" }) },
  ],
});

const subnets = (zones: Record<string, object>) => ({ aws_subnet: zones });
const inVpc = (subnet_ids: unknown, zones: Record<string, object> = {}) =>
  lambda({ vpc_config: { subnet_ids, security_group_ids: ["sg-1"] } }, subnets(zones));
const A = { availability_zone: "eu-west-1a" };
const B = { availability_zone: "eu-west-1b" };
const BOTH = ["${aws_subnet.a.id}", "${aws_subnet.b.id}"];
const byOrder = (index: number) => ({
  availability_zone: `\${data.aws_availability_zones.here.names[${index}]}`,
});
const zonesHere = { data: { aws_availability_zones: { here: {} } } };

describeRule(rule("Lambda.5"), {
  compliant: [
    { of: "subnets in two zones", resource: inVpc(BOTH, { a: A, b: B }) },
    {
      of: "subnets in two zones, by their ids",
      resource: inVpc(BOTH, {
        a: { availability_zone_id: "euw1-az1" },
        b: { availability_zone_id: "euw1-az2" },
      }),
    },
    {
      of: "subnets in two zones and one elsewhere",
      resource: inVpc([...BOTH, "subnet-0123"], { a: A, b: B }),
    },
    {
      of: "subnets for each of two zones",
      resource: inVpc(['${aws_subnet.s["eu-west-1a"].id}', '${aws_subnet.s["eu-west-1b"].id}'], {
        s: { for_each: { "eu-west-1a": 1, "eu-west-1b": 2 }, availability_zone: "${each.key}" },
      }),
    },
    {
      of: "subnets in the first and the second zone of the region",
      resource: inVpc(BOTH, { a: byOrder(0), b: byOrder(1) }),
      rest: zonesHere,
    },
    {
      of: "counted subnets in the zones of the region",
      resource: inVpc("${aws_subnet.s[*].id}", {
        s: { count: 2, availability_zone: "${data.aws_availability_zones.here.names[count.index]}" },
      }),
      rest: zonesHere,
    },
  ],
  nonCompliant: [
    { of: "subnets in one zone", resource: inVpc(BOTH, { a: A, b: A }), path: "vpc_config.subnet_ids" },
    {
      of: "one subnet, wherever it is",
      resource: inVpc(["subnet-0123"]),
      path: "vpc_config.subnet_ids",
    },
    {
      of: "one subnet twice",
      resource: inVpc(["${aws_subnet.a.id}", "${aws_subnet.a.id}"], { a: {} }),
      path: "vpc_config.subnet_ids",
    },
    {
      of: "subnets that are both in the region's first zone",
      resource: inVpc(BOTH, { a: byOrder(0), b: byOrder(0) }),
      rest: zonesHere,
      path: "vpc_config.subnet_ids",
    },
  ],
  unknown: [
    { of: "subnets by a variable", resource: inVpc("${var.subnets}") },
    { of: "literal subnets", resource: inVpc(["subnet-0123", "subnet-4567"]) },
    { of: "subnets in zones that AWS chooses", resource: inVpc(BOTH, { a: {}, b: {} }) },
    {
      of: "a zone by its name and one by its id",
      resource: inVpc(BOTH, { a: A, b: { availability_zone_id: "euw1-az2" } }),
    },
    {
      of: "a zone by its name and one by its order",
      resource: inVpc(BOTH, { a: A, b: byOrder(1) }),
      rest: zonesHere,
    },
    {
      of: "a subnet's zone by a variable",
      resource: inVpc(BOTH, { a: A, b: { availability_zone: "${var.z}" } }),
    },
    { of: "a VPC by a variable", resource: lambda({ vpc_config: "${var.vpc}" }) },
  ],
  notApplicable: [
    { of: "a function outside of a VPC", resource: lambda({}) },
    { of: "a function that was taken out of its VPC", resource: inVpc([]) },
  ],
});

it("knows the zones of subnets that come through a contract", () => {
  const parameter = {
    name: "/sandbox/network/subnets",
    value: '${join(",", [aws_subnet.a.id, aws_subnet.b.id])}',
  };
  const judged = findingsOf(
    [rule("Lambda.5")],
    {
      ...inVpc('${split(",", data.aws_ssm_parameter.subnets.value)}', { a: A, b: B }),
      aws_ssm_parameter: { subnets: parameter },
    },
    { data: { aws_ssm_parameter: { subnets: { name: parameter.name } } } },
  );
  expect(judged.map(({ verdict }) => verdict)).toEqual([{ status: "compliant" }]);
});
