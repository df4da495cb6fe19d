import { S3Client } from "@aws-sdk/client-s3";
import { Buckets } from "./aws/buckets";
import { repairFunction, requestHandler } from "./repair-function";
import { blockPublicBucket } from "./repairs/block-public-bucket";
import { tracer } from "./telemetry";

export const handler = repairFunction(
  blockPublicBucket,
  ({ place }) => new Buckets(tracer.captureAWSv3Client(new S3Client({ requestHandler })), place),
);
