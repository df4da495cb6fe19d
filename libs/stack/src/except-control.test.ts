import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { judgeStandard } from "@landfall/fsbp";
import { type TerraformJson } from "@landfall/terraform-graph";
import { Construct } from "constructs";
import { type ControlException, exceptControl } from "./except-control";
import { synthStack } from "./testing";

const EXCEPTION: ControlException = {
  control: "S3.9",
  reason: "it takes the access logs of every other bucket",
  owner: "platform",
  expires: "2027-03-31",
};

class Archive extends Construct {
  readonly bucket: S3Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new S3Bucket(this, "Resource", {});
  }
}

/** Synthesizes an archive with exceptions. */
const synthesized = (except: (archive: Archive) => void) =>
  synthStack((stack) => except(new Archive(stack, "Archive"))).json;

const comment = (json: TerraformJson): unknown => {
  const [bucket] = Object.values(
    (json.resource as Record<string, Record<string, object>>).aws_s3_bucket ?? {},
  );
  return (bucket as Record<string, unknown>)["//"];
};

describe("exceptControl", () => {
  it.each<[string, (archive: Archive) => Construct]>([
    ["a resource", ({ bucket }) => bucket],
    ["a construct's primary child", (archive) => archive],
  ])("keeps an exception of %s beside it in the JSON", (_, target) => {
    const json = synthesized((archive) => exceptControl(target(archive), EXCEPTION));
    expect(comment(json)).toMatchObject({
      exceptions: [EXCEPTION],
      metadata: { path: "test-sample/Archive/Resource" },
    });
  });

  it("keeps several of one resource", () => {
    const other = { ...EXCEPTION, control: "S3.13" };
    const json = synthesized((archive) => {
      exceptControl(archive, EXCEPTION);
      exceptControl(archive.bucket, other);
    });
    expect(comment(json)).toMatchObject({ exceptions: [EXCEPTION, other] });
  });

  it("is what the judgement of the JSON finds", () => {
    const json = synthesized((archive) => exceptControl(archive, EXCEPTION));
    const { findings, exceptionProblems } = judgeStandard(
      { stacks: { sample: json } },
      { controls: new Set(["S3.9"]), today: new Date("2026-12-01") },
    );
    expect(findings).toMatchObject([{ control: "S3.9", exception: EXCEPTION }]);
    expect(exceptionProblems).toEqual([]);
  });

  it.each<[string, Partial<ControlException>, RegExp]>([
    ["no control", { control: "S3.999" }, /'control' must be the id of one control.*got: "S3.999"/],
    ["a mistyped control", { control: "ELBB.18" }, /did you mean ELB.18/],
    ["every control of a service", { control: "S3.*" }, /'control' must be the id of one control/],
    ["no reason", { reason: " " }, /'reason' must be a reason of at least 20 characters/],
    ["no owner", { owner: "" }, /'owner' must be a team or person/],
    ["no day", { expires: "soon" }, /'expires' must be a day as YYYY-MM-DD/],
    ["a day that is none", { expires: "2027-02-30" }, /'expires' must be a day/],
  ])("refuses %s", (_, change, message) => {
    expect(() => synthesized((archive) => exceptControl(archive, { ...EXCEPTION, ...change }))).toThrow(
      message,
    );
  });

  it("says all that is wrong at once, and where", () => {
    const wrong = { control: "x", reason: "", owner: "", expires: "" };
    expect(() => synthesized((archive) => exceptControl(archive, wrong))).toThrow(
      /test-sample\/Archive:[\s\S]*control[\s\S]*reason[\s\S]*owner[\s\S]*expires/,
    );
  });

  it("refuses what is wider than one resource", () => {
    expect(() => synthStack((stack) => exceptControl(stack, EXCEPTION))).toThrow(
      /'construct' must be one resource, or a construct whose child 'Resource' is one/,
    );
    expect(() => synthStack((stack) => exceptControl(new Construct(stack, "Empty"), EXCEPTION))).toThrow(
      /'construct' must be one resource/,
    );
  });

  it("refuses a control that is excepted already", () => {
    const twice = (archive: Archive) => {
      exceptControl(archive, EXCEPTION);
      exceptControl(archive.bucket, EXCEPTION);
    };
    expect(() => synthesized(twice)).toThrow(/excepted once for a resource/);
  });
});
