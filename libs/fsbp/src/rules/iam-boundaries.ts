import { Reference } from "@landfall/terraform-graph";
import { type Subject, type Subjects } from "../subject";

/** What takes a permissions boundary. */
const BOUNDED = ["aws_iam_role", "aws_iam_user"] as const;

const known = new WeakMap<Subjects, ReadonlySet<string>>();

/** The boundaries that roles and users have: a policy's label where it is referred to, else its ARN. */
function boundariesOf(subjects: Subjects): ReadonlySet<string> {
  const earlier = known.get(subjects);
  if (earlier) return earlier;
  const boundaries = new Set(
    BOUNDED.flatMap((type) => subjects.ofType(type)).flatMap((bounded): string[] => {
      const boundary = bounded.value("permissions_boundary");
      if (boundary instanceof Reference) return [boundary.resource.label];
      return typeof boundary === "string" ? [boundary] : [];
    }),
  );
  known.set(subjects, boundaries);
  return boundaries;
}

/**
 * Whether a managed policy is the permissions boundary of a role or user. AWS leaves those out of controls on what a policy
 * allows, since a boundary allows nothing.
 */
export function isBoundary(policy: Subject, subjects: Subjects): boolean {
  const boundaries = boundariesOf(subjects);
  const { label, account } = policy.resource;
  if (boundaries.has(label)) return true;
  const name = policy.value("name");
  const path = policy.value("path") ?? "/";
  return (
    typeof name === "string" &&
    typeof path === "string" &&
    boundaries.has(`arn:aws:iam::${account}:policy${path}${name}`)
  );
}
