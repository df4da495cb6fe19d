import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { type Statement } from "@landfall/identity";
import { validateProps, wholeNumber } from "@landfall/stack";
import { type IStreamedTable } from "@landfall/storage";
import { Construct } from "constructs";

export interface StreamSourceOptions {
  /** Records in a batch at the most, 1 to 1000. @default 10 */
  readonly batchSize?: number;
  /**
   * Which records come at all, in Lambda's filter language: any of these. The others cost nothing.
   * @see https://docs.aws.amazon.com/lambda/latest/dg/with-ddb-filtering.html
   * @default all
   */
  readonly filters?: readonly Readonly<Record<string, unknown>>[];
  /** How often a failed batch is tried again, halved each time that it fails as a whole, 0 to 10000. @default 100 */
  readonly maxRetryAttempts?: number;
  /**
   * Seconds, 60 to 86400, after which a record is given up on. The stream forgets it after a day: what is left of that is
   * for a person to look at it.
   * @default 43200
   */
  readonly maxRecordAgeSeconds?: number;
}

export interface StreamSourceProps extends StreamSourceOptions {
  readonly streamArn: string;
  readonly functionName: string;
  /** The queue that takes word of what is given up on: shard and sequence numbers, not the records. */
  readonly onFailureArn: string;
}

/**
 * Feeds a function from the stream of a table, in the order of the changes to each item. A record that fails holds up
 * those behind it in its shard, so batches are halved until it is alone, and it is given up on in the end.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html
 */
export class StreamSource extends Construct {
  constructor(scope: Construct, id: string, props: StreamSourceProps) {
    super(scope, id);
    const { batchSize = 10, filters = [], maxRetryAttempts = 100, maxRecordAgeSeconds = 43_200 } = props;
    validateProps(this, [
      wholeNumber("batchSize", batchSize, 1, 1000),
      wholeNumber("maxRetryAttempts", maxRetryAttempts, 0, 10_000),
      wholeNumber("maxRecordAgeSeconds", maxRecordAgeSeconds, 60, 86_400),
    ]);
    new LambdaEventSourceMapping(this, "Resource", {
      eventSourceArn: props.streamArn,
      functionName: props.functionName,
      // From the oldest record: what was written while the mapping was made must not be lost.
      startingPosition: "TRIM_HORIZON",
      batchSize,
      bisectBatchOnFunctionError: true,
      functionResponseTypes: ["ReportBatchItemFailures"],
      maximumRetryAttempts: maxRetryAttempts,
      maximumRecordAgeInSeconds: maxRecordAgeSeconds,
      destinationConfig: { onFailure: { destinationArn: props.onFailureArn } },
      ...(filters.length === 0
        ? {}
        : { filterCriteria: { filter: filters.map((pattern) => ({ pattern: JSON.stringify(pattern) })) } }),
    });
  }
}

/** What Lambda needs of the function's role to read the streams of a table: a table has one at a time. */
export const streamStatements = ({ tableArn }: IStreamedTable): Statement[] => [
  {
    Sid: "ConsumeStream",
    Effect: "Allow",
    Action: [
      "dynamodb:DescribeStream",
      "dynamodb:GetRecords",
      "dynamodb:GetShardIterator",
      "dynamodb:ListStreams",
    ],
    // The name of a stream is the time at which it was made.
    Resource: `${tableArn}/stream/*`,
  },
];
