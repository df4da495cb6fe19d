import { callJson, callQuery, type Emulator, textAt } from "@landfall/local";
import { query } from "./deploy-function";

/** Makes a load balancer in front of a function: HTTPS to the function but for `/teapot`, HTTP redirected to HTTPS. */
export async function deployLoadBalancer(emulator: Emulator, functionName: string): Promise<void> {
  const subnets = await createSubnets(emulator);
  const call = (action: string, request: Record<string, string>) =>
    callQuery(emulator, "elasticloadbalancing", { Action: action, Version: "2015-12-01", ...request });
  const balancer = await call("CreateLoadBalancer", {
    Name: functionName,
    ...Object.fromEntries(subnets.map((id, index) => [`Subnets.member.${index + 1}`, id])),
  });
  const LoadBalancerArn = textAt(balancer, "LoadBalancers", "member", "LoadBalancerArn") ?? "";
  const group = await call("CreateTargetGroup", { Name: functionName, TargetType: "lambda" });
  const TargetGroupArn = textAt(group, "TargetGroups", "member", "TargetGroupArn") ?? "";
  const functionArn = `arn:aws:lambda:${emulator.region}:${emulator.account}:function:${functionName}`;
  await call("RegisterTargets", { TargetGroupArn, "Targets.member.1.Id": functionArn });
  const { CertificateArn } = await callJson<{ readonly CertificateArn: string }>(
    emulator,
    "acm",
    "CertificateManager.RequestCertificate",
    { DomainName: "orders.example.com" },
  );
  const listener = await call("CreateListener", {
    LoadBalancerArn,
    Port: "443",
    Protocol: "HTTPS",
    "Certificates.member.1.CertificateArn": CertificateArn,
    "DefaultActions.member.1.Type": "forward",
    "DefaultActions.member.1.TargetGroupArn": TargetGroupArn,
  });
  await call("CreateRule", {
    ListenerArn: textAt(listener, "Listeners", "member", "ListenerArn") ?? "",
    Priority: "1",
    "Conditions.member.1.Field": "path-pattern",
    "Conditions.member.1.Values.member.1": "/teapot",
    "Actions.member.1.Type": "fixed-response",
    "Actions.member.1.FixedResponseConfig.StatusCode": "418",
  });
  await call("CreateListener", {
    LoadBalancerArn,
    Port: "80",
    Protocol: "HTTP",
    "DefaultActions.member.1.Type": "redirect",
    "DefaultActions.member.1.RedirectConfig.Protocol": "HTTPS",
    "DefaultActions.member.1.RedirectConfig.Port": "443",
    "DefaultActions.member.1.RedirectConfig.StatusCode": "HTTP_301",
  });
}

/** A network of its own, with a subnet in each of two zones. */
const createSubnets = async (emulator: Emulator): Promise<string[]> => {
  const create = async (request: Record<string, string>, id: string): Promise<string> => {
    const answer = await query(emulator, "ec2", { Version: "2016-11-15", ...request });
    return new RegExp(`<${id}>([^<]+)`).exec(answer)?.[1] ?? "";
  };
  const VpcId = await create({ Action: "CreateVpc", CidrBlock: "10.9.0.0/16" }, "vpcId");
  const subnet = (third: number, zone: string) => ({
    Action: "CreateSubnet",
    VpcId,
    CidrBlock: `10.9.${third}.0/24`,
    AvailabilityZone: `${emulator.region}${zone}`,
  });
  return [await create(subnet(0, "a"), "subnetId"), await create(subnet(1, "b"), "subnetId")];
};
