import { type Statement } from "@landfall/identity";
import { type ITable } from "@landfall/storage";
import { ACCEPTED } from "./accepted-event";
import { type Tables } from "./tables";

/** What the function that answers requests does with its data, and no more. */
export const apiStatements = ({ orders, idempotency, issuers }: Tables): Statement[] => [
  {
    Sid: "TakeAndShowOrders",
    Effect: "Allow",
    Action: ["dynamodb:GetItem", "dynamodb:PutItem"],
    Resource: orders.tableArn,
  },
  {
    Sid: "RememberWhatIsDone",
    Effect: "Allow",
    Action: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
    Resource: idempotency.tableArn,
  },
  { Sid: "KnowIssuers", Effect: "Allow", Action: "dynamodb:GetItem", Resource: issuers.tableArn },
];

/** What the outbox does beyond reading the stream: it speaks on the bus, and in no other's name. */
export const outboxStatements = (busArn: string): Statement[] => [
  {
    Sid: "TellOfOrders",
    Effect: "Allow",
    Action: "events:PutEvents",
    Resource: busArn,
    Condition: {
      "ForAllValues:StringEquals": { "events:source": [ACCEPTED.source] },
      Null: { "events:source": "false" },
    },
  },
];

/** What fulfilment does with orders: it marks them. */
export const fulfilmentStatements = (orders: ITable): Statement[] => [
  { Sid: "MarkOrders", Effect: "Allow", Action: "dynamodb:UpdateItem", Resource: orders.tableArn },
];
