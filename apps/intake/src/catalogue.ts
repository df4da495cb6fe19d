import { createHash } from "node:crypto";
import { claimedFormat, parseDocument, type Entry, type Format } from "./document";
import { Refusal, type RefusalReason } from "./refusal";
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

/** Where refused objects are kept apart from good ones. */
export interface Quarantine {
  /** Whether the object lies there already. */
  holds(upload: Upload): boolean;
  /**
   * Moves the object there; once more does no harm. Resolves to its key there, or to nothing where it stays: it is gone, or
   * too large to be moved.
   */
  take(upload: Upload, reason: RefusalReason): Promise<string | undefined>;
}

/** Where refused records are kept for people. */
export interface DeadLetters {
  /** @param quarantined the key of the object in quarantine, where it is there */
  send(body: string, refusal: Refusal, quarantined?: string): Promise<void>;
}

export interface Ports {
  readonly uploads: Uploads;
  readonly catalogue: Catalogue;
  readonly quarantine: Quarantine;
  readonly deadLetters: DeadLetters;
  /**
   * Runs work that must be done before the function's time is up.
   * @throws DeadlinePassed when it is not
   */
  readonly inTime: <Done>(work: () => Promise<Done>) => Promise<Done>;
}

/** What became of one record, with what had been learnt about it by then. */
export type Result = {
  readonly upload?: Upload;
  readonly digest?: string;
} & (
  | { readonly outcome: "catalogued" | "deduplicated"; readonly bytes: number }
  /** About an object in quarantine: nothing to do. */
  | { readonly outcome: "ignored" }
  /** Refused for good, quarantined and dead-lettered: the record is done with. */
  | { readonly outcome: "refused"; readonly refusal: Refusal; readonly quarantined?: string }
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
  const learnt: Learnt = {};
  try {
    const outcome = await ports.inTime(() => enter(body, ports, maxBytes, learnt));
    return { ...learnt, ...outcome };
  } catch (error) {
    return { ...learnt, ...(await refuseOrFail(error, body, ports, learnt.upload)) };
  }
}

/** What is learnt on the way is told even if the way ends. */
interface Learnt {
  upload?: Upload;
  digest?: string;
}

async function enter(body: string, ports: Ports, maxBytes: number, learnt: Learnt): Promise<Result> {
  const upload = parseUpload(body);
  learnt.upload = upload;
  // To judge what was refused once more would refuse it for ever: each copy announces itself.
  if (ports.quarantine.holds(upload)) return { outcome: "ignored" };
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
  return { outcome: added ? "catalogued" : "deduplicated", bytes };
}

/** The dead letter comes last: whoever reads it finds the object where it says. */
async function refuseOrFail(
  error: unknown,
  body: string,
  { quarantine, deadLetters, inTime }: Ports,
  upload: Upload | undefined,
): Promise<Result> {
  if (!(error instanceof Refusal)) return { outcome: "failed", error };
  try {
    const quarantined = await inTime(async () => {
      const key =
        upload && error.reason !== "object-missing" && (await quarantine.take(upload, error.reason));
      await deadLetters.send(body, error, key || undefined);
      return key || undefined;
    });
    return { outcome: "refused", refusal: error, ...(quarantined !== undefined && { quarantined }) };
  } catch (fault) {
    return { outcome: "failed", error: fault };
  }
}

function refuseAbove(maxBytes: number, bytes: number): void {
  if (bytes > maxBytes) throw new Refusal("too-large", `at most ${maxBytes} bytes`);
}

function withoutSummary({ title, author, issued, tags }: Entry): CatalogueRow["entries"][number] {
  return { title, author, issued, ...(tags && { tags }) };
}
