import { LambdaFunction } from "@landfall/function";
import { Key } from "@landfall/keys";
import { Queue } from "@landfall/messaging";
import { type ZoneStack } from "@landfall/stack";

/** A function that writes each report that a queue asks for. In a real stack, the values below come from contracts. */
export function example(stack: ZoneStack): void {
  stack.permissionsBoundary("arn:aws:iam::123456789012:policy/sandbox-workload-boundary");
  const key = Key.fromKeyArn("arn:aws:kms:eu-west-1:123456789012:key/mrk-1234");

  const queue = new Queue(stack, "Reports", {
    name: "reports",
    encryptionKey: key,
    visibilityTimeoutSeconds: 60,
  });
  const writer = new LambdaFunction(stack, "Writer", {
    name: "writer",
    description: "Writes each report that was asked for",
    entry: "libs/function/src/fixtures/sample.function.ts",
    dataKey: key,
    logsKey: key,
    deadLetterQueue: queue.deadLetterQueue,
    vpc: { subnetIds: ["subnet-1", "subnet-2"], securityGroupIds: ["sg-1"] },
    timeoutSeconds: 10,
  });
  writer.consume(queue);
}
