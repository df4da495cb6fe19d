import { type Mutation } from "../mutation";
import { type Where } from "../zone-draft";

const EVERYONE = { AWS: "*" };

/** A managed policy that allows something: boundaries do not, and are not judged. */
const isNoBoundary: Where = ({ name }) => !String(name).endsWith("-boundary");

/** How the controls of IAM and KMS are broken. */
export const identityMutations: readonly Mutation[] = [
  {
    control: "IAM.1",
    mutation: "a managed policy allows every action on every resource",
    at: "aws_iam_policy",
    change: (zone) => zone.allow("aws_iam_policy", { Action: "*", Resource: "*" }, isNoBoundary),
  },
  {
    control: "IAM.2",
    mutation: "a policy is attached to a user",
    at: "aws_iam_user_policy_attachment",
    add: { aws_iam_user: { Added: { name: "added" } } },
    change: (zone) =>
      zone.add({
        aws_iam_user_policy_attachment: {
          Attached: {
            user: "${aws_iam_user.Added.name}",
            policy_arn: "arn:aws:iam::aws:policy/ReadOnlyAccess",
          },
        },
      }),
  },
  {
    control: "IAM.7",
    mutation: "passwords may have 7 characters",
    at: "aws_iam_account_password_policy",
    change: (zone) => zone.set("aws_iam_account_password_policy", "minimum_password_length", 7),
  },
  {
    control: "IAM.21",
    mutation: "a managed policy allows every action of EC2",
    at: "aws_iam_policy",
    change: (zone) => zone.allow("aws_iam_policy", { Action: "ec2:*", Resource: "*" }, isNoBoundary),
  },
  {
    control: "KMS.1",
    mutation: "a managed policy allows to decrypt with every key",
    at: "aws_iam_policy",
    change: (zone) => zone.allow("aws_iam_policy", { Action: "kms:Decrypt", Resource: "*" }, isNoBoundary),
  },
  {
    control: "KMS.2",
    mutation: "a role's inline policy allows to decrypt with every key",
    at: "aws_iam_role_policy",
    change: (zone) => zone.allow("aws_iam_role_policy", { Action: "kms:Decrypt", Resource: "*" }),
  },
  {
    control: "KMS.5",
    mutation: "a key's policy lets everyone decrypt",
    at: "aws_kms_key",
    change: (zone) =>
      zone.allow("aws_kms_key", { Principal: EVERYONE, Action: "kms:Decrypt", Resource: "*" }),
  },
];
