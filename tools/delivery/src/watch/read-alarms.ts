import { CloudWatchClient, paginateDescribeAlarms } from "@aws-sdk/client-cloudwatch";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { type Alarm } from "./alarms";

/** Where alarms of a zone are. */
export interface AlarmPlace {
  /** The account's id. */
  readonly account: string;
  readonly region: string;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Reads every alarm of a zone, metric and composite, in the accounts and regions that it has stacks in, with the role that
 * plans the zone. Where the SDK is told of an endpoint, it asks there.
 */
export async function readAlarms(zone: string, places: readonly AlarmPlace[]): Promise<Alarm[]> {
  const credentials = new Map<string, Credentials>();
  const alarms: Alarm[] = [];
  for (const { account, region } of places) {
    const known = credentials.get(account) ?? (await planRole(zone, account, region));
    credentials.set(account, known);
    const client = new CloudWatchClient({ region, credentials: known });
    const pages = paginateDescribeAlarms(
      { client },
      { AlarmNamePrefix: `${zone}-`, AlarmTypes: ["CompositeAlarm", "MetricAlarm"] },
    );
    for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
      for (const alarm of [...MetricAlarms, ...CompositeAlarms]) {
        alarms.push({
          name: alarm.AlarmName ?? "",
          account,
          region,
          rings: alarm.StateValue === "ALARM",
          since: alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp,
        });
      }
    }
    client.destroy();
  }
  return alarms;
}

async function planRole(zone: string, account: string, region: string): Promise<Credentials> {
  const client = new STSClient({ region });
  const { Credentials: made } = await client.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/${zone}-plan`,
      RoleSessionName: "landfall-watch",
    }),
  );
  client.destroy();
  return {
    accessKeyId: made?.AccessKeyId ?? "",
    secretAccessKey: made?.SecretAccessKey ?? "",
    ...(made?.SessionToken === undefined ? {} : { sessionToken: made.SessionToken }),
  };
}
