import { homeAccount, type Zone } from "@landfall/core";
import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";

/** The bucket that holds a zone's Terraform states, in its home account and region: the stack `bootstrap` makes it. */
export const stateBucketName = (zone: Zone): string =>
  `${zone.name}-state-${homeAccount(zone).id}-${zone.regions.home}`;

/** The alias of the key that encrypts a zone's Terraform states. */
export const stateKeyAlias = (zone: Zone): string => `alias/${zone.name}-state`;

/**
 * Keeps the state of an emulated zone beside its working folder, and any other in the zone's state bucket: encrypted
 * with the state key and locked natively by S3.
 *
 * @param role what is assumed to reach the bucket; left out, the caller's own credentials reach it
 * @see https://developer.hashicorp.com/terraform/language/backend/s3 (`use_lockfile`, Terraform 1.10 and later)
 */
export function addBackend(stack: TerraformStack, zone: Zone, instance: string, role?: string): void {
  if (zone.emulated) {
    new LocalBackend(stack, {});
    // cdktf writes an absolute path, which would differ from machine to machine.
    stack.addOverride("terraform.backend.local.path", "terraform.tfstate");
    return;
  }
  new S3Backend(stack, {
    bucket: stateBucketName(zone),
    key: `${instance}.tfstate`,
    region: zone.regions.home,
    encrypt: true,
    ...(role === undefined ? {} : { assumeRole: { roleArn: role } }),
    kmsKeyId: `arn:aws:kms:${zone.regions.home}:${homeAccount(zone).id}:${stateKeyAlias(zone)}`,
  });
  // cdktf 0.21's type has no `use_lockfile`.
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}
