import { Unknown } from "@landfall/terraform-graph";
import { type Subject, type Subjects } from "../subject";
import { all, COMPLIANT, nonCompliant, type Verdict } from "../verdict";
import { mayBeMore } from "./companions";

/** The resources that give an Elastic IP address, each with its attributes for an instance and for an interface. */
const ELASTIC_ADDRESSES = [
  { type: "aws_eip", by: ["instance", "network_interface"] },
  { type: "aws_eip_association", by: ["instance_id", "network_interface_id"] },
] as const;

/** Non-compliant where an instance or a network interface has an Elastic IP address. */
export function elasticAddressOf(subject: Subject): Verdict {
  const relations = ELASTIC_ADDRESSES.flatMap(({ type, by }) =>
    by.map((name) => subject.related(type, name)),
  );
  return all(
    COMPLIANT,
    ...relations.flatMap(({ found, uncertain }) => [
      ...found.map(({ resource }) =>
        nonCompliant("", `a public address by ${resource.address}`, "no Elastic IP address"),
      ),
      ...mayBeMore(uncertain),
    ]),
  );
}

/** The blocks in which an instance names interfaces that are there already. Provider 6 prefers the second. */
export const NAMED_INTERFACES = ["network_interface", "primary_network_interface"] as const;

/** The network interfaces of an instance. */
export interface Interfaces {
  /** How many it has: the first one, which it always has, and those that are attached. */
  readonly count: number;
  /** Those that are resources of their own. */
  readonly resources: readonly Subject[];
  /** Why there may be more; `undefined` when all are known. */
  readonly uncertain: Unknown | undefined;
}

/** An instance names its interfaces itself, or a resource attaches one, or an interface attaches itself. */
export function interfacesOf(instance: Subject, subjects: Subjects): Interfaces {
  const blocks = NAMED_INTERFACES.map((name) => instance.blocks(name));
  const named = blocks.flatMap((each) => (each instanceof Unknown ? [] : each));
  const attachments = instance.related("aws_network_interface_attachment", "instance_id");
  const attached = instance.related("aws_network_interface", "attachment.instance");
  const targets = [
    ...named.map((block) => subjects.targetOf(block.value("network_interface_id"))),
    ...attachments.found.map((attachment) => attachment.target("network_interface_id")),
    ...attached.found,
  ];
  return {
    count: Math.max(1, named.length) + attachments.found.length + attached.found.length,
    resources: targets.flatMap((target) =>
      target === undefined || target instanceof Unknown ? [] : [target],
    ),
    uncertain: blocks.find((each) => each instanceof Unknown) ?? attachments.uncertain ?? attached.uncertain,
  };
}
