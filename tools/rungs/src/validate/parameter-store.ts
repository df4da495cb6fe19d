import { type IncomingMessage, type Server, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** How the store treats a parameter that is put into it. */
export type Mood = "accept" | "refuse" | "hang";

type Answer = Record<string, unknown>;

/** As much of AWS as one `aws_ssm_parameter` needs, and a mood: enough to see how the runner deals with each. */
export class ParameterStore {
  mood: Mood = "accept";
  /** How many requests were left hanging. */
  hanging = 0;
  readonly parameters = new Map<string, Answer>();
  private readonly server: Server = createServer((request, response) => void this.handle(request, response));

  /** @returns its endpoint */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const operation = String(request.headers["x-amz-target"]).split(".")[1] ?? "";
    if (operation === "PutParameter" && this.mood === "hang") {
      this.hanging += 1;
      return;
    }
    const refused = operation === "PutParameter" && this.mood === "refuse";
    const answer = refused
      ? { __type: "ParameterLimitExceeded", message: "no more" }
      : this.answer(operation, JSON.parse(body) as Answer);
    response.writeHead("__type" in answer ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
    response.end(JSON.stringify(answer));
  }

  private answer(operation: string, input: Answer): Answer {
    const name = String(input["Name"]);
    const missing = { __type: "ParameterNotFound", message: name };
    switch (operation) {
      case "PutParameter":
        this.parameters.set(name, {
          Name: name,
          Type: input["Type"],
          Value: input["Value"],
          ARN: `arn:aws:ssm:eu-west-1:1:parameter${name}`,
          Version: 1,
          DataType: "text",
        });
        return { Version: 1, Tier: "Standard" };
      case "GetParameter":
        return this.parameters.has(name) ? { Parameter: this.parameters.get(name) } : missing;
      case "DescribeParameters":
        return {
          Parameters: [...this.parameters.values()].map((parameter) => ({ ...parameter, Tier: "Standard" })),
        };
      case "DeleteParameter":
        return this.parameters.delete(name) ? {} : missing;
      default:
        return { TagList: [] };
    }
  }
}
