import { EC2Client } from "@aws-sdk/client-ec2";
import { SecurityGroups } from "./aws/security-groups";
import { repairFunction, requestHandler } from "./repair-function";
import { closeOpenRule } from "./repairs/close-open-rule";
import { tracer } from "./telemetry";

export const handler = repairFunction(
  closeOpenRule,
  ({ place }) => new SecurityGroups(tracer.captureAWSv3Client(new EC2Client({ requestHandler })), place),
);
