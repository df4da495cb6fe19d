import { describeRule } from "../testing/cases";
import { instanceRules } from "./ec2-instances";

const rule = (id: string) => {
  const found = instanceRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
type More = Record<string, Record<string, object>>;

const instance = (config: object, more: More = {}) => ({ aws_instance: { web: config }, ...more });
const template = (config: object): More => ({ aws_launch_template: { web: config } });
const ofTemplate = { launch_template: [{ id: "${aws_launch_template.web.id}", version: "$Latest" }] };
const FOREIGN_TEMPLATE = { launch_template: [{ id: "lt-1" }] };
const tokens = (value: unknown) => ({ metadata_options: [{ http_tokens: value }] });
const defaults = (config: object): More => ({ aws_ec2_instance_metadata_defaults: { here: config } });

describeRule(rule("EC2.8"), {
  compliant: [
    { of: "an instance that asks for tokens", resource: instance(tokens("required")) },
    { of: "an instance whose template does", resource: instance(ofTemplate, template(tokens("required"))) },
    { of: "an instance whose region does", resource: instance({}, defaults({ http_tokens: "required" })) },
  ],
  nonCompliant: [
    { of: "an instance that says nothing", resource: instance({}), path: "metadata_options.http_tokens" },
    {
      of: "optional tokens in a region that asks for them",
      resource: instance(tokens("optional"), defaults({ http_tokens: "required" })),
      path: "metadata_options.http_tokens",
    },
    {
      of: "a template with optional tokens",
      resource: instance(ofTemplate, template(tokens("optional"))),
      path: "aws_launch_template.web.metadata_options.http_tokens",
    },
    {
      of: "a region without a preference",
      resource: instance({}, defaults({ http_tokens: "no-preference" })),
      path: "metadata_options.http_tokens",
    },
  ],
  unknown: [
    { of: "tokens by a variable", resource: instance(tokens("${var.tokens}")) },
    { of: "a template of someone else", resource: instance(FOREIGN_TEMPLATE) },
  ],
});

const subnet = (config: object): More => ({ aws_subnet: { a: config } });
const inSubnet = { subnet_id: "${aws_subnet.a.id}" };
const PRIVATE = subnet({});
const CARD: More = { aws_network_interface: { card: { subnet_id: "subnet-1" } } };
const named = {
  network_interface: [{ network_interface_id: "${aws_network_interface.card.id}", device_index: 0 }],
};

describeRule(rule("EC2.9"), {
  compliant: [
    { of: "an instance that refuses an address", resource: instance({ associate_public_ip_address: false }) },
    { of: "an instance in a private subnet", resource: instance(inSubnet, PRIVATE) },
    { of: "an instance with an interface of its own", resource: instance(named, CARD) },
    {
      of: "a template that refuses an address",
      resource: instance(
        ofTemplate,
        template({ network_interfaces: [{ associate_public_ip_address: "false" }] }),
      ),
    },
    {
      of: "a template that names a private subnet",
      resource: instance(ofTemplate, { ...template({ network_interfaces: [inSubnet] }), ...PRIVATE }),
    },
    {
      of: "an Elastic IP address of something else",
      resource: instance(inSubnet, { ...PRIVATE, aws_eip: { nat: { domain: "vpc" } } }),
    },
  ],
  nonCompliant: [
    {
      of: "an address",
      resource: instance({ associate_public_ip_address: true }),
      path: "associate_public_ip_address",
    },
    {
      of: "an instance in a public subnet",
      resource: instance(inSubnet, subnet({ map_public_ip_on_launch: true })),
      path: "associate_public_ip_address",
    },
    {
      of: "an instance in a default subnet",
      resource: instance({ subnet_id: "${aws_default_subnet.a.id}" }, { aws_default_subnet: { a: {} } }),
      path: "associate_public_ip_address",
    },
    { of: "an instance that names no subnet", resource: instance({}), path: "associate_public_ip_address" },
    {
      of: "a template that gives an address",
      resource: instance(
        ofTemplate,
        template({ network_interfaces: [{ associate_public_ip_address: "true" }] }),
      ),
      path: "aws_launch_template.web.network_interfaces.associate_public_ip_address",
    },
    {
      of: "an Elastic IP address",
      resource: instance(inSubnet, { ...PRIVATE, aws_eip: { it: { instance: "${aws_instance.web.id}" } } }),
      path: "",
    },
    {
      of: "an association of an Elastic IP address",
      resource: instance(inSubnet, {
        ...PRIVATE,
        aws_eip_association: { it: { instance_id: "${aws_instance.web.id}", allocation_id: "eipalloc-1" } },
      }),
      path: "",
    },
    {
      of: "an Elastic IP address of its interface",
      resource: instance(
        { primary_network_interface: { network_interface_id: "${aws_network_interface.card.id}" } },
        { ...CARD, aws_eip: { it: { network_interface: "${aws_network_interface.card.id}" } } },
      ),
      path: "",
    },
    {
      of: "an Elastic IP address of an interface that is attached to it",
      resource: instance(inSubnet, {
        ...PRIVATE,
        ...CARD,
        aws_network_interface_attachment: {
          it: {
            instance_id: "${aws_instance.web.id}",
            network_interface_id: "${aws_network_interface.card.id}",
          },
        },
        aws_eip_association: { it: { network_interface_id: "${aws_network_interface.card.id}" } },
      }),
      path: "",
    },
  ],
  unknown: [
    { of: "an address by a variable", resource: instance({ associate_public_ip_address: "${var.public}" }) },
    {
      of: "a subnet that is looked up",
      resource: instance({ subnet_id: "${data.aws_subnet.a.id}" }),
      rest: { data: { aws_subnet: { a: { tags: { Tier: "private" } } } } },
    },
    { of: "a subnet by its id", resource: instance({ subnet_id: "subnet-1" }) },
    { of: "a subnet by a variable", resource: instance({ subnet_id: "${var.subnet}" }) },
    { of: "a template of someone else", resource: instance(FOREIGN_TEMPLATE) },
    {
      of: "a subnet whose addresses are a variable",
      resource: instance(inSubnet, subnet({ map_public_ip_on_launch: "${var.public}" })),
    },
    {
      of: "an Elastic IP address by a variable",
      resource: instance(inSubnet, { ...PRIVATE, aws_eip: { it: { instance: "${var.instance}" } } }),
    },
  ],
});

describeRule(rule("EC2.17"), {
  compliant: [
    { of: "an instance that names no interface", resource: instance({}) },
    { of: "an instance with one interface", resource: instance(named, CARD) },
    {
      of: "a template with one interface",
      resource: instance(ofTemplate, template({ network_interfaces: [{}] })),
    },
  ],
  nonCompliant: [
    {
      of: "two interfaces",
      resource: instance({ network_interface: [{ device_index: 0 }, { device_index: 1 }] }),
      path: "network_interface",
    },
    {
      of: "an attachment",
      resource: instance(
        {},
        { aws_network_interface_attachment: { it: { instance_id: "${aws_instance.web.id}" } } },
      ),
      path: "network_interface",
    },
    {
      of: "an interface that attaches itself",
      resource: instance(
        {},
        {
          aws_network_interface: {
            it: { attachment: [{ instance: "${aws_instance.web.id}", device_index: 1 }] },
          },
        },
      ),
      path: "network_interface",
    },
    {
      of: "a template with two interfaces",
      resource: instance(ofTemplate, template({ network_interfaces: [{}, {}] })),
      path: "network_interface",
    },
  ],
  unknown: [
    { of: "interfaces by a variable", resource: instance({ network_interface: "${var.interfaces}" }) },
    {
      of: "an attachment by a variable",
      resource: instance(
        {},
        { aws_network_interface_attachment: { it: { instance_id: "${var.instance}" } } },
      ),
    },
    { of: "a template of someone else", resource: instance(FOREIGN_TEMPLATE) },
  ],
});

const image = (config: object): More => ({ aws_ami: { it: { name: "it", ...config } } });
const old = (ami: string) => ({ instance_type: "m3.large", ami });
const lookUp = (...values: string[]) => ({
  data: { aws_ami: { it: { filter: [{ name: "virtualization-type", values }] } } },
});

describeRule(rule("EC2.24"), {
  compliant: [
    { of: "a current type", resource: instance({ instance_type: "m7g.large", ami: "ami-1" }) },
    {
      of: "a current type by a template",
      resource: instance(ofTemplate, template({ instance_type: "t3.micro" })),
    },
    {
      of: "an old type with an image that is not",
      resource: instance(old("${aws_ami.it.id}"), image({ virtualization_type: "hvm" })),
    },
    {
      of: "an old type with an image that is looked up as not",
      resource: instance(old("${data.aws_ami.it.id}")),
      rest: lookUp("hvm"),
    },
  ],
  nonCompliant: [
    { of: "an old type", resource: instance(old("ami-1")), path: "instance_type" },
    {
      of: "an image that names no virtualization",
      resource: instance(old("${aws_ami.it.id}"), image({})),
      path: "ami",
    },
    {
      of: "an image that is looked up as either",
      resource: instance(old("${data.aws_ami.it.id}")),
      rest: lookUp("hvm", "paravirtual"),
      path: "instance_type",
    },
  ],
  unknown: [
    { of: "a type by a variable", resource: instance({ instance_type: "${var.type}" }) },
    { of: "a template of someone else", resource: instance(FOREIGN_TEMPLATE) },
  ],
});
