import { type Action, type Condition, type Rule } from "./load-balancer";
import { redirectLocation, route, type RoutedRequest } from "./routing";

const request: RoutedRequest = {
  method: "POST",
  host: "orders.example.com",
  target: "/orders/5?a=1&b=two",
  headers: new Map([["x-tenant", ["blue"]]]),
  sourceIp: "127.0.0.1",
};
const hit: Action = { type: "forward", targetGroupArn: "hit" };
const fallback: Action = { type: "forward", targetGroupArn: "default" };
const rulesOf = (...conditions: Condition[]): Rule[] => [
  { conditions, action: hit },
  { conditions: [], action: fallback },
];

describe("route", () => {
  it.each<[string, Condition, boolean]>([
    ["a path", { field: "path-pattern", values: ["/orders/*"] }, true],
    ["a path in other letters", { field: "path-pattern", values: ["/Orders/*"] }, false],
    ["a dot that is no wildcard", { field: "path-pattern", values: ["/orders/."] }, false],
    ["one letter", { field: "path-pattern", values: ["/orders/?"] }, true],
    ["the host, whatever its letters", { field: "host-header", values: ["*.EXAMPLE.com"] }, true],
    ["a method", { field: "http-request-method", values: ["GET", "POST"] }, true],
    ["another method", { field: "http-request-method", values: ["GET"] }, false],
    ["a header", { field: "http-header", values: ["bl*"], headerName: "X-Tenant" }, true],
    ["a header that is missing", { field: "http-header", values: ["*"], headerName: "X-Other" }, false],
    ["a query", { field: "query-string", values: [], pairs: [{ key: "b", value: "t*" }] }, true],
    [
      "a query of any key",
      { field: "query-string", values: [], pairs: [{ key: undefined, value: "1" }] },
      true,
    ],
    ["a condition that nobody knows", { field: "moon-phase", values: ["*"] }, false],
  ])("%s", (_title, condition, holds) => {
    expect(route(rulesOf(condition), request)).toBe(holds ? hit : fallback);
  });

  it("needs every condition of a rule", () => {
    const rules = rulesOf(
      { field: "path-pattern", values: ["/orders/*"] },
      { field: "http-request-method", values: ["GET"] },
    );
    expect(route(rules, request)).toBe(fallback);
  });
});

describe("redirectLocation", () => {
  const redirect = {
    type: "redirect",
    protocol: "HTTPS",
    host: "#{host}",
    port: "443",
    path: "/#{path}",
    query: "#{query}",
    status: 301,
  } as const;

  it("keeps host, path and query, and leaves the usual port out", () => {
    expect(redirectLocation(redirect, request, { protocol: "HTTP", port: 80 })).toBe(
      "https://orders.example.com/orders/5?a=1&b=two",
    );
  });

  it("names another port, and changes what it is told to", () => {
    const changed = { ...redirect, port: "8443", path: "/v2/#{path}", query: "" };
    expect(redirectLocation(changed, request, { protocol: "HTTP", port: 80 })).toBe(
      "https://orders.example.com:8443/v2/orders/5",
    );
  });
});
