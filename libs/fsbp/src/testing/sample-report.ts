import { controlOf } from "../controls";
import { type Finding, type Report } from "../engine/finding";
import { nonCompliant, unknown, type Verdict } from "../verdict";

/** A place in the stack `app`, or, without an address, in its account and region. */
export const at = (address: string | undefined, lines: readonly string[] = []): Finding["location"] => ({
  stack: address === undefined ? "" : "app",
  address,
  type: address?.split(".")[0],
  construct: undefined,
  account: "123456789012",
  region: "eu-west-1",
  lines,
});

/** A finding of a control. */
export const found = (
  control: string,
  location: Finding["location"],
  verdict: Verdict,
  more: Partial<Finding> = {},
): Finding => {
  const { id, title, severity } = controlOf(control);
  return { control: id, title, severity, location, verdict, ...more };
};

export const EXCEPTION = {
  control: "S3.9",
  reason: "it takes the logs",
  owner: "platform",
  expires: "2027-03-31",
};
export const LINES = ["apps/app/infra/stack.ts:12", "libs/storage/src/bucket.ts:80"];
const OPEN = nonCompliant("cidr_ipv4", '"0.0.0.0/0"', "known <sources> & no others");

/** A report with something of every kind. */
export const REPORT: Report = {
  findings: [
    found("S3.13", at("aws_s3_bucket.a"), nonCompliant("", "no rule", "one")),
    found("S3.8", at("aws_s3_bucket.a", LINES), nonCompliant("", "no block", "one")),
    found("S3.8", at("aws_s3_bucket.b", LINES), nonCompliant("", "no block", "one")),
    found("S3.8", at("aws_s3_bucket.c", LINES), nonCompliant("", "no block", "one")),
    found("S3.8", at("aws_s3_bucket.d"), nonCompliant("", "no block", "one")),
    found("EC2.19", at("aws_vpc_security_group_ingress_rule.ssh", ["apps/app/infra/stack.ts:20"]), OPEN),
    found("S3.9", at("aws_s3_bucket.a"), nonCompliant("", "no logs", "logs"), { exception: EXCEPTION }),
    found("KMS.5", at("aws_kms_key.k"), unknown("policy", "var.x is given at the apply")),
    found("CloudTrail.1", at(undefined), unknown("", "no aws_cloudtrail: it may be managed elsewhere")),
    found("S3.5", at("aws_s3_bucket.a"), { status: "compliant" }),
    found("S3.6", at("aws_s3_bucket.a"), { status: "not-applicable" }),
  ],
  exceptionProblems: [
    {
      location: at("aws_lb.l", ["apps/app/infra/stack.ts:9"]),
      exception: { ...EXCEPTION, control: "ELB.6" },
      problem: "it has expired",
    },
  ],
  warnings: ["lambda-runtimes.json is 200 days old"],
};

/** A report with nothing to tell. */
export const GOOD: Report = { findings: [], exceptionProblems: [], warnings: [] };
