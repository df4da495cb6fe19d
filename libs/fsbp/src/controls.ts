import { nearest } from "@landfall/core";
import data from "./data/controls.json";

export const SEVERITIES = ["CRITICAL", "HIGH", "MEDIUM", "LOW"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** A control of the AWS Foundational Security Best Practices standard. */
export interface Control {
  /** e.g. `S3.8` */
  readonly id: string;
  readonly title: string;
  readonly service: string;
  readonly severity: Severity;
  /**
   * What decides it: a resource, resources together, what exists in an account and region, or only what runs.
   */
  readonly scope: "resource" | "resources" | "zone" | "runtime";
  /** Who decides what code can't. */
  readonly decidedBy?: string;
}

/**
 * The controls for the services of this platform, by the standard's own ids.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/fsbp-standard.html
 */
export const CONTROLS = data as readonly Control[];

const byId = new Map(CONTROLS.map((control) => [control.id, control]));

/** @throws Error when there is no such control */
export function controlOf(id: string): Control {
  const control = byId.get(id);
  if (!control) throw new Error(`there is no control ${id}`);
  return control;
}

export const isControl = (id: string): boolean => byId.has(id);

/** The control that a mistyped id most likely meant; `undefined` when none is near. */
export const nearestControl = (id: string): string | undefined => nearest(id, [...byId.keys()]);

/** AWS's page of a control: pages are named after the services of the ids. */
export function pageOf({ id }: Control): string {
  const [service = ""] = id.toLowerCase().split(".");
  const anchor = id.toLowerCase().replace(".", "-");
  return `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${anchor}`;
}
