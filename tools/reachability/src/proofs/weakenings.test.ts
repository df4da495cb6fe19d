import {
  loadBalancer,
  merge,
  nat,
  openEgress,
  openHttps,
  publicAcl,
  publicSubnet,
  type Resources,
  sound,
  zoneOf,
} from "../testing/fixtures";
import { ingressViolations } from "./ingress";
import { isolationViolations } from "./isolation";
import { weakenings } from "./weakenings";

describe("one wall down", () => {
  it.each<[string, Resources[], RegExp]>([
    [
      "a security group open on HTTPS",
      [openHttps],
      /egress_rule.Open lets functions in isolated subnets out to more/,
    ],
    ["a route out", [publicSubnet, publicAcl, nat], /route net\/aws_route.Nat leads out of isolated subnets/],
  ])("%s alone opens nothing, but is a weakening", (_, change, message) => {
    expect(isolationViolations(zoneOf(sound, ...change))).toEqual([]);
    expect(weakenings(zoneOf(sound, ...change))).toEqual([expect.stringMatching(message)]);
  });

  it("a security group open on every port lets more than HTTPS to what is routed, and nothing to the internet", () => {
    const found = isolationViolations(zoneOf(sound, openEgress));
    expect(found).toEqual([
      expect.stringMatching(/Work reaches gateway endpoint s3 of net on tcp 0-65535/),
      expect.stringMatching(/Work reaches gateway endpoint s3 of net on udp 0-65535/),
    ]);
  });

  it("both walls down is a violation", () => {
    expect(isolationViolations(zoneOf(sound, openEgress, publicSubnet, publicAcl, nat))).not.toEqual([]);
  });

  it("tells of a rule for the internet where nothing listens for it", () => {
    const open = {
      aws_vpc_security_group_ingress_rule: {
        Endpoints: { cidr_ipv4: "0.0.0.0/0" },
      },
    };
    expect(ingressViolations(zoneOf(sound, open))).toEqual([]);
    expect(weakenings(zoneOf(sound, open))).toEqual([
      expect.stringMatching(/ingress_rule.Endpoints lets the internet in where no load balancer listens/),
    ]);
  });

  it("tells of a rule for an endpoint on another port", () => {
    const plain = merge(sound, {
      aws_vpc_security_group_egress_rule: { S3: { from_port: 80, to_port: 80 } },
    });
    expect(weakenings(zoneOf(plain))).toEqual([
      expect.stringMatching(/egress_rule.S3 lets functions in isolated subnets out to more/),
    ]);
  });

  it("tells of a function in no VPC", () => {
    const free = { aws_lambda_function: { Free: { function_name: "free" } } };
    expect(weakenings(zoneOf(sound, free))).toEqual([expect.stringMatching(/Free is in no VPC/)]);
  });

  it("takes a function in no VPC whose role the repair boundary of the zone bounds, and no other boundary", () => {
    const bounded = (name: string) =>
      zoneOf(sound, {
        aws_lambda_function: { Free: { function_name: "free", role: "${aws_iam_role.Free.arn}" } },
        aws_iam_role: { Free: { permissions_boundary: "${aws_iam_policy.Boundary.arn}" } },
        aws_iam_policy: { Boundary: { name } },
      });
    expect(weakenings(bounded("demo-repair-boundary"))).toEqual([]);
    expect(weakenings(bounded("other-repair-boundary"))).toHaveLength(1);
    expect(weakenings(bounded("demo-workload-boundary"))).toHaveLength(1);
  });

  it("finds none in a sound zone with a load balancer", () => {
    expect(weakenings(zoneOf(sound, publicSubnet, publicAcl, loadBalancer))).toEqual([]);
  });
});
