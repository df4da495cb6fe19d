import { randomUUID } from "node:crypto";
import { LandfallError } from "@landfall/core";
import { OrdersClient, published, sampleOrder, type Stage, TokenIssuer } from "@landfall/local/zone";
import { readDeployedName } from "./deployed";
import { drill, type DrillOptions, type DrillReport, type Phase } from "./drill";
import { type FailoverRecord, type HealthCheck } from "./route53";

/** What a drill of the app orders found. */
export interface OrdersDrillReport extends DrillReport {
  /** The primary's health check. */
  readonly check: HealthCheck;
  /** Region by phase: where the answer led. */
  readonly regions: Readonly<Record<Phase, string>>;
  /** Orders that were accepted, in all phases. */
  readonly accepted: number;
  /** Of those, orders that one of the regions did not show in the end. */
  readonly missing: number;
  /** Of those, orders that were not fulfilled in the end. */
  readonly unfulfilled: number;
}

/** Orders that are placed in each phase. */
const ORDERS = 3;
const CUSTOMER = "drill-customer";

/**
 * Seconds until a failed record is tried again while a drill runs: so many that SQS, which gives up after five receipts, does
 * not before the region is back, as it would not with the minutes that are configured.
 */
export const DRILL_RETRY_SECONDS = 15;
/** Seconds for what a region had begun when it failed. */
const PATIENCE_SECONDS = 180;
/** What the health endpoint of orders is about: without its table a region can take no order. */
const BROKEN_SERVICE = "dynamodb";

/**
 * Fails the home region of the deployed app orders, places orders wherever the name leads to, mends the region, and looks
 * for every order in both regions.
 *
 * @param say told of each step, one line
 * @throws LandfallError when the answer does not change in time, or an order is refused where the name leads to
 */
export async function drillOrders(
  stage: Stage,
  say: (line: string) => void,
  options?: DrillOptions,
): Promise<OrdersDrillReport> {
  const name = (await published(stage, "orders"))("domainName");
  const deployed = await readDeployedName(stage.address, name, stage.running);
  const issuer = await TokenIssuer.register(stage);
  const clientOf = (record: FailoverRecord) => new OrdersClient(deployed.url(record), issuer.token(CUSTOMER));
  const [primary] = deployed.records.filter(({ role }) => role === "PRIMARY");
  const check = deployed.checks.find(({ id }) => id === primary?.healthCheckId);
  if (!primary || !check) throw new LandfallError(`${name} needs a primary record with a health check`);

  const accepted: string[] = [];
  const regions: Partial<Record<Phase, string>> = {};
  const use = async (answer: FailoverRecord, phase: Phase): Promise<void> => {
    const client = clientOf(answer);
    for (let count = 0; count < ORDERS; count++) {
      const { status, body } = await client.post(randomUUID(), sampleOrder());
      if (status !== 201) throw new LandfallError(`An order must be answered with 201, got: ${status}`);
      accepted.push(String(body["id"]));
    }
    const shown = await countWith(accepted, async (id) => (await client.get(id)).status === 200);
    regions[phase] = deployed.region(answer);
    say(`${ORDERS} orders accepted in ${regions[phase]}, which shows ${shown} of ${accepted.length}`);
  };
  try {
    const fail = () => deployed.breakRegion(deployed.region(primary), BROKEN_SERVICE);
    const exercise = { fail, mend: () => deployed.mend(), use, say };
    const report = await drill(deployed, exercise, options);
    await stage.running.idle({ timeoutSeconds: PATIENCE_SECONDS });
    const clients = deployed.records.map(clientOf);
    const statuses = await Promise.all(
      accepted.map((id) => Promise.all(clients.map(async (client) => (await client.get(id)).body["status"]))),
    );
    const unfulfilled = statuses.filter((each) => each.some((status) => status !== "fulfilled")).length;
    const missing = statuses.filter((each) => each.includes(undefined)).length;
    say(`${accepted.length} orders accepted, ${missing} missing in a region, ${unfulfilled} unfulfilled`);
    return {
      ...report,
      check,
      regions: regions as OrdersDrillReport["regions"],
      accepted: accepted.length,
      missing,
      unfulfilled,
    };
  } finally {
    await deployed.mend();
  }
}

const countWith = async (ids: readonly string[], test: (id: string) => Promise<boolean>): Promise<number> =>
  (await Promise.all(ids.map(test))).filter(Boolean).length;
