import { AddressSet, PUBLIC } from "../address-set";
import { type Reference } from "@landfall/terraform-graph";
import { type Block, type Reader } from "./reader";
import { type Peer } from "./types";

const TYPES = [
  "aws_vpc_endpoint.prefix_list_id",
  "aws_ec2_managed_prefix_list",
  "data.aws_prefix_list",
  "data.aws_ec2_managed_prefix_list",
];

/** A service with a gateway endpoint, by the name of its prefix list. */
const GATEWAY_SERVICE = /^com\.amazonaws\.[a-z0-9-]+\.(s3|dynamodb)$/;

/** What the prefix lists of rules and routes stand for. */
export interface PrefixLists {
  /** @param single whether the argument is one id and no list */
  readonly peers: (block: Block, name: string, single: boolean) => Peer[];
  /** The addresses of the one list that an argument names; for AWS's own lists some of the internet's. */
  readonly addresses: (block: Block, name: string) => AddressSet;
}

/**
 * A prefix list is the service of a gateway endpoint, a list of the zone's own, or one of AWS's by name. Of the last
 * only AWS knows the addresses: they are taken for the whole internet, so that what they open is never missed.
 */
export function readPrefixLists(reader: Reader): PrefixLists {
  const own = (reference: Reference): AddressSet => {
    const block = { resource: reference.resource, path: "" };
    const separate = reader.blocksOfType("aws_ec2_managed_prefix_list_entry").filter((entry) => {
      const list = reader.reference(entry, "prefix_list_id", ["aws_ec2_managed_prefix_list"]);
      return list?.resource === reference.resource;
    });
    return [...reader.blocks(block, "entry"), ...separate]
      .map((entry) => reader.block(entry, "cidr"))
      .reduce((all, addresses) => all.union(addresses), AddressSet.none);
  };
  const peer = (reference: Reference): Peer => {
    const { type } = reference.resource;
    if (type === "aws_ec2_managed_prefix_list") return { kind: "addresses", addresses: own(reference) };
    const block = { resource: reference.resource, path: "" };
    const service = reader.text(block, type === "aws_vpc_endpoint" ? "service_name" : "name") ?? "";
    return GATEWAY_SERVICE.test(service)
      ? { kind: "service", service }
      : { kind: "addresses", addresses: PUBLIC };
  };
  return {
    peers: (block, name, single) => {
      const references = single
        ? [reader.reference(block, name, TYPES)]
        : reader.references(block, name, TYPES);
      return references.flatMap((reference) => (reference ? [peer(reference)] : []));
    },
    addresses: (block, name) => {
      const reference = reader.reference(block, name, TYPES);
      const found = reference && peer(reference);
      return found === undefined ? AddressSet.none : found.kind === "addresses" ? found.addresses : PUBLIC;
    },
  };
}
