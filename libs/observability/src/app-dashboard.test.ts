import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { type ZoneStack } from "@landfall/stack";
import { synthStack } from "@landfall/testing";
import { AppDashboard, type AppDashboardProps } from ".";
import { placed, WIDTH, type Widget } from "./dashboard-widgets";

interface Body {
  readonly widgets: readonly (Widget & { readonly x: number; readonly y: number })[];
}

const dashboard = (props: Partial<AppDashboardProps>) =>
  synthStack(
    (stack: ZoneStack) => new AppDashboard(stack, "Dashboard", { functions: [], queues: [], ...props }),
    { definition: { name: "shop", scope: "regional", accounts: ["workload"] } },
  ).resource("aws_cloudwatch_dashboard");
const bodyOf = (props: Partial<AppDashboardProps>) =>
  JSON.parse(String(dashboard(props).dashboard_body)) as Body;
const headings = ({ widgets }: Body) =>
  widgets.filter(({ type }) => type === "text").map(({ properties }) => properties.markdown);

describe("AppDashboard", () => {
  it("is named after the app and the region, since dashboards are global to an account", () => {
    expect(dashboard({ functions: ["f"] }).dashboard_name).toBe("test-shop-eu-west-1");
  });

  it("shows alarms first, then what the app says of itself, then its resources", () => {
    const body = bodyOf({
      functions: ["test-shop-order"],
      queues: ["test-shop-orders"],
      tables: ["test-shop-orders-table"],
      alarms: ["arn:aws:cloudwatch:eu-west-1:123456789012:alarm:a"],
      metrics: [{ title: "Orders", dimensions: { service: "shop" }, names: ["Placed", "Refused"] }],
    });
    expect(body.widgets[0]).toMatchObject({ type: "alarm", x: 0, y: 0 });
    expect(headings(body)).toEqual([
      "## What the app does",
      "## Function test-shop-order",
      "## Queue test-shop-orders",
      "## Table test-shop-orders-table",
    ]);
    expect(body.widgets.find(({ properties }) => properties.title === "Orders")?.properties.metrics).toEqual([
      ["Landfall", "Placed", "service", "shop", { stat: "Sum", label: "Placed" }],
      ["Landfall", "Refused", "service", "shop", { stat: "Sum", label: "Refused" }],
    ]);
  });

  it("tells the values of a dimension apart, whichever there are", () => {
    const { widgets } = bodyOf({
      functions: ["f"],
      metrics: [
        { title: "Why", dimensions: { service: "shop" }, names: ["Refused"], by: "reason", statistic: "Sum" },
      ],
    });
    expect(widgets[1]?.properties.metrics).toEqual([
      [
        {
          expression: `SEARCH('{Landfall,service,reason} MetricName="Refused" service="shop"', 'Sum', 300)`,
          label: "",
        },
      ],
    ]);
  });

  it.each([
    ["an ARN", "arn:aws:sqs:eu-west-1:123456789012:test-shop-orders"],
    ["a URL", "https://sqs.eu-west-1.amazonaws.com/123456789012/test-shop-orders"],
  ])("takes %s for a queue's name", (_name, queue) => {
    expect(headings(bodyOf({ queues: [queue] }))).toEqual(["## Queue test-shop-orders"]);
  });

  it("leaves to Terraform what only Terraform knows", () => {
    const body = synthStack((stack) => {
      const { url } = new SqsQueue(stack, "Theirs", { name: "theirs" });
      new AppDashboard(stack, "Dashboard", { functions: [], queues: [url] });
    }).resource("aws_cloudwatch_dashboard").dashboard_body;
    expect(body).toContain('"QueueName","${regex("[^:/]+$", aws_sqs_queue.Theirs.url)}"');
  });

  it("refuses to show nothing, and more alarms than fit", () => {
    expect(() => dashboard({})).toThrow("'functions' must be there, or else a queue or a table");
    const alarms = Array.from({ length: 101 }, (_, index) => `alarm-${index}`);
    expect(() => dashboard({ functions: ["f"], alarms })).toThrow("'alarms' must be at most 100, got: 101");
  });
});

describe("placed", () => {
  it("keeps every widget on the grid, and none on another", () => {
    const sizes: [number, number][] = [
      [24, 1],
      [8, 6],
      [8, 4],
      [8, 6],
      [12, 6],
      [24, 1],
      [16, 3],
    ];
    const grid = new Set<string>();
    let cells = 0;
    for (const { x, y, width, height } of placed(
      sizes.map(([width, height]) => ({ type: "metric", width, height, properties: {} })),
    )) {
      expect(x + width).toBeLessThanOrEqual(WIDTH);
      for (let column = x; column < x + width; column++) {
        for (let row = y; row < y + height; row++, cells++) grid.add(`${column},${row}`);
      }
    }
    expect(grid.size).toBe(cells);
  });
});
