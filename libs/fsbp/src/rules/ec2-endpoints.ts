import { Reference, Template, Unknown, type Value } from "@landfall/terraform-graph";
import { mustBeOneOf, render } from "../expect";
import { type ResourceRule } from "../rule";
import { type Subject } from "../subject";
import { any, nonCompliant, unknown, type Verdict } from "../verdict";
import { mayBeMore, ofCompanion } from "./companions";
import { VPCS } from "./ec2-subjects";

/**
 * The services to which a VPC needs an interface endpoint, by control. FIPS endpoints count.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/vpc-endpoint-enabled.html
 */
const SERVICES: Readonly<Record<string, string>> = {
  "EC2.10": "ec2",
  "EC2.55": "ecr.api",
  "EC2.56": "ecr.dkr",
  "EC2.57": "ssm",
  "EC2.58": "ssm-contacts",
  "EC2.60": "ssm-incidents",
};

/** Whether an endpoint's service name ends in the service's, as `com.amazonaws.eu-west-1.ec2` does, also with `-fips`. */
function isFor(endpoint: Subject, service: string): boolean | Unknown {
  const name = endpoint.value("service_name");
  if (name instanceof Reference) {
    const data = endpoint.target("service_name");
    const found = data instanceof Unknown || data === undefined ? null : data.value("service");
    return found === null ? notKnown(name) : matches(found, service);
  }
  return matches(name, service);
}

const notKnown = (value: Value): Unknown =>
  new Unknown(`which service ${render(value)} is, is not known before the apply`);

function matches(name: Value, service: string): boolean | Unknown {
  if (name === null) return false;
  if (name instanceof Unknown) return name;
  // What is not known stands for the region, in front.
  const end = name instanceof Template ? name.parts.at(-1) : name;
  if (typeof end !== "string") return notKnown(name);
  const labels = service.split(".").map((label) => `${label}(?:-fips)?`);
  const pattern = new RegExp(`(?:^|\\.)${labels.join("\\.")}$`);
  if (pattern.test(end)) return true;
  return name instanceof Template && !end.includes(".") ? notKnown(name) : false;
}

function hasEndpoint(vpc: Subject, service: string): Verdict {
  const { found, uncertain } = vpc.related("aws_vpc_endpoint", "vpc_id");
  const verdicts = found.flatMap((endpoint): Verdict[] => {
    const is = isFor(endpoint, service);
    if (is === false) return [];
    const verdict =
      is === true
        ? mustBeOneOf(endpoint, "vpc_endpoint_type", ["Interface"], "Gateway")
        : unknown("service_name", is.reason);
    return [ofCompanion(endpoint, verdict)];
  });
  const missing = nonCompliant(
    "",
    `no aws_vpc_endpoint for ${service}`,
    `an interface endpoint for com.amazonaws.<region>.${service}`,
  );
  return any(...verdicts, ...mayBeMore(uncertain), missing);
}

/** EC2.10, EC2.55 to EC2.58, EC2.60: each VPC has an interface endpoint for the service. */
export const endpointRules: readonly ResourceRule[] = Object.entries(SERVICES).map(([control, service]) => ({
  control,
  types: VPCS,
  judge: (vpc) => hasEndpoint(vpc, service),
}));
