import { accountWith, zoneRegions } from "@landfall/core";
import { Certificate, GLOBAL_REGION, GlobalKey, GlobalNotices, PrivateZone, PublicZone } from "@landfall/dns";
import { type IKey, Key } from "@landfall/keys";
import { defineStack, type StackProps, ZoneStack } from "@landfall/stack";
import { keysContract } from "@landfall/stack-keys/contract";
import { loggingContract } from "@landfall/stack-logging/contract";
import { networkContract } from "@landfall/stack-network/contract";
import { type Construct } from "constructs";
import { dnsContract } from "./contract";

/** The account's domain: hosted zones, public and private, and a certificate in each region. */
export class DnsStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const { logsKey, topicArn } = this.globalRegion();
    const network = accountWith(this.zone, "network");
    const publicZone = new PublicZone(this, "PublicZone", {
      logsKey,
      alarmTopicArn: topicArn,
      ...(this.account.id === network.id
        ? {}
        : {
            parent: {
              account: network,
              zoneId: this.consume(dnsContract, { account: network }).publicZoneId,
            },
          }),
    });
    const privateZone = new PrivateZone(this, "PrivateZone", {
      vpcs: zoneRegions(this.zone).map((region) => ({
        region,
        vpcId: this.consume(networkContract, { region }).vpcId,
      })),
    });
    // Without delegation no certificate would ever be issued, and the deploy would wait for it.
    const certificate = this.zone.dns.delegated
      ? new Certificate(this, "Certificate", { zoneId: publicZone.zoneId })
      : undefined;
    this.publish(dnsContract, (region) => ({
      domainName: publicZone.domainName,
      publicZoneId: publicZone.zoneId,
      privateZoneId: privateZone.zoneId,
      certificateArn: certificate?.arnIn(region) ?? "",
      nameServers: publicZone.nameServers,
      dsRecord: publicZone.dsRecord,
      globalNoticesTopicArn: topicArn,
    }));
  }

  /** Key and topic in the region of Route 53's logs and metrics: the zone's own where it is there, else this stack's. */
  private globalRegion(): { readonly logsKey: IKey; readonly topicArn: string } {
    if (zoneRegions(this.zone).includes(GLOBAL_REGION)) {
      const region = GLOBAL_REGION;
      return {
        logsKey: Key.fromKeyArn(this.consume(keysContract, { region }).logsKeyArn),
        topicArn: this.consume(loggingContract, { region }).noticesTopicArn,
      };
    }
    const logsKey = new GlobalKey(this, "GlobalKey");
    return {
      logsKey,
      topicArn: new GlobalNotices(this, "GlobalNotices", { encryptionKey: logsKey }).topicArn,
    };
  }
}

export const definition = defineStack({
  name: "dns",
  scope: "global",
  accounts: ["network", "workload"],
  // Its hosted zone delegates to those of the other accounts.
  first: "network",
  contract: dnsContract,
  build: (scope, props) => new DnsStack(scope, props),
});
