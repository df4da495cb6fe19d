import { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import { Trails } from "./aws/trails";
import { repairFunction, requestHandler } from "./repair-function";
import { restartTrail } from "./repairs/restart-trail";
import { tracer } from "./telemetry";

export const handler = repairFunction(
  restartTrail,
  ({ place, zone }) =>
    new Trails(tracer.captureAWSv3Client(new CloudTrailClient({ requestHandler })), place, zone),
);
