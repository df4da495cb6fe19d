import {
  type CloudTrailClient,
  DescribeTrailsCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  StartLoggingCommand,
  TrailNotFoundException,
} from "@aws-sdk/client-cloudtrail";
import { type Hands, type Place } from "../repair";
import { type TrailSight } from "../repairs/restart-trail";

/**
 * The zone's own trails of this account whose home is this region: an organization's trail shows in every member account, where it
 * can't be started. Needs `cloudtrail:DescribeTrails`, `cloudtrail:GetTrailStatus`, `cloudtrail:ListTags`, and to mend
 * `cloudtrail:StartLogging`.
 */
export class Trails implements Hands<TrailSight> {
  constructor(
    private readonly client: CloudTrailClient,
    private readonly place: Place,
    private readonly zone: string,
  ) {}

  async list(): Promise<readonly string[]> {
    const { trailList = [] } = await this.client.send(
      new DescribeTrailsCommand({ includeShadowTrails: false }),
    );
    const { account, region } = this.place;
    const own = `arn:aws:cloudtrail:${region}:${account}:trail/${this.zone}-`;
    return trailList.flatMap(({ TrailARN }) => (TrailARN?.startsWith(own) ? TrailARN : []));
  }

  async look(arn: string): Promise<TrailSight | undefined> {
    try {
      const [{ IsLogging }, { ResourceTagList = [] }] = await Promise.all([
        this.client.send(new GetTrailStatusCommand({ Name: arn })),
        this.client.send(new ListTagsCommand({ ResourceIdList: [arn] })),
      ]);
      const tags = ResourceTagList.flatMap(({ TagsList = [] }) => TagsList);
      return {
        arn,
        name: arn.split("/").at(-1) ?? arn,
        tags: Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value])),
        logging: IsLogging ?? false,
      };
    } catch (error) {
      if (error instanceof TrailNotFoundException) return undefined;
      throw error;
    }
  }

  async mend({ arn }: TrailSight): Promise<void> {
    await this.client.send(new StartLoggingCommand({ Name: arn }));
  }
}
