import { loadBalancer, publicAcl, publicSubnet, sound, zoneOf } from "../testing/fixtures";
import { reachabilityMarkdown } from "./markdown";

describe("reachabilityMarkdown", () => {
  it("tells what is reached by which way, and what stops the rest", () => {
    const lines = reachabilityMarkdown(zoneOf(sound, publicSubnet, publicAcl, loadBalancer)).split("\n");
    expect(lines.slice(0, 2)).toEqual(["| from | to | port | why |", "| --- | --- | --- | --- |"]);
    expect(lines.map((line) => line.split(" | ").slice(0, 3).join(" | ")).slice(2)).toEqual([
      "| function work of net | endpoint sqs of net | tcp 443",
      "| function work of net | gateway endpoint s3 of net | tcp 443",
      "| function work of net | the internet | none",
      "| the internet | function work of net | none",
      "| the internet | load balancer front of net | tcp 80",
      "| the internet | load balancer front of net | tcp 443",
      "| the internet | endpoint sqs of net | none",
      "",
    ]);
    expect(lines[4]).toContain(
      "stopped: no rule of security group net/aws_security_group.Work lets tcp 443 out",
    );
  });
});
