import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { sha256 } from "../digest/hashes";

/** A function that takes signed code alone, as it was synthesized. */
export interface SignedFunction {
  /** Its name in AWS. */
  readonly name: string;
  /** Its bundle. */
  readonly file: string;
  /** SHA-256 of the bundle, in hexadecimal. */
  readonly sha256: string;
}

interface FunctionJson {
  readonly function_name: string;
  readonly filename: string;
  readonly code_signing_config_arn?: string;
}

const TERRAFORM = "cdk.tf.json";

/**
 * Every function below a folder of synthesized stacks that has a code signing configuration. Others are deployed as they were
 * bundled: what Terraform knows of their code is the bundle's own hash.
 */
export const signedFunctions = (folder: string): readonly SignedFunction[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name === TERRAFORM)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .flatMap((stack) =>
      functionsOf(stack)
        .filter((each) => each.code_signing_config_arn !== undefined)
        .map(({ function_name: name, filename }) => {
          const file = join(dirname(stack), filename);
          return { name, file, sha256: sha256(readFileSync(file)) };
        }),
    );

const functionsOf = (stack: string): readonly FunctionJson[] => {
  const { resource } = JSON.parse(readFileSync(stack, "utf8")) as {
    readonly resource?: { readonly aws_lambda_function?: Readonly<Record<string, FunctionJson>> };
  };
  return Object.values(resource?.aws_lambda_function ?? {});
};
