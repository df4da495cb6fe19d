import { Unknown } from "@landfall/terraform-graph";
import { eachBlock } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { all, any, COMPLIANT, nonCompliant, type Verdict } from "../verdict";
import { anyCompanion, ofCompanion } from "./companions";
import { inSamePlace, VPCS } from "./ec2-subjects";

const SEPARATE_RULES = [
  "aws_security_group_rule",
  "aws_vpc_security_group_ingress_rule",
  "aws_vpc_security_group_egress_rule",
] as const;

/** EC2.2: a VPC's default security group is taken over, and neither it nor a resource beside it holds a rule. */
export const defaultGroupRule: ResourceRule = {
  control: "EC2.2",
  types: [...VPCS, "aws_default_security_group"],
  judge: (subject, subjects) =>
    subject.resource.type === "aws_default_security_group"
      ? judgeDefaultGroup(subject)
      : hasDefaultGroup(subject, subjects),
};

function hasDefaultGroup(vpc: Subject, subjects: Subjects): Verdict {
  const type = "aws_default_security_group";
  // A group that names no VPC is that of the region's default VPC.
  const unnamed =
    vpc.resource.type === "aws_default_vpc"
      ? subjects
          .ofType(type)
          .filter((group) => group.value("vpc_id") === null && inSamePlace(group, vpc))
          .map((group) => ofCompanion(group, COMPLIANT))
      : [];
  const verdict = anyCompanion(
    vpc.related(type, "vpc_id"),
    () => COMPLIANT,
    nonCompliant("", `no ${type}`, "one of this VPC without rules: AWS's own lets its members talk"),
  );
  return any(...unnamed, verdict);
}

function judgeDefaultGroup(group: Subject): Verdict {
  const noBlocks = (name: string): Verdict =>
    eachBlock(group, name, (block) => nonCompliant(block.path, "a rule", "no rules"), COMPLIANT);
  // By the group's own id, or by the VPC's `default_security_group_id`.
  const vpc = group.target("vpc_id");
  const owners = vpc === undefined || vpc instanceof Unknown ? [group] : [group, vpc];
  const rules = owners.flatMap((owner) =>
    SEPARATE_RULES.flatMap((type) => owner.related(type, "security_group_id").found),
  );
  return all(
    noBlocks("ingress"),
    noBlocks("egress"),
    ...rules.map(({ resource }) => nonCompliant("", `the rule ${resource.address}`, "no rules")),
  );
}
