import { isList, Reference, Template, Unknown, type Value } from "@landfall/terraform-graph";
import { expectValue, mustBeTrue } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject } from "../subject";
import { all, unknown, type Verdict } from "../verdict";

const TUNNELS = ["tunnel1", "tunnel2"] as const;

/** AWS offers both versions where none is named. */
const ANY_VERSION: Value = ["ikev1", "ikev2"];

function onlyIkeV2(connection: Subject, path: string): Verdict {
  const versions = connection.value(path);
  const items = versions !== null && isList(versions) ? versions : [versions];
  const opaque = items.some(
    (item) => item instanceof Reference || item instanceof Template || item instanceof Unknown,
  );
  if (opaque) return unknown(path, "which versions it takes is not known before the apply");
  return expectValue(connection, path, {
    accepts: (value) => isList(value) && value.length > 0 && value.every((version) => version === "ikev2"),
    wanted: '["ikev2"]',
    absent: ANY_VERSION,
  });
}

export const vpnRules: readonly ResourceRule[] = [
  /** EC2.51: a client VPN endpoint logs its connections. */
  {
    control: "EC2.51",
    types: ["aws_ec2_client_vpn_endpoint"],
    judge: (endpoint) => mustBeTrue(endpoint, "connection_log_options.enabled"),
  },
  /** EC2.171: both tunnels of a site-to-site connection log to CloudWatch. */
  {
    control: "EC2.171",
    types: ["aws_vpn_connection"],
    judge: (connection) =>
      all(
        ...TUNNELS.map((tunnel) =>
          mustBeTrue(connection, `${tunnel}_log_options.cloudwatch_log_options.log_enabled`),
        ),
      ),
  },
  /** EC2.183: both tunnels take IKEv2 alone. */
  {
    control: "EC2.183",
    types: ["aws_vpn_connection"],
    judge: (connection) => all(...TUNNELS.map((tunnel) => onlyIkeV2(connection, `${tunnel}_ike_versions`))),
  },
];
