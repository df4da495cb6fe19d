import { createHash } from "node:crypto";
import { claimedFormat, parseDocument, type Entry, type Format } from "./document";
import { Refusal } from "./refusal";
import { parseUpload, type Upload } from "./upload";

/** What the catalogue keeps of a document. Summaries stay in the object, so that any row fits in a DynamoDB item. */
export interface CatalogueRow {
  /** SHA-256 of the content in hexadecimal: the identity of a document, whatever its name. */
  readonly digest: string;
  readonly format: Format;
  /** The upload that brought the document in first. */
  readonly upload: Upload;
  /** Size of the content in bytes. */
  readonly bytes: number;
  readonly entries: readonly Omit<Entry, "summary">[];
}

/** Where uploaded objects are read. */
export interface Uploads {
  /**
   * Reads an object, but no more than its first `maxBytes` bytes.
   * @throws Refusal `object-missing`
   */
  read(upload: Upload, maxBytes: number): Promise<Uint8Array>;
}

/** Where documents are catalogued. */
export interface Catalogue {
  /** Adds a row unless its digest is known. Resolves to whether it was added. */
  add(row: CatalogueRow): Promise<boolean>;
}

/** Where refused records are kept for people. */
export interface DeadLetters {
  send(body: string, refusal: Refusal): Promise<void>;
}

export interface Ports {
  readonly uploads: Uploads;
  readonly catalogue: Catalogue;
  readonly deadLetters: DeadLetters;
}

/** What became of one record, with what had been learnt about it by then. */
export type Result = {
  readonly upload?: Upload;
  readonly digest?: string;
} & (
  | { readonly outcome: "catalogued" | "deduplicated"; readonly bytes: number }
  /** Refused for good and dead-lettered: the record is done with. */
  | { readonly outcome: "refused"; readonly refusal: Refusal }
  /** A passing fault: the record should come again. */
  | { readonly outcome: "failed"; readonly error: unknown }
);

/**
 * Takes in one record: reads the announced object, checks it, and catalogues it once by its content.
 * Never throws: every fault is in the result.
 *
 * @param body the queue message: an EventBridge event "Object Created" of S3
 * @param maxBytes the largest document accepted
 */
export async function takeIn(body: string, ports: Ports, maxBytes: number): Promise<Result> {
  const learnt: { upload?: Upload; digest?: string } = {};
  try {
    const upload = parseUpload(body);
    learnt.upload = upload;
    // The name and the announced size are enough to refuse some objects without reading them.
    claimedFormat(upload.key);
    refuseAbove(maxBytes, upload.size);

    const content = await ports.uploads.read(upload, maxBytes + 1);
    refuseAbove(maxBytes, content.byteLength);
    const digest = createHash("sha256").update(content).digest("hex");
    learnt.digest = digest;

    const { format, entries } = parseDocument(upload.key, content);
    const bytes = content.byteLength;
    const added = await ports.catalogue.add({
      digest,
      format,
      upload,
      bytes,
      entries: entries.map(withoutSummary),
    });
    return { ...learnt, outcome: added ? "catalogued" : "deduplicated", bytes };
  } catch (error) {
    return { ...learnt, ...(await refuseOrFail(error, body, ports.deadLetters)) };
  }
}

async function refuseOrFail(error: unknown, body: string, deadLetters: DeadLetters): Promise<Result> {
  if (!(error instanceof Refusal)) return { outcome: "failed", error };
  try {
    await deadLetters.send(body, error);
    return { outcome: "refused", refusal: error };
  } catch (sendError) {
    return { outcome: "failed", error: sendError };
  }
}

function refuseAbove(maxBytes: number, bytes: number): void {
  if (bytes > maxBytes) throw new Refusal("too-large", `at most ${maxBytes} bytes`);
}

function withoutSummary({ title, author, issued, tags }: Entry): CatalogueRow["entries"][number] {
  return { title, author, issued, ...(tags && { tags }) };
}
