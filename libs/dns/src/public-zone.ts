import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { type Account } from "@landfall/core";
import { type IKey } from "@landfall/keys";
import { validateProps, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { accountDomain } from "./account-domain";
import { Dnssec } from "./dnssec";
import { globalTopic } from "./global-alarm";
import { QueryLog } from "./query-log";

/** The public hosted zone one level up, which delegates to this one. */
export interface ParentZone {
  readonly zoneId: string;
  readonly account: Account;
}

export interface PublicZoneProps {
  /** A key of us-east-1 that CloudWatch Logs may use, e.g. a GlobalKey. */
  readonly logsKey: IKey;
  /** The topic in us-east-1 that is told when signing fails. */
  readonly alarmTopicArn: string;
  /** Where it is delegated from. @default none: the domain's registrar or another DNS service delegates */
  readonly parent?: ParentZone;
  /** Whether answers are signed. @default as the zone's service `dnssec` */
  readonly dnssec?: boolean;
}

/** How long resolvers remember where the hosted zone is. */
const DELEGATION_TTL_SECONDS = 3600;

/** Short, since signing can be switched off only once no resolver remembers the record. */
const DS_TTL_SECONDS = 300;

/**
 * The public hosted zone of the account's domain: logged, signed where the zone has DNSSEC, and delegated by its parent
 * where that one is the zone's too.
 *
 * @see Route53.2 (query log)
 */
export class PublicZone extends Construct {
  readonly zoneId: string;
  readonly domainName: string;
  /** What the parent delegates to: four names. */
  readonly nameServers: string[];
  /** The DS record's value for the parent; empty where answers are not signed. */
  readonly dsRecord: string;

  constructor(scope: Construct, id: string, props: PublicZoneProps) {
    super(scope, id);
    const { zone, account } = ZoneStack.of(this);
    const domainName = accountDomain(zone, account);
    validateProps(this, [
      globalTopic("alarmTopicArn", props.alarmTopicArn),
      {
        prop: "parent",
        value: props.parent?.account.name,
        valid: props.parent === undefined || props.parent.account.id !== account.id,
        allowed: `the zone of another account: ${domainName} is the top of this account`,
      },
    ]);
    const hostedZone = new Route53Zone(this, "Resource", {
      name: domainName,
      comment: "Public",
      forceDestroy: zone.disposable,
    });
    new QueryLog(this, "QueryLog", { hostedZone, domainName, encryptionKey: props.logsKey });
    const dnssec =
      (props.dnssec ?? zone.services.dnssec)
        ? new Dnssec(this, "Dnssec", { hostedZone, alarmTopicArn: props.alarmTopicArn })
        : undefined;
    this.zoneId = hostedZone.zoneId;
    this.domainName = domainName;
    this.nameServers = hostedZone.nameServers;
    this.dsRecord = dnssec?.dsRecord ?? "";
    if (props.parent) this.delegate(props.parent, dnssec);
  }

  private delegate({ zoneId, account }: ParentZone, dnssec: Dnssec | undefined): void {
    const provider = ZoneStack.of(this).providerIn({ account });
    const delegation = new Route53Record(this, "Delegation", {
      provider,
      zoneId,
      name: this.domainName,
      type: "NS",
      ttl: DELEGATION_TTL_SECONDS,
      records: this.nameServers,
    });
    if (dnssec === undefined) return;
    new Route53Record(this, "DelegationSigner", {
      provider,
      zoneId,
      name: this.domainName,
      type: "DS",
      ttl: DS_TTL_SECONDS,
      records: [dnssec.dsRecord],
      // Made after signing is on, and gone before it is off.
      dependsOn: [delegation, dnssec.signing],
    });
  }
}
