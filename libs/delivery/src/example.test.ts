import { statementsOf, synthStack } from "@landfall/testing";
import { example } from "../example";

describe("the example of delivery", () => {
  const stack = synthStack(example);
  const policyOf = (role: string) => {
    const [address] = Object.entries(stack.json.resource?.aws_iam_role ?? {}).find(
      ([, { name }]) => name === `test-pipeline-${role}`,
    ) ?? [""];
    const policy = stack
      .resources("aws_iam_role_policy")
      .find((each) => String(each.role).includes(`aws_iam_role.${address}.`));
    return statementsOf(policy?.policy);
  };

  it("delivers one zone: source, verify, and all that is done with the zone in one stage", () => {
    const { stage } = stack.resource("aws_codepipeline") as unknown as {
      stage: { name: string; action: { name: string }[] }[];
    };
    expect(stage.map(({ name, action }) => [name, ...action.map((each) => each.name)])).toEqual([
      ["Source", "Source"],
      ["Verify", "Verify"],
      ["sandbox", "Plan", "Approve", "Deploy", "Watch"],
    ]);
  });

  it("lets only the deploy take the role that deploys", () => {
    expect(policyOf("deploy-sandbox").TakeDeploy?.Resource).toEqual([
      "arn:aws:iam::123456789012:role/sandbox-deploy",
    ]);
    for (const role of ["verify", "plan-sandbox", "watch-sandbox", "drift-sandbox", "run"]) {
      const taken = Object.values(policyOf(role)).filter(({ Action }) => Action === "sts:AssumeRole");
      expect({ role, deploys: JSON.stringify(taken).includes("-deploy") }).toEqual({ role, deploys: false });
    }
  });
});
