import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { resourceName, stackTags, type NamedKind, type Zone, zoneRegions } from "@landfall/core";
import { Fn, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { addBackend } from "./backend";
import { type Contract, parameterName, type ValuesOf } from "./contract";
import { instanceName, type StackDefinition, type StackProps } from "./definition";
import { requireBoundary } from "./permissions-boundary";

/** The provider versions that every stack accepts; the lock file pins one. */
const PROVIDER_RANGE = ">= 5.100.0, < 7.0.0";

/** The oldest Terraform with native S3 state locking. */
const TERRAFORM_RANGE = ">= 1.10.0";

/**
 * The base of every stack: provider, backend, tags and the permission boundary are wired here, and contracts are
 * published and consumed here.
 */
export class ZoneStack extends TerraformStack {
  readonly zone: Zone;
  readonly region: string;
  readonly definition: StackDefinition;
  private readonly consumed = new Set<string>();
  private boundaryArn: string | undefined;
  private readonly providers = new Map<string, AwsProvider>();

  constructor(scope: Construct, props: StackProps) {
    const instance = instanceName(props.zone, props.definition, props.region);
    super(scope, instance);
    this.zone = props.zone;
    this.region = props.region;
    this.definition = props.definition;

    this.addOverride("terraform.required_version", TERRAFORM_RANGE);
    // cdktf writes the short source `aws`, which OpenTofu takes for its own registry's.
    this.addOverride("terraform.required_providers.aws", {
      source: "hashicorp/aws",
      version: PROVIDER_RANGE,
    });
    addBackend(this, props.zone, instance);
    this.providerIn(props.region);
    requireBoundary(this, () => this.boundaryArn);
  }

  /** The stack that a construct belongs to. @throws Error outside a ZoneStack */
  static override of(construct: Construct): ZoneStack {
    const stack = TerraformStack.of(construct);
    if (!(stack instanceof ZoneStack)) throw new Error(`'${construct.node.path}' must be inside a ZoneStack`);
    return stack;
  }

  /** The ARN of a resource in this stack's account and region, e.g. `arn:aws:sqs:eu-west-1:123456789012:orders`. */
  arn(service: string, resource: string, region: string = this.region): string {
    return `arn:aws:${service}:${region}:${this.zone.account}:${resource}`;
  }

  /** A name within AWS's limit for its kind, prefixed with the zone and the stack. */
  resourceName(kind: NamedKind, ...parts: readonly string[]): string {
    return resourceName(kind, this.zone.name, this.definition.name, ...parts);
  }

  /** The names of the stacks whose contracts this one reads. */
  get consumes(): readonly string[] {
    return [...this.consumed];
  }

  /** The permission boundary of every role in this stack that names none itself. */
  permissionsBoundary(policyArn: string): void {
    this.boundaryArn = policyArn;
  }

  /**
   * Publishes the stack's contract: every value, in this region or, for a global stack, in each of the zone's regions.
   *
   * @throws Error when the contract is not this stack's own
   */
  publish<C extends Contract>(contract: C, values: ValuesOf<C>): void {
    if (contract !== this.definition.contract) {
      throw new Error(
        `stack '${this.definition.name}' must publish its own contract, got that of '${contract.stack}'`,
      );
    }
    const regions = contract.scope === "global" ? zoneRegions(this.zone) : [this.region];
    const published = new Construct(this, "Contract");
    for (const [name, { description }] of Object.entries(contract.values)) {
      const value: string | string[] | undefined = values[name];
      if (value === undefined)
        throw new Error(`contract '${contract.stack}' promises '${name}', got: nothing`);
      for (const region of regions) {
        new SsmParameter(published, region === this.region ? name : `${name}-${region}`, {
          provider: this.providerIn(region),
          name: parameterName(this.zone.name, contract.stack, name),
          description,
          type: typeof value === "string" ? "String" : "StringList",
          value: typeof value === "string" ? value : Fn.join(",", value),
        });
      }
    }
  }

  /**
   * The values of another stack's contract. Each is read when it is first used, so that a stack depends on no value
   * that it does not use.
   */
  consume<C extends Contract>(contract: C): ValuesOf<C> {
    this.consumed.add(contract.stack);
    const scope = new Construct(this, `Contract-${contract.stack}`);
    const read = new Map<string, string | string[]>();
    const values = {};
    for (const [name, { kind }] of Object.entries(contract.values)) {
      Object.defineProperty(values, name, {
        enumerable: true,
        get: () => {
          const known = read.get(name);
          if (known !== undefined) return known;
          const parameter = new DataAwsSsmParameter(scope, name, {
            name: parameterName(this.zone.name, contract.stack, name),
          });
          // `value` is marked sensitive and would hide ids and ARNs from every plan.
          const value = kind === "list" ? Fn.split(",", parameter.insecureValue) : parameter.insecureValue;
          read.set(name, value);
          return value;
        },
      });
    }
    return values as ValuesOf<C>;
  }

  /** The provider for a region of the zone, made when it is first needed. */
  private providerIn(region: string): AwsProvider {
    const known = this.providers.get(region);
    if (known) return known;
    const provider = new AwsProvider(this, region === this.region ? "Provider" : `Provider-${region}`, {
      region,
      allowedAccountIds: [this.zone.account],
      defaultTags: [{ tags: stackTags(this.zone, this.definition.name) }],
      ...(region === this.region ? {} : { alias: region }),
    });
    this.providers.set(region, provider);
    return provider;
  }
}
