import { createSocket } from "node:dgram";
import { collectTraces, parseSegment } from "./trace-collector";

const HEADER = '{"format": "json", "version": 1}\n';

describe("parseSegment", () => {
  it("reads the segment after the line that names the format", () => {
    const body = { id: "a1", name: "dynamodb", trace_id: "1-2-3", parent_id: "b2", start_time: 1 };

    expect(parseSegment(HEADER + JSON.stringify(body))).toEqual({
      id: "a1",
      name: "dynamodb",
      traceId: "1-2-3",
      parentId: "b2",
    });
  });

  it.each(["", HEADER, `${HEADER}{"id":"a1"}`, `${HEADER}null`, "noise"])("passes over %j", (datagram) => {
    expect(parseSegment(datagram)).toBeUndefined();
  });
});

describe("collectTraces", () => {
  it("keeps the last version of each segment of a trace", async () => {
    const traces = await collectTraces();
    const [host, port] = traces.address.split(":");
    const socket = createSocket("udp4");
    const send = (segment: object): Promise<void> =>
      new Promise((settle) =>
        socket.send(HEADER + JSON.stringify(segment), Number(port), host, () => settle()),
      );

    await send({ id: "a1", name: "begun", trace_id: "1-2-3" });
    await send({ id: "a1", name: "done", trace_id: "1-2-3" });
    await send({ id: "b2", name: "other", trace_id: "1-2-4" });
    while (traces.segments("1-2-4").length === 0) await new Promise((settle) => setTimeout(settle, 5));

    expect(traces.segments("1-2-3").map(({ name }) => name)).toEqual(["done"]);
    expect(traces.segments("unknown")).toEqual([]);
    socket.close();
    await traces.stop();
  });
});
