import { readFileSync } from "node:fs";
import { join } from "node:path";
import { organizationZone, synthStack } from "@landfall/testing";
import { example } from "../example";

describe("the example", () => {
  it("binds every account by four policies on the root, and the log archive by one more", () => {
    const stack = synthStack(example, {
      zone: organizationZone(),
      definition: { name: "organization", scope: "global", accounts: ["management"] },
    });
    const targets = stack
      .resources("aws_organizations_policy_attachment")
      .map(({ target_id: target }) => String(target).replace(/^\$\{.*roots\[0\]\.id\}$/, "root"));
    expect(targets.sort()).toEqual(["123456789012", "root", "root", "root", "root"]);
  });

  it("is what the README shows", () => {
    const [source, readme] = ["../example.ts", "../README.md"].map((file) =>
      readFileSync(join(__dirname, file), "utf8"),
    );
    expect(readme).toContain(`\`\`\`ts\n${source}\`\`\``);
  });
});
