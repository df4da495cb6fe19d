import { type SynthesizedStack, statementsOf, synthStack } from "@landfall/testing";
import { LambdaFunction, type LambdaFunctionProps } from "./lambda-function";

const key = { keyArn: "arn:key" };

const withVpc = (vpc: LambdaFunctionProps["vpc"]): SynthesizedStack =>
  synthStack((stack) => {
    stack.permissionsBoundary("arn:aws:iam::123456789012:policy/boundary");
    new LambdaFunction(stack, "Mender", {
      name: "mender",
      description: "Mends",
      entry: "libs/function/src/fixtures/sample.function.ts",
      dataKey: key,
      logsKey: key,
      deadLetterQueue: { queueArn: "arn:dead", queueUrl: "https://dead", encryptionKey: key },
      vpc,
    });
  });
const sids = (stack: SynthesizedStack) =>
  Object.keys(statementsOf(stack.resource("aws_iam_role_policy").policy));

describe("LambdaFunction without a VPC", () => {
  it("is attached to no network, and its role may attach to none", () => {
    const stack = withVpc("none");
    expect(stack.resource("aws_lambda_function").vpc_config).toBeUndefined();
    expect(sids(stack)).not.toContain("AttachToNetwork");
  });

  it("has both where it is given subnets", () => {
    const stack = withVpc({ subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] });
    expect(stack.resource("aws_lambda_function").vpc_config).toMatchObject({
      subnet_ids: ["subnet-1", "subnet-2"],
    });
    expect(sids(stack)).toEqual(expect.arrayContaining(["AttachToNetwork", "DenyNetworkToCode"]));
  });
});
