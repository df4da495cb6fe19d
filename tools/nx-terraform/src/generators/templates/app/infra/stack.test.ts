import { synthApp, type SynthesizedStack, testZone } from "@landfall/testing";
import { definition } from "./stack";

const sampleApp = (): SynthesizedStack => {
  const [stack] = Object.values(synthApp({ zone: testZone(), definitions: [definition] }));
  if (!stack) throw new Error("sample-app was not synthesized");
  return stack;
};

describe("SampleAppStack", () => {
  const stack = sampleApp();

  it("publishes where events wait, where refused ones are kept, and where rows are", () => {
    const names = stack.resources("aws_ssm_parameter").map(({ name }) => String(name).split("/").at(-1));
    expect(names.sort()).toEqual(["deadLetterQueueUrl", "queueUrl", "tableName"]);
  });

  it("has one dashboard, with the metrics that its function writes", () => {
    const { dashboard_body } = stack.resource("aws_cloudwatch_dashboard");
    for (const name of ["Done", "Repeated", "Refused", "Failed"]) {
      expect(dashboard_body).toContain(`SampleTask${name}`);
    }
  });
});
