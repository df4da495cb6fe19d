import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { resourceName } from "@landfall/core";
import { policyDocument } from "@landfall/identity";
import { administrationStatements, deletionWindowDays, type IKey } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { GLOBAL_REGION } from "./global-region";

/**
 * The account's key in {@link GLOBAL_REGION}, for a zone that has none of its regions there: for the query log and for
 * the notices of what AWS measures there alone. It holds no other data, so one key serves both.
 *
 * @see KMS.4 (rotation), https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 */
export class GlobalKey extends Construct implements IKey {
  readonly keyArn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone, account } = stack;
    const provider = stack.providerIn({ region: GLOBAL_REGION });
    const key = new KmsKey(this, "Resource", {
      provider,
      description: "What Route 53 keeps in us-east-1: query logs and notices",
      enableKeyRotation: true,
      deletionWindowInDays: deletionWindowDays(zone),
      policy: policyDocument([
        ...administrationStatements(account, zone.disposable),
        {
          Sid: "QueryLogs",
          Effect: "Allow",
          Principal: { Service: `logs.${GLOBAL_REGION}.amazonaws.com` },
          Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
          Resource: "*",
          Condition: {
            ArnLike: {
              "kms:EncryptionContext:aws:logs:arn": stack.arn(
                "logs",
                "log-group:/aws/route53/*",
                GLOBAL_REGION,
              ),
            },
          },
        },
        {
          Sid: "NoticesOfAlarms",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
          Resource: "*",
          Condition: { StringEquals: { "aws:SourceAccount": account.id } },
        },
      ]),
    });
    new KmsAlias(this, "Alias", {
      provider,
      name: `alias/${resourceName("alias", zone.name, "global")}`,
      targetKeyId: key.keyId,
    });
    this.keyArn = key.arn;
  }
}
