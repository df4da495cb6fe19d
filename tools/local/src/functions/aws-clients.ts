import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { STSClient } from "@aws-sdk/client-sts";
import { type Environment } from "../emulator/emulator-environment";

export interface AwsAddress {
  /** e.g. `http://127.0.0.1:4566` */
  readonly endpoint: string;
  readonly region: string;
  /** Holds the credentials: `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY`. */
  readonly env: Environment;
}

export interface AwsClients {
  readonly lambda: LambdaClient;
  readonly sqs: SQSClient;
  readonly sts: STSClient;
  readonly logs: CloudWatchLogsClient;
  destroy(): void;
}

/** What any SDK client needs to reach an endpoint with given credentials, whatever the environment of this process says. */
export const clientConfig = ({ endpoint, region, env }: AwsAddress) => ({
  endpoint,
  region,
  credentials: {
    accessKeyId: env["AWS_ACCESS_KEY_ID"] ?? "",
    secretAccessKey: env["AWS_SECRET_ACCESS_KEY"] ?? "",
  },
});

export const awsClients = (address: AwsAddress): AwsClients => {
  const config = { ...clientConfig(address), maxAttempts: 3 };
  const clients = {
    lambda: new LambdaClient(config),
    sqs: new SQSClient(config),
    sts: new STSClient(config),
    logs: new CloudWatchLogsClient(config),
  };
  return { ...clients, destroy: () => Object.values(clients).forEach((client) => client.destroy()) };
};
