import { setTimeout } from "node:timers/promises";
import { DescribeSigningJobCommand, SignerClient, StartSigningJobCommand } from "@aws-sdk/client-signer";
import { LandfallError } from "@landfall/core";

/** One version of an object that is to be signed. */
export interface Unsigned {
  readonly bucket: string;
  readonly key: string;
  readonly version: string;
}

export interface SignerOptions {
  /** The signing profile's name. */
  readonly profile: string;
  /** How long a job may take, in seconds. @default 300 */
  readonly timeoutSeconds?: number;
  /** How often it is looked at, in seconds. @default 3 */
  readonly everySeconds?: number;
}

/** Below it, jobs put what they have signed, by names of their own. */
const JOBS = "jobs/";

/**
 * AWS Signer, which signs one object after the other.
 *
 * @see https://docs.aws.amazon.com/signer/latest/developerguide/lambda-workflow.html
 */
export class Signer {
  private readonly client = new SignerClient();

  constructor(private readonly options: SignerOptions) {}

  /**
   * Has an object signed, and waits for it.
   *
   * @param name what is signed, for people
   * @returns the key of the signed object, in the same bucket
   * @throws LandfallError where the job fails, or takes too long
   */
  async sign(name: string, { bucket, key, version }: Unsigned): Promise<string> {
    const { profile, timeoutSeconds = 300, everySeconds = 3 } = this.options;
    const { jobId } = await this.client.send(
      new StartSigningJobCommand({
        profileName: profile,
        source: { s3: { bucketName: bucket, key, version } },
        destination: { s3: { bucketName: bucket, prefix: JOBS } },
      }),
    );
    const job = `job ${jobId} of the profile ${profile}`;
    const until = Date.now() + timeoutSeconds * 1000;
    while (Date.now() < until) {
      const { status, statusReason, signedObject } = await this.client.send(
        new DescribeSigningJobCommand({ jobId }),
      );
      const signed = signedObject?.s3?.key;
      if (status === "Succeeded" && signed !== undefined) return signed;
      if (status === "Failed" || status === "Succeeded") {
        throw new LandfallError(
          `The code of ${name} is not signed: ${statusReason ?? "AWS Signer names no signed object"} (${job}); mend it and run the stage again, what was signed is kept`,
        );
      }
      await setTimeout(everySeconds * 1000);
    }
    throw new LandfallError(
      `The code of ${name} is not signed after ${timeoutSeconds} seconds (${job}); look at the job, then run the stage again, what was signed is kept`,
    );
  }

  close(): void {
    this.client.destroy();
  }
}
