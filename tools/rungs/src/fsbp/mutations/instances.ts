import { type Mutation } from "../mutation";
import { type Resources, type ZoneDraft } from "../zone-draft";

const AMI = "ami-0123456789abcdef0";
const TYPE = "t4g.small";

const VOLUME = {
  aws_ebs_volume: { Added: { availability_zone: "eu-west-1a", size: 8, encrypted: true } },
};

const INSTANCE = (zone: ZoneDraft): Resources => ({
  aws_instance: {
    Added: {
      ami: AMI,
      instance_type: TYPE,
      subnet_id: zone.references("aws_subnet", "id")[0],
      associate_public_ip_address: false,
      metadata_options: { http_tokens: "required" },
    },
  },
});

const TEMPLATE = {
  aws_launch_template: {
    Added: {
      image_id: AMI,
      instance_type: TYPE,
      metadata_options: { http_tokens: "required" },
      network_interfaces: [{ associate_public_ip_address: "false" }],
      block_device_mappings: [{ device_name: "/dev/xvda", ebs: { encrypted: "true", volume_size: 8 } }],
    },
  },
};

const SPOT_FLEET = {
  aws_spot_fleet_request: {
    Added: {
      iam_fleet_role: "arn:aws:iam::123456789012:role/spot-fleet",
      target_capacity: 1,
      launch_specification: [{ ami: AMI, instance_type: TYPE, root_block_device: [{ encrypted: true }] }],
    },
  },
};

/** How the controls of EC2 on instances and volumes are broken. */
export const instanceMutations: readonly Mutation[] = [
  {
    control: "EC2.3",
    mutation: "a volume is not encrypted",
    at: "aws_ebs_volume",
    add: VOLUME,
    change: (zone) => zone.set("aws_ebs_volume", "encrypted", false),
  },
  {
    control: "EC2.7",
    mutation: "a region does not encrypt new volumes by default",
    at: "aws_ebs_encryption_by_default",
    change: (zone) => zone.set("aws_ebs_encryption_by_default", "enabled", false),
  },
  {
    control: "EC2.8",
    mutation: "an instance takes IMDSv1, too",
    at: "aws_instance",
    add: INSTANCE,
    change: (zone) => zone.set("aws_instance", "metadata_options.http_tokens", "optional"),
  },
  {
    control: "EC2.9",
    mutation: "an instance gets a public address",
    at: "aws_instance",
    add: INSTANCE,
    change: (zone) => zone.set("aws_instance", "associate_public_ip_address", true),
  },
  {
    control: "EC2.17",
    mutation: "an instance gets a second network interface",
    at: "aws_instance",
    add: INSTANCE,
    change: (zone) =>
      zone.add({
        aws_network_interface: { Second: { subnet_id: zone.references("aws_subnet", "id")[0] } },
        aws_network_interface_attachment: {
          Second: {
            instance_id: "${aws_instance.Added.id}",
            network_interface_id: "${aws_network_interface.Second.id}",
            device_index: 1,
          },
        },
      }),
  },
  {
    control: "EC2.24",
    mutation: "an instance is of a family that runs paravirtual images",
    at: "aws_instance",
    add: INSTANCE,
    change: (zone) => zone.set("aws_instance", "instance_type", "m1.small"),
  },
  {
    control: "EC2.25",
    mutation: "a launch template gives a public address",
    at: "aws_launch_template",
    add: TEMPLATE,
    change: (zone) =>
      zone.set("aws_launch_template", "network_interfaces.0.associate_public_ip_address", "true"),
  },
  {
    control: "EC2.170",
    mutation: "a launch template takes IMDSv1, too",
    at: "aws_launch_template",
    add: TEMPLATE,
    change: (zone) => zone.set("aws_launch_template", "metadata_options.http_tokens", "optional"),
  },
  {
    control: "EC2.173",
    mutation: "a spot fleet does not encrypt the root volumes",
    at: "aws_spot_fleet_request",
    add: SPOT_FLEET,
    change: (zone) =>
      zone.set("aws_spot_fleet_request", "launch_specification.0.root_block_device.0.encrypted", false),
  },
  {
    control: "EC2.181",
    mutation: "a launch template does not encrypt its volume",
    at: "aws_launch_template",
    add: TEMPLATE,
    change: (zone) => zone.set("aws_launch_template", "block_device_mappings.0.ebs.encrypted", "false"),
  },
  {
    control: "EC2.182",
    mutation: "a region lets snapshots be shared with everyone",
    at: "aws_ebs_snapshot_block_public_access",
    change: (zone) => zone.set("aws_ebs_snapshot_block_public_access", "state", "unblocked"),
  },
];
