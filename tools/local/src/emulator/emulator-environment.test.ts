import { emulatorEnvironment, endpointVariables } from "./emulator-environment";

const env = endpointVariables({ endpoint: "http://127.0.0.1:4566", region: "eu-west-1" });

describe("emulatorEnvironment", () => {
  it("lets nothing through that leads to another AWS", () => {
    const base = {
      AWS_PROFILE: "production",
      AWS_SESSION_TOKEN: "real",
      AWS_ENDPOINT_URL_SQS: "https://sqs.eu-west-1.amazonaws.com",
      AWS_CA_BUNDLE: "/etc/ca.pem",
      http_proxy: "http://proxy:3128",
      ALL_PROXY: "socks5://proxy:1080",
      no_proxy: "*",
      EMPTY: undefined,
    };

    expect(emulatorEnvironment({ env }, base)).toEqual(env);
  });

  it("keeps everything else, the HTTPS proxy for Terraform's registry too", () => {
    const base = { PATH: "/bin", HTTPS_PROXY: "http://proxy:3128", TF_LOG: "debug" };

    expect(emulatorEnvironment({ env }, base)).toEqual({ ...base, ...env });
  });

  it("sends S3 Control, whose host names hold an account id, through the emulator as a proxy", () => {
    expect(env).toMatchObject({
      AWS_ENDPOINT_URL: "http://127.0.0.1:4566",
      AWS_ENDPOINT_URL_S3_CONTROL: "http://aws.invalid",
      HTTP_PROXY: "http://127.0.0.1:4566",
      NO_PROXY: "127.0.0.1,localhost",
    });
  });
});
