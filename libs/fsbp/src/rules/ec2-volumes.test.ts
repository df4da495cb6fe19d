import { describeRule } from "../testing/cases";
import { volumeRules } from "./ec2-volumes";

const rule = (id: string) => {
  const found = volumeRules.find(({ control }) => control === id);
  if (!found) throw new Error(`no rule for ${id}`);
  return found;
};
type More = Record<string, Record<string, object>>;

const BY_DEFAULT: More = { aws_ebs_encryption_by_default: { on: {} } };
const NOT_BY_DEFAULT: More = { aws_ebs_encryption_by_default: { off: { enabled: false } } };
const ELSEWHERE: More = { aws_ebs_encryption_by_default: { on: { provider: "aws.other" } } };
const PROVIDERS = {
  provider: {
    aws: [
      { region: "eu-west-1", allowed_account_ids: ["123456789012"] },
      { alias: "other", region: "eu-central-1", allowed_account_ids: ["123456789012"] },
    ],
  },
};
const volume = (config: object, more: More = {}) => ({ aws_ebs_volume: { data: config }, ...more });
const instance = (config: object, more: More = {}) => ({ aws_instance: { web: config }, ...more });
const template = (config: object) => ({ aws_launch_template: { web: config } });
const ofTemplate = { launch_template: [{ id: "${aws_launch_template.web.id}" }] };
const mapping = (ebs: object) => ({ block_device_mappings: [{ device_name: "/dev/xvda", ebs: [ebs] }] });

describeRule(rule("EC2.3"), {
  compliant: [
    { of: "an encrypted volume", resource: volume({ encrypted: true }) },
    { of: "an encrypted volume of a snapshot", resource: volume({ encrypted: true, snapshot_id: "snap-1" }) },
    { of: "a volume that the region encrypts", resource: volume({}, BY_DEFAULT) },
    {
      of: "a snapshot's volume that the region encrypts",
      resource: volume({ snapshot_id: "snap-1" }, BY_DEFAULT),
    },
    {
      of: "an instance with encrypted volumes",
      resource: instance({
        root_block_device: [{ encrypted: true }],
        ebs_block_device: [{ encrypted: true }],
      }),
    },
    { of: "an instance that the region encrypts", resource: instance({}, BY_DEFAULT) },
    {
      of: "an instance whose template encrypts",
      resource: instance(ofTemplate, template(mapping({ encrypted: "true" }))),
    },
  ],
  nonCompliant: [
    { of: "a volume that says nothing", resource: volume({}), path: "encrypted" },
    { of: "a volume that is not", resource: volume({ encrypted: false }, BY_DEFAULT), path: "encrypted" },
    { of: "a region that does not encrypt", resource: volume({}, NOT_BY_DEFAULT), path: "encrypted" },
    {
      of: "another region that encrypts",
      resource: volume({}, ELSEWHERE),
      rest: PROVIDERS,
      path: "encrypted",
    },
    { of: "an instance that says nothing", resource: instance({}), path: "root_block_device.encrypted" },
    {
      of: "a root volume that is not, in a region that encrypts",
      resource: instance({ root_block_device: [{ encrypted: false }] }, BY_DEFAULT),
      path: "root_block_device.encrypted",
    },
    {
      of: "a root volume that says nothing",
      resource: instance({ root_block_device: [{ volume_size: 10 }] }),
      path: "root_block_device.encrypted",
    },
    {
      of: "the second of two more volumes",
      resource: instance({
        root_block_device: [{ encrypted: true }],
        ebs_block_device: [{ encrypted: true }, { encrypted: false }],
      }),
      path: "ebs_block_device[1].encrypted",
    },
    {
      of: "a template that does not encrypt",
      resource: instance(ofTemplate, template(mapping({ encrypted: "false" }))),
      path: "aws_launch_template.web.block_device_mappings.ebs.encrypted",
    },
    {
      of: "a template that encrypts one of two volumes",
      resource: instance(
        { launch_template: { name: "${aws_launch_template.web.name}" } },
        template({ block_device_mappings: [{ ebs: { encrypted: true } }, { ebs: { encrypted: false } }] }),
      ),
      path: "aws_launch_template.web.block_device_mappings[1].ebs.encrypted",
    },
    {
      of: "a template that names no volumes",
      resource: instance(ofTemplate, template({})),
      path: "root_block_device.encrypted",
    },
    {
      of: "an instance by a spot request",
      resource: { aws_spot_instance_request: { web: {} } },
      path: "root_block_device.encrypted",
    },
  ],
  unknown: [
    { of: "encryption by a variable", resource: volume({ encrypted: "${var.on}" }) },
    { of: "a volume of a snapshot", resource: volume({ snapshot_id: "snap-1" }) },
    {
      of: "a region whose setting is a variable",
      resource: volume({}, { aws_ebs_encryption_by_default: { on: { enabled: "${var.on}" } } }),
    },
    { of: "a template of someone else", resource: instance({ launch_template: [{ id: "lt-1" }] }) },
    { of: "volumes by a variable", resource: instance({ root_block_device: "${var.devices}" }) },
  ],
});

describeRule(rule("EC2.181"), {
  compliant: [
    { of: "a template that encrypts", resource: template(mapping({ encrypted: "true" })) },
    { of: "a template without volumes", resource: template({}) },
    {
      of: "a device that is no volume",
      resource: template({
        block_device_mappings: [{ device_name: "/dev/sdb", virtual_name: "ephemeral0" }],
      }),
    },
  ],
  nonCompliant: [
    {
      of: "a volume that is not encrypted",
      resource: template(mapping({ encrypted: "false" })),
      path: "block_device_mappings.ebs.encrypted",
    },
    {
      of: "a volume that says nothing",
      resource: template({
        block_device_mappings: [{ ebs: { encrypted: true } }, { ebs: { volume_size: 8 } }],
      }),
      path: "block_device_mappings[1].ebs.encrypted",
    },
  ],
  unknown: [
    { of: "encryption by a variable", resource: template(mapping({ encrypted: "${var.on}" })) },
    { of: "a volume of a snapshot", resource: template(mapping({ snapshot_id: "snap-1" })) },
    { of: "devices by a variable", resource: template({ block_device_mappings: "${var.devices}" }) },
  ],
});

const fleet = (config: object) => ({ aws_spot_fleet_request: { batch: config } });
const specification = (config: object) => fleet({ launch_specification: [config] });

describeRule(rule("EC2.173"), {
  compliant: [
    { of: "a specification without volumes", resource: specification({ ami: "ami-1" }) },
    {
      of: "encrypted volumes",
      resource: specification({
        root_block_device: [{ encrypted: true }],
        ebs_block_device: [{ encrypted: true }],
      }),
    },
  ],
  nonCompliant: [
    {
      of: "a root volume that says nothing",
      resource: specification({ root_block_device: [{ volume_size: 8 }] }),
      path: "launch_specification.root_block_device.encrypted",
    },
    {
      of: "a volume of the second specification",
      resource: fleet({ launch_specification: [{}, { ebs_block_device: [{ encrypted: false }] }] }),
      path: "launch_specification[1].ebs_block_device.encrypted",
    },
  ],
  unknown: [
    {
      of: "encryption by a variable",
      resource: specification({ ebs_block_device: [{ encrypted: "${var.on}" }] }),
    },
    {
      of: "specifications by a variable",
      resource: fleet({ launch_specification: "${var.specifications}" }),
    },
  ],
  notApplicable: [{ of: "launch templates", resource: fleet({ launch_template_config: [{}] }) }],
});
