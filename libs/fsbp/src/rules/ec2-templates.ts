import { Unknown } from "@landfall/terraform-graph";
import { eachBlock, mustBeFalse, mustBeOneOf } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { all, COMPLIANT, type Verdict } from "../verdict";
import { type View } from "../view";
import { elasticAddressOf } from "./ec2-interfaces";

/**
 * The launch template of an instance.
 *
 * @returns `undefined` where it has none; an Unknown where it is none of the configuration
 */
export function templateOf(instance: Subject): Subject | Unknown | undefined {
  const blocks = instance.blocks("launch_template");
  if (blocks instanceof Unknown) return blocks;
  if (blocks.length === 0) return undefined;
  const template = instance.target("launch_template.id") ?? instance.target("launch_template.name");
  if (template instanceof Unknown) return template;
  return template?.resource.type === "aws_launch_template"
    ? template
    : new Unknown("what the launch template says is not known");
}

/** Whether a launch template's interface says that it gets a public address. Where it says nothing, the subnet decides. */
export const noPublicAddress = (networkInterface: View): Verdict => {
  const given = networkInterface.value("associate_public_ip_address");
  return given === null || given === ""
    ? COMPLIANT
    : mustBeFalse(networkInterface, "associate_public_ip_address");
};

/** The address of an interface that a launch template takes as it is. */
function noElasticAddress(networkInterface: View, subjects: Subjects): Verdict {
  const taken = subjects.targetOf(networkInterface.value("network_interface_id"));
  return taken === undefined || taken instanceof Unknown ? COMPLIANT : elasticAddressOf(taken);
}

export const templateRules: readonly ResourceRule[] = [
  /** EC2.25: a launch template gives its interfaces no public address. */
  {
    control: "EC2.25",
    types: ["aws_launch_template"],
    judge: (template, subjects) =>
      eachBlock(
        template,
        "network_interfaces",
        (each) => all(noPublicAddress(each), noElasticAddress(each, subjects)),
        COMPLIANT,
      ),
  },
  /** EC2.170: a launch template asks for IMDSv2. */
  {
    control: "EC2.170",
    types: ["aws_launch_template"],
    judge: (template) => mustBeOneOf(template, "metadata_options.http_tokens", ["required"]),
  },
];
