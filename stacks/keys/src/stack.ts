import { type Conditions } from "@landfall/identity";
import { Key, type KeyProps, type ServiceUser } from "@landfall/keys";
import { logsKeyUsers } from "@landfall/logging";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { type Construct } from "constructs";
import { keysContract } from "./contract";

/**
 * One customer key for each class of data. Those of the home region are multi-region primaries, even where the zone has no
 * recovery region yet, since a key can't become one later; those of the recovery region are their replicas.
 */
export class KeysStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const home = this.isHomeRegion
      ? undefined
      : this.consume(keysContract, { region: this.zone.regions.home });
    const key = (
      id: string,
      primary: keyof typeof keysContract.values,
      keyProps: Omit<KeyProps, "dataClass" | "multiRegion" | "replicaOf">,
    ): string =>
      new Key(this, id, {
        dataClass: id.toLowerCase(),
        ...(home ? { replicaOf: Key.fromKeyArn(home[primary]) } : { multiRegion: true }),
        ...keyProps,
      }).keyArn;

    this.publish(keysContract, {
      logsKeyArn: key("Logs", "logsKeyArn", {
        description: "Logs: log groups and the log archive",
        viaServices: ["s3"],
        serviceUsers: logsKeyUsers(this),
      }),
      dataKeyArn: key("Data", "dataKeyArn", {
        description: "Data at rest: buckets, tables, volumes, backups and environment variables",
        viaServices: ["backup", "dynamodb", "ec2", "lambda", "network-firewall", "s3"],
        ...(this.zone.services.macie ? { decryptingRoles: [this.macieRoleArn()] } : {}),
      }),
      messagesKeyArn: key("Messages", "messagesKeyArn", {
        description: "Messages in flight: queues and topics",
        viaServices: ["sns", "sqs"],
        serviceUsers: this.messageSenders(),
      }),
      secretsKeyArn: key("Secrets", "secretsKeyArn", {
        description: "Secrets and secure parameters",
        viaServices: ["secretsmanager", "ssm"],
      }),
      artifactsKeyArn: key("Artifacts", "artifactsKeyArn", {
        description: "What is built and deployed: bundles, plans and images",
        viaServices: ["codebuild", "codepipeline", "ecr", "s3", "signer"],
      }),
    });
  }

  /** What sends to encrypted queues and topics itself, for this account alone. */
  private messageSenders(): ServiceUser[] {
    const condition: Conditions = { StringEquals: { "aws:SourceAccount": this.account.id } };
    return ["cloudwatch", "events", "s3", "sns"].map((name) => ({
      service: `${name}.amazonaws.com`,
      // Whoever sends encrypts with a data key, which it decrypts again to reuse it.
      actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
      condition,
    }));
  }

  /** @see https://docs.aws.amazon.com/macie/latest/user/discovery-supported-encryption-types.html */
  private macieRoleArn(): string {
    return `arn:aws:iam::${this.account.id}:role/aws-service-role/macie.amazonaws.com/AWSServiceRoleForAmazonMacie`;
  }
}

export const definition = defineStack({
  name: "keys",
  scope: "regional",
  accounts: "every",
  contract: keysContract,
  build: (scope, props) => new KeysStack(scope, props),
});
