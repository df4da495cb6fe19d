import { type AccessRequest } from "../simulation/context";
import { type Role, type Zone } from "../zone/zone";
import { ANYTHING, type Attack, type Need } from "./row";
import { all, arn, on } from "./targets";

/** What each repair of `sentinel` looks at and the one action that mends, by the name of its function. */
const REPAIRS = {
  "block-public-bucket": {
    look: ["s3:GetBucketPolicyStatus", "s3:GetBucketPublicAccessBlock", "s3:GetBucketTagging"],
    around: ["s3:ListAllMyBuckets"],
    mend: "s3:PutBucketPublicAccessBlock",
    target: () => "arn:aws:s3:::somebodys-bucket",
  },
  "close-open-rule": {
    look: [],
    around: ["ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups"],
    mend: "ec2:RevokeSecurityGroupIngress",
    target: (_: Zone, role: Role) => arn(role, "ec2", "security-group/sg-0123456789abcdef0", role.region),
  },
  "disable-access-key": {
    look: ["iam:GetAccessKeyLastUsed", "iam:GetUser", "iam:ListAccessKeys"],
    around: [],
    mend: "iam:UpdateAccessKey",
    target: (_: Zone, role: Role) => arn(role, "iam", "user/somebody"),
  },
  "restart-trail": {
    look: ["cloudtrail:GetTrailStatus", "cloudtrail:ListTags"],
    around: ["cloudtrail:DescribeTrails"],
    mend: "cloudtrail:StartLogging",
    target: (zone: Zone, role: Role) => arn(role, "cloudtrail", `trail/${zone.name}-trail`, role.region),
  },
} as const;

const isOf = (role: Role, repair: string): boolean => role.name.includes(`-sentinel-${repair}-`);

/** To mend what a role is in reach of, for each repair that is wanted. */
const mends = (
  zone: Zone,
  role: Role,
  wanted: (repair: string) => boolean,
  more: Omit<AccessRequest, "action" | "resource"> = {},
): readonly AccessRequest[] =>
  Object.entries(REPAIRS)
    .filter(([repair]) => wanted(repair))
    .flatMap(([, { mend, target }]) => on([mend], [target(zone, role)], more));

/** Attacks with what repairs the zone. */
export const REPAIR_ATTACKS: readonly Attack[] = [
  {
    id: "mend-by-another",
    title: "Do the repair of another function of sentinel",
    roles: { only: ["repair"] },
    requests: (zone, role) => mends(zone, role, (repair) => !isOf(role, repair)),
  },
  {
    id: "mend-ignored",
    title: "Repair what is tagged to be ignored",
    roles: { only: ["repair"] },
    deniedBy: { repair: ["TouchNothingIgnored"] },
    // IAM is not told the tags of a bucket: there the function alone heeds them.
    requests: (zone, role) =>
      mends(zone, role, (repair) => repair !== "block-public-bucket", {
        context: { "aws:ResourceTag/landfall:sentinel": "ignore" },
      }),
  },
  {
    id: "use-repair-boundary",
    title: "Make a role with the repair boundary that is not one of sentinel's",
    roles: "every",
    deniedBy: {
      workload: [ANYTHING],
      repair: [ANYTHING],
      deploy: ["RolesCarryTheBoundary", "PeopleCarryTheirBoundary"],
      "break-glass": ["RolesCarryABoundary"],
    },
    requests: (zone, role) =>
      on(
        ["iam:CreateRole"],
        ["role/", "role/landfall/people/"].map((path) => arn(role, "iam", `${path}${zone.name}-intruder`)),
        { context: { "iam:PermissionsBoundary": arn(role, "iam", `policy/${zone.name}-repair-boundary`) } },
      ),
  },
  {
    id: "disable-users-key",
    title: "Make an access key of a user inactive, or active again",
    roles: { except: ["repair", "break-glass"] },
    requests: (_, role) => on(["iam:UpdateAccessKey"], [arn(role, "iam", "user/somebody")]),
  },
  {
    id: "rewrite-records",
    title: "Write over a record of sentinel, write one into another repair's chain, or delete one",
    roles: { only: ["repair", "workload"] },
    requests: (zone) =>
      all(zone, "aws_s3_bucket")
        .filter((bucket) => bucket.includes("-sentinel-records-"))
        .flatMap((bucket) => [
          ...on(
            ["s3:DeleteObject", "s3:DeleteObjectVersion", "s3:PutObject"],
            Object.keys(REPAIRS).map((repair) => `${bucket}/${repair}/999999999998.json`),
          ),
        ]),
  },
];

/** What the repairs need to work. */
export const REPAIR_NEEDS: readonly Need[] = [
  {
    id: "repair-look",
    title: "A function of sentinel looks at what it may have to repair",
    roles: { only: ["repair"] },
    requests: (zone, role) =>
      Object.entries(REPAIRS)
        .filter(([repair]) => isOf(role, repair))
        .flatMap(([, { look, around, target }]) => [
          ...on(look, [target(zone, role)]),
          ...on(around, ["*"], { region: role.region }),
        ]),
  },
  {
    id: "repair-record",
    title: "A function of sentinel finds the last record of its chain and adds one",
    roles: { only: ["repair"] },
    requests: (zone, role) =>
      [...zone.resources.values()]
        .filter(
          (each) =>
            each.type === "aws_s3_bucket" &&
            each.stack === role.stack &&
            each.account === role.account &&
            each.region === role.region,
        )
        .flatMap(({ arn: bucket }) =>
          Object.keys(REPAIRS)
            .filter((repair) => isOf(role, repair))
            .flatMap((repair) => [
              ...on(["s3:ListBucket"], [bucket], { context: { "s3:prefix": `${repair}/` } }),
              ...on(["s3:GetObject"], [`${bucket}/${repair}/999999999998.json`]),
              ...on(["s3:PutObject"], [`${bucket}/${repair}/999999999997.json`], {
                context: { "s3:if-none-match": "*" },
              }),
            ]),
        ),
  },
];
