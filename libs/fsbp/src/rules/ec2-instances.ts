import { isList, Unknown, type Value } from "@landfall/terraform-graph";
import { eachBlock, mustBeFalse, mustBeOneOf, render } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject, type Subjects } from "../subject";
import { all, any, COMPLIANT, nonCompliant, unknown, type Verdict } from "../verdict";
import { mayBeMore, ofCompanion } from "./companions";
import { elasticAddressOf, interfacesOf, NAMED_INTERFACES } from "./ec2-interfaces";
import { noPublicAddress, templateOf } from "./ec2-templates";
import { inSamePlace, INSTANCES } from "./ec2-subjects";

const HTTP_TOKENS = "metadata_options.http_tokens";

/** EC2.8: an instance asks for IMDSv2: itself, by its launch template, or as the region's default for new instances. */
const imdsV2: ResourceRule = {
  control: "EC2.8",
  types: INSTANCES,
  judge: (instance, subjects) => {
    const required = mustBeOneOf(instance, HTTP_TOKENS, ["required"]);
    if (instance.value(HTTP_TOKENS) !== null) return required;
    const template = templateOf(instance);
    if (template instanceof Unknown) return unknown("launch_template", template.reason);
    if (template && template.value(HTTP_TOKENS) !== null) {
      return ofCompanion(template, mustBeOneOf(template, HTTP_TOKENS, ["required"]));
    }
    const defaults = subjects
      .ofType("aws_ec2_instance_metadata_defaults")
      .filter((each) => inSamePlace(each, instance))
      .map((each) => ofCompanion(each, mustBeOneOf(each, "http_tokens", ["required"])));
    return any(required, ...defaults);
  },
};

/** EC2.9: an instance has no public IPv4 address: none at launch, and no Elastic IP address. */
const noPublicIp: ResourceRule = {
  control: "EC2.9",
  types: INSTANCES,
  judge: (instance, subjects) => {
    const { resources, uncertain } = interfacesOf(instance, subjects);
    return all(
      launchAddress(instance, subjects),
      ...[instance, ...resources].map(elasticAddressOf),
      ...mayBeMore(uncertain),
    );
  },
};

const ASSOCIATE = "associate_public_ip_address";

/** The public address that an instance gets at launch: as it says, else as its template says, else as its subnet does. */
function launchAddress(instance: Subject, subjects: Subjects): Verdict {
  if (instance.value(ASSOCIATE) !== null) return mustBeFalse(instance, ASSOCIATE);
  // An interface that is there already gets no address at launch.
  if (NAMED_INTERFACES.some((name) => instance.value(name) !== null)) return COMPLIANT;
  const template = templateOf(instance);
  if (template instanceof Unknown) return unknown("launch_template", template.reason);
  if (template && template.value(`network_interfaces.${ASSOCIATE}`) !== null) {
    return ofCompanion(template, eachBlock(template, "network_interfaces", noPublicAddress, COMPLIANT));
  }
  const inTemplate = template?.value("network_interfaces.subnet_id") ?? null;
  return subnetAddress(instance.value("subnet_id") ?? inTemplate, subjects);
}

function subnetAddress(id: Value, subjects: Subjects): Verdict {
  if (id === null) {
    return nonCompliant(ASSOCIATE, "nothing, in a default subnet, which gives public addresses", "false");
  }
  const subnet = subjects.targetOf(id);
  if (subnet instanceof Unknown) return unknown("subnet_id", subnet.reason);
  const type = subnet?.resource.type;
  if (subnet === undefined || (type !== "aws_subnet" && type !== "aws_default_subnet")) {
    return unknown("subnet_id", `whether ${render(id)} gives public addresses is not known`);
  }
  const verdict = mustBeFalse(subnet, "map_public_ip_on_launch", type === "aws_default_subnet");
  return verdict.status === "non-compliant"
    ? nonCompliant(ASSOCIATE, `nothing, and ${subnet.resource.address} gives public addresses`, "false")
    : ofCompanion(subnet, verdict);
}

/** EC2.17: an instance has one network interface. */
const oneInterface: ResourceRule = {
  control: "EC2.17",
  types: INSTANCES,
  judge: (instance, subjects) => {
    const { count, uncertain } = interfacesOf(instance, subjects);
    const template = templateOf(instance);
    const inTemplate =
      template instanceof Unknown ? template : (template?.blocks("network_interfaces") ?? []);
    const most = Math.max(count, inTemplate instanceof Unknown ? 0 : inTemplate.length);
    if (most > 1) return nonCompliant("network_interface", `${most} network interfaces`, "one");
    const why = uncertain ?? (inTemplate instanceof Unknown ? inTemplate : undefined);
    return why === undefined ? COMPLIANT : unknown("network_interface", why.reason);
  },
};

/**
 * The families that run paravirtual images; none newer does.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/virtualization_types.html
 */
const PARAVIRTUAL_FAMILY = /^(?:c1|c3|hs1|m1|m2|m3|t1)\./;

/** EC2.24: an instance is not paravirtual: its type can't be, or its image is known not to be. */
const notParavirtual: ResourceRule = {
  control: "EC2.24",
  types: INSTANCES,
  judge: (instance) => {
    const template = templateOf(instance);
    const inTemplate = template instanceof Unknown ? template : (template?.value("instance_type") ?? null);
    const type = instance.value("instance_type") ?? inTemplate;
    if (typeof type === "string" && !PARAVIRTUAL_FAMILY.test(type)) return COMPLIANT;
    const virtualization = virtualizationOf(instance.target("ami"));
    if (virtualization === "hvm") return COMPLIANT;
    if (virtualization === "paravirtual") {
      return nonCompliant("ami", "a paravirtual image", "an image with the virtualization type hvm");
    }
    return typeof type === "string"
      ? nonCompliant("instance_type", render(type), "a type of a current family, or an image known as hvm")
      : unknown("instance_type", type instanceof Unknown ? type.reason : `${render(type)} tells no family`);
  },
};

/** How an image is virtualized, as the configuration tells: an image that it makes, or one that it looks up by this. */
function virtualizationOf(image: Subject | Unknown | undefined): Value {
  if (image === undefined || image instanceof Unknown) return null;
  // The provider's default is the older kind.
  if (image.resource.type === "aws_ami") return image.value("virtualization_type") ?? "paravirtual";
  const filters = image.blocks("filter");
  if (filters instanceof Unknown) return null;
  const values =
    filters.find((filter) => filter.value("name") === "virtualization-type")?.value("values") ?? null;
  return isList(values) && values.length === 1 ? (values[0] ?? null) : null;
}

export const instanceRules: readonly ResourceRule[] = [imdsV2, noPublicIp, oneInterface, notParavirtual];
