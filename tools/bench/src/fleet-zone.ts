import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { defineZone, type ZoneInput } from "@landfall/core";
import { stacksIn } from "@landfall/nx-terraform";
import { instancesOf, type StackDefinition } from "@landfall/stack";

/** The name of the generated zone. */
export const FLEET = "fleet";

/** Up to so many instances one account does; above it is an organization in two regions. */
const SINGLE_ACCOUNT_INSTANCES = 20;

/** What every generated zone has. */
const COMMON = {
  name: FLEET,
  production: true,
  domain: "fleet.example.com",
  dns: { delegated: true },
  retention: { logDays: 365, archiveDays: 2557 },
  contacts: { security: "security@example.com" },
} as const;

const network = (egress: "nat" | "firewall") => ({
  block: "10.0.0.0/8",
  publicSubnets: true,
  egress,
  ...(egress === "firewall" ? { allowedDomains: [".example.com"] } : {}),
});

const CENTRAL = ["network", "security", "log-archive", "management"] as const;

/** 12 digits that no real account has to have. */
const accountId = (index: number): string => String(100_000_000_000 + index);

/** One production account, or an organization of the central accounts and so many workload accounts in two regions. */
function zoneOf(workloads: number): ZoneInput {
  if (workloads === 0) {
    return { ...COMMON, account: "123456789012", regions: { home: "eu-west-1" }, network: network("nat") };
  }
  const central = CENTRAL.map((name, index) => ({
    name,
    id: accountId(index),
    email: `aws-${name}@example.com`,
    duties: [name],
  }));
  const accounts = Array.from({ length: workloads }, (_, index) => ({
    name: `workload-${index + 1}`,
    id: accountId(CENTRAL.length + index),
    email: `aws-workload-${index + 1}@example.com`,
    duties: ["workload" as const],
  }));
  return {
    ...COMMON,
    accounts: [...central, ...accounts],
    regions: { home: "eu-west-1", recovery: "eu-central-1" },
    network: network("firewall"),
  };
}

const countIn = (zone: ZoneInput, definitions: readonly StackDefinition[]): number => {
  const defined = defineZone(zone);
  return definitions.reduce((sum, definition) => sum + instancesOf(defined, definition).length, 0);
};

/** A generated zone, and what is in it. */
export interface FleetZone {
  readonly input: ZoneInput;
  readonly instances: number;
  readonly accounts: number;
}

/**
 * The smallest zone with at least so many instances of this workspace's stacks; of a single account up to
 * {@link SINGLE_ACCOUNT_INSTANCES}, where there are as many as that has.
 *
 * @param size instances, e.g. 1000
 */
export function fleetZone(size: number, definitions: readonly StackDefinition[]): FleetZone {
  let workloads = size <= SINGLE_ACCOUNT_INSTANCES ? 0 : 1;
  while (workloads > 0 && countIn(zoneOf(workloads), definitions) < size) workloads += 1;
  const input = zoneOf(workloads);
  return {
    input,
    instances: countIn(input, definitions),
    accounts: defineZone(input).accounts.length,
  };
}

/** What every stack of the workspace is, as the synthesizer finds it. */
export async function definitionsIn(root: string): Promise<readonly StackDefinition[]> {
  return Promise.all(
    stacksIn(root).map(async (name) => {
      const stack = join(root, "stacks", name, "src", "stack.ts");
      const file = existsSync(stack) ? stack : join(root, "apps", name, "infra", "stack.ts");
      const module = (await import(pathToFileURL(file).href)) as { readonly definition: StackDefinition };
      return module.definition;
    }),
  );
}

/** The zone as the file `zone.ts`. */
export const zoneSource = ({ input }: FleetZone): string =>
  `import { defineZone } from "@landfall/core";\n\nexport const zone = defineZone(${JSON.stringify(input, undefined, 2)});\n`;
