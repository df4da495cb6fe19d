import { type Action, type Condition, type Rule } from "./load-balancer";

/** A request, as far as rules look at it. */
export interface RoutedRequest {
  readonly method: string;
  /** Without the port. */
  readonly host: string;
  /** Path and query as they came, e.g. `/orders?limit=5`. */
  readonly target: string;
  /** In lower case; the values of a header that came more than once are a list. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly sourceIp: string;
}

export const pathOf = ({ target }: RoutedRequest): string => target.split("?", 1)[0] ?? "/";

export const queryOf = ({ target }: RoutedRequest): string =>
  target.includes("?") ? target.slice(target.indexOf("?") + 1) : "";

/** `*` stands for any characters, `?` for one. */
const matches = (pattern: string, value: string, flags = ""): boolean => {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, flags).test(value);
};

const holds = (condition: Condition, request: RoutedRequest): boolean => {
  const some = (value: string, flags?: string): boolean =>
    condition.values.some((pattern) => matches(pattern, value, flags));
  switch (condition.field) {
    case "path-pattern":
      return some(pathOf(request));
    case "host-header":
      return some(request.host, "i");
    case "http-request-method":
      return condition.values.includes(request.method);
    case "http-header":
      return (request.headers.get((condition.headerName ?? "").toLowerCase()) ?? []).some((value) =>
        some(value, "i"),
      );
    case "query-string": {
      const given = [...new URLSearchParams(queryOf(request))];
      return (condition.pairs ?? []).some((wanted) =>
        given.some(
          ([key, value]) =>
            (wanted.key === undefined || matches(wanted.key, key, "i")) && matches(wanted.value, value, "i"),
        ),
      );
    }
    default:
      // Everybody who reaches the front door is this machine, so a condition on addresses says nothing.
      return condition.field === "source-ip";
  }
};

/** The action of the first rule whose conditions all hold; undefined when there is none. */
export const route = (rules: readonly Rule[], request: RoutedRequest): Action | undefined =>
  rules.find(({ conditions }) => conditions.every((condition) => holds(condition, request)))?.action;

/**
 * Where a redirect leads.
 *
 * @param listener what the request came through
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/rule-action-types.html
 */
export function redirectLocation(
  action: Extract<Action, { type: "redirect" }>,
  request: RoutedRequest,
  listener: { readonly protocol: string; readonly port: number },
): string {
  const values: Readonly<Record<string, string>> = {
    protocol: listener.protocol,
    host: request.host,
    port: String(listener.port),
    path: pathOf(request).slice(1),
    query: queryOf(request),
  };
  const fill = (text: string): string =>
    text.replace(/#\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
  const protocol = fill(action.protocol).toLowerCase();
  const port = fill(action.port);
  const isUsual = port === (protocol === "https" ? "443" : "80");
  const query = fill(action.query);
  const where = `${protocol}://${fill(action.host)}${isUsual ? "" : `:${port}`}${fill(action.path)}`;
  return query === "" ? where : `${where}?${query}`;
}
