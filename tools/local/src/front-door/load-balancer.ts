import { callQuery } from "../api/aws-api";
import { elements, textAt, type XmlElement } from "../api/xml";
import { type AwsAddress } from "../functions/aws-clients";

/** What a request must have, for a rule to apply. */
export interface Condition {
  /** e.g. `path-pattern`, `host-header`, `http-request-method`, `http-header`, `query-string`, `source-ip` */
  readonly field: string;
  /** Any of them is enough. `*` and `?` are wildcards. */
  readonly values: readonly string[];
  /** Of a `http-header`. */
  readonly headerName?: string;
  /** Of a `query-string`; without a key, any will do. */
  readonly pairs?: readonly { readonly key: string | undefined; readonly value: string }[];
}

/** What is done with a request. */
export type Action =
  | { readonly type: "forward"; readonly targetGroupArn: string }
  | {
      readonly type: "redirect";
      readonly protocol: string;
      readonly host: string;
      readonly port: string;
      readonly path: string;
      readonly query: string;
      readonly status: 301 | 302;
    }
  | {
      readonly type: "fixed-response";
      readonly status: number;
      readonly contentType: string | undefined;
      readonly body: string;
    }
  | { readonly type: "unknown"; readonly name: string };

export interface Rule {
  readonly conditions: readonly Condition[];
  readonly action: Action;
}

export interface Listener {
  readonly port: number;
  /** `HTTP` or `HTTPS` */
  readonly protocol: string;
  /** In the order of their priority, the default rule last. */
  readonly rules: readonly Rule[];
}

export interface TargetGroup {
  readonly arn: string;
  /** Of the only target; undefined when it is no function, or not registered. */
  readonly functionArn: string | undefined;
  /** Whether headers and the query come as lists of values. */
  readonly multiValue: boolean;
}

/** An application load balancer as the AWS API returns it. */
export interface LoadBalancer {
  readonly name: string;
  readonly arn: string;
  readonly dnsName: string;
  /** Until a target that says nothing is given up. */
  readonly idleTimeoutSeconds: number;
  readonly listeners: readonly Listener[];
  readonly targetGroups: ReadonlyMap<string, TargetGroup>;
}

const DEFAULT_IDLE_TIMEOUT_SECONDS = 60;

/** Reads the application load balancers of a region, with their listeners, rules and targets. */
export async function readLoadBalancers(address: AwsAddress): Promise<LoadBalancer[]> {
  const call = (action: string, request: Readonly<Record<string, string>> = {}) =>
    callQuery(address, "elasticloadbalancing", { Action: action, Version: "2015-12-01", ...request });
  const members = (answer: XmlElement, list: string) => elements(answer, list, "member");
  const attributes = (answer: XmlElement) =>
    new Map(
      members(answer, "Attributes").map((each) => [textAt(each, "Key") ?? "", textAt(each, "Value") ?? ""]),
    );

  const targetGroups = new Map<string, TargetGroup>();
  for (const group of members(await call("DescribeTargetGroups"), "TargetGroups")) {
    const arn = textAt(group, "TargetGroupArn") ?? "";
    const health = await call("DescribeTargetHealth", { TargetGroupArn: arn });
    const [target] = members(health, "TargetHealthDescriptions");
    const given = attributes(await call("DescribeTargetGroupAttributes", { TargetGroupArn: arn }));
    const isFunction = textAt(group, "TargetType") === "lambda";
    targetGroups.set(arn, {
      arn,
      functionArn: isFunction && target ? textAt(target, "Target", "Id") : undefined,
      multiValue: given.get("lambda.multi_value_headers.enabled") === "true",
    });
  }

  const found: LoadBalancer[] = [];
  for (const each of members(await call("DescribeLoadBalancers"), "LoadBalancers")) {
    if (textAt(each, "Type") !== "application") continue;
    const arn = textAt(each, "LoadBalancerArn") ?? "";
    const given = attributes(await call("DescribeLoadBalancerAttributes", { LoadBalancerArn: arn }));
    const listeners: Listener[] = [];
    for (const one of members(await call("DescribeListeners", { LoadBalancerArn: arn }), "Listeners")) {
      const rules = await call("DescribeRules", { ListenerArn: textAt(one, "ListenerArn") ?? "" });
      listeners.push({
        port: Number(textAt(one, "Port")),
        protocol: textAt(one, "Protocol") ?? "HTTP",
        rules: readRules(members(rules, "Rules")),
      });
    }
    found.push({
      name: textAt(each, "LoadBalancerName") ?? "",
      arn,
      dnsName: textAt(each, "DNSName") ?? "",
      idleTimeoutSeconds: Number(given.get("idle_timeout.timeout_seconds") ?? DEFAULT_IDLE_TIMEOUT_SECONDS),
      listeners,
      targetGroups,
    });
  }
  return found;
}

const readRules = (rules: readonly XmlElement[]): Rule[] => {
  const rank = (rule: XmlElement): number => {
    const priority = textAt(rule, "Priority") ?? "default";
    return priority === "default" ? Infinity : Number(priority);
  };
  return [...rules]
    .sort((a, b) => (rank(a) === rank(b) ? 0 : rank(a) - rank(b)))
    .map((rule) => ({
      conditions: elements(rule, "Conditions", "member").map(readCondition),
      action: readAction(elements(rule, "Actions", "member")),
    }));
};

const readCondition = (condition: XmlElement): Condition => {
  const configured = condition.children.find(({ name }) => name.endsWith("Config"));
  const values = (from: XmlElement) => elements(from, "Values", "member").map(({ text }) => text);
  const headerName = configured && textAt(configured, "HttpHeaderName");
  const pairs = elements(condition, "QueryStringConfig", "Values", "member").map((pair) => ({
    key: textAt(pair, "Key"),
    value: textAt(pair, "Value") ?? "",
  }));
  return {
    field: textAt(condition, "Field") ?? "",
    values: [...values(condition), ...(configured && pairs.length === 0 ? values(configured) : [])],
    ...(headerName === undefined ? {} : { headerName }),
    ...(pairs.length === 0 ? {} : { pairs }),
  };
};

/** The last action decides: those before it authenticate, which is not played here and so named as unknown. */
const readAction = (actions: readonly XmlElement[]): Action => {
  const before = actions.find(({ children }) =>
    children.some(({ name, text }) => name === "Type" && /^(?:authenticate|jwt)/.test(text)),
  );
  const action = before ?? actions.at(-1);
  const type = (action && textAt(action, "Type")) ?? "none";
  if (action && type === "forward") {
    const targetGroupArn =
      textAt(action, "TargetGroupArn") ??
      textAt(action, "ForwardConfig", "TargetGroups", "member", "TargetGroupArn");
    return { type, targetGroupArn: targetGroupArn ?? "" };
  }
  if (action && type === "redirect") {
    const given = (name: string, fallback: string) => textAt(action, "RedirectConfig", name) ?? fallback;
    return {
      type,
      protocol: given("Protocol", "#{protocol}"),
      host: given("Host", "#{host}"),
      port: given("Port", "#{port}"),
      path: given("Path", "/#{path}"),
      query: given("Query", "#{query}"),
      status: given("StatusCode", "HTTP_302") === "HTTP_301" ? 301 : 302,
    };
  }
  if (action && type === "fixed-response") {
    return {
      type,
      status: Number(textAt(action, "FixedResponseConfig", "StatusCode") ?? 503),
      contentType: textAt(action, "FixedResponseConfig", "ContentType"),
      body: textAt(action, "FixedResponseConfig", "MessageBody") ?? "",
    };
  }
  return { type: "unknown", name: type };
};
