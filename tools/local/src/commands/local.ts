import { once } from "node:events";
import { LandfallError } from "@landfall/core";
import { type BatchResult } from "../functions/event-source";
import { runCommand } from "../zone/command";
import { LocalZone } from "../zone/local-zone";
import { Screen } from "../zone/screen";

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
    await zone.runFunctions((result) => screen.detail(invocationLine(result)));
    screen.line(failed === undefined ? upMessage(zone) : failedMessage(failed));
    if (!signal.aborted) await once(signal, "abort");
    return 0;
  } finally {
    await zone.close();
  }
}

const invocationLine = ({
  function: name,
  records,
  failures,
  durationMs,
  traceId,
  error,
}: BatchResult): string =>
  [
    new Date().toISOString().slice(11, 19),
    name,
    `${records} records, ${failures} failed, ${durationMs.toFixed(0)} ms`,
    error ?? traceId,
  ].join("  ");

const upMessage = ({ emulator: { endpoint, region } }: LocalZone): string => `
The zone is up; its functions run. Ctrl-C ends it. In another terminal:
  export AWS_ENDPOINT_URL=${endpoint} AWS_REGION=${region} AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
  aws s3 cp apps/intake/samples/handbook.json s3://$(aws ssm get-parameter --name /landfall/local/intake/documentsBucketName --query Parameter.Value --output text)/
  aws dynamodb scan --table-name $(aws ssm get-parameter --name /landfall/local/intake/catalogueTableName --query Parameter.Value --output text)
After a change:
  npx nx run-many -t deploy --configuration=local
`;

const failedMessage = (error: LandfallError): string => `
${error.message}
The zone stays up with what was deployed. Mend the cause; then, in another terminal, continue where it stopped:
  npx nx run-many -t deploy --configuration=local
`;

runCommand(local);
