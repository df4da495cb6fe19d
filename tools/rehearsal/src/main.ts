/** `npm run rehearse`: runs the synthesized delivery pipeline on this machine, against the emulator. */
import { resolve } from "node:path";
import { LandfallError } from "@landfall/core";
import { optionsOf, USAGE } from "./options";
import { rehearse } from "./rehearse";

const ROOT = resolve(__dirname, "../../..");

async function main(argv: readonly string[]): Promise<number> {
  const options = optionsOf(argv);
  if (options === undefined) console.log(USAGE);
  else await rehearse(ROOT, options, (line) => console.log(line));
  return 0;
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error(error instanceof LandfallError ? error.message : error);
    return 1;
  })
  .then((code) => process.exit(code));
