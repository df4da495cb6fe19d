import { IAMClient } from "@aws-sdk/client-iam";
import { AccessKeys } from "./aws/access-keys";
import { repairFunction, requestHandler } from "./repair-function";
import { disableAccessKey } from "./repairs/disable-access-key";
import { tracer } from "./telemetry";

export const handler = repairFunction(
  disableAccessKey,
  () => new AccessKeys(tracer.captureAWSv3Client(new IAMClient({ requestHandler }))),
);
