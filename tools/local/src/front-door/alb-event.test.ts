import { albEvent, albResponse, type WholeRequest } from "./alb-event";

const request = (headers: [string, string[]][], body: string | Buffer = ""): WholeRequest => ({
  method: "POST",
  host: "orders.example.com",
  target: "/orders?tag=a%20b&tag=c&flag",
  headers: new Map(headers),
  sourceIp: "127.0.0.1",
  body: Buffer.from(body),
});

describe("albEvent", () => {
  it("has the last value of each, undecoded", () => {
    expect(albEvent(request([["x-a", ["1", "2"]]]), "arn:group", false)).toEqual({
      requestContext: { elb: { targetGroupArn: "arn:group" } },
      httpMethod: "POST",
      path: "/orders",
      queryStringParameters: { tag: "c", flag: "" },
      headers: { "x-a": "2" },
      body: "",
      isBase64Encoded: false,
    });
  });

  it("has lists where the target group wants them", () => {
    const event = albEvent(request([["x-a", ["1", "2"]]]), "arn:group", true);
    expect(event.multiValueHeaders).toEqual({ "x-a": ["1", "2"] });
    expect(event.multiValueQueryStringParameters).toEqual({ tag: ["a%20b", "c"], flag: [""] });
    expect(event.headers).toBeUndefined();
  });

  it.each<[string, [string, string[]][], boolean]>([
    ["JSON", [["content-type", ["application/json; charset=utf-8"]]], false],
    ["text", [["content-type", ["text/csv"]]], false],
    ["an image", [["content-type", ["image/png"]]], true],
    ["nothing said of it", [], true],
    [
      "packed JSON",
      [
        ["content-type", ["application/json"]],
        ["content-encoding", ["gzip"]],
      ],
      true,
    ],
  ])("encodes a body that may be binary: %s", (_title, headers, encoded) => {
    const event = albEvent(request(headers, '{"a":"é"}'), "arn:group", false);
    expect(event.isBase64Encoded).toBe(encoded);
    expect(event.body).toBe(encoded ? Buffer.from('{"a":"é"}').toString("base64") : '{"a":"é"}');
  });
});

describe("albResponse", () => {
  it("reads status, headers and body", () => {
    const payload = JSON.stringify({
      statusCode: 201,
      statusDescription: "201 Created",
      headers: { "x-a": 1 },
      body: "aGk=",
      isBase64Encoded: true,
    });
    expect(albResponse(payload, false)).toEqual({
      status: 201,
      statusText: "Created",
      headers: [["x-a", "1"]],
      body: Buffer.from("hi"),
    });
  });

  it("reads lists of header values", () => {
    const payload = JSON.stringify({ statusCode: 200, multiValueHeaders: { "set-cookie": ["a=1", "b=2"] } });
    expect(albResponse(payload, true)?.headers).toEqual([
      ["set-cookie", "a=1"],
      ["set-cookie", "b=2"],
    ]);
  });

  it.each<[string, string | undefined]>([
    ["nothing", undefined],
    ["null", "null"],
    ["a list", "[]"],
    ["no status", "{}"],
    ["a status out of range", '{"statusCode":99}'],
    ["a body that is no text", '{"statusCode":200,"body":{}}'],
    ["headers that are no map", '{"statusCode":200,"headers":[]}'],
    ["a header that is no scalar", '{"statusCode":200,"headers":{"a":{}}}'],
    ["more than 1 MiB", JSON.stringify({ statusCode: 200, body: "x".repeat(1_048_576) })],
  ])("refuses %s", (_title, payload) => {
    expect(albResponse(payload, false)).toBeUndefined();
  });
});
