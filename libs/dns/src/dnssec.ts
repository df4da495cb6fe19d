import { Route53HostedZoneDnssec } from "@cdktf/provider-aws/lib/route53-hosted-zone-dnssec";
import { Route53KeySigningKey } from "@cdktf/provider-aws/lib/route53-key-signing-key";
import { type Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { Construct } from "constructs";
import { GlobalAlarm } from "./global-alarm";
import { SigningKey } from "./signing-key";

export interface DnssecProps {
  readonly hostedZone: Route53Zone;
  /** The topic in us-east-1 that is told when signing fails. */
  readonly alarmTopicArn: string;
}

/** Route 53 reports on its signing every four hours. */
const REPORT_SECONDS = 4 * 60 * 60;

/**
 * Signs the answers of a public hosted zone, and rings when that fails: resolvers that validate then take the domain for
 * forged. It counts once the parent has the DS record.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-configuring-dnssec.html
 */
export class Dnssec extends Construct {
  /** What the parent zone needs: key tag, algorithm, digest type and digest. */
  readonly dsRecord: string;
  /** Signing is on: the parent must not promise it before. */
  readonly signing: Route53HostedZoneDnssec;

  constructor(scope: Construct, id: string, props: DnssecProps) {
    super(scope, id);
    const { hostedZone, alarmTopicArn } = props;
    const key = new SigningKey(this, "Key", hostedZone);
    const keySigningKey = new Route53KeySigningKey(this, "KeySigningKey", {
      hostedZoneId: hostedZone.zoneId,
      name: "ksk_1",
      keyManagementServiceArn: key.keyArn,
      status: "ACTIVE",
    });
    this.signing = new Route53HostedZoneDnssec(this, "Resource", {
      hostedZoneId: hostedZone.zoneId,
      signingStatus: "SIGNING",
      dependsOn: [keySigningKey],
    });
    this.dsRecord = keySigningKey.dsRecord;

    const alarm = (name: string, metricName: string, description: string) =>
      new GlobalAlarm(this, metricName, {
        name: ["dnssec", name],
        description,
        metricName,
        dimensions: { HostedZoneId: hostedZone.zoneId },
        statistic: "Sum",
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        periodSeconds: REPORT_SECONDS,
        missingData: "ignore",
        topicArn: alarmTopicArn,
      });
    alarm(
      "internal-failure",
      "DNSSECInternalFailure",
      "Route 53 can't sign the hosted zone: resolvers that validate will refuse the domain. See the state of its key-signing key.",
    );
    alarm(
      "key-needs-action",
      "DNSSECKeySigningKeysNeedingAction",
      "A key-signing key has lost its KMS key: enable the KMS key and restore its policy before the signatures expire.",
    );
  }
}
