import { type Tier } from "./address-plan";

/** One rule of a network ACL: all of them allow; what no rule allows is denied. */
export interface AclRule {
  readonly number: number;
  readonly protocol: "tcp" | "icmp";
  /** The first and the last port; the type and the code of an ICMP message. */
  readonly range: readonly [number, number];
  /** Whom it comes from or goes to. */
  readonly peer: "anyone" | "vpc";
  /** What needs it. */
  readonly why: string;
}

export interface AclRules {
  readonly ingress: readonly AclRule[];
  readonly egress: readonly AclRule[];
}

/** What a VPC has beside its isolated subnets. */
export interface Ways {
  /** Internet-facing load balancers, in the public subnets. */
  readonly loadBalancers: boolean;
  /** A way out through NAT, from the private subnets. */
  readonly egress: boolean;
}

type Peer = AclRule["peer"];

const https = (peer: Peer, why: string): AclRule => ({
  number: 100,
  protocol: "tcp",
  range: [443, 443],
  peer,
  why,
});

const http = (peer: Peer, why: string): AclRule => ({
  number: 110,
  protocol: "tcp",
  range: [80, 80],
  peer,
  why,
});

/** The ports that answers come to: a network ACL keeps no state. Servers within the VPC listen on them too. */
const highPorts = (peer: Peer, why: string): AclRule => ({
  number: 120,
  protocol: "tcp",
  range: [1024, 65_535],
  peer,
  why,
});

/** The same from anyone, without 3389: remote desktop stays closed (EC2.21). */
const highPortsFromAnyone = (why: string): readonly AclRule[] => [
  { ...highPorts("anyone", why), range: [1024, 3388] },
  { ...highPorts("anyone", why), number: 121, range: [3390, 65_535] },
];

/** ICMP "fragmentation needed" (type 3, code 4): without it, connections hang where the way takes no large packets. */
const pathMtu = (peer: Peer): AclRule => ({
  number: 130,
  protocol: "icmp",
  range: [3, 4],
  peer,
  why: "Tells the sender that a packet is too large for the way",
});

const RULES: Readonly<Record<Tier, (ways: Ways) => AclRules>> = {
  isolated: () => ({
    ingress: [
      https("vpc", "Calls to the interface endpoints, and of load balancers to their targets"),
      ...highPortsFromAnyone(
        "Answers of endpoints, S3 and DynamoDB, whose addresses are public; servers of the VPC",
      ),
    ],
    egress: [
      https("anyone", "Calls to the interface endpoints, and to S3 and DynamoDB, whose addresses are public"),
      highPorts("vpc", "Answers within the VPC, and calls to its servers"),
    ],
  }),
  private: () => ({
    ingress: [
      https("vpc", "Calls of load balancers to their targets"),
      ...highPortsFromAnyone("Answers from the internet and of endpoints; servers of the VPC"),
      pathMtu("anyone"),
    ],
    egress: [
      https("anyone", "Calls to the internet and to endpoints"),
      http("anyone", "Calls to the internet, for revocation lists and package mirrors"),
      highPorts("vpc", "Answers within the VPC, and calls to its servers"),
    ],
  }),
  public: ({ loadBalancers, egress }) => {
    const callers = loadBalancers ? "anyone" : "vpc";
    return {
      ingress: [
        https(callers, "Clients of the load balancers; what the private subnets send out through NAT"),
        http(
          callers,
          "Clients that the load balancers redirect; what the private subnets send out through NAT",
        ),
        ...(egress
          ? highPortsFromAnyone("Answers to NAT from the internet, and to load balancers from their targets")
          : [highPorts("vpc", "Answers to load balancers from their targets")]),
        pathMtu("anyone"),
      ],
      egress: [
        https(
          egress ? "anyone" : "vpc",
          "What NAT sends to the internet, and load balancers to their targets",
        ),
        ...(egress ? [http("anyone", "What NAT sends to the internet")] : []),
        highPorts(
          callers,
          "Answers to clients and to the private subnets; calls of load balancers to targets",
        ),
        ...(egress ? [pathMtu("vpc")] : []),
      ],
    };
  },
  firewall: () => ({
    ingress: [
      https("vpc", "What the private subnets send out, and load balancers to their targets"),
      http("vpc", "What the private subnets send out"),
      ...highPortsFromAnyone("Answers from the internet; load balancers and their targets"),
      pathMtu("anyone"),
    ],
    egress: [
      https("anyone", "What the firewall lets out to NAT, and load balancers to their targets"),
      http("anyone", "What the firewall lets out to NAT"),
      highPorts("vpc", "Answers to the private subnets; load balancers and their targets"),
      pathMtu("vpc"),
    ],
  }),
};

/**
 * The rules of a tier's network ACL. They are the coarse wall behind the security groups: TCP alone, no port below 1024
 * but those of HTTP, and neither SSH nor remote desktop from outside. DNS, time and credentials of the VPC itself are
 * not subject to network ACLs.
 *
 * @see EC2.21, https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html,
 * https://docs.aws.amazon.com/vpc/latest/userguide/path_mtu_discovery.html
 */
export const aclRules = (tier: Tier, ways: Ways): AclRules => RULES[tier](ways);
