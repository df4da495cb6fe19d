import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { type RepairRecord } from "../record";
import { type Notices } from "../sentinel";

/** The longest subject that SNS takes, in characters of ASCII. */
const SUBJECT_LENGTH = 100;

const printable = (text: string): string => text.replace(/[^\x20-\x7e]/g, "?");

/** Tells people of a record, through a topic. Needs `sns:Publish`. */
export class SnsNotices implements Notices {
  constructor(
    private readonly client: SNSClient,
    private readonly topicArn: string,
  ) {}

  async send(record: RepairRecord): Promise<void> {
    const { chain, phase, arn, why, trigger, sequence, hash, evidence, at } = record;
    await this.client.send(
      new PublishCommand({
        TopicArn: this.topicArn,
        Subject: printable(`sentinel ${phase}: ${chain}`).slice(0, SUBJECT_LENGTH),
        Message: printable(
          JSON.stringify({
            repair: chain,
            phase,
            arn,
            why,
            evidence,
            trigger,
            at,
            record: { sequence, hash },
          }),
        ),
      }),
    );
  }
}
