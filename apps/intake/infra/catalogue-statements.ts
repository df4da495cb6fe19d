import { type Statement } from "@landfall/identity";
import { type IBucket, type ITable } from "@landfall/storage";

/** What the function has to do with. */
export interface CatalogueData {
  readonly documents: IBucket;
  /** Where refused objects go, e.g. `quarantine/`. */
  readonly quarantinePrefix: string;
  readonly catalogue: ITable;
  readonly idempotency: ITable;
}

/** What the function does with its data, and no more. */
export const catalogueStatements = ({
  documents,
  quarantinePrefix,
  catalogue,
  idempotency,
}: CatalogueData): Statement[] => [
  {
    Sid: "ReadDocuments",
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:GetObjectVersion"],
    Resource: `${documents.bucketArn}/*`,
  },
  // Without it, S3 answers a missing object with 403 instead of 404.
  {
    Sid: "TellMissingFromForbidden",
    Effect: "Allow",
    Action: "s3:ListBucket",
    Resource: documents.bucketArn,
  },
  {
    Sid: "PutIntoQuarantine",
    Effect: "Allow",
    Action: "s3:PutObject",
    Resource: `${documents.bucketArn}/${quarantinePrefix}*`,
  },
  // A delete marker, never a version; and only upon what it has judged, not what has taken its name since.
  {
    Sid: "HideRefusedDocuments",
    Effect: "Allow",
    Action: "s3:DeleteObject",
    Resource: `${documents.bucketArn}/*`,
    Condition: { Null: { "s3:if-match": "false" } },
  },
  { Sid: "EnterIntoCatalogue", Effect: "Allow", Action: "dynamodb:PutItem", Resource: catalogue.tableArn },
  {
    Sid: "RememberWhatIsDone",
    Effect: "Allow",
    Action: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
    Resource: idempotency.tableArn,
  },
];
