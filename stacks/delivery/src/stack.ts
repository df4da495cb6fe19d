import { DataAwsSignerSigningProfile } from "@cdktf/provider-aws/lib/data-aws-signer-signing-profile";
import { hasDuty, homeAccount, signsFunctions, type Zone } from "@landfall/core";
import { CodeSigning, type SigningProfile, signingProfileName } from "@landfall/delivery";
import { defineStack, type Place, type StackProps, ZoneStack } from "@landfall/stack";
import { type Construct } from "constructs";
import { deliveryContract } from "./contract";
import { HomePipeline } from "./home-pipeline";

const isHome = (zone: Zone, { account, region }: Place): boolean =>
  account.id === homeAccount(zone).id && region === zone.regions.home;

/** Where functions run that take signed code alone. */
const isSigned = (zone: Zone, { account }: Place): boolean =>
  signsFunctions(zone) && hasDuty(account, "workload");

/**
 * The pipeline that delivers the zones, in the home account, and wherever apps run what has their functions take signed
 * code alone. An administrator applies it: a pipeline must not be able to change what guards its own deploys.
 */
export class DeliveryStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const { zone } = props;
    const home = isHome(zone, props) ? new HomePipeline(this, "Home") : undefined;
    this.publish(deliveryContract, {
      pipelineName: home?.pipeline.pipelineName ?? "",
      codeSigningConfigArn: isSigned(zone, props) ? this.codeSigning(home?.profile).configArn : "",
    });
  }

  /** Elsewhere, the profile is looked up by name: what a contract says could be changed by whoever deploys. */
  private codeSigning(profile: SigningProfile | undefined): CodeSigning {
    const provider = this.providerIn({ account: homeAccount(this.zone), region: this.zone.regions.home });
    const profileVersionArn =
      profile?.profileVersionArn ??
      new DataAwsSignerSigningProfile(this, "SigningProfile", { provider, name: signingProfileName(this) })
        .versionArn;
    return new CodeSigning(this, "CodeSigning", { profileVersionArn });
  }
}

export const definition = defineStack({
  name: "delivery",
  scope: "regional",
  accounts: "every",
  only: (zone, place) => zone.delivery !== undefined && (isHome(zone, place) || isSigned(zone, place)),
  appliedBy: "administrator",
  contract: deliveryContract,
  build: (scope, props) => new DeliveryStack(scope, props),
});
