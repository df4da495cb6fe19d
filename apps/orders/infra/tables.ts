import { type IKey } from "@landfall/keys";
import { ZoneStack } from "@landfall/stack";
import { type IStreamedTable, type ITable, Table, type TableProps, TableReplica } from "@landfall/storage";
import { Construct } from "constructs";

/** What the app keeps: in both regions, but for what is only remembered to answer a repeated request. */
export class Tables extends Construct {
  /** Orders, and an item for each region's health check. */
  readonly orders: IStreamedTable;
  /** Public keys of token issuers: no function may write it, so none can let itself in. */
  readonly issuers: ITable;
  /** What Powertools remembers, for a day: of this region alone, since the order's id does the same for both. */
  readonly idempotency: ITable;

  constructor(scope: Construct, id: string, encryptionKey: IKey) {
    super(scope, id);
    // Its stream is there in any zone, the other's where it is replicated.
    this.orders = this.shared("Orders", {
      name: "orders",
      encryptionKey,
      partitionKey: "pk",
      stream: "new-and-old-images",
    });
    this.issuers = this.shared("Issuers", { name: "issuers", encryptionKey, partitionKey: "issuer" });
    this.idempotency = new Table(this, "Idempotency", {
      name: "idempotency",
      encryptionKey,
      partitionKey: "id",
      timeToLiveAttribute: "expiration",
    });
  }

  /** A table of the home region, and its replica in the recovery region where there is one. */
  private shared(id: string, props: TableProps): IStreamedTable {
    const { isHomeRegion, zone } = ZoneStack.of(this);
    return isHomeRegion
      ? new Table(this, id, { ...props, replicated: zone.regions.recovery !== undefined })
      : new TableReplica(this, id, { name: props.name, encryptionKey: props.encryptionKey });
  }
}
