import { synthStack, testZone } from "@landfall/testing";
import { TerraformElement, Token } from "cdktf";
import { LoadBalancer, type LoadBalancerProps } from "./load-balancer";

const synth = (change: Partial<LoadBalancerProps> = {}, zone = testZone()) =>
  synthStack(
    (stack) => {
      const permission = new TerraformElement(stack, "Permission", "aws_lambda_permission");
      new LoadBalancer(stack, "Front", {
        name: "front",
        vpcId: "vpc-1",
        subnetIds: ["subnet-1", "subnet-2"],
        certificateArn: "arn:aws:acm:eu-west-1:123456789012:certificate/1",
        accessLogBucketName: "logs",
        target: { functionArn: "arn:function", invokedByLoadBalancer: () => permission },
        ...change,
      });
    },
    { zone },
  );

describe("LoadBalancer", () => {
  const stack = synth();

  it("drops what is not plain HTTP, logs every request and is guarded from deletion", () => {
    expect(stack.resource("aws_lb")).toMatchObject({
      name: "test-sample-front",
      load_balancer_type: "application",
      internal: false,
      subnets: ["subnet-1", "subnet-2"],
      drop_invalid_header_fields: true,
      desync_mitigation_mode: "strictest",
      enable_deletion_protection: true,
      access_logs: { bucket: "logs", prefix: "test-sample-front", enabled: true },
    });
  });

  it("may be deleted with a disposable zone", () => {
    const disposable = synth({}, testZone({ disposable: true }));
    expect(disposable.resource("aws_lb")).toMatchObject({ enable_deletion_protection: false });
  });

  it("speaks TLS with the given certificate and a policy that Security Hub takes for strong", () => {
    expect(stack.resource("aws_lb_listener")).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      ssl_policy: "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
      certificate_arn: "arn:aws:acm:eu-west-1:123456789012:certificate/1",
      default_action: [{ type: "forward" }],
    });
  });

  it("listens to nothing but HTTPS", () => {
    expect(stack.resources("aws_lb_listener")).toHaveLength(1);
  });

  it("redirects HTTP to HTTPS where that is wanted, and does nothing else with it", () => {
    const both = synth({ redirectHttp: true });
    expect(both.resources("aws_lb_listener").find(({ port }) => port === 80)).toMatchObject({
      protocol: "HTTP",
      default_action: [
        { type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } },
      ],
    });
    expect(both.resources("aws_vpc_security_group_ingress_rule")).toHaveLength(2);
  });

  it("takes in the internet on the port of HTTPS, and sends nothing into the network", () => {
    expect(stack.resources("aws_vpc_security_group_ingress_rule")).toMatchObject([{ from_port: 443 }]);
    expect(stack.resources("aws_vpc_security_group_egress_rule")).toEqual([]);
  });

  it("registers the function once it may invoke it, and shows it every value of a header", () => {
    expect(stack.resource("aws_lb_target_group_attachment")).toMatchObject({
      target_id: "arn:function",
      depends_on: ["aws_lambda_permission.Permission"],
    });
    expect(stack.resource("aws_lb_target_group")).toMatchObject({
      target_type: "lambda",
      lambda_multi_value_headers_enabled: true,
    });
  });

  it("takes the values given", () => {
    const other = synth({ tlsPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06", idleTimeoutSeconds: 10 });
    expect(other.resource("aws_lb")).toMatchObject({ idle_timeout: 10 });
    expect(other.resources("aws_lb_listener").map(({ ssl_policy }) => ssl_policy)).toContain(
      "ELBSecurityPolicy-TLS13-1-3-2021-06",
    );
  });

  it("cuts a long name to AWS's 32 characters, and tells two of them apart", () => {
    const names = ["a", "b"].map((end) =>
      String(synth({ name: `a-name-that-is-very-much-too-long-${end}` }).resource("aws_lb").name),
    );
    for (const name of names) expect(name).toMatch(/^test-sample-a-name-[a-z-]*-[0-9a-f]{8}$/);
    expect(names.map(({ length }) => length)).toEqual([32, 32]);
    expect(names[0]).not.toBe(names[1]);
  });

  it("refuses what AWS refuses or Security Hub finds weak, all at once", () => {
    expect(() =>
      synth({
        subnetIds: ["subnet-1", "subnet-1"],
        certificateArn: "",
        tlsPolicy: "ELBSecurityPolicy-2016-08" as never,
        idleTimeoutSeconds: 0,
      }),
    ).toThrow(
      /'subnetIds' must .*\n.*'certificateArn' must .*\n.*'tlsPolicy' must .*\n.*'idleTimeoutSeconds' must /,
    );
  });

  it("does not judge what only Terraform knows", () => {
    expect(() => synth({ certificateArn: Token.asString({ certificate: "known later" }) })).not.toThrow();
  });
});
