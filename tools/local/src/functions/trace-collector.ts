import { createSocket } from "node:dgram";

/** A segment or subsegment that a function sent. */
export interface TraceSegment {
  readonly id: string;
  readonly name: string;
  readonly traceId: string;
  readonly parentId: string | undefined;
}

export interface TraceCollector {
  /** e.g. `127.0.0.1:40123` */
  readonly address: string;
  /** What was sent for a trace, each segment once, in the order of arrival. */
  segments(traceId: string): readonly TraceSegment[];
  stop(): Promise<void>;
}

/** Traces kept; the oldest go first. */
const TRACE_LIMIT = 1000;

/**
 * Listens where a function expects the X-Ray daemon.
 *
 * @see https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-daemon
 */
export async function collectTraces(): Promise<TraceCollector> {
  const traces = new Map<string, Map<string, TraceSegment>>();
  const socket = createSocket("udp4");
  socket.on("message", (datagram) => {
    const segment = parseSegment(datagram.toString("utf8"));
    if (!segment) return;
    const known = traces.get(segment.traceId) ?? new Map<string, TraceSegment>();
    traces.set(segment.traceId, known.set(segment.id, segment));
    if (traces.size > TRACE_LIMIT) traces.delete(traces.keys().next().value ?? "");
  });
  await new Promise<void>((settle, fail) => {
    socket.once("error", fail);
    socket.bind(0, "127.0.0.1", settle);
  });
  return {
    address: `127.0.0.1:${socket.address().port}`,
    segments: (traceId) => [...(traces.get(traceId)?.values() ?? [])],
    stop: () => new Promise((settle) => socket.close(() => settle())),
  };
}

/** A datagram is a line that names the format, and a segment. */
export const parseSegment = (datagram: string): TraceSegment | undefined => {
  try {
    const body = JSON.parse(datagram.slice(datagram.indexOf("\n") + 1)) as Record<string, unknown>;
    const { id, name, trace_id: traceId, parent_id: parentId } = body;
    if (typeof id !== "string" || typeof name !== "string" || typeof traceId !== "string") return undefined;
    return { id, name, traceId, parentId: typeof parentId === "string" ? parentId : undefined };
  } catch {
    return undefined;
  }
};
