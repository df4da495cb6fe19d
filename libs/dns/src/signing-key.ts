import { administrationStatements, deletionWindowDays } from "@landfall/keys";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { type Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { resourceName } from "@landfall/core";
import { type Conditions, policyDocument } from "@landfall/identity";
import { ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { GLOBAL_REGION } from "./global-region";

/**
 * The key with which Route 53 signs one hosted zone's keys. It is asymmetric, so KMS can't rotate it (KMS.4 is about
 * symmetric keys).
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec-cmk-requirements.html
 */
export class SigningKey extends Construct {
  readonly keyArn: string;

  constructor(scope: Construct, id: string, hostedZone: Route53Zone) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone, account } = stack;
    const provider = stack.providerIn({ region: GLOBAL_REGION });
    const forThisZone: Conditions = {
      ArnEquals: { "aws:SourceArn": hostedZone.arn },
      StringEquals: { "aws:SourceAccount": account.id },
    };
    const key = new KmsKey(this, "Resource", {
      provider,
      description: "DNSSEC: signs the keys of the public hosted zone",
      customerMasterKeySpec: "ECC_NIST_P256",
      keyUsage: "SIGN_VERIFY",
      deletionWindowInDays: deletionWindowDays(zone),
      policy: policyDocument([
        ...administrationStatements(account, zone.disposable),
        {
          // Route 53 takes a key only from a caller that may sign with it.
          Sid: "TriedByDeployer",
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${account.id}:root` },
          Action: "kms:Sign",
          Resource: "*",
          Condition: {
            ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account.id}:role/${zone.name}-deploy` },
          },
        },
        {
          Sid: "SignsThisHostedZone",
          Effect: "Allow",
          Principal: { Service: "dnssec-route53.amazonaws.com" },
          Action: ["kms:DescribeKey", "kms:GetPublicKey", "kms:Sign"],
          Resource: "*",
          Condition: forThisZone,
        },
        {
          Sid: "GrantedToRoute53",
          Effect: "Allow",
          Principal: { Service: "dnssec-route53.amazonaws.com" },
          Action: "kms:CreateGrant",
          Resource: "*",
          Condition: { ...forThisZone, Bool: { "kms:GrantIsForAWSResource": "true" } },
        },
      ]),
    });
    new KmsAlias(this, "Alias", {
      provider,
      name: `alias/${resourceName("alias", zone.name, "dnssec")}`,
      targetKeyId: key.keyId,
    });
    this.keyArn = key.arn;
  }
}
