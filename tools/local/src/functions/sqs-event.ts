import { type Message, type MessageAttributeValue } from "@aws-sdk/client-sqs";
import {
  type SQSEvent,
  type SQSMessageAttribute,
  type SQSRecord,
  type SQSRecordAttributes,
} from "aws-lambda";

const toMessageAttribute = (value: MessageAttributeValue): SQSMessageAttribute => ({
  ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
  ...(value.BinaryValue === undefined
    ? {}
    : { binaryValue: Buffer.from(value.BinaryValue).toString("base64") }),
  stringListValues: [],
  binaryListValues: [],
  dataType: value.DataType ?? "String",
});

const toRecord = (message: Message, queueArn: string): SQSRecord => ({
  messageId: message.MessageId ?? "",
  receiptHandle: message.ReceiptHandle ?? "",
  body: message.Body ?? "",
  attributes: { ...message.Attributes } as unknown as SQSRecordAttributes,
  messageAttributes: Object.fromEntries(
    Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, toMessageAttribute(value)]),
  ),
  md5OfBody: message.MD5OfBody ?? "",
  ...(message.MD5OfMessageAttributes === undefined
    ? {}
    : { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
  eventSource: "aws:sqs",
  eventSourceARN: queueArn,
  awsRegion: queueArn.split(":")[3] ?? "",
});

/**
 * The event that Lambda makes of received messages.
 *
 * @param messages received with all their attributes and system attributes
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 */
export const sqsEvent = (messages: readonly Message[], queueArn: string): SQSEvent => ({
  Records: messages.map((message) => toRecord(message, queueArn)),
});
