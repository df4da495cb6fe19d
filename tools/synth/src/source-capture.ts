import { TerraformDataSource, TerraformResource, type TerraformStack } from "cdktf";
import { type IConstruct, Node } from "constructs";

/** Deep enough to reach from a provider's resource through our constructs to the stack that asked for it. */
const STACK_DEPTH = 40;

/** Where in the bundle each element was made: `line:column` of each frame, innermost first. */
export type CapturedSources = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const traces = new WeakMap<IConstruct, string>();

/**
 * Notes where each Terraform element is made. cdktf marks each new element with a metadata entry, which is the only
 * hook there is; its own stack traces would end up in the JSON, where line numbers must not be: they would change a
 * stack's fingerprint with every comment.
 */
export function captureSources(): void {
  const { prototype } = Node;
  const original = prototype.addMetadata;
  Error.stackTraceLimit = STACK_DEPTH;
  prototype.addMetadata = function (this: Node, type, data, options) {
    if (type === "stacktrace") traces.set(this.scopes.at(-1) ?? this.root, new Error().stack ?? "");
    return original.call(this, type, data, options);
  };
}

/** The captured frames of every element, by instance and Terraform address. */
export function capturedSources(stacks: readonly TerraformStack[], bundle: string): CapturedSources {
  const frames = (element: IConstruct): string[] =>
    (traces.get(element) ?? "").split("\n").flatMap((line) => {
      const at = line.lastIndexOf(`${bundle}:`);
      return at < 0 ? [] : [line.slice(at + bundle.length + 1).replace(/\)$/, "")];
    });
  return Object.fromEntries(
    stacks.map((stack) => [
      stack.node.id,
      Object.fromEntries(
        stack.node.findAll().flatMap((construct) => {
          const address = addressOf(construct);
          return address === undefined ? [] : [[address, frames(construct)]];
        }),
      ),
    ]),
  );
}

/** `aws_vpc.Vpc_1234ABCD`, or `data.aws_ssm_parameter.…` for a data source; nothing for what has no address. */
function addressOf(construct: IConstruct): string | undefined {
  if (TerraformResource.isTerraformResource(construct)) {
    return `${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
  }
  if (TerraformDataSource.isTerraformDataSource(construct)) {
    return `data.${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
  }
  return undefined;
}
