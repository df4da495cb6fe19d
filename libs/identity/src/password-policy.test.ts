import { synthStack } from "@landfall/testing";
import { PasswordPolicy, type PasswordPolicyProps } from "./password-policy";

describe("PasswordPolicy", () => {
  const synth = (props?: PasswordPolicyProps) =>
    synthStack((stack) => {
      new PasswordPolicy(stack, "PasswordPolicy", props);
    }).resource("aws_iam_account_password_policy");

  it("asks for long passwords of all kinds of characters, new every quarter", () => {
    expect(synth()).toMatchObject({
      minimum_password_length: 14,
      max_password_age: 90,
      password_reuse_prevention: 24,
      require_lowercase_characters: true,
      require_uppercase_characters: true,
      require_numbers: true,
      require_symbols: true,
    });
  });

  it("can be stricter", () => {
    expect(synth({ minimumLength: 20, maxAgeDays: 30 })).toMatchObject({
      minimum_password_length: 20,
      max_password_age: 30,
    });
  });

  it("can't be laxer, and names all that is wrong", () => {
    expect(() => synth({ minimumLength: 8, maxAgeDays: 365 })).toThrow(
      /'?minimumLength'? must be a whole number from 14 to 128[\s\S]*'?maxAgeDays'? must be a whole number from 1 to 90/,
    );
  });
});
