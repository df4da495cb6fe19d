import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";

import { explainRefusal, identifyCaller } from "./caller";

const error = (name: string, message: string) => Object.assign(new Error(message), { name });

describe("explainRefusal", () => {
  it.each([
    [
      "no credentials",
      error("CredentialsProviderError", "Could not load credentials from any providers"),
      /no AWS credentials: sign in, or set AWS_PROFILE/,
    ],
    [
      "an expired session",
      error("ExpiredToken", "The security token included in the request is expired"),
      /session has expired: sign in again/,
    ],
    [
      "an expired SSO session",
      error("CredentialsProviderError", "Token is expired. To refresh this SSO session run 'aws sso login'"),
      /session has expired: .*aws sso login/,
    ],
    [
      "unknown credentials",
      error("InvalidClientTokenId", "The security token included in the request is invalid."),
      /does not know these credentials/,
    ],
    [
      "no network",
      error("Error", "getaddrinfo ENOTFOUND sts.eu-west-1.amazonaws.com"),
      /can't be reached: check the network/,
    ],
    [
      "anything else in one line",
      error("Oops", "a\n b"),
      /^AWS does not say whose credentials these are \(Oops: a b\)$/,
    ],
  ])("gives the next step for %s", (_what, given, expected) => {
    expect(explainRefusal(given)).toMatch(expected);
  });
});

describe("identifyCaller, over HTTP", () => {
  const environment = { ...process.env };
  let server: Server;
  let answer = { status: 200, body: "" };

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(answer.status, { "content-type": "text/xml" }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
    });
  });
  afterAll(() => {
    process.env = environment;
    server.close();
  });

  it("gives the account and the ARN", async () => {
    const arn = "arn:aws:sts::123456789012:assumed-role/Administrator/ana";
    answer = {
      status: 200,
      body: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>${arn}</Arn><UserId>A</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
    };

    await expect(identifyCaller("eu-west-1")).resolves.toEqual({ accountId: "123456789012", arn });
  });

  it("tells an expired session by what AWS answers", async () => {
    answer = {
      status: 403,
      body: '<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message></Error></ErrorResponse>',
    };

    await expect(identifyCaller("eu-west-1")).rejects.toThrow(/the AWS session has expired/);
  });
});
