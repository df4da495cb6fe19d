import { mentions, renaming } from "./rename";

const inTypeScript = (from: string, to: string, content: string) =>
  renaming(from, to).content("a.ts", content);

describe("renaming", () => {
  it.each([
    ["class IntakeStack {}", "class InvoicesStack {}"],
    [
      "const intakeContract = loadIntake(INTAKE_TABLE);",
      "const invoicesContract = loadInvoices(INVOICES_TABLE);",
    ],
    ['import { IntakeWatch } from "./intake-watch";', 'import { InvoicesWatch } from "./invoices-watch";'],
    ['entry: "apps/intake/src/catalogue.function.ts"', 'entry: "apps/invoices/src/catalogue.function.ts"'],
    ["// what intake takes in", "// what invoices takes in"],
    [
      "takeIn(); reintake(); intakes(); INTAKES; Intaken;",
      "takeIn(); reintake(); intakes(); INTAKES; Intaken;",
    ],
  ])("writes a name of one word in each spelling: %s", (before, after) => {
    expect(inTypeScript("intake", "invoices", before)).toBe(after);
  });

  it.each([
    ["const orders = tables.orders;", "const paidInvoices = tables.paidInvoices;"],
    ["f({ orders, ordersProbe });", "f({ paidInvoices, paidInvoicesProbe });"],
    ['type A = Pick<Ports, "orders">;', 'type A = Pick<Ports, "paidInvoices">;'],
    ['import { a } from "./orders";', 'import { a } from "./paid-invoices";'],
    [
      'if (path === "/orders") use(`orders/${orders.id}`);',
      'if (path === "/paid-invoices") use(`paid-invoices/${paidInvoices.id}`);',
    ],
    ["const path = /^\\/orders\\/([0-9a-f]{32})$/;", "const path = /^\\/paid-invoices\\/([0-9a-f]{32})$/;"],
    ['count("OrdersAccepted", env.ORDERS_TABLE);', 'count("PaidInvoicesAccepted", env.PAID_INVOICES_TABLE);'],
    [
      "/** Where orders are kept: {@link Orders} */ order(Order);",
      "/** Where paid-invoices are kept: {@link PaidInvoices} */ order(Order);",
    ],
  ])("writes a name of several words as an identifier where it is one: %s", (before, after) => {
    expect(inTypeScript("orders", "paid-invoices", before)).toBe(after);
  });

  it("comes back to where it began", () => {
    const source =
      'const orders = new Orders("orders", ORDERS_TABLE); ordersProbe(orders.get("./orders-x"));';
    const there = inTypeScript("orders", "paid-invoices", source);
    expect(there).not.toMatch(/orders/i);
    expect(inTypeScript("paid-invoices", "orders", there)).toBe(source);
  });

  it("goes by words alone in what is not TypeScript, and in paths", () => {
    const { content, path } = renaming("orders", "paid-invoices");
    expect(content("README.md", "# orders\n`ordersContract` of OrdersStack")).toBe(
      "# paid-invoices\n`paidInvoicesContract` of PaidInvoicesStack",
    );
    expect(path("/src/aws/dynamodb-orders.ts")).toBe("/src/aws/dynamodb-paid-invoices.ts");
  });
});

describe("mentions", () => {
  it.each(["const catalogue = 1", "CatalogueRow", "CATALOGUE_TABLE", "toCatalogue()", "./catalogue"])(
    "finds the name in: %s",
    (text) => expect(mentions(text, "catalogue")).toBe(true),
  );

  it.each(["catalogued", "uncatalogue", "Catalogues"])("does not find it in: %s", (text) =>
    expect(mentions(text, "catalogue")).toBe(false),
  );
});
