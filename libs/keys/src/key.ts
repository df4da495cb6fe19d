import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { KmsReplicaKey } from "@cdktf/provider-aws/lib/kms-replica-key";
import { resourceName } from "@landfall/core";
import { policyDocument } from "@landfall/identity";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { Construct } from "constructs";
import { deletionWindowDays, type KeyPolicyProps, keyStatements, sidOf } from "./key-policy";

/** A customer managed KMS key. */
export interface IKey {
  readonly keyArn: string;
}

export interface KeyProps extends KeyPolicyProps {
  /** The class of data it encrypts, e.g. `logs`; names the alias. */
  readonly dataClass: string;
  readonly description: string;
  /**
   * Whether keys of other regions can be its replicas. It can't be changed later without another key.
   * @default false
   */
  readonly multiRegion?: boolean;
  /** The multi-region key of another region whose key material this one shares. @default none: it is a primary */
  readonly replicaOf?: IKey;
  /** Days between the order to delete the key and its end: 7 to 30. @default 30, or 7 in a disposable zone */
  readonly deletionWindowDays?: number;
}

/**
 * A customer managed key for one class of data: rotated every year, its policy naming who administers it, through
 * which services the account's principals use it, and which services use it themselves. Nobody disables or deletes it.
 *
 * A replica rotates with its primary. Its policy is its own.
 *
 * @see KMS.3 (no accidental deletion), KMS.4 (rotation), KMS.5 (no public key policy),
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html,
 * https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html
 */
export class Key extends Construct implements IKey {
  readonly keyArn: string;
  readonly aliasName: string;

  constructor(scope: Construct, id: string, props: KeyProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { zone } = stack;
    const days = props.deletionWindowDays ?? deletionWindowDays(zone);
    const sids = (props.serviceUsers ?? []).map(sidOf);
    validateProps(this, [
      wholeNumber("deletionWindowDays", days, 7, 30),
      {
        prop: "serviceUsers",
        value: sids.join(", "),
        valid: new Set(sids).size === sids.length,
        allowed: "service users whose Sids differ: give those of the same service a 'sid'",
      },
      {
        prop: "multiRegion",
        value: props.multiRegion,
        valid: props.multiRegion === undefined || props.replicaOf === undefined,
        allowed: "left out where there is 'replicaOf': a replica is multi-region as its primary is",
      },
    ]);
    const common = {
      description: props.description,
      deletionWindowInDays: days,
      policy: policyDocument(keyStatements(stack, props, props.multiRegion ?? false)),
    };
    const key = props.replicaOf
      ? new KmsReplicaKey(this, "Resource", { ...common, primaryKeyArn: props.replicaOf.keyArn })
      : new KmsKey(this, "Resource", {
          ...common,
          enableKeyRotation: true,
          ...(props.multiRegion ? { multiRegion: true } : {}),
        });
    this.keyArn = key.arn;
    this.aliasName = `alias/${resourceName("alias", zone.name, props.dataClass)}`;
    new KmsAlias(this, "Alias", { name: this.aliasName, targetKeyId: key.keyId });
  }

  /** A key that another stack owns. */
  static fromKeyArn(keyArn: string): IKey {
    return { keyArn };
  }
}
