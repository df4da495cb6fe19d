import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import {
  type Account,
  homeAccount,
  resourceName,
  stackTags,
  type NamedKind,
  type Zone,
  zoneRegions,
} from "@landfall/core";
import { Fn, TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { administratorRole } from "./administrator";
import { addBackend } from "./backend";
import { type Contract, parameterName, type ValuesOf } from "./contract";
import { instanceName, type StackDefinition, type StackProps } from "./definition";
import { requireBoundary } from "./permissions-boundary";
import { nearestPlace, type Place } from "./placement";

/** The provider versions that every stack accepts; the lock file pins one. */
const PROVIDER_RANGE = ">= 5.100.0, < 7.0.0";

/** The oldest Terraform that locks a state in a bucket with Object Lock (hashicorp/terraform #36113). */
const TERRAFORM_RANGE = ">= 1.10.1";

/**
 * The base of every stack: providers, backend, tags and the permission boundary are wired here, and contracts are
 * published and consumed here.
 */
export class ZoneStack extends TerraformStack {
  readonly zone: Zone;
  readonly account: Account;
  readonly region: string;
  readonly definition: StackDefinition;
  /** The places whose contracts this stack reads, by the owner's name. */
  private readonly consumed: { readonly stack: string; readonly place: Place }[] = [];
  private boundaryArn: string | undefined;
  private signingConfigArn: string | undefined;
  private readonly providers = new Map<string, AwsProvider>();

  constructor(scope: Construct, props: StackProps) {
    const instance = instanceName(props.zone, props.definition, props.account, props.region);
    super(scope, instance);
    this.zone = props.zone;
    this.account = props.account;
    this.region = props.region;
    this.definition = props.definition;

    this.addOverride("terraform.required_version", TERRAFORM_RANGE);
    // cdktf writes the short source `aws`, which OpenTofu takes for its own registry's.
    this.addOverride("terraform.required_providers.aws", {
      source: "hashicorp/aws",
      version: PROVIDER_RANGE,
    });
    addBackend(
      this,
      props.zone,
      instance,
      this.byDeployer ? undefined : administratorRole(props.zone, homeAccount(props.zone)),
    );
    if (this.byDeployer) {
      // Ephemeral: a saved plan, made with the role that only reads, is applied with the one that writes.
      this.addOverride("variable.access", {
        type: "string",
        description: "The zone's role that is assumed: plan reads, deploy writes",
        default: "plan",
        ephemeral: true,
      });
    }
    this.providerIn();
    requireBoundary(this, () => this.boundaryArn);
  }

  /** The stack that a construct belongs to. @throws Error outside a ZoneStack */
  static override of(construct: Construct): ZoneStack {
    const stack = TerraformStack.of(construct);
    if (!(stack instanceof ZoneStack)) throw new Error(`'${construct.node.path}' must be inside a ZoneStack`);
    return stack;
  }

  /** Whether this instance is in the zone's home region. */
  get isHomeRegion(): boolean {
    return this.region === this.zone.regions.home;
  }

  /** Whether this instance is in the zone's home account. */
  get isHomeAccount(): boolean {
    return this.account.id === homeAccount(this.zone).id;
  }

  /** The ARN of a resource in this stack's account and region, e.g. `arn:aws:sqs:eu-west-1:123456789012:orders`. */
  arn(service: string, resource: string, region: string = this.region): string {
    return `arn:aws:${service}:${region}:${this.account.id}:${resource}`;
  }

  /** A name within AWS's limit for its kind, prefixed with the zone and the stack. */
  resourceName(kind: NamedKind, ...parts: readonly string[]): string {
    return resourceName(kind, this.zone.name, this.definition.name, ...parts);
  }

  /** The stacks whose contracts this one reads, each with the place where it reads them. */
  get consumes(): readonly { readonly stack: string; readonly place: Place }[] {
    return this.consumed;
  }

  /** The permission boundary of every role in this stack that names none itself. */
  permissionsBoundary(policyArn: string): void {
    this.boundaryArn = policyArn;
  }

  /** The code signing configuration of every function made from here on that names none itself. */
  codeSigning(configArn: string): void {
    this.signingConfigArn = configArn;
  }

  /** What {@link codeSigning} was told; `undefined` where nothing was. */
  get codeSigningConfigArn(): string | undefined {
    return this.signingConfigArn;
  }

  /**
   * Publishes the stack's contract: every value, in this region or, for a global stack, in each of the zone's regions.
   *
   * @param values the values, or what gives those of a region. An empty text or list says that this zone has no such
   * thing: it is not published, and whoever reads it all the same is told by Terraform that there is none
   * @throws Error when the contract is not this stack's own
   */
  publish<C extends Contract>(contract: C, values: ValuesOf<C> | ((region: string) => ValuesOf<C>)): void {
    if (contract !== this.definition.contract) {
      throw new Error(
        `stack '${this.definition.name}' must publish its own contract, got that of '${contract.stack}'`,
      );
    }
    const regions = contract.scope === "global" ? zoneRegions(this.zone) : [this.region];
    const published = new Construct(this, "Contract");
    for (const region of regions) {
      const given = typeof values === "function" ? values(region) : values;
      for (const [name, { description }] of Object.entries(contract.values)) {
        const value: string | string[] | undefined = given[name];
        if (value === undefined)
          throw new Error(`contract '${contract.stack}' promises '${name}', got: nothing`);
        if (value.length === 0) continue;
        new SsmParameter(published, region === this.region ? name : `${name}-${region}`, {
          provider: this.providerIn({ region }),
          name: parameterName(this.zone.name, contract.stack, name),
          description,
          type: typeof value === "string" ? "String" : "StringList",
          value: typeof value === "string" ? value : Fn.join(",", value),
        });
      }
    }
  }

  /**
   * The values of another stack's contract: of its instance in this account where there is one, else in the account
   * that has it. Each is read when it is first used, so that a stack depends on no value that it does not use.
   *
   * @param from another place than the nearest, e.g. `{ region: "eu-central-1" }`
   * @throws Error when the zone has no such stack
   */
  consume<C extends Contract>(contract: C, from: Partial<Place> = {}): ValuesOf<C> {
    const nearest = nearestPlace(this.zone, this, contract);
    if (nearest === undefined) throw new Error(`zone '${this.zone.name}' has no stack '${contract.stack}'`);
    const place: Place = { ...nearest, ...from };
    this.consumed.push({ stack: contract.stack, place });
    const scope = new Construct(this, ["Contract", contract.stack, ...this.suffix(place)].join("-"));
    const read = new Map<string, string | string[]>();
    const values = {};
    for (const [name, { kind }] of Object.entries(contract.values)) {
      Object.defineProperty(values, name, {
        enumerable: true,
        get: () => {
          const known = read.get(name);
          if (known !== undefined) return known;
          const parameter = new DataAwsSsmParameter(scope, name, {
            provider: this.providerIn(place),
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

  /**
   * The provider for an account and region, made when it is first needed.
   *
   * @param place what differs from this stack's own place; a region outside of the zone is taken too, for what AWS
   * keeps in one region alone
   */
  providerIn(place: Partial<Place> = {}): AwsProvider {
    const { account, region }: Place = { account: this.account, region: this.region, ...place };
    const suffix = this.suffix({ account, region });
    const alias = suffix.join("-");
    const known = this.providers.get(alias);
    if (known) return known;
    const role = this.assumedRole(account);
    const provider = new AwsProvider(this, ["Provider", ...suffix].join("-"), {
      region,
      allowedAccountIds: [account.id],
      defaultTags: [{ tags: stackTags(this.zone, this.definition.name) }],
      ...(role === undefined ? {} : { assumeRole: [{ roleArn: role }] }),
      ...(alias === "" ? {} : { alias }),
    });
    this.providers.set(alias, provider);
    return provider;
  }

  private get byDeployer(): boolean {
    return this.definition.appliedBy !== "administrator";
  }

  /** What tells a place from this stack's own. */
  private suffix({ account, region }: Place): string[] {
    return [
      ...(account.id === this.account.id ? [] : [account.name]),
      ...(region === this.region ? [] : [region]),
    ];
  }

  private assumedRole(account: Account): string | undefined {
    return this.byDeployer
      ? `arn:aws:iam::${account.id}:role/${this.zone.name}-\${var.access}`
      : administratorRole(this.zone, account);
  }
}
