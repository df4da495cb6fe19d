import { LoadBalancer, WebAcl } from "@landfall/edge";
import { LambdaFunction } from "@landfall/function";
import { Key } from "@landfall/keys";
import { Queue } from "@landfall/messaging";
import { type ZoneStack } from "@landfall/stack";

/** A function on the internet. In a real stack, the values below come from contracts. */
export function example(stack: ZoneStack): void {
  stack.permissionsBoundary("arn:aws:iam::123456789012:policy/sandbox-workload-boundary");
  const key = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/mrk-1234");

  const answers = new LambdaFunction(stack, "Answers", {
    name: "answers",
    description: "Answers every request",
    entry: "libs/function/src/fixtures/sample.function.ts",
    dataKey: key,
    logsKey: key,
    deadLetterQueue: new Queue(stack, "Failures", { name: "failures", encryptionKey: key }),
    vpc: { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] },
  });
  const front = new LoadBalancer(stack, "Front", {
    name: "answers",
    vpcId: "vpc-1",
    subnetIds: ["subnet-3", "subnet-4"],
    certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1234",
    accessLogBucketName: "sandbox-logging-access-logs-123456789012-eu-west-1",
    target: answers,
  });
  new WebAcl(stack, "Guard", { name: "answers", resourceArn: front.loadBalancerArn, logsKey: key });
}
