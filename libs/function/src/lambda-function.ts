import { resolve } from "node:path";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaEventSourceMapping } from "@cdktf/provider-aws/lib/lambda-event-source-mapping";
import { LambdaFunction as AwsLambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { signsFunctions } from "@landfall/core";
import { policyDocument, serviceTrust, type Statement } from "@landfall/identity";
import { type IKey } from "@landfall/keys";
import { LogGroup } from "@landfall/logging";
import { type IQueue, type Queue } from "@landfall/messaging";
import { validateProps, wholeNumber, ZoneStack } from "@landfall/stack";
import { type IStreamedTable } from "@landfall/storage";
import { AssetType, Fn, type ITerraformDependable, Lazy, TerraformAsset } from "cdktf";
import { Construct } from "constructs";
import { bundleFunction } from "./bundle";
import { type Bundle, zipFile } from "./bundle-cache";
import { runtimeStatements } from "./runtime-statements";
import { StreamSource, type StreamSourceOptions, streamStatements } from "./stream-source";

export interface LambdaFunctionProps {
  /** What it does, e.g. `catalogue`; names the function, its role and its log group. */
  readonly name: string;
  readonly description: string;
  /** The file that exports `handler`, from the workspace's root, e.g. `apps/intake/src/catalogue.function.ts`. */
  readonly entry: string;
  /** Environment variables; they are encrypted with the data key. @default none */
  readonly environment?: Readonly<Record<string, string>>;
  /** Encrypts the environment variables. */
  readonly dataKey: IKey;
  /** Encrypts the log group. */
  readonly logsKey: IKey;
  /**
   * Where the function runs: subnets of at least two availability zones, and its security group. `"none"` only for a function
   * that repairs what networks and identities depend on: no wall but its role and boundary is around it.
   */
  readonly vpc: { readonly subnetIds: string[]; readonly securityGroupIds: string[] } | "none";
  /** Takes the events of failed asynchronous invocations. */
  readonly deadLetterQueue: IQueue;
  /** What else the function may do. @default nothing */
  readonly statements?: readonly Statement[];
  /** 128 to 10240. @default 256 */
  readonly memoryMegabytes?: number;
  /** 1 to 900. @default 30 */
  readonly timeoutSeconds?: number;
  /**
   * The ARN of a code signing configuration of this account and region: the function then takes code alone that is signed
   * as it says. The file that is deployed is the signed one, which the pipeline puts in the place of the bundle before it
   * plans. A zone that signs needs one for each function.
   *
   * @default what `ZoneStack.codeSigning` was told; code need not be signed where it was told nothing
   */
  readonly codeSigningConfigArn?: string;
  /** How many run at once at the most: it guards what is behind the function, and the account's other functions. @default 10 */
  readonly reservedConcurrency?: number;
}

/** Known to the whole provider range and supported until 2027-04. @see Lambda.2 */
const RUNTIME = "nodejs22.x";

/**
 * A function with a role and a log group that it shares with no other, in its VPC, traced, its concurrency reserved,
 * its failures kept.
 *
 * @see Lambda.1 (no public access), Lambda.2 (runtime), Lambda.5 (availability zones)
 */
export class LambdaFunction extends Construct {
  readonly functionName: string;
  readonly functionArn: string;
  readonly roleArn: string;

  private readonly resource: AwsLambdaFunction;
  private readonly statements: Statement[] = [];
  /** The keys of what the function reads and writes, and of its environment variables. */
  private readonly keyArns: Set<string>;
  private readonly timeoutSeconds: number;
  private readonly reservedConcurrency: number;
  private readonly deadLetterQueueArn: string;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const stack = ZoneStack.of(this);
    const { memoryMegabytes = 256, timeoutSeconds = 30, reservedConcurrency = 10 } = props;
    const codeSigningConfigArn = props.codeSigningConfigArn ?? stack.codeSigningConfigArn;
    validateProps(this, [
      wholeNumber("memoryMegabytes", memoryMegabytes, 128, 10_240),
      wholeNumber("timeoutSeconds", timeoutSeconds, 1, 900),
      wholeNumber("reservedConcurrency", reservedConcurrency, 1, 1000),
      {
        prop: "codeSigningConfigArn",
        value: codeSigningConfigArn,
        valid: codeSigningConfigArn !== undefined || !signsFunctions(stack.zone),
        allowed:
          "the delivery contract's, given to the stack's codeSigning() before its functions are made: " +
          `the zone ${stack.zone.name} signs`,
      },
    ]);
    this.timeoutSeconds = timeoutSeconds;
    this.reservedConcurrency = reservedConcurrency;
    this.deadLetterQueueArn = props.deadLetterQueue.queueArn;
    this.functionName = stack.resourceName("function", props.name);
    this.functionArn = stack.arn("lambda", `function:${this.functionName}`);

    const logs = new LogGroup(this, "Logs", {
      logGroupName: `/aws/lambda/${this.functionName}`,
      encryptionKey: props.logsKey,
    });
    const role = new IamRole(this, "Role", {
      name: stack.resourceName("role", props.name, stack.region),
      description: `Runs the function ${this.functionName}`,
      assumeRolePolicy: serviceTrust("lambda.amazonaws.com"),
    });
    this.roleArn = role.arn;
    this.keyArns = new Set([props.dataKey.keyArn, props.deadLetterQueue.encryptionKey.keyArn]);
    this.statements.push(
      ...runtimeStatements({
        functionArn: this.functionArn,
        logGroupArn: stack.arn("logs", `log-group:/aws/lambda/${this.functionName}`),
        deadLetterQueueArn: props.deadLetterQueue.queueArn,
        inVpc: props.vpc !== "none",
      }),
      ...(props.statements ?? []),
    );
    const policy = new IamRolePolicy(this, "Policy", {
      name: "function",
      role: role.id,
      // Rendered at synthesis, when every event source is known.
      policy: Lazy.stringValue({ produce: () => policyDocument([...this.statements, this.useKeys()]) }),
    });

    const bundle = bundleFunction(props.entry);
    const code = this.asset(bundle);
    const signed = codeSigningConfigArn !== undefined;
    this.resource = new AwsLambdaFunction(this, "Resource", {
      functionName: this.functionName,
      description: props.description,
      role: role.arn,
      packageType: "Zip",
      filename: code.path,
      // A signature is part of the file, so that its hash is not known before it is signed.
      sourceCodeHash: signed ? Fn.filebase64sha256(code.path) : bundle.sha256,
      ...(signed ? { codeSigningConfigArn } : {}),
      handler: "index.handler",
      runtime: RUNTIME,
      architectures: ["arm64"],
      memorySize: memoryMegabytes,
      timeout: timeoutSeconds,
      reservedConcurrentExecutions: reservedConcurrency,
      kmsKeyArn: props.dataKey.keyArn,
      // Error stacks show TypeScript lines. Node reads the map at each cold start, so it holds none but ours.
      environment: { variables: { NODE_OPTIONS: "--enable-source-maps", ...props.environment } },
      ...(props.vpc === "none"
        ? {}
        : { vpcConfig: { subnetIds: props.vpc.subnetIds, securityGroupIds: props.vpc.securityGroupIds } }),
      tracingConfig: { mode: "Active" },
      deadLetterConfig: { targetArn: props.deadLetterQueue.queueArn },
      loggingConfig: { logFormat: "JSON", logGroup: logs.logGroupName },
      // Lambda checks at creation that the role may use the network, the key and the dead-letter queue.
      dependsOn: [policy],
    });
  }

  /**
   * Lets the function consume a queue, once: in batches of up to ten, reporting which messages failed.
   *
   * @see https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
   */
  consume(queue: Queue): void {
    const { timeoutSeconds, reservedConcurrency } = this;
    validateProps(this, [
      {
        prop: "timeoutSeconds",
        value: timeoutSeconds,
        valid: queue.visibilityTimeoutSeconds >= 6 * timeoutSeconds,
        allowed: `at most a sixth of the queue's visibility timeout (${queue.visibilityTimeoutSeconds} s)`,
      },
      // A mapping scales from two.
      wholeNumber("reservedConcurrency", reservedConcurrency, 2, 1000),
    ]);
    this.statements.push({
      Sid: "ConsumeQueue",
      Effect: "Allow",
      Action: [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
      ],
      Resource: queue.queueArn,
    });
    this.keyArns.add(queue.encryptionKey.keyArn);
    new LambdaEventSourceMapping(this, "QueueSource", {
      eventSourceArn: queue.queueArn,
      functionName: this.resource.functionName,
      batchSize: 10,
      functionResponseTypes: ["ReportBatchItemFailures"],
      scalingConfig: { maximumConcurrency: reservedConcurrency },
    });
  }

  /**
   * Lets the function consume the stream of a table, once. Its dead-letter queue takes word of what it gives up on.
   *
   * @param key the table's, where it is not the function's data key
   */
  consumeStream(table: IStreamedTable, options: StreamSourceOptions = {}, key?: IKey): void {
    this.statements.push(...streamStatements(table));
    if (key) this.keyArns.add(key.keyArn);
    new StreamSource(this, "StreamSource", {
      ...options,
      streamArn: table.streamArn,
      functionName: this.resource.functionName,
      onFailureArn: this.deadLetterQueueArn,
    });
  }

  /**
   * Lets a load balancer invoke the function for one target group, once.
   *
   * @returns what registering the function in the target group has to wait for
   * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
   */
  invokedByLoadBalancer(targetGroupArn: string): ITerraformDependable {
    return new LambdaPermission(this, "LoadBalancerMayInvoke", {
      statementId: "LoadBalancer",
      action: "lambda:InvokeFunction",
      functionName: this.resource.functionName,
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: targetGroupArn,
      sourceAccount: ZoneStack.of(this).account.id,
    });
  }

  private useKeys(): Statement {
    return {
      Sid: "UseKeys",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: [...this.keyArns],
    };
  }

  private asset(bundle: Bundle): TerraformAsset {
    const path = zipFile(resolve(), bundle);
    return new TerraformAsset(this, "Code", { path, type: AssetType.FILE });
  }
}
