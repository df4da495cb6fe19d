import { Slots } from "./slots";

describe("Slots", () => {
  it("gives out as many places as there are, then in the order of asking", async () => {
    const slots = new Slots(2);
    const order: string[] = [];
    const take = async (name: string) => {
      const giveBack = await slots.take();
      order.push(name);
      return giveBack;
    };
    const [first, second] = [await take("first"), await take("second")];
    const third = take("third");
    const fourth = take("fourth");
    await Promise.resolve();
    expect(order).toEqual(["first", "second"]);

    first();
    first();
    (await third)();
    second();
    await fourth;

    expect(order).toEqual(["first", "second", "third", "fourth"]);
  });
});
