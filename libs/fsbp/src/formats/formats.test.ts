import { z } from "zod";
import { controlOf, CONTROLS, pageOf } from "../controls";
import { at, EXCEPTION, found, GOOD, LINES, REPORT } from "../testing/sample-report";
import { type Report } from "../engine/finding";
import { nonCompliant } from "../verdict";
import { FORMAT_NAMES, type FormatOptions, render } from "./format";

const write = (format: string, report: Report = REPORT, options: Partial<FormatOptions> = {}) =>
  render(report, format, { input: "cdktf.out", ...options });

describe("render", () => {
  it.each(FORMAT_NAMES)("ends %s in one line's end, with nothing to tell too", (format) => {
    expect(write(format)).toMatch(/[^\n]\n$/);
    expect(write(format, GOOD)).toMatch(/[^\n]\n$/);
  });

  it("refuses another format", () => {
    expect(() => write("xml")).toThrow(/'format' must be one of table, json/);
  });
});

describe("table", () => {
  const lines = write("table").split("\n");

  it("puts the worst first, and on one line what one change would mend", () => {
    expect(lines.filter((line) => /^[A-Z]/.test(line))).toEqual([
      "CRITICAL  EC2.19         apps/app/infra/stack.ts:20  aws_vpc_security_group_ingress_rule.ssh  (app)",
      "HIGH      S3.8           apps/app/infra/stack.ts:12  aws_s3_bucket.a, aws_s3_bucket.b  (3 of them, app)",
      "HIGH      S3.8           aws_s3_bucket  aws_s3_bucket.d  (app)",
      "LOW       S3.13          aws_s3_bucket  aws_s3_bucket.a  (app)",
    ]);
  });

  it("says what is there and what is wanted", () => {
    expect(lines[1]?.trim()).toBe('cidr_ipv4: "0.0.0.0/0"; wanted: known <sources> & no others');
  });

  it("shows what is unknown, what is wrong with exceptions, and warnings", () => {
    const text = lines.join("\n");
    expect(text).toContain("unknown   KMS.5          aws_kms_key  aws_kms_key.k  (app)");
    expect(text).toContain(
      "unknown   1 control asks for what is not in here and may be managed elsewhere: CloudTrail.1",
    );
    expect(text).toMatch(
      /exception ELB\.6 +apps\/app\/infra\/stack\.ts:9 {2}aws_lb\.l {2}app\n +it has expired/,
    );
    expect(text).toContain("note: lambda-runtimes.json is 200 days old");
  });

  it("ends in the counts of the controls", () => {
    expect(lines.at(-2)).toBe(
      "165 controls: 3 non-compliant, 2 unknown, 1 excepted, 1 compliant, 141 not applicable, 17 not decidable from code",
    );
  });

  it("says only that when all is well", () => {
    expect(write("table", GOOD).trim().split("\n")).toHaveLength(1);
  });

  it("stays short, and says how much it left out", () => {
    const findings = Array.from({ length: 60 }, (_, index) =>
      found("S3.8", at("aws_s3_bucket.a", [`a.ts:${index + 1}`]), nonCompliant("", "x".repeat(5000), "y")),
    );
    const text = write("table", { ...GOOD, findings });
    expect(text).toContain("and 20 more that are non-compliant: --format json shows them all");
    expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThan(250);
  });
});

describe("json", () => {
  it("lists what needs a look, each with its place and the page of its control", () => {
    const { summary, findings, exceptionProblems, warnings } = JSON.parse(write("json")) as Record<
      string,
      never[]
    >;
    expect(summary).toMatchObject({ "non-compliant": 3, excepted: 1 });
    expect(findings).toHaveLength(9);
    expect(findings?.[1]).toMatchObject({
      control: "S3.8",
      severity: "HIGH",
      status: "non-compliant",
      stack: "app",
      address: "aws_s3_bucket.a",
      lines: LINES,
      found: "no block",
      help: "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-8",
    });
    expect(findings?.[6]).toMatchObject({
      status: "excepted",
      verdict: "non-compliant",
      exception: EXCEPTION,
    });
    expect(exceptionProblems).toMatchObject([{ address: "aws_lb.l", problem: "it has expired" }]);
    expect(warnings).toHaveLength(1);
  });
});

describe("junit", () => {
  const text = write("junit");

  it("has a case for each control and one for the exceptions, and counts them", () => {
    expect(text.match(/<testcase /g)).toHaveLength(166);
    expect(text.match(/<failure /g)).toHaveLength(4);
    expect(text).toContain('tests="166" failures="4" skipped="160"');
    expect(text.match(/<skipped /g)).toHaveLength(160);
  });

  it("fails a case with the places and what is wrong, and escapes it", () => {
    expect(text).toContain("known &lt;sources&gt; &amp; no others");
    expect(text).toContain("apps/app/infra/stack.ts:20 app aws_vpc_security_group_ingress_rule.ssh");
  });

  it("leaves out what XML can't hold", () => {
    const findings = [
      found("S3.8", at("aws_s3_bucket.a"), nonCompliant("", "a\u0000\u001B\uFFFE\uD800b", "c")),
    ];
    expect(write("junit", { ...GOOD, findings })).toContain(": ab; wanted");
  });
});

describe("markdown", () => {
  const testsOf = (what: string) => [`tests/${what}`];
  const page = write("markdown", REPORT, { sourceLines: () => LINES, testsOf });
  const rowOf = (id: string) => page.split("\n").find((line) => line.startsWith(`| [${id}]`)) ?? "";

  it("has a row for each control", () => {
    expect(page.match(/^\| \[/gm)).toHaveLength(165);
    expect(CONTROLS.filter(({ id }) => rowOf(id) === "")).toEqual([]);
  });

  it("says what meets a control, by which construct, and which tests show it", () => {
    expect(rowOf("S3.5")).toContain("| `aws_s3_bucket` × 1 by `libs/storage/src/bucket.ts` |");
    expect(rowOf("S3.5")).toContain("`tests/libs/storage/src/bucket.ts`<br>`tests/S3.5`");
  });

  it("says who decides what code can't, and where there is nothing to decide", () => {
    expect(rowOf("IAM.3")).toContain("Security Hub, from the age of access keys");
    expect(rowOf("S3.6")).toContain("no such resource");
  });

  it("gives each exception with its reason, owner and end", () => {
    expect(rowOf("S3.9")).toContain("it takes the logs (platform, until 2027-03-31)");
  });

  it("names no line: it would be another with every change", () => {
    expect(page).not.toMatch(/\.ts:\d/);
  });
});

describe("the pages of controls", () => {
  it("are addresses", () => {
    expect(CONTROLS.filter((control) => !z.url().safeParse(pageOf(control)).success)).toEqual([]);
    expect(pageOf(controlOf("SecretsManager.1"))).toMatch(/secretsmanager-controls\.html#secretsmanager-1$/);
  });
});
