import { INTERNET, OTHER_NETWORKS } from "../path/types";
import { Reachability } from "../reachability";
import { isolated, type Resources, zoneOf } from "./fixtures";

const FUNCTION = "aws_lambda_function.Work";

/** What the function of a zone made of the given resources meets. */
export function meets(
  to: "internet" | "s3" | "sqs" | "otherNetworks",
  port: number,
  ...resources: Resources[]
) {
  const reachability = new Reachability(zoneOf(isolated, ...resources));
  const [s3] = reachability.network.endpoints;
  if (!s3) throw new Error("no gateway endpoint");
  const destination = {
    internet: INTERNET,
    otherNetworks: OTHER_NETWORKS,
    s3,
    sqs: reachability.find("aws_vpc_endpoint.Sqs"),
  }[to];
  return reachability.reaches(reachability.find(FUNCTION), destination, port);
}

/** The last step of a way. */
export const last = (why: readonly string[]) => why.at(-1);

/** A rule of a network ACL that lets everything through. */
export const ALL = { rule_no: 100, action: "allow", protocol: "-1", cidr_block: "0.0.0.0/0" };
