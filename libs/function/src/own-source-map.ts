import { decode, encode, type SourceMapSegment } from "@jridgewell/sourcemap-codec";

/** A source map as esbuild writes it. */
interface SourceMap {
  readonly version: 3;
  readonly sources: readonly string[];
  readonly names: readonly string[];
  readonly mappings: string;
}

const isOwn = (source: string): boolean => !source.split("/").includes("node_modules");

/**
 * A bundle's source map without the packages in it. Node.js reads a map when it loads a function, so that nine tenths
 * of it would slow every cold start for lines that nobody here can change; and where a package lies differs from
 * machine to machine.
 *
 * @param text the map as JSON
 */
export function ownSourceMap(text: string): string {
  const map = JSON.parse(text) as SourceMap;
  const kept = map.sources.filter(isOwn);
  const position = new Map(map.sources.map((source, index) => [index, kept.indexOf(source)]));
  const mappings = decode(map.mappings).map((line) => {
    const segments: SourceMapSegment[] = [];
    for (const segment of line) {
      const source = segment.length === 1 ? -1 : (position.get(segment[1]) ?? -1);
      if (source >= 0 && segment.length > 1) {
        segments.push([segment[0], source, segment[2] ?? 0, segment[3] ?? 0]);
      } else if (segments.at(-1)?.length !== 1) {
        // Ends the part of the line that is ours; what follows has no source.
        segments.push([segment[0]]);
      }
    }
    return segments;
  });
  return JSON.stringify({ version: 3, sources: kept, names: [], mappings: encode(mappings) });
}
