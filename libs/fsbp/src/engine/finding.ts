import { type Severity } from "../controls";
import { type Verdict } from "../verdict";
import { type Exception } from "./exception";

/** Where something in a finding is. */
export interface Location {
  /** e.g. `sandbox-network-eu-west-1` */
  readonly stack: string;
  /** The Terraform address, e.g. `aws_vpc.Vpc_8378EB38`; `undefined` for something that is missing in an account. */
  readonly address: string | undefined;
  /** The resource type, e.g. `aws_vpc`; `undefined` as `address` is. */
  readonly type: string | undefined;
  /** The construct's path, e.g. `sandbox-network-eu-west-1/Vpc/Resource`; `undefined` where cdktf did not make it. */
  readonly construct: string | undefined;
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** The lines of source that made it, the author's first, e.g. `stacks/network/src/stack.ts:20`; empty where none is known. */
  readonly lines: readonly string[];
}

/** What one rule found of one resource, or of one account and region. */
export interface Finding {
  /** e.g. `S3.8` */
  readonly control: string;
  readonly title: string;
  readonly severity: Severity;
  readonly location: Location;
  readonly verdict: Verdict;
  /** Set where an exception holds. */
  readonly exception?: Exception;
}

/** Something wrong with an exception: it has expired, nothing needs it, or it is too broad. */
export interface ExceptionProblem {
  readonly location: Location;
  readonly exception: Exception;
  readonly problem: string;
}

/** Everything that was found. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly exceptionProblems: readonly ExceptionProblem[];
  /** What should be looked at though it fails nothing, e.g. a list that has aged. */
  readonly warnings: readonly string[];
}
