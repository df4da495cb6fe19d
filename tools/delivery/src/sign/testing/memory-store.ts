import { type CodeStore } from "../code-store";

/** A bucket in memory: the rung local keeps code in S3 of the emulator. */
export class MemoryStore implements CodeStore {
  readonly bucket = "code";
  readonly objects = new Map<string, Uint8Array>();

  get(key: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.objects.get(key));
  }

  put(key: string, content: Uint8Array): Promise<string> {
    this.objects.set(key, content);
    return Promise.resolve(`version-${this.objects.size}`);
  }

  keep(key: string, content: Uint8Array): Promise<Uint8Array> {
    const kept = this.objects.get(key) ?? content;
    this.objects.set(key, kept);
    return Promise.resolve(kept);
  }
}
