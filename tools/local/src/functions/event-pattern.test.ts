import { matchesPattern } from "./event-pattern";

const EVENT = {
  eventName: "INSERT",
  dynamodb: { Keys: { pk: { S: "order#1" } }, NewImage: { total: 12, tags: ["new", "big"], note: null } },
};

describe("matchesPattern", () => {
  it.each<[string, object, boolean]>([
    ["a value of the list", { eventName: ["MODIFY", "INSERT"] }, true],
    ["no value of the list", { eventName: ["REMOVE"] }, false],
    ["every name", { eventName: ["INSERT"], dynamodb: { Keys: { pk: { S: ["order#2"] } } } }, false],
    ["a value below", { dynamodb: { Keys: { pk: { S: ["order#1"] } } } }, true],
    ["an element of a list", { dynamodb: { NewImage: { tags: ["big"] } } }, true],
    ["a name that is missing", { dynamodb: { OldImage: { total: [1] } } }, false],
    ["null", { dynamodb: { NewImage: { note: [null] } } }, true],
    ["prefix", { dynamodb: { Keys: { pk: { S: [{ prefix: "order#" }] } } } }, true],
    ["suffix", { dynamodb: { Keys: { pk: { S: [{ suffix: "#2" }] } } } }, false],
    ["exists", { dynamodb: { NewImage: { total: [{ exists: true }] } } }, true],
    ["exists not", { dynamodb: { NewImage: { gone: [{ exists: false }] } } }, true],
    ["anything but", { eventName: [{ "anything-but": ["REMOVE", "MODIFY"] }] }, true],
    ["anything but this", { eventName: [{ "anything-but": "INSERT" }] }, false],
    ["ignoring case", { eventName: [{ "equals-ignore-case": "insert" }] }, true],
    ["a range", { dynamodb: { NewImage: { total: [{ numeric: [">", 10, "<=", 12] }] } } }, true],
    ["out of a range", { dynamodb: { NewImage: { total: [{ numeric: [">", 12] }] } } }, false],
  ])("%s", (_title, pattern, expected) => {
    expect(matchesPattern(pattern as Record<string, unknown>, EVENT)).toBe(expected);
  });

  it("refuses an operator that it does not know, instead of letting events pass or vanish", () => {
    expect(() => matchesPattern({ eventName: [{ wildcard: "I*" }] }, EVENT)).toThrow("wildcard");
  });
});
