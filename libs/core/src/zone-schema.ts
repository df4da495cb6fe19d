import { z } from "zod";
import { DUTIES } from "./accounts";
import { isCidr, prefixLength } from "./cidr";
import { isRecord } from "./input";
import { INTERFACE_ENDPOINTS } from "./interface-endpoints";
import { REGIONS } from "./regions";
import { SERVICE_NAMES, type ServiceName } from "./services";

/**
 * The retention periods that CloudWatch Logs accepts, in days.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** Ways from a VPC to the internet: none, a NAT gateway in each availability zone, or a firewall before those. */
export const EGRESS = ["none", "nat", "firewall"] as const;

/** Prefix lengths of a VPC that AWS accepts and that hold its sixteen subnets of at least /26. */
export const VPC_PREFIX = { min: 16, max: 22 };

/** Prefix lengths of the block that a zone's VPCs are cut from. */
const ZONE_PREFIX = { min: 8, max: 22 };

const text = (pattern: RegExp, allowed: string) =>
  z.string({ error: allowed }).regex(pattern, { error: allowed });
const oneOf = <const T extends readonly [string, ...string[]]>(values: T, allowed: string) =>
  z.enum(values, { error: allowed });
const flag = z.boolean({ error: "true or false" });
const whole = (low: number, high: number) => {
  const allowed = `a whole number from ${low} to ${high}`;
  return z
    .number({ error: allowed })
    .refine((value) => Number.isInteger(value) && value >= low && value <= high, {
      error: allowed,
    });
};

const section = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "invalid_type" ? `a section with ${Object.keys(shape).join(", ")}` : undefined,
  });

const region = oneOf(REGIONS, `a commercial AWS region, e.g. eu-west-1`);
const block = z
  .string({ error: "an IPv4 CIDR block, e.g. 10.0.0.0/16" })
  .refine(isCidr, { error: "an IPv4 CIDR block with zero host bits, e.g. 10.0.0.0/16" });
const zoneBlock = block.refine(
  (cidr) => !isCidr(cidr) || (prefixLength(cidr) >= ZONE_PREFIX.min && prefixLength(cidr) <= ZONE_PREFIX.max),
  { error: `a block between /${ZONE_PREFIX.min} and /${ZONE_PREFIX.max}: the zone's VPCs are cut from it` },
);
const email = text(/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i, "an e-mail address, e.g. security@example.com");
const domain = text(
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "a lower-case DNS name, e.g. zone.example.com",
);
const accountId = text(/^\d{12}$/, '12 digits in quotes, e.g. "123456789012"');

/** When AWS starts something: a cron expression of six fields in UTC, or a rate. */
const schedule = text(
  /^(cron\(\S+( \S+){5}\)|rate\([1-9]\d* (minute|hour|day)s?\))$/,
  "a schedule, e.g. cron(0 5 * * ? *) or rate(1 day)",
);

const zoneName = text(
  /^[a-z][a-z0-9]{1,14}$/,
  "2 to 15 lower-case letters and digits, starting with a letter",
);

const delivery = section({
  source: section({
    connectionArn: text(
      /^arn:aws:(codeconnections|codestar-connections):[a-z0-9-]+:\d{12}:connection\/[0-9a-f-]{36}$/,
      "the ARN of a connection, e.g. arn:aws:codeconnections:eu-west-1:123456789012:connection/…; left out for a CodeCommit repository",
    ).optional(),
    repository: text(
      /^[\w.-]+(\/[\w.-]+)?$/,
      "owner/name, e.g. example/landing-zone, or the name of a CodeCommit repository",
    ),
    branch: text(/^[\w./-]+$/, "a branch's name, e.g. main").default("main"),
  }),
  before: z
    .array(
      section({
        zone: zoneName,
        accounts: z
          .array(accountId, { error: "a list of account ids" })
          .min(1, { error: "at least one account id" }),
        regions: z.array(region, { error: "a list of regions" }).min(1, { error: "at least one region" }),
      }),
      {
        error:
          'a list of zones, e.g. [{ zone: "sandbox", accounts: ["123456789012"], regions: ["eu-west-1"] }]',
      },
    )
    .default([]),
  approvers: z.array(email, { error: "a list of e-mail addresses" }).default([]),
  watchMinutes: whole(1, 240).default(15),
  driftSchedule: schedule.default("cron(0 5 * * ? *)"),
  pullRequestActors: z
    .array(text(/^\d{1,20}$/, 'the id of a GitHub account in quotes, e.g. "583231"'), {
      error: "a list of ids of GitHub accounts",
    })
    .default([]),
  vpc: flag.default(false),
  signing: flag.default(false),
});

const account = section({
  name: text(
    /^[a-z][a-z0-9-]{1,30}$/,
    "2 to 31 lower-case letters, digits or hyphens, starting with a letter",
  ),
  id: accountId.optional(),
  email: email.optional(),
  duties: z
    .array(oneOf(DUTIES, `one of ${DUTIES.join(", ")}`), { error: `a list of ${DUTIES.join(", ")}` })
    .min(1, { error: `at least one of ${DUTIES.join(", ")}` }),
  slot: whole(0, 255).optional(),
});

const services = section(
  Object.fromEntries(SERVICE_NAMES.map((name) => [name, flag.optional()])) as Record<
    ServiceName,
    z.ZodOptional<z.ZodBoolean>
  >,
);

/** What a zone file may hold; what no single value shows is judged in `zone-problems.ts`. */
export const schema = section({
  name: zoneName,
  account: accountId.optional(),
  accounts: z
    .array(account, { error: "a list of accounts" })
    .min(1, { error: "at least one account" })
    .optional(),
  owner: text(/^[\w .@-]{1,64}$/, "a team's name: 1 to 64 letters, digits, spaces or .@_-").default(
    "platform",
  ),
  production: flag.default(false),
  emulated: flag.default(false),
  disposable: flag.default(false),
  regions: section({ home: region, recovery: region.optional() }),
  network: section({
    block: zoneBlock,
    vpcPrefix: whole(VPC_PREFIX.min, VPC_PREFIX.max).default(18),
    reserved: z.array(block, { error: "a list of CIDR blocks" }).default([]),
    availabilityZones: z
      .array(oneOf(["a", "b", "c", "d", "e", "f"], "an availability zone's letter, a to f"), {
        error: "a list of availability zone letters",
      })
      .min(2, { error: "2 or 3 availability zone letters" })
      .max(3, { error: "2 or 3 availability zone letters" })
      .default(["a", "b"]),
    interfaceEndpoints: z
      .array(oneOf(INTERFACE_ENDPOINTS, `one of ${INTERFACE_ENDPOINTS.join(", ")}`), {
        error: "a list of services",
      })
      .default(["events", "sqs"]),
    publicSubnets: flag.default(false),
    egress: oneOf(EGRESS, `one of ${EGRESS.join(", ")}`).default("none"),
    allowedDomains: z
      .array(
        text(
          /^\.?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
          "a lower-case DNS name, with a leading dot for all below it, e.g. .example.com",
        ),
        { error: "a list of DNS names" },
      )
      .default([]),
  }),
  domain,
  dns: section({
    delegated: flag.default(false),
    certificateNames: z
      .array(
        text(
          /^(\*\.)?(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
          "a lower-case DNS name, e.g. *.zone.example.com",
        ),
        { error: "a list of DNS names" },
      )
      .default([]),
  }).prefault({}),
  identity: section({
    github: section({
      repository: text(/^[\w.-]+\/[\w.-]+$/, "owner/name, e.g. example/landing-zone"),
      branch: text(/^[\w./-]+$/, "a branch's name, e.g. main").default("main"),
    }).optional(),
    pipeline: section({ zone: zoneName, account: accountId }).optional(),
  }).prefault({}),
  delivery: delivery.optional(),
  services: services.prefault({}),
  retention: section({
    logDays: z
      .number({ error: `one of ${LOG_RETENTION_DAYS.join(", ")}` })
      .refine((value) => LOG_RETENTION_DAYS.some((days) => days === value), {
        error: `one of ${LOG_RETENTION_DAYS.join(", ")}`,
      }),
    archiveDays: z
      .number({ error: "a whole number of days from 90 to 3653" })
      .refine((value) => Number.isInteger(value) && value >= 90 && value <= 3653, {
        error: "a whole number of days from 90 to 3653",
      }),
    lock: oneOf(["governance", "compliance"], "governance or compliance").default("governance"),
  }),
  contacts: section({ security: email }),
  tags: z
    .record(
      z.string(),
      text(/^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u, "at most 256 letters, digits, spaces or _.:/=+-@"),
    )
    .default({}),
});

/** The keys of the schema as a tree, for suggestions. A list of sections is looked into by its index. */
const schemaKeys = keysOf(schema);

function keysOf(node: unknown): Record<string, unknown> {
  if (node instanceof z.ZodOptional || node instanceof z.ZodDefault || node instanceof z.ZodPrefault) {
    return keysOf(node.def.innerType);
  }
  if (node instanceof z.ZodArray) return { "*": keysOf(node.def.element) };
  return node instanceof z.ZodObject
    ? Object.fromEntries(Object.entries(node.shape).map(([key, child]) => [key, keysOf(child)]))
    : {};
}

/** The keys that a section of the schema knows. */
export function knownKeys(path: readonly PropertyKey[]): string[] {
  const found = path.reduce<unknown>(
    (node, key) => (isRecord(node) ? node[typeof key === "number" ? "*" : String(key)] : undefined),
    schemaKeys,
  );
  return isRecord(found) ? Object.keys(found) : [];
}
