import { TerraformDataSource, TerraformResource, type TerraformStack } from "cdktf";
import { type IConstruct, Node } from "constructs";

/** Deep enough to reach from a provider's resource through our constructs to the stack that asked for it. */
const STACK_DEPTH = 40;

/** Where in the bundle each element was made: `line:column` of each frame, innermost first. */
export type CapturedSources = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Deep enough to find the mistake behind an error of cdktf's, which shows where a value was made. */
const VALUE_DEPTH = 10;

const traces = new WeakMap<IConstruct, readonly string[]>();

/**
 * Notes where each Terraform element is made. cdktf marks each new element with a metadata entry, which is the only
 * hook there is; its own stack traces would end up in the JSON, where line numbers must not be: they would change a
 * stack's fingerprint with every comment.
 *
 * @param bundle the file that the running code is said to be from
 */
export function captureSources(bundle: string): void {
  const { prototype } = Node;
  const original = prototype.addMetadata;
  prototype.addMetadata = function (this: Node, type, data, options) {
    if (type === "stacktrace") traces.set(this.scopes.at(-1) ?? this.root, framesIn(bundle));
    return original.call(this, type, data, options);
  };
  shortenTraces();
}

/** Where in the bundle this is called from: only its frames are kept, since a fleet has a hundred thousand elements. */
function framesIn(bundle: string): readonly string[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  try {
    Error.stackTraceLimit = STACK_DEPTH;
    let frames: readonly string[] = [];
    Error.prepareStackTrace = (_, sites) => {
      frames = sites
        // Neither this function nor the one that calls it.
        .slice(2)
        .filter((site) => site.getFileName() === bundle)
        .map((site) => `${site.getLineNumber()}:${site.getColumnNumber()}`);
      return "";
    };
    // V8 takes the trace apart when it is first read.
    void new Error().stack;
    return frames;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** cdktf takes a trace without any limit for each value that is not known yet: a fifth of the time of a large zone. */
function shortenTraces(): void {
  const original = Error.captureStackTrace;
  Error.captureStackTrace = (target, below) => {
    Error.stackTraceLimit = Math.min(Error.stackTraceLimit, VALUE_DEPTH);
    original(target, below);
  };
}

/** The captured frames of every element, by instance and Terraform address. */
export const capturedSources = (stacks: readonly TerraformStack[]): CapturedSources =>
  Object.fromEntries(
    stacks.map((stack) => [
      stack.node.id,
      Object.fromEntries(
        stack.node.findAll().flatMap((construct) => {
          const address = addressOf(construct);
          return address === undefined ? [] : [[address, traces.get(construct) ?? []]];
        }),
      ),
    ]),
  );

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
