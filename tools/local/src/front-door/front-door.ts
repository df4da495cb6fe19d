import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { type AwsAddress } from "../functions/aws-clients";
import { type FunctionRunner } from "../functions/function-runner";
import { albEvent, albResponse, type WholeRequest } from "./alb-event";
import { type Action, type Listener, type LoadBalancer, readLoadBalancers } from "./load-balancer";
import { redirectLocation, route } from "./routing";

export interface FrontDoorOptions extends AwsAddress {
  /** Runs the functions behind the load balancer: the runner of the same region. */
  readonly runner: Pick<FunctionRunner, "invoke">;
  /** Told what a person should know, one line at a time. */
  readonly log: (message: string) => void;
}

/** A listener that can be reached. */
export interface Door {
  /** Of its load balancer, e.g. what an alias record names. */
  readonly dnsName: string;
  readonly loadBalancer: string;
  /** As it is deployed, e.g. 443. */
  readonly port: number;
  readonly protocol: string;
  /** Where it is reached here, e.g. `http://127.0.0.1:40123`. */
  readonly url: string;
}

/** Plays the deployed application load balancers of one region, each listener on a port of the loopback interface. */
export interface FrontDoor {
  readonly doors: readonly Door[];
  /**
   * Where the listener with a port is reached.
   *
   * @throws Error when there is none
   */
  url(port: number, dnsName?: string): string;
  stop(): Promise<void>;
}

const LARGEST_BODY = 1_048_576;

/**
 * Reads the load balancers back from the AWS API and answers in their place: picks the rule, makes the event, calls the
 * deployed function, and sends its answer back. TLS has ended: a listener for HTTPS is spoken to in plain HTTP.
 *
 * Not played are web ACLs, authentication at the listener, health checks of targets, and access logs.
 */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const opened: { readonly door: Door; readonly server: Server }[] = [];
  for (const balancer of await readLoadBalancers(options)) {
    for (const listener of balancer.listeners) opened.push(await open(balancer, listener, options));
  }
  const doors = opened.map(({ door }) => door);
  return {
    doors,
    url: (port, dnsName) => {
      const found = doors.find(
        (door) => door.port === port && (dnsName === undefined || door.dnsName === dnsName),
      );
      if (!found) throw new Error(`no load balancer listens on port ${port} in ${options.region}`);
      return found.url;
    },
    stop: async () => {
      await Promise.all(
        opened.map(({ server }) => {
          server.closeAllConnections();
          return new Promise<void>((settle) => server.close(() => settle()));
        }),
      );
    },
  };
}

const open = async (balancer: LoadBalancer, listener: Listener, options: FrontDoorOptions) => {
  const server = createServer((incoming, outgoing) => {
    void answer({ balancer, listener, options, incoming, outgoing }).catch((error: unknown) => {
      options.log(`The load balancer ${balancer.name} failed: ${String(error)}`);
      plain(outgoing, 500);
    });
  });
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const { port } = server.address() as AddressInfo;
  const door: Door = {
    dnsName: balancer.dnsName,
    loadBalancer: balancer.name,
    port: listener.port,
    protocol: listener.protocol,
    url: `http://127.0.0.1:${port}`,
  };
  return { door, server };
};

interface Exchange {
  readonly balancer: LoadBalancer;
  readonly listener: Listener;
  readonly options: FrontDoorOptions;
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

async function answer(exchange: Exchange): Promise<void> {
  const { listener, outgoing, options } = exchange;
  const request = await readRequest(exchange);
  const action = route(listener.rules, request);
  switch (action?.type) {
    case "redirect":
      outgoing.setHeader("location", redirectLocation(action, request, listener));
      return plain(outgoing, action.status);
    case "fixed-response":
      if (action.contentType !== undefined) outgoing.setHeader("content-type", action.contentType);
      outgoing.writeHead(action.status).end(action.body);
      return undefined;
    case "forward":
      return forward(exchange, request, action);
    default:
      options.log(`The load balancer's action ${action?.name ?? "none"} is not played here`);
      return plain(outgoing, 500);
  }
}

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html */
async function forward(
  { balancer, options, outgoing }: Exchange,
  request: WholeRequest,
  { targetGroupArn }: Extract<Action, { type: "forward" }>,
): Promise<void> {
  const group = balancer.targetGroups.get(targetGroupArn);
  if (group?.functionArn === undefined) return plain(outgoing, 503);
  if (request.body.length > LARGEST_BODY) return plain(outgoing, 413);
  const event = albEvent(request, group.arn, group.multiValue);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((settle) => {
    timer = setTimeout(() => settle(undefined), balancer.idleTimeoutSeconds * 1000);
  });
  const called = options.runner.invoke(group.functionArn, event).finally(() => clearTimeout(timer));
  const invocation = await Promise.race([called, late]);
  if (invocation === undefined) return plain(outgoing, 504);
  const { end } = invocation;
  const response = end.ok ? albResponse(end.payload, group.multiValue) : undefined;
  if (!response) return plain(outgoing, 502);
  for (const [name, value] of response.headers) {
    // The front door frames the body itself.
    if (!/^(?:content-length|transfer-encoding|connection)$/i.test(name)) outgoing.appendHeader(name, value);
  }
  outgoing.setHeader("content-length", response.body.length);
  if (response.statusText === undefined) outgoing.writeHead(response.status);
  else outgoing.writeHead(response.status, response.statusText);
  outgoing.end(response.body);
}

const readRequest = async ({ incoming, listener }: Exchange): Promise<WholeRequest> => {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    // The rest is read, so that the client hears the refusal, but it is not kept.
    if (length <= LARGEST_BODY + 1) chunks.push(chunk);
  }
  const body = length > LARGEST_BODY ? Buffer.alloc(LARGEST_BODY + 1) : Buffer.concat(chunks);
  const sourceIp = incoming.socket.remoteAddress ?? "127.0.0.1";
  const headers = new Map<string, string[]>();
  for (let at = 0; at < incoming.rawHeaders.length; at += 2) {
    const name = (incoming.rawHeaders[at] ?? "").toLowerCase();
    if (!HOP_BY_HOP.has(name))
      headers.set(name, [...(headers.get(name) ?? []), incoming.rawHeaders[at + 1] ?? ""]);
  }
  const before = headers.get("x-forwarded-for");
  headers.set("x-forwarded-for", [[...(before ?? []), sourceIp].join(", ")]);
  headers.set("x-forwarded-proto", [listener.protocol.toLowerCase()]);
  headers.set("x-forwarded-port", [String(listener.port)]);
  const root = `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;
  headers.set("x-amzn-trace-id", [headers.get("x-amzn-trace-id")?.[0] ?? root]);
  return {
    method: incoming.method ?? "GET",
    host: (headers.get("host")?.[0] ?? "").replace(/:\d+$/, ""),
    target: incoming.url ?? "/",
    headers,
    sourceIp,
    body,
  };
};

const HOP_BY_HOP: ReadonlySet<string> = new Set(["connection", "keep-alive", "transfer-encoding", "upgrade"]);

const plain = (outgoing: ServerResponse, status: number): void => {
  if (outgoing.headersSent) outgoing.destroy();
  else outgoing.writeHead(status).end();
};
