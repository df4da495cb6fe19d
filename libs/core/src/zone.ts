import { z } from "zod";
import { isCidr, overlaps, prefixLength } from "./cidr";
import { LandfallError, type Problem } from "./errors";
import { nearest } from "./nearest";
import { isRegion, REGIONS } from "./regions";

/**
 * The retention periods that CloudWatch Logs accepts, in days.
 * @see https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html
 */
export const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

/** The interface endpoints that a zone can switch on: each costs about 7.30 USD a month and availability zone. */
export const INTERFACE_ENDPOINTS = [
  "ec2",
  "events",
  "kms",
  "logs",
  "secretsmanager",
  "sns",
  "sqs",
  "ssm",
  "ssm-contacts",
  "ssm-incidents",
  "sts",
  "xray",
] as const;

/** Prefix lengths that hold the subnets of three availability zones and that a VPC accepts. */
const BLOCK_PREFIX = { min: 16, max: 22 };

const text = (pattern: RegExp, allowed: string) =>
  z.string({ error: allowed }).regex(pattern, { error: allowed });
const oneOf = <const T extends readonly [string, ...string[]]>(values: T, allowed: string) =>
  z.enum(values, { error: allowed });

const section = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "invalid_type" ? `a section with ${Object.keys(shape).join(", ")}` : undefined,
  });

const region = oneOf(REGIONS, `a commercial AWS region, e.g. eu-west-1`);
const block = z
  .string({ error: "an IPv4 CIDR block, e.g. 10.0.0.0/16" })
  .refine(isCidr, { error: "an IPv4 CIDR block with zero host bits, e.g. 10.0.0.0/16" });
const vpcBlock = block.refine(
  (cidr) =>
    !isCidr(cidr) || (prefixLength(cidr) >= BLOCK_PREFIX.min && prefixLength(cidr) <= BLOCK_PREFIX.max),
  {
    error: `a block between /${BLOCK_PREFIX.min} and /${BLOCK_PREFIX.max}, the sizes that hold the zone's subnets`,
  },
);
const days = (allowed: string, accepts: (value: number) => boolean) =>
  z.number({ error: allowed }).refine(accepts, { error: allowed });

const schema = section({
  name: text(/^[a-z][a-z0-9]{1,14}$/, "2 to 15 lower-case letters and digits, starting with a letter"),
  account: text(/^\d{12}$/, '12 digits in quotes, e.g. "123456789012"'),
  owner: text(/^[\w .@-]{1,64}$/, "a team's name: 1 to 64 letters, digits, spaces or .@_-").default(
    "platform",
  ),
  emulated: z.boolean({ error: "true or false" }).default(false),
  disposable: z.boolean({ error: "true or false" }).default(false),
  regions: section({ home: region, recovery: region.optional() }),
  network: section({
    blocks: z.record(z.string(), vpcBlock, { error: "a CIDR block for each region" }),
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
      .default(["sqs"]),
  }),
  domain: text(
    /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    "a lower-case DNS name, e.g. zone.example.com",
  ),
  retention: section({
    logDays: days(`one of ${LOG_RETENTION_DAYS.join(", ")}`, (value) =>
      LOG_RETENTION_DAYS.some((d) => d === value),
    ),
    archiveDays: days(
      "a whole number of days from 90 to 3653",
      (value) => Number.isInteger(value) && value >= 90 && value <= 3653,
    ),
  }),
  contacts: section({
    security: text(/^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i, "an e-mail address, e.g. security@example.com"),
  }),
  tags: z
    .record(
      z.string(),
      text(/^[\p{L}\p{Z}\p{N}_.:/=+@-]{0,256}$/u, "at most 256 letters, digits, spaces or _.:/=+-@"),
    )
    .default({}),
});

/** What a zone file writes: see {@link Zone} for the meaning of each value; those with a default may be left out. */
export type ZoneInput = z.input<typeof schema>;

/**
 * One landing zone as data, validated.
 *
 * - `name` prefixes every name in the zone
 * - `account` the AWS account's id
 * - `owner` the team that answers for it (default `platform`)
 * - `emulated` it runs on the embedded emulator, never on AWS (default false)
 * - `disposable` its data may be destroyed with it: no deletion protection, buckets are emptied (default false)
 * - `regions` `home` holds the global stacks; `recovery`, when given, gets every regional stack too
 * - `network.blocks` the VPC's IPv4 block for each region; `reserved` blocks used elsewhere (default none);
 *   `availabilityZones` letters (default a and b); `interfaceEndpoints` services reachable without internet (default sqs)
 * - `domain` the DNS name of the zone
 * - `retention` days: `logDays` for log groups, `archiveDays` for the log archive
 * - `contacts.security` gets the zone's security notices
 * - `tags` more tags for every resource (default none)
 */
export type Zone = Readonly<z.output<typeof schema>>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const at = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (value, key) => (isRecord(value) || Array.isArray(value) ? Reflect.get(value, key) : undefined),
    input,
  );

function schemaProblems(input: unknown): { zone?: Zone; problems: Problem[] } {
  const result = schema.safeParse(input);
  if (result.success) return { zone: result.data, problems: [] };
  return {
    problems: result.error.issues.flatMap((issue): Problem[] => {
      if (issue.code !== "unrecognized_keys") {
        return [{ path: issue.path.join("."), given: at(input, issue.path), allowed: issue.message }];
      }
      const parent = at(schemaKeys, issue.path);
      const known = isRecord(parent) ? Object.keys(parent) : [];
      return issue.keys.map((key) => {
        const guess = nearest(key, known);
        return {
          path: [...issue.path, key].join("."),
          given: at(input, [...issue.path, key]),
          allowed: `left out: it is not a key here (${guess ? `did you mean '${guess}'?` : `known: ${known.join(", ")}`})`,
        };
      });
    }),
  };
}

/** The keys of the schema as a tree, for suggestions. */
const schemaKeys = keysOf(schema);

function keysOf(node: z.ZodType): Record<string, unknown> {
  return node instanceof z.ZodObject
    ? Object.fromEntries(
        Object.entries(node.shape).map(([key, child]) => [
          key,
          child instanceof z.ZodType ? keysOf(child) : {},
        ]),
      )
    : {};
}

/** @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const TAG_KEY = /^(?!aws:|landfall:)[\p{L}\p{Z}\p{N}_.:/=+@-]{1,128}$/iu;

/** What no single value shows: judged on the raw input, so that it is reported beside the schema's own problems. */
function crossProblems(input: unknown): Problem[] {
  const problems: Problem[] = [];
  const home = at(input, ["regions", "home"]);
  const recovery = at(input, ["regions", "recovery"]);
  if (recovery !== undefined && recovery === home) {
    problems.push({ path: "regions.recovery", given: recovery, allowed: "another region than regions.home" });
  }

  const regions = [home, recovery].filter(isRegion);
  const blocks = at(input, ["network", "blocks"]);
  if (isRecord(blocks) && isRegion(home)) {
    for (const name of regions.filter((name) => !(name in blocks))) {
      problems.push({ path: `network.blocks.${name}`, allowed: "a CIDR block for each region of the zone" });
    }
    for (const name of Object.keys(blocks).filter((name) => !regions.some((region) => region === name))) {
      problems.push({
        path: `network.blocks.${name}`,
        given: blocks[name],
        allowed: `left out, or keyed by a region of the zone: ${regions.join(", ")}`,
      });
    }
  }

  const reserved = at(input, ["network", "reserved"]);
  const placed = [
    ...Object.entries(isRecord(blocks) ? blocks : {}).map(([name, cidr]) => ({
      path: `network.blocks.${name}`,
      cidr,
    })),
    ...(Array.isArray(reserved) ? reserved : []).map((cidr: unknown, index) => ({
      path: `network.reserved.${index}`,
      cidr,
    })),
  ].filter(
    (entry): entry is { path: string; cidr: string } => typeof entry.cidr === "string" && isCidr(entry.cidr),
  );
  placed.forEach((entry, index) => {
    const clash = placed.slice(0, index).find((other) => overlaps(other.cidr, entry.cidr));
    if (clash) {
      problems.push({
        path: entry.path,
        given: entry.cidr,
        allowed: `a block clear of '${clash.path}' (${clash.cidr})`,
      });
    }
  });

  for (const list of ["availabilityZones", "interfaceEndpoints"]) {
    const values = at(input, ["network", list]);
    if (Array.isArray(values) && new Set(values).size < values.length) {
      problems.push({ path: `network.${list}`, given: values, allowed: "values that differ" });
    }
  }
  const tags = at(input, ["tags"]);
  for (const key of Object.keys(isRecord(tags) ? tags : {}).filter((key) => !TAG_KEY.test(key))) {
    problems.push({
      path: `tags.${key}`,
      given: key,
      allowed: "keyed by 1 to 128 letters, digits, spaces or _.:/=+-@, not starting with aws: or landfall:",
    });
  }
  return problems;
}

/**
 * Validates a zone and fills in its defaults.
 *
 * @throws LandfallError naming every problem at once: its path, the value given and what is allowed
 */
export function defineZone(input: ZoneInput): Zone {
  const { zone, problems } = schemaProblems(input);
  const all = [...problems, ...crossProblems(input)];
  if (zone && all.length === 0) return zone;
  const name = at(input, ["name"]);
  throw new LandfallError(
    `Zone ${typeof name === "string" ? `'${name}'` : "without a name"} has ${all.length} problem${all.length === 1 ? "" : "s"}:`,
    all,
  );
}

/** The regions of a zone, home first. */
export const zoneRegions = (zone: Zone): readonly string[] =>
  zone.regions.recovery ? [zone.regions.home, zone.regions.recovery] : [zone.regions.home];
