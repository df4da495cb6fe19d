import { CONTROLS } from "../controls";
import { ec2Rules } from "./ec2";

it("has one rule for each control of EC2 that code decides", () => {
  const decidable = CONTROLS.filter(({ service, scope }) => service === "EC2" && scope !== "runtime");

  expect(ec2Rules.map(({ control }) => control).sort()).toEqual(decidable.map(({ id }) => id).sort());
});
