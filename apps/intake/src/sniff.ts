/** What content is besides text, as its first bytes say: hexadecimal, at the offset 0. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ["25504446", "a PDF"],
  ["504b0304", "a ZIP archive or an office document"],
  ["504b0506", "an empty ZIP archive"],
  ["1f8b", "gzip"],
  ["425a68", "bzip2"],
  ["fd377a585a00", "xz"],
  ["28b52ffd", "zstd"],
  ["377abcaf271c", "a 7z archive"],
  ["52617221", "a RAR archive"],
  ["d0cf11e0a1b11ae1", "an old office document"],
  ["89504e47", "a PNG image"],
  ["ffd8ff", "a JPEG image"],
  ["47494638", "a GIF image"],
  ["7f454c46", "a program"],
  ["4d5a", "a program"],
  ["cafebabe", "a program"],
  ["feedface", "a program"],
  ["cffaedfe", "a program"],
  ["0061736d", "a program"],
  ["53514c69746520666f726d6174203300", "a database"],
  ["50415231", "a Parquet file"],
];

/** Text that is something else than JSON and CSV. */
const MARKS: readonly (readonly [RegExp, string])[] = [
  [/^\s*</, "markup"],
  [/^#!/, "a script"],
  [/^\{\\rtf/, "rich text"],
  [/^-----BEGIN /, "a key or a certificate"],
];

/**
 * What a file is, by its first bytes and not by its name, if it is known and holds no text.
 *
 * @see https://en.wikipedia.org/wiki/List_of_file_signatures
 */
export const sniffBytes = (content: Uint8Array): string | undefined => {
  const head = Buffer.from(content.subarray(0, 16)).toString("hex");
  return SIGNATURES.find(([signature]) => head.startsWith(signature))?.[1];
};

/** What text is, by how it begins, if it is known and neither JSON nor CSV. */
export const sniffText = (text: string): string | undefined => MARKS.find(([mark]) => mark.test(text))?.[1];
