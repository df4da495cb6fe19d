import { statementsOf, type SynthesizedStack, synthStack } from "@landfall/testing";
import { People, type PeopleProps } from "./people";

const BOUNDARY = "arn:aws:iam::123456789012:policy/test-deployer-boundary";

const synth = (props: Partial<PeopleProps> = {}) =>
  synthStack((stack) => {
    new People(stack, "People", { boundaryArn: BOUNDARY, ...props });
  });

const role = (stack: SynthesizedStack, name: string) =>
  stack.resources("aws_iam_role").find((each) => each.name === name);

const policy = (stack: SynthesizedStack, name: string) =>
  statementsOf(stack.resources("aws_iam_policy").find((each) => each.name === name)?.policy);

describe.each(["test-read-only", "test-operator"])("the role %s", (name) => {
  it("is bounded, on people's path, and for people of the home account with a fresh second factor", () => {
    const found = role(synth(), name);
    expect(found).toMatchObject({
      path: "/landfall/people/",
      permissions_boundary: BOUNDARY,
      max_session_duration: 14_400,
    });
    expect(statementsOf(found?.assume_role_policy).PeopleWithSecondFactor).toMatchObject({
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
      Condition: {
        Bool: { "aws:MultiFactorAuthPresent": "true" },
        NumericLessThan: { "aws:MultiFactorAuthAge": "14400" },
      },
    });
  });

  it("has sessions as long as asked", () => {
    expect(role(synth({ sessionHours: 1 }), name)?.max_session_duration).toBe(3600);
  });
});

describe("People", () => {
  it.each([0, 13, 1.5])("refuses sessions of %d hours", (sessionHours) => {
    expect(() => synth({ sessionHours })).toThrow("'sessionHours' must be a whole number from 1 to 12");
  });

  it("lets nobody decrypt by looking", () => {
    const looks = Object.values(policy(synth(), "test-sample-look")).flatMap(({ Action }) => [Action].flat());
    expect(looks.filter((action) => String(action).startsWith("kms:D"))).toEqual(["kms:DescribeKey"]);
  });

  it("lets operators run what is the zone's", () => {
    const operate = policy(synth(), "test-sample-operate");
    expect(operate.RedriveQueues?.Resource).toEqual(["arn:aws:sqs:*:123456789012:test-*"]);
    expect(operate.CallFunctions?.Resource).toEqual(["arn:aws:lambda:*:123456789012:function:test-*"]);
    expect(operate.UseKeysOfQueues?.Condition).toEqual({
      StringLike: { "kms:ViaService": "sqs.*.amazonaws.com" },
    });
  });

  it("lets operators change no configuration and no identity: all that they put is an approval", () => {
    const actions = Object.values(policy(synth(), "test-sample-operate")).flatMap(({ Action }) =>
      [Action].flat().map(String),
    );
    expect(
      actions.filter((action) => /^iam:|:(Create|Put|Update|Set|Tag|Add|Modify|DeleteQ|Purge)/.test(action)),
    ).toEqual(["codepipeline:PutApprovalResult"]);
  });
});
