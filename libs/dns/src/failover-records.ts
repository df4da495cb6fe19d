import { Construct } from "constructs";
import { type AddressType, type CheckedTarget } from "./alias-target";
import { FailoverRecord, type FailoverRecordProps } from "./failover-record";

export interface FailoverRecordsProps {
  /** The hosted zone of the account's domain. */
  readonly zoneId: string;
  /** The name that fails over: the account's domain or below it, e.g. `orders.example.com`. */
  readonly name: string;
  /** What answers while it is healthy. */
  readonly primary: CheckedTarget;
  /** What answers while the primary is not healthy. Its health check tells that it is broken before it is needed. */
  readonly secondary: CheckedTarget;
  /** @default ["A"] */
  readonly types?: readonly AddressType[];
}

/** Both sides of a name that fails over, for a stack that knows both. */
export class FailoverRecords extends Construct {
  constructor(scope: Construct, id: string, { primary, secondary, ...props }: FailoverRecordsProps) {
    super(scope, id);
    const common: Omit<FailoverRecordProps, "role" | "target"> = props;
    new FailoverRecord(this, "Primary", { ...common, role: "primary", target: primary });
    new FailoverRecord(this, "Secondary", { ...common, role: "secondary", target: secondary });
  }
}
