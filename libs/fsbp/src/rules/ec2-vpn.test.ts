import { describeRule } from "../testing/cases";
import { vpnRules } from "./ec2-vpn";

const rule = (id: string) => {
  const found = vpnRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const clientVpn = (config: object) => ({ aws_ec2_client_vpn_endpoint: { staff: config } });

describeRule(rule("EC2.51"), {
  compliant: [
    { of: "a log of connections", resource: clientVpn({ connection_log_options: { enabled: true } }) },
  ],
  nonCompliant: [
    { of: "no log", resource: clientVpn({}), path: "connection_log_options.enabled" },
    {
      of: "a log that is off",
      resource: clientVpn({ connection_log_options: [{ enabled: false }] }),
      path: "connection_log_options.enabled",
    },
  ],
  unknown: [
    { of: "a log by a variable", resource: clientVpn({ connection_log_options: { enabled: "${var.on}" } }) },
  ],
});

const connection = (config: object) => ({ aws_vpn_connection: { office: { type: "ipsec.1", ...config } } });
const log = (enabled: unknown) => ({ cloudwatch_log_options: [{ log_enabled: enabled }] });

describeRule(rule("EC2.171"), {
  compliant: [
    {
      of: "logs of both tunnels",
      resource: connection({ tunnel1_log_options: log(true), tunnel2_log_options: log(true) }),
    },
  ],
  nonCompliant: [
    {
      of: "a log of one tunnel",
      resource: connection({ tunnel1_log_options: log(true) }),
      path: "tunnel2_log_options.cloudwatch_log_options.log_enabled",
    },
    {
      of: "a log that is off",
      resource: connection({ tunnel1_log_options: log(false), tunnel2_log_options: log(true) }),
      path: "tunnel1_log_options.cloudwatch_log_options.log_enabled",
    },
  ],
  unknown: [
    {
      of: "a log by a variable",
      resource: connection({ tunnel1_log_options: log("${var.on}"), tunnel2_log_options: log(true) }),
    },
  ],
});

const versions = (one: unknown, two: unknown) =>
  connection({ tunnel1_ike_versions: one, tunnel2_ike_versions: two });

describeRule(rule("EC2.183"), {
  compliant: [{ of: "IKEv2 alone", resource: versions(["ikev2"], ["ikev2"]) }],
  nonCompliant: [
    { of: "AWS's default", resource: connection({}), path: "tunnel1_ike_versions" },
    { of: "both versions", resource: versions(["ikev2"], ["ikev1", "ikev2"]), path: "tunnel2_ike_versions" },
  ],
  unknown: [
    { of: "versions by a variable", resource: versions("${var.versions}", ["ikev2"]) },
    { of: "a version by a variable", resource: versions(["ikev2"], ["${var.version}"]) },
  ],
});
