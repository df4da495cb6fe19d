import { describeRule, findingsOf } from "../testing/cases";
import { route53Rules } from "./route53";

const [queryLogs] = route53Rules;
if (!queryLogs) throw new Error("no rule for Route53.2");
const zone = (config: object) => ({ aws_route53_zone: { main: { name: "example.com", ...config } } });
const logged = (zone_id: string, more: object = {}) => ({
  ...zone({}),
  aws_route53_query_log: { main: { zone_id, cloudwatch_log_group_arn: "arn", ...more } },
});

describeRule(queryLogs, {
  compliant: [
    { of: "logs", resource: logged("${aws_route53_zone.main.zone_id}") },
    { of: "logs by the resource's id", resource: logged("${aws_route53_zone.main.id}") },
  ],
  nonCompliant: [
    { of: "no logs", resource: zone({}), path: "" },
    { of: "logs of another zone", resource: logged("Z123"), path: "" },
  ],
  unknown: [
    { of: "logs of nobody knows which zone", resource: logged("${var.zone}") },
    {
      of: "logs that may not be there",
      resource: logged("${aws_route53_zone.main.id}", { count: "${var.c}" }),
    },
    { of: "networks by a variable", resource: zone({ vpc: "${var.networks}" }) },
  ],
  notApplicable: [{ of: "a private zone", resource: zone({ vpc: [{ vpc_id: "vpc-1" }] }) }],
});

it("knows the logs of a zone that comes through a contract", () => {
  const parameter = { name: "/sandbox/dns/zone", value: "${aws_route53_zone.main.zone_id}" };
  const findings = findingsOf(
    route53Rules,
    { ...logged("${data.aws_ssm_parameter.zone.value}"), aws_ssm_parameter: { zone: parameter } },
    { data: { aws_ssm_parameter: { zone: { name: parameter.name } } } },
  );
  expect(findings.map(({ verdict }) => verdict)).toEqual([{ status: "compliant" }]);
});
