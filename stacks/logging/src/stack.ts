import { type Account, isOrganization } from "@landfall/core";
import { type IKey, Key } from "@landfall/keys";
import {
  AccessLogs,
  AccountAlarms,
  AccountTrail,
  ConfigRecorder,
  LogArchive,
  logArchiveAccount,
  logBucketArn,
  logBucketName,
  Notices,
  trailAccount,
} from "@landfall/logging";
import { type ITopic } from "@landfall/messaging";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { bootstrapContract } from "@landfall/stack-bootstrap/contract";
import { keysContract } from "@landfall/stack-keys/contract";
import { organizationContract } from "@landfall/stack-organization/contract";
import { type Construct } from "constructs";
import { loggingContract } from "./contract";

/**
 * Where logs are kept and who is told of what they say. The log archive is in one account of the zone; the trail in the
 * home region of the account that sees all others; everything else in each account and region.
 */
export class LoggingStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const keys = this.consume(keysContract);
    const logsKey = Key.fromKeyArn(keys.logsKeyArn);
    const accessLogs = new AccessLogs(this, "AccessLogs");
    const notices = new Notices(this, "Notices", { encryptionKey: Key.fromKeyArn(keys.messagesKeyArn) });

    const keeper = logArchiveAccount(this.zone);
    const archive =
      keeper?.id === this.account.id
        ? new LogArchive(this, "LogArchive", {
            encryptionKey: logsKey,
            accessLogBucketName: accessLogs.bucket.bucketName,
            ...(isOrganization(this.zone)
              ? { organizationId: this.consume(organizationContract).organizationId }
              : {}),
          })
        : undefined;
    if (keeper) this.record(keeper, archive, logsKey, notices.topic);

    const archiveBucketArn = keeper ? logBucketArn(this.zone, "archive", keeper, this.region) : "";
    this.publish(loggingContract, {
      archiveBucketArn: archive?.archive.bucketArn ?? archiveBucketArn,
      accessLogBucketName: accessLogs.bucket.bucketName,
      noticesTopicArn: notices.topic.topicArn,
    });
  }

  /** What writes to the log archive from this account and region. */
  private record(keeper: Account, archive: LogArchive | undefined, logsKey: IKey, notices: ITopic): void {
    // In another account than the archive's, its buckets are known by name alone, and its key by its contract.
    const nameOf = (bucket: "config" | "trail") => logBucketName(this.zone, bucket, keeper, this.region);
    const bucketKey = archive
      ? logsKey
      : Key.fromKeyArn(this.consume(keysContract, { account: keeper }).logsKeyArn);

    if (this.zone.services.config) {
      new ConfigRecorder(this, "Config", {
        bucketName: archive?.config?.bucketName ?? nameOf("config"),
        bucketKey,
      });
    }
    if (!this.isHomeRegion || this.account.id !== trailAccount(this.zone).id) return;
    this.permissionsBoundary(this.consume(bootstrapContract).workloadBoundaryArn);
    const trail = new AccountTrail(this, "Trail", {
      bucketName: archive?.trail?.bucketName ?? nameOf("trail"),
      bucketKey,
      logsKey,
    });
    new AccountAlarms(this, "Alarms", { logGroupName: trail.logGroupName, notices });
  }
}

export const definition = defineStack({
  name: "logging",
  scope: "regional",
  accounts: "every",
  first: "log-archive",
  contract: loggingContract,
  build: (scope, props) => new LoggingStack(scope, props),
});
