import { countResources } from "./terraform-json";

describe("countResources", () => {
  it("counts each resource once, or as often as it says", () => {
    const resource = {
      aws_vpc: { one: {} },
      aws_subnet: {
        many: { count: 3 },
        each: { for_each: { a: 1, b: 2 } },
        computed: { count: "${local.n}" },
      },
    };
    expect(countResources({ resource })).toBe(7);
    expect(countResources({})).toBe(0);
  });
});
