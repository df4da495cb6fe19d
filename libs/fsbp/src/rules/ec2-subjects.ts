import { type Subject } from "../subject";

/** What rules look at as a VPC: the region's default VPC is one when it is taken over into the configuration. */
export const VPCS = ["aws_vpc", "aws_default_vpc"] as const;

/** What launches an instance of its own. */
export const INSTANCES = ["aws_instance", "aws_spot_instance_request"] as const;

/** Whether two resources are in the same account and region. */
export const inSamePlace = ({ resource: a }: Subject, { resource: b }: Subject): boolean =>
  a.account === b.account && a.region === b.region;
