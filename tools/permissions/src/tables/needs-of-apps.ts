import { type AccessRequest } from "../simulation/context";
import { type Role, type Zone } from "../zone/zone";
import { type Need } from "./row";
import { arn, keyUse, on } from "./targets";

const REMEMBER = ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"];

/** The resources of the role's own stack, by their service and what their ARN has in it. */
const own = (zone: Zone, role: Role, service: "dynamodb" | "s3", part: string): readonly string[] =>
  [...zone.resources.values()]
    .filter(
      (each) =>
        each.stack === role.stack &&
        each.account === role.account &&
        each.region === role.region &&
        each.arn.startsWith(`arn:aws:${service}:`) &&
        each.arn.includes(part),
    )
    .map((each) => each.arn);

/** What is done to a table, and to its key through it. */
const onTable = (zone: Zone, role: Role, name: string, actions: readonly string[]) =>
  own(zone, role, "dynamodb", `table/${zone.name}-${role.stack}-${name}`).flatMap((table) => [
    ...on(actions, [table]),
    ...keyUse(zone, table, "dynamodb", role.region, ["kms:Decrypt"]),
  ]);

/** What is done to objects of a bucket, and to its key through them. */
const onObject = (
  zone: Zone,
  role: Role,
  object: string,
  actions: readonly string[],
  keyActions: readonly string[],
  more: Omit<AccessRequest, "action" | "resource"> = {},
) =>
  own(zone, role, "s3", "-documents-").flatMap((bucket) => [
    ...on(actions, [`${bucket}/${object}`], more),
    ...keyUse(zone, bucket, "s3", role.region, keyActions),
  ]);

/** A need of one function of an app. */
const needOf = (
  app: string,
  func: string,
  { id, title, requests }: Pick<Need, "id" | "title" | "requests">,
): Need => ({
  id,
  title,
  roles: { only: ["workload"] },
  requests: (zone, role) =>
    role.stack === app && role.name.startsWith(`${zone.name}-${app}-${func}-`) ? requests(zone, role) : [],
});

/** What the functions of the sample apps do with their data. */
export const APP_NEEDS: readonly Need[] = [
  needOf("intake", "catalogue", {
    id: "intake-documents",
    title: "The function of intake reads the documents bucket",
    requests: (zone, role) => [
      ...onObject(zone, role, "annual-report.json", ["s3:GetObject", "s3:GetObjectVersion"], ["kms:Decrypt"]),
      ...on(["s3:ListBucket"], own(zone, role, "s3", "-documents-")),
    ],
  }),
  needOf("intake", "catalogue", {
    id: "intake-quarantine",
    title: "The function of intake puts what it refuses into quarantine, and hides what it has judged",
    requests: (zone, role) => [
      ...onObject(zone, role, "quarantine/photo.json", ["s3:PutObject"], ["kms:GenerateDataKey"]),
      ...onObject(zone, role, "photo.json", ["s3:DeleteObject"], [], { context: { "s3:if-match": "etag" } }),
    ],
  }),
  needOf("intake", "catalogue", {
    id: "intake-catalogue",
    title: "The function of intake enters documents into its catalogue, each once",
    requests: (zone, role) => [
      ...onTable(zone, role, "catalogue", ["dynamodb:PutItem"]),
      ...onTable(zone, role, "idempotency", REMEMBER),
    ],
  }),
  needOf("orders", "api", {
    id: "orders-api",
    title: "The API of orders takes and shows orders, each once, and looks up issuers' keys",
    requests: (zone, role) => [
      ...onTable(zone, role, "orders", ["dynamodb:GetItem", "dynamodb:PutItem"]),
      ...onTable(zone, role, "idempotency", REMEMBER),
      ...onTable(zone, role, "issuers", ["dynamodb:GetItem"]),
    ],
  }),
  needOf("orders", "outbox", {
    id: "orders-outbox",
    title: "The outbox of orders tells the bus of orders",
    requests: (_, role) =>
      on(["events:PutEvents"], [arn(role, "events", "event-bus/default", role.region)], {
        context: { "events:source": ["landfall.orders"] },
      }),
  }),
  needOf("orders", "fulfilment", {
    id: "orders-fulfilment",
    title: "The fulfilment of orders marks orders",
    requests: (zone, role) => onTable(zone, role, "orders", ["dynamodb:UpdateItem"]),
  }),
];
