import { Unknown } from "@landfall/terraform-graph";
import { mustBeTrue } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { all, any, COMPLIANT, NOT_APPLICABLE, unknown, type Verdict } from "../verdict";
import { type View } from "../view";
import { ofCompanion } from "./companions";
import { templateOf } from "./ec2-templates";
import { inSamePlace, INSTANCES } from "./ec2-subjects";

/** Whether the region encrypts new volumes that do not say: not applicable where nothing says so. */
const encryptedByDefault = (subject: Subject, subjects: Subjects): Verdict =>
  any(
    ...subjects
      .ofType("aws_ebs_encryption_by_default")
      .filter((setting) => inSamePlace(setting, subject))
      .map((setting) => ofCompanion(setting, mustBeTrue(setting, "enabled", true))),
  );

/** A volume says that it is encrypted. One of a snapshot can't: it is what the snapshot is. */
function saysEncrypted(device: View): Verdict {
  const given = device.value("encrypted");
  return (given === null || given === "") && device.value("snapshot_id") !== null
    ? unknown(device.at("encrypted"), "the snapshot decides whether the volume is encrypted")
    : mustBeTrue(device, "encrypted");
}

/** A volume is encrypted: it says so, or it says nothing and the region encrypts by default. */
const isEncrypted = (device: View, subject: Subject, subjects: Subjects): Verdict =>
  device.value("encrypted") === null
    ? any(saysEncrypted(device), encryptedByDefault(subject, subjects))
    : saysEncrypted(device);

/** Judges the volumes that blocks of some names describe. */
function volumesOf(view: View, names: readonly string[], judge: (device: View) => Verdict): Verdict[] {
  return names.flatMap((name) => {
    const blocks = view.blocks(name);
    return blocks instanceof Unknown ? [unknown(view.at(name), blocks.reason)] : blocks.map(judge);
  });
}

/** The volumes that a launch template names. */
const templateVolumes = (template: Subject): Verdict[] => {
  const mappings = template.blocks("block_device_mappings");
  return mappings instanceof Unknown
    ? [unknown("block_device_mappings", mappings.reason)]
    : mappings.flatMap((mapping) => volumesOf(mapping, ["ebs"], saysEncrypted));
};

/** The root volume of an instance that does not describe it: its launch template may. */
function templateRoot(instance: Subject): Verdict {
  const template = templateOf(instance);
  if (template instanceof Unknown) return unknown("launch_template", template.reason);
  const volumes = template ? templateVolumes(template).map((each) => ofCompanion(template, each)) : [];
  return volumes.length > 0 ? all(...volumes) : mustBeTrue(instance, "root_block_device.encrypted");
}

/**
 * EC2.3: volumes of instances are encrypted. AWS judges a volume once it is attached; here each one is judged, since it is
 * made to be attached, and can't be encrypted later.
 */
const encryptedVolumes: ResourceRule = {
  control: "EC2.3",
  types: ["aws_ebs_volume", ...INSTANCES],
  judge: (subject, subjects) => {
    const judgeDevice = (device: View): Verdict => isEncrypted(device, subject, subjects);
    if (subject.resource.type === "aws_ebs_volume") return judgeDevice(subject);
    const root = volumesOf(subject, ["root_block_device"], judgeDevice);
    return all(
      ...(root.length > 0 ? root : [any(templateRoot(subject), encryptedByDefault(subject, subjects))]),
      ...volumesOf(subject, ["ebs_block_device"], judgeDevice),
    );
  },
};

/** EC2.173: a spot fleet's launch specifications encrypt the volumes that they name. Launch templates: see EC2.181. */
const spotFleet: ResourceRule = {
  control: "EC2.173",
  types: ["aws_spot_fleet_request"],
  judge: (fleet) => {
    const specifications = fleet.blocks("launch_specification");
    if (specifications instanceof Unknown) return unknown("launch_specification", specifications.reason);
    if (specifications.length === 0) return NOT_APPLICABLE;
    const devices = ["root_block_device", "ebs_block_device"];
    return all(COMPLIANT, ...specifications.flatMap((each) => volumesOf(each, devices, saysEncrypted)));
  },
};

export const volumeRules: readonly ResourceRule[] = [
  encryptedVolumes,
  spotFleet,
  /** EC2.181: a launch template encrypts the volumes that it names. */
  {
    control: "EC2.181",
    types: ["aws_launch_template"],
    judge: (template) => all(COMPLIANT, ...templateVolumes(template)),
  },
];
