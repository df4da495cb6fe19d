import { type Statement } from "@landfall/identity";
import { type ZoneStack } from "@landfall/stack";
import { type Mode, type RepairName } from "./names";

/** What a repair looks at and does. */
interface Grant {
  readonly look: readonly Statement[];
  /** Given only where the repair is switched on. */
  readonly mend: { readonly action: string; readonly resources: readonly string[] };
}

type Ground = Pick<ZoneStack, "account" | "region" | "zone">;

/** Reads that know no resources. */
const lookAnywhere = (actions: readonly string[], region: string): Statement => ({
  Sid: "LookAround",
  Effect: "Allow",
  Action: actions,
  Resource: "*",
  Condition: { StringEquals: { "aws:RequestedRegion": region } },
});

const lookAt = (actions: readonly string[], resources: readonly string[]): Statement => ({
  Sid: "LookAtIt",
  Effect: "Allow",
  Action: actions,
  Resource: resources,
});

function grantOf({ account, region, zone }: Ground, repair: RepairName): Grant {
  const ownTrails = [`arn:aws:cloudtrail:${region}:${account.id}:trail/${zone.name}-*`];
  const users = [`arn:aws:iam::${account.id}:user/*`];
  const buckets = ["arn:aws:s3:::*"];
  const grants: Readonly<Record<RepairName, Grant>> = {
    "block-public-bucket": {
      look: [
        // S3 answers it in any region, and asks for the caller's.
        lookAnywhere(["s3:ListAllMyBuckets"], region),
        {
          ...lookAt(
            ["s3:GetBucketPolicyStatus", "s3:GetBucketPublicAccessBlock", "s3:GetBucketTagging"],
            buckets,
          ),
          Condition: { StringEquals: { "aws:ResourceAccount": account.id } },
        },
      ],
      mend: { action: "s3:PutBucketPublicAccessBlock", resources: buckets },
    },
    "close-open-rule": {
      look: [lookAnywhere(["ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups"], region)],
      mend: {
        action: "ec2:RevokeSecurityGroupIngress",
        resources: [`arn:aws:ec2:${region}:${account.id}:security-group/*`],
      },
    },
    "restart-trail": {
      look: [
        lookAnywhere(["cloudtrail:DescribeTrails"], region),
        lookAt(["cloudtrail:GetTrailStatus", "cloudtrail:ListTags"], ownTrails),
      ],
      mend: { action: "cloudtrail:StartLogging", resources: ownTrails },
    },
    "disable-access-key": {
      look: [lookAt(["iam:GetAccessKeyLastUsed", "iam:GetUser", "iam:ListAccessKeys"], users)],
      mend: { action: "iam:UpdateAccessKey", resources: users },
    },
  };
  return grants[repair];
}

/**
 * What a repair's function may look at, and where it is switched on, the one action that mends, in its own account. What is never to
 * be touched is denied to it.
 *
 * @param ignored ARN patterns
 */
export function repairStatements(
  ground: Ground,
  repair: RepairName,
  mode: Mode,
  ignored: readonly string[],
): readonly Statement[] {
  const { look, mend } = grantOf(ground, repair);
  if (mode === "dry-run") return look;
  return [
    ...look,
    {
      Sid: "Mend",
      Effect: "Allow",
      Action: mend.action,
      Resource: mend.resources,
      Condition: { StringEquals: { "aws:ResourceAccount": ground.account.id } },
    },
    ...(ignored.length === 0
      ? []
      : [{ Sid: "TouchNothingIgnored", Effect: "Deny", Action: mend.action, Resource: ignored } as const]),
  ];
}
