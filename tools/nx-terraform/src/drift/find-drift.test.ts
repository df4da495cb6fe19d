import { findDrift } from "./find-drift";

const resource = (address: string, actions: string[], before: unknown, after: unknown) => ({
  address,
  type: address.split(".")[0] ?? "",
  change: { actions, before, after },
});
const json = (lifecycle: unknown) => ({ resource: { aws_sqs_queue: { q: { lifecycle } } } });
const changed = resource(
  "aws_sqs_queue.q[0]",
  ["update"],
  { delay: 1, tags: { a: "1" } },
  { delay: 2, tags: { a: "2" } },
);

describe("findDrift", () => {
  it("names what was changed and what is gone, by address", () => {
    const gone = resource("aws_iam_role.r", ["delete"], { name: "r" }, null);

    expect(findDrift({ resource_drift: [changed, gone] }, {})).toEqual([
      { address: "aws_iam_role.r", what: "deleted", attributes: [] },
      {
        address: "aws_sqs_queue.q[0]",
        what: "changed",
        attributes: [
          { path: "delay", before: "1", after: "2", sensitive: false },
          { path: "tags.a", before: '"1"', after: '"2"', sensitive: false },
        ],
      },
    ]);
  });

  it("leaves out what the configuration ignores, and all below it", () => {
    const [only] = findDrift({ resource_drift: [changed] }, json({ ignore_changes: ["tags"] }));

    expect(only?.attributes.map(({ path }) => path)).toEqual(["delay"]);
  });

  it.each([{ ignore_changes: "all" }, [{ ignore_changes: ["tags", "delay"] }]])(
    "finds none where everything is ignored: %p",
    (lifecycle) => {
      expect(findDrift({ resource_drift: [changed] }, json(lifecycle))).toEqual([]);
    },
  );

  it("finds none in a data source, and none where nothing differs", () => {
    const data = { ...changed, address: "data.aws_sqs_queue.q", mode: "data" as const };
    const same = resource("aws_sqs_queue.same", ["update"], { a: 1 }, { a: 1 });

    expect(findDrift({ resource_drift: [data, same] }, {})).toEqual([]);
    expect(findDrift({}, {})).toEqual([]);
  });
});
