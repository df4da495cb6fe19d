import { FakeAws } from "./fake-aws";
import { audience, issuer, jwks } from "./tokens";

/** A line of JSON that a function wrote. */
export type Line = Record<string, unknown>;

/**
 * Runs the exported handlers as Lambda would: with their environment, their real AWS clients and real Powertools, against
 * an AWS in this process.
 */
export class Harness {
  readonly aws = new FakeAws();
  private written: string[] = [];

  async start(): Promise<void> {
    await this.aws.start();
    // What the developer has set for other AWS work, such as a profile, must not reach the function.
    for (const name of Object.keys(process.env))
      if (/^(AWS|POWERTOOLS)_/.test(name)) delete process.env[name];
    Object.assign(process.env, {
      ORDERS_TABLE: "orders",
      IDEMPOTENCY_TABLE: "idempotency",
      ISSUERS_TABLE: "issuers",
      TOKEN_ISSUER: issuer,
      TOKEN_AUDIENCE: audience,
      FAILURES_QUEUE_URL: `${this.aws.endpoint}/123456789012/failures`,
      DEAD_LETTER_QUEUE_URL: `${this.aws.endpoint}/123456789012/dead-letters`,
      POWERTOOLS_SERVICE_NAME: "orders",
      POWERTOOLS_METRICS_NAMESPACE: "Landfall",
      POWERTOOLS_LOG_LEVEL: "INFO",
      POWERTOOLS_TRACE_ENABLED: "false",
      AWS_ENDPOINT_URL: this.aws.endpoint,
      AWS_REGION: "eu-west-1",
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_MAX_ATTEMPTS: "1",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
      _X_AMZN_TRACE_ID: "Root=1-5759e988-000000000000000000000001",
    });
  }

  /** Forgets what happened and captures what is written from now on; Jest's `restoreAllMocks` ends the capture. */
  reset(): void {
    this.aws.reset();
    this.aws.table("issuers").set(issuer, { issuer: { S: issuer }, jwks: { S: jwks } });
    this.written = [];
    const keep = (chunk: unknown): boolean => {
      this.written.push(String(chunk));
      return true;
    };
    jest.spyOn(process.stdout, "write").mockImplementation(keep);
    jest.spyOn(process.stderr, "write").mockImplementation(keep);
  }

  /** What was written, as text. */
  text(): string {
    return this.written.join("");
  }

  lines(): Line[] {
    return this.written.map((line) => JSON.parse(line) as Line);
  }

  /** The log lines that report what a request or message came to. */
  outcomes(): Line[] {
    return this.lines().filter((line) => "outcome" in line);
  }
}

/** Call it once in a test file, at the top: a function reads its environment once. */
export function useHarness(): Harness {
  const harness = new Harness();
  beforeAll(() => harness.start());
  beforeEach(() => harness.reset());
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => harness.aws.stop());
  return harness;
}
