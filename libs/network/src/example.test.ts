import { readFileSync } from "node:fs";
import { join } from "node:path";
import { synthStack } from "@landfall/testing";
import { example } from "../example";

const textOf = (file: string): string => readFileSync(join(__dirname, "..", file), "utf8");

describe("example", () => {
  it("makes a network that is logged and guarded, without a way to the internet", () => {
    const { resource = {} } = synthStack(example).json;
    expect(Object.keys(resource)).toEqual(
      expect.arrayContaining([
        "aws_flow_log",
        "aws_route53_resolver_firewall_rule_group_association",
        "aws_route53_resolver_query_log_config_association",
      ]),
    );
    expect(Object.keys(resource).filter((type) => /gateway|^aws_route$|aws_eip/.test(type))).toEqual([]);
  });

  it("is what the README shows", () => {
    expect(textOf("README.md")).toContain(`\`\`\`ts\n${textOf("example.ts")}\`\`\`\n`);
  });
});
