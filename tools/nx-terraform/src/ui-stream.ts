/** What Terraform does to a resource. */
export type Action = "create" | "update" | "delete" | "replace" | "read" | "noop";

/** An error or a warning, as Terraform describes it. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  /** The address of the resource that it is about; `undefined` when it is about none. */
  readonly address: string | undefined;
}

/** What a line of Terraform's `-json` output says, as far as the runner cares. */
export type UiEvent =
  | { readonly type: "planned"; readonly address: string; readonly action: Action }
  | {
      readonly type: "started" | "completed" | "errored";
      readonly address: string;
      readonly action: Action;
      readonly seconds: number;
    }
  | { readonly type: "summary"; readonly add: number; readonly change: number; readonly destroy: number }
  | { readonly type: "diagnostic"; readonly diagnostic: Diagnostic };

interface RawDiagnostic {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly snippet?: { readonly context?: string | null };
}

interface RawMessage {
  readonly type?: string;
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: Action };
  readonly hook?: {
    readonly resource: { readonly addr: string };
    readonly action: Action;
    readonly elapsed_seconds?: number;
  };
  readonly changes?: { readonly add: number; readonly change: number; readonly remove: number };
  readonly diagnostic?: RawDiagnostic;
}

const hooks = { apply_start: "started", apply_complete: "completed", apply_errored: "errored" } as const;

/**
 * Reads one line of `terraform plan -json` or `apply -json`.
 * See https://developer.hashicorp.com/terraform/internals/machine-readable-ui
 *
 * @returns `undefined` for a message of no interest, and for what is no message at all
 */
export function parseUiLine(line: string): UiEvent | undefined {
  const message = parseMessage(line);
  const { type = "", change, hook, changes, diagnostic } = message ?? {};
  if (type === "planned_change" && change)
    return { type: "planned", address: change.resource.addr, action: change.action };
  if (type in hooks && hook) {
    const { resource, action, elapsed_seconds: seconds = 0 } = hook;
    return { type: hooks[type as keyof typeof hooks], address: resource.addr, action, seconds };
  }
  if (type === "change_summary" && changes) {
    return { type: "summary", add: changes.add, change: changes.change, destroy: changes.remove };
  }
  if (type === "diagnostic" && diagnostic)
    return { type: "diagnostic", diagnostic: toDiagnostic(diagnostic) };
  return undefined;
}

/** Reads the answer of `terraform validate -json`. */
export const parseValidation = (output: string): Diagnostic[] =>
  (JSON.parse(output) as { readonly diagnostics: readonly RawDiagnostic[] }).diagnostics.map(toDiagnostic);

function parseMessage(line: string): RawMessage | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as RawMessage;
  } catch {
    return undefined;
  }
}

const toDiagnostic = ({ severity, summary, detail = "", address, snippet }: RawDiagnostic): Diagnostic => ({
  severity,
  summary,
  detail,
  address: address ?? snippet?.context?.replace(/^resource\./, ""),
});
