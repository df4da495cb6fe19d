import * as z from "zod/mini";

const name = z.string("is missing").check(z.minLength(1, "is empty"));
const url = z.string("is missing").check(z.url("must be a URL"));

/** Variables of the function that answers requests. */
const apiEnvironment = z.object({
  AWS_REGION: name,
  ORDERS_TABLE: name,
  IDEMPOTENCY_TABLE: name,
  ISSUERS_TABLE: name,
  TOKEN_ISSUER: url,
  TOKEN_AUDIENCE: url,
});

/** Variables of the function that tells of orders. */
const outboxEnvironment = z.object({ AWS_REGION: name, FAILURES_QUEUE_URL: url });

/** Variables of the function that fulfils orders. */
const fulfilmentEnvironment = z.object({ ORDERS_TABLE: name, DEAD_LETTER_QUEUE_URL: url });

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the settings of the function that answers requests. @throws Error that names every wrong variable at once */
export const readApiSettings = (env: Environment) => read(apiEnvironment, env);

/** Reads the settings of the outbox. @throws Error that names every wrong variable at once */
export const readOutboxSettings = (env: Environment) => read(outboxEnvironment, env);

/** Reads the settings of the fulfilment. @throws Error that names every wrong variable at once */
export const readFulfilmentSettings = (env: Environment) => read(fulfilmentEnvironment, env);

function read<T extends z.ZodMiniObject>(schema: T, env: Environment): z.infer<T> {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join(".")} ${message}`);
  throw new Error(`Wrong environment: ${problems.join("; ")}`);
}
