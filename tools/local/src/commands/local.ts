import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { LandfallError } from "@landfall/core";
import { type BatchResult } from "../functions/event-source";
import { runCommand } from "../zone/command";
import { type RegionDoor, type RunningRegions } from "../running-regions";
import { LocalZone, ROOT } from "../zone/local-zone";
import { Screen } from "../zone/screen";
import { TokenIssuer } from "../zone/token-issuer";

/** The port of the zone that stays up: the one that local AWS emulators usually have. */
const PORT = 4566;

/** `npm run local`: deploys the local zone and keeps it up, its functions running, until Ctrl-C. */
async function local(signal: AbortSignal): Promise<number> {
  const screen = new Screen(console.log);
  const port = Number(process.env.LANDFALL_PORT ?? PORT);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new LandfallError(
      `LANDFALL_PORT must be a whole number from 1 to 65535, got: ${process.env.LANDFALL_PORT}`,
    );
  }
  const zone = await LocalZone.open({ say: (line) => screen.detail(line), signal, port });
  try {
    screen.step("Tools", zone.tools);
    await zone.synth();
    await zone.start();
    screen.step("Deploy", ["with Terraform, each stack after those whose contracts it imports"]);
    // What failed can be mended and deployed again, so the zone stays up.
    const failed = await zone.deploy().then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof LandfallError) return error;
        throw error;
      },
    );
    signal.throwIfAborted();
    const running = await zone.run((result, region) => screen.detail(invocationLine(result, region)));
    screen.line(
      failed === undefined ? upMessage(zone, running, await writeToken(zone)) : failedMessage(failed),
    );
    if (!signal.aborted) await once(signal, "abort");
    return 0;
  } finally {
    await zone.close();
  }
}

const invocationLine = (
  { function: name, records, failures, durationMs, traceId, error }: BatchResult,
  region: string,
): string =>
  [
    new Date().toISOString().slice(11, 19),
    region,
    name,
    `${records} records, ${failures} failed, ${durationMs.toFixed(0)} ms`,
    error ?? traceId,
  ].join("  ");

/** Makes the app orders take a token that is good for an hour. @returns its file, from the workspace's root */
async function writeToken({ emulator, name }: LocalZone): Promise<string> {
  const file = join("dist", "local", "token");
  const issuer = await TokenIssuer.register({ address: emulator, zone: name });
  writeFileSync(join(ROOT, file), issuer.token("you"));
  return file;
}

const doorLine = ({ region, port, loadBalancer, url }: RegionDoor): string =>
  `  ${url}  port ${port} of ${loadBalancer} in ${region}`;

const upMessage = ({ emulator }: LocalZone, { doors }: RunningRegions, token: string): string => `
The zone is up; its functions run. Ctrl-C ends it. Its load balancers, which end TLS, are here in plain HTTP:
${doors.map(doorLine).join("\n")}
In another terminal:
  export AWS_ENDPOINT_URL=${emulator.endpoint} AWS_REGION=${emulator.region} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
  aws s3 cp apps/intake/samples/handbook.json s3://$(aws ssm get-parameter --name /landfall/local/intake/documentsBucketName --query Parameter.Value --output text)/
  aws dynamodb scan --table-name $(aws ssm get-parameter --name /landfall/local/intake/catalogueTableName --query Parameter.Value --output text)
  curl -i ${doors.find(({ port }) => port === 443)?.url}/orders -H "Authorization: Bearer $(cat ${token})" -H "Idempotency-Key: $(uuidgen)" -H "Content-Type: application/json" -d @apps/orders/samples/order.json
After a change:
  npx nx run-many -t deploy --configuration=local
`;

const failedMessage = (error: LandfallError): string => `
${error.message}
The zone stays up with what was deployed. Mend the cause; then, in another terminal, continue where it stopped:
  npx nx run-many -t deploy --configuration=local
`;

runCommand(local);
