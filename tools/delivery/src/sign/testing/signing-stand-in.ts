import { randomBytes, randomUUID } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";
import { unzipSync, zipSync } from "fflate";
import { type CodeStore } from "../code-store";

/** What becomes of the next jobs. */
export type Outcome = "Succeeded" | "Failed" | "InProgress";

export interface SigningStandIn {
  /** What tells the SDK of it. */
  readonly env: Readonly<Record<"AWS_ENDPOINT_URL_SIGNER", string>>;
  /** The keys of the objects that jobs were started for. */
  readonly started: readonly string[];
  outcome: Outcome;
  close(): Promise<void>;
}

interface StartRequest {
  readonly source: { readonly s3: { readonly key: string; readonly version: string } };
  readonly destination: { readonly s3: { readonly prefix: string } };
}

/**
 * Stands for AWS Signer, of which the emulator knows no jobs: two of its calls, by HTTP. It signs nothing: as Signer does, it adds a file
 * below META-INF to the zip, other bytes each time, and puts it below the prefix.
 *
 * @see https://docs.aws.amazon.com/signer/latest/api/API_StartSigningJob.html
 */
export async function startSigningStandIn(store: CodeStore): Promise<SigningStandIn> {
  const started: string[] = [];
  const jobs = new Map<string, { readonly outcome: Outcome; readonly key: string }>();
  const start = async ({ source, destination }: StartRequest) => {
    const jobId = randomUUID();
    const key = `${destination.s3.prefix}${jobId}.zip`;
    const zip = await store.get(source.s3.key);
    if (zip === undefined) throw new Error(`there is no ${source.s3.key}`);
    if (standIn.outcome === "Succeeded") await store.put(key, signedZip(zip));
    started.push(source.s3.key);
    jobs.set(jobId, { outcome: standIn.outcome, key });
    return { jobId };
  };
  const describe = (jobId: string) => {
    const job = jobs.get(jobId);
    return {
      jobId,
      status: job?.outcome,
      ...(job?.outcome === "Failed" ? { statusReason: "the file is malformed" } : {}),
      ...(job?.outcome === "Succeeded"
        ? { signedObject: { s3: { bucketName: store.bucket, key: job.key } } }
        : {}),
    };
  };
  const server = createServer((request, response) => {
    const [, jobId] = /^\/signing-jobs\/([\w-]+)$/.exec(request.url ?? "") ?? [];
    void (jobId === undefined ? bodyOf(request).then(start) : Promise.resolve(describe(jobId))).then(
      (answer) => response.setHeader("content-type", "application/json").end(JSON.stringify(answer)),
    );
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const standIn: SigningStandIn = {
    env: { AWS_ENDPOINT_URL_SIGNER: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    started,
    outcome: "Succeeded",
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
  return standIn;
}

/** A zip with what stands for a signature. */
export const signedZip = (zip: Uint8Array): Uint8Array =>
  zipSync({ ...unzipSync(zip), "META-INF/aws_signer_signature_v1.0.SF": randomBytes(64) });

async function bodyOf(request: IncomingMessage): Promise<StartRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString()) as StartRequest;
}
