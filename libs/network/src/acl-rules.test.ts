import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type AclRule, aclRules, type AclRules, type Ways } from "./acl-rules";
import { type Tier, TIERS } from "./address-plan";

const WAYS: Readonly<Record<string, Ways>> = {
  none: { loadBalancers: false, egress: false },
  loadBalancers: { loadBalancers: true, egress: false },
  egress: { loadBalancers: false, egress: true },
  both: { loadBalancers: true, egress: true },
};

type Place = Tier | "internet";

interface Packet {
  readonly from: Place;
  readonly to: Place;
  /** Whose address the other side of the subnet has: what S3 or the internet sends is from neither. */
  readonly outside?: boolean;
  readonly port: number;
  readonly protocol?: "tcp" | "udp";
}

const admits = (
  rules: readonly AclRule[],
  { port, protocol = "tcp" }: Packet,
  peer: AclRule["peer"],
): boolean =>
  rules.some(
    (rule) =>
      rule.protocol === protocol &&
      rule.range[0] <= port &&
      port <= rule.range[1] &&
      (rule.peer === "anyone" || rule.peer === peer),
  );

/** Whether a packet leaves one subnet and enters the other; there is no memory of the packets before it. */
const passes = (ways: Ways, packet: Packet): boolean => {
  const peer = packet.outside || packet.from === "internet" || packet.to === "internet" ? "anyone" : "vpc";
  const rulesAt = (place: Place): AclRules | undefined =>
    place === "internet" ? undefined : aclRules(place, ways);
  const [leaving, entering] = [rulesAt(packet.from)?.egress, rulesAt(packet.to)?.ingress];
  return (
    (leaving === undefined || admits(leaving, packet, peer)) &&
    (entering === undefined || admits(entering, packet, peer))
  );
};

/** The ports that callers listen for answers on: the first and the last, Linux's range, and those beside 3389. */
const ANSWER_PORTS = [1024, 3388, 3390, 32_768, 60_999, 65_535];

/** A connection: its hops, in the order of the request. */
type Connection = readonly [name: string, ways: readonly string[], port: number, hops: readonly Place[]];

const ALLOWED: readonly Connection[] = [
  ["an isolated function to an interface endpoint", Object.keys(WAYS), 443, ["isolated", "isolated"]],
  ["an isolated function to S3", Object.keys(WAYS), 443, ["isolated", "internet"]],
  ["an isolated function to a database", Object.keys(WAYS), 5432, ["isolated", "isolated"]],
  ["a private workload to an interface endpoint", ["egress", "both"], 443, ["private", "isolated"]],
  ["a private workload to a database", ["egress", "both"], 5432, ["private", "isolated"]],
  ["a private workload to S3", ["egress", "both"], 443, ["private", "internet"]],
  ["a client to a load balancer", ["loadBalancers", "both"], 443, ["internet", "public"]],
  ["a client to the redirection", ["loadBalancers", "both"], 80, ["internet", "public"]],
  ["a load balancer to an isolated target", ["loadBalancers", "both"], 8443, ["public", "isolated"]],
  ["a load balancer to an isolated HTTPS target", ["loadBalancers", "both"], 443, ["public", "isolated"]],
  ["a load balancer to a private target", ["both"], 443, ["public", "private"]],
];

const DENIED: readonly Connection[] = [
  ["SSH to isolated", Object.keys(WAYS), 22, ["internet", "isolated"]],
  ["SSH within the VPC", Object.keys(WAYS), 22, ["isolated", "isolated"]],
  ["remote desktop to isolated", Object.keys(WAYS), 3389, ["internet", "isolated"]],
  ["remote desktop to public", Object.keys(WAYS), 3389, ["internet", "public"]],
  ["SSH to public", Object.keys(WAYS), 22, ["internet", "public"]],
  ["HTTPS from the internet to isolated", Object.keys(WAYS), 443, ["internet", "isolated"]],
  ["HTTPS from the internet to private", Object.keys(WAYS), 443, ["internet", "private"]],
  ["HTTPS from the internet without load balancers", ["none", "egress"], 443, ["internet", "public"]],
  ["HTTP out of isolated", Object.keys(WAYS), 80, ["isolated", "internet"]],
  ["mail out of private", Object.keys(WAYS), 25, ["private", "internet"]],
  ["a database outside, from private", Object.keys(WAYS), 5432, ["private", "internet"]],
];

const cases = (table: readonly Connection[]) =>
  table.flatMap(([name, ways, port, hops]) => ways.map((way) => [name, way, port, hops] as const));

describe("aclRules", () => {
  it.each(cases(ALLOWED))("lets %s through, and its answer back (%s)", (_, way, port, [from, to]) => {
    const ways = WAYS[way] as Ways;
    expect(passes(ways, { from: from as Place, to: to as Place, port })).toBe(true);
    for (const answer of ANSWER_PORTS) {
      expect([answer, passes(ways, { from: to as Place, to: from as Place, port: answer })]).toEqual([
        answer,
        true,
      ]);
    }
  });

  it.each(cases(DENIED))("denies %s (%s)", (_, way, port, [from, to]) => {
    expect(passes(WAYS[way] as Ways, { from: from as Place, to: to as Place, port })).toBe(false);
  });

  it.each([
    ["NAT", ["private", "public"] as const],
    ["the firewall and NAT", ["private", "firewall", "public"] as const],
  ])("lets a private workload call the internet through %s, and the answers back", (_, tiers) => {
    for (const way of ["egress", "both"]) {
      const ways = WAYS[way] as Ways;
      for (const port of [443, 80]) {
        tiers.forEach((tier, index) => {
          // The addresses at the ends stay the same on the way: the destination is outside of the VPC all along.
          const next = tiers[index + 1] ?? "internet";
          expect(admits(aclRules(tier, ways).egress, { from: tier, to: next, port }, "anyone")).toBe(true);
          if (next !== "internet") {
            expect(admits(aclRules(next, ways).ingress, { from: tier, to: next, port }, "vpc")).toBe(true);
          }
        });
      }
      for (const port of ANSWER_PORTS) {
        for (const tier of tiers) {
          expect(admits(aclRules(tier, ways).ingress, { from: "internet", to: tier, port }, "anyone")).toBe(
            true,
          );
        }
        for (const tier of tiers.slice(1)) {
          expect(admits(aclRules(tier, ways).egress, { from: tier, to: "private", port }, "vpc")).toBe(true);
        }
      }
    }
  });

  it.each(TIERS)("numbers each rule of %s once, fewer than AWS takes", (tier) => {
    for (const ways of Object.values(WAYS)) {
      for (const rules of Object.values(aclRules(tier, ways)) as AclRule[][]) {
        const numbers = rules.map(({ number }) => number);
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(numbers.length).toBeLessThanOrEqual(20);
      }
    }
  });

  it("passes no UDP", () => {
    for (const tier of TIERS) {
      expect(passes(WAYS.both as Ways, { from: "internet", to: tier, port: 40_000, protocol: "udp" })).toBe(
        false,
      );
      expect(passes(WAYS.both as Ways, { from: tier, to: "internet", port: 443, protocol: "udp" })).toBe(
        false,
      );
    }
  });

  it("is what the README's table shows", () => {
    const words = readFileSync(join(__dirname, "../README.md"), "utf8").replace(/\s+/g, " ");
    for (const tier of TIERS) {
      const { ingress, egress } = aclRules(tier, WAYS.both as Ways);
      for (const [direction, rules] of [
        ["in", ingress],
        ["out", egress],
      ] as const) {
        for (const rule of rules) expect(words).toContain(row(tier, direction, rule));
      }
    }
  });
});

const row = (
  tier: Tier,
  direction: string,
  { protocol, range: [first, last], peer, why }: AclRule,
): string => {
  const ports =
    protocol === "icmp" ? `ICMP ${first}/${last}` : first === last ? `${first}` : `${first}–${last}`;
  return `| ${tier} | ${direction} | ${ports} | ${peer} | ${why} |`;
};
