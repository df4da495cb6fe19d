import { loadBalancer, publicAcl, publicSubnet, type Resources, sound, zoneOf } from "../testing/fixtures";
import { ingressViolations } from "./ingress";

describe("ingressViolations", () => {
  const front = (...change: Resources[]) =>
    ingressViolations(zoneOf(sound, publicSubnet, publicAcl, loadBalancer, ...change));

  it("lets a load balancer have port 443, and port 80 to redirect", () => {
    expect(front()).toEqual([]);
  });

  it.each<[string, Resources, RegExp]>([
    [
      "a listener on port 80 that forwards",
      { aws_lb_listener: { Http: { default_action: [{ type: "forward" }] } } },
      /aws_lb.Front on tcp 80/,
    ],
    [
      "a listener on port 80 that redirects to HTTP",
      {
        aws_lb_listener: { Http: { default_action: [{ type: "redirect", redirect: { protocol: "HTTP" } }] } },
      },
      /aws_lb.Front on tcp 80/,
    ],
    [
      "a rule of the redirecting listener that forwards",
      {
        aws_lb_listener_rule: {
          Forward: { listener_arn: "${aws_lb_listener.Http.arn}", action: [{ type: "forward" }] },
        },
      },
      /aws_lb.Front on tcp 80/,
    ],
    [
      "another port",
      {
        aws_lb_listener: { More: { load_balancer_arn: "${aws_lb.Front.arn}", port: 8443 } },
        aws_vpc_security_group_ingress_rule: {
          More: {
            security_group_id: "${aws_security_group.Front.id}",
            cidr_ipv4: "0.0.0.0/0",
            ip_protocol: "tcp",
            from_port: 8443,
            to_port: 8443,
          },
        },
      },
      /aws_lb.Front on tcp 8443/,
    ],
    [
      "a host with a public address",
      {
        aws_instance: {
          Host: {
            subnet_id: "${aws_subnet.Public.id}",
            associate_public_ip_address: true,
            vpc_security_group_ids: ["${aws_security_group.Front.id}"],
          },
        },
      },
      /aws_instance.Host on tcp 443/,
    ],
  ])("tells of %s", (_, change, message) => {
    expect(front(change)).toContainEqual(expect.stringMatching(message));
  });
});
