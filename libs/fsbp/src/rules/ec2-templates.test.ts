import { describeRule } from "../testing/cases";
import { templateRules } from "./ec2-templates";

const rule = (id: string) => {
  const found = templateRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
const template = (config: object, more: Record<string, Record<string, object>> = {}) => ({
  aws_launch_template: { web: config },
  ...more,
});
const networkInterface = (config: object) => template({ network_interfaces: [config] });
const taken = { network_interface_id: "${aws_network_interface.a.id}" };

describeRule(rule("EC2.25"), {
  compliant: [
    { of: "a template without interfaces", resource: template({}) },
    { of: "an interface that leaves it to the subnet", resource: networkInterface({}) },
    { of: "an empty text", resource: networkInterface({ associate_public_ip_address: "" }) },
    {
      of: "an interface without an address",
      resource: networkInterface({ associate_public_ip_address: "false" }),
    },
    {
      of: "an interface that is there already",
      resource: template({ network_interfaces: [taken] }, { aws_network_interface: { a: {} } }),
    },
  ],
  nonCompliant: [
    {
      of: "an interface with an address",
      resource: networkInterface({ associate_public_ip_address: "true" }),
      path: "network_interfaces.associate_public_ip_address",
    },
    {
      of: "the second of two interfaces",
      resource: template({ network_interfaces: [{}, { associate_public_ip_address: true }] }),
      path: "network_interfaces[1].associate_public_ip_address",
    },
    {
      of: "an interface with an Elastic IP address",
      resource: template(
        { network_interfaces: [taken] },
        {
          aws_network_interface: { a: {} },
          aws_eip: { a: { network_interface: "${aws_network_interface.a.id}" } },
        },
      ),
      path: "",
    },
  ],
  unknown: [
    {
      of: "an address by a variable",
      resource: networkInterface({ associate_public_ip_address: "${var.public}" }),
    },
    { of: "interfaces by a variable", resource: template({ network_interfaces: "${var.interfaces}" }) },
  ],
});

const tokens = (value: unknown) => template({ metadata_options: [{ http_tokens: value }] });

describeRule(rule("EC2.170"), {
  compliant: [{ of: "a template that asks for tokens", resource: tokens("required") }],
  nonCompliant: [
    { of: "a template that says nothing", resource: template({}), path: "metadata_options.http_tokens" },
    { of: "optional tokens", resource: tokens("optional"), path: "metadata_options.http_tokens" },
  ],
  unknown: [{ of: "tokens by a variable", resource: tokens("${var.tokens}") }],
});
