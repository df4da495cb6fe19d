import { sqsEvent } from "./sqs-event";

const QUEUE = "arn:aws:sqs:eu-west-1:123456789012:orders";

describe("sqsEvent", () => {
  it("has the shape that Lambda gives a queue's messages", () => {
    const event = sqsEvent(
      [
        {
          MessageId: "id-1",
          ReceiptHandle: "handle-1",
          Body: "hello",
          MD5OfBody: "5d41402abc4b2a76b9719d911017c592",
          MD5OfMessageAttributes: "d41d8cd98f00b204e9800998ecf8427e",
          Attributes: {
            ApproximateReceiveCount: "2",
            SentTimestamp: "1523232000000",
            SenderId: "123456789012",
            ApproximateFirstReceiveTimestamp: "1523232000001",
            AWSTraceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793",
          },
          MessageAttributes: {
            kind: { DataType: "String", StringValue: "order" },
            size: { DataType: "Number", StringValue: "3" },
            seal: { DataType: "Binary", BinaryValue: Uint8Array.from([1, 2, 3]) },
          },
        },
      ],
      QUEUE,
    );

    const lists = { stringListValues: [], binaryListValues: [] };
    expect(event).toEqual({
      Records: [
        {
          messageId: "id-1",
          receiptHandle: "handle-1",
          body: "hello",
          attributes: {
            ApproximateReceiveCount: "2",
            SentTimestamp: "1523232000000",
            SenderId: "123456789012",
            ApproximateFirstReceiveTimestamp: "1523232000001",
            AWSTraceHeader: "Root=1-5759e988-bd862e3fe1be46a994272793",
          },
          messageAttributes: {
            kind: { stringValue: "order", dataType: "String", ...lists },
            size: { stringValue: "3", dataType: "Number", ...lists },
            seal: { binaryValue: "AQID", dataType: "Binary", ...lists },
          },
          md5OfBody: "5d41402abc4b2a76b9719d911017c592",
          md5OfMessageAttributes: "d41d8cd98f00b204e9800998ecf8427e",
          eventSource: "aws:sqs",
          eventSourceARN: QUEUE,
          awsRegion: "eu-west-1",
        },
      ],
    });
  });

  it("leaves out what a message does not have", () => {
    const [record] = sqsEvent(
      [{ MessageId: "id-1", ReceiptHandle: "h", Body: "", MD5OfBody: "x" }],
      QUEUE,
    ).Records;

    expect(record).toMatchObject({ messageAttributes: {}, attributes: {} });
    expect(record).not.toHaveProperty("md5OfMessageAttributes");
  });
});
