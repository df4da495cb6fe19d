import { NETWORK_ATTACHMENT_ACTIONS, type Statement } from "@landfall/identity";

export interface RuntimeStatementsProps {
  readonly functionArn: string;
  readonly logGroupArn: string;
  readonly deadLetterQueueArn: string;
  readonly inVpc: boolean;
}

/**
 * What Lambda itself needs of a function's role: its own log group, traces, network interfaces and dead-letter queue. The network actions are Lambda's alone: the function's code is denied them.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const runtimeStatements = (props: RuntimeStatementsProps): Statement[] => [
  {
    Sid: "WriteOwnLogs",
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `${props.logGroupArn}:*`,
  },
  {
    Sid: "Trace",
    Effect: "Allow",
    Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    Resource: "*",
  },
  ...(props.inVpc ? networkStatements(props.functionArn) : []),
  { Sid: "KeepFailures", Effect: "Allow", Action: "sqs:SendMessage", Resource: props.deadLetterQueueArn },
];

const networkStatements = (functionArn: string): Statement[] => [
  { Sid: "AttachToNetwork", Effect: "Allow", Action: NETWORK_ATTACHMENT_ACTIONS, Resource: "*" },
  {
    Sid: "DenyNetworkToCode",
    Effect: "Deny",
    Action: NETWORK_ATTACHMENT_ACTIONS,
    Resource: "*",
    Condition: { ArnEquals: { "lambda:SourceFunctionArn": functionArn } },
  },
];
