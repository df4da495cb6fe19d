import { DataAwsSignerSigningProfile } from "@cdktf/provider-aws/lib/data-aws-signer-signing-profile";
import { homeAccount, signsFunctions, type Zone } from "@landfall/core";
import { CodeSigning, type SigningProfile, signingProfileName } from "@landfall/delivery";
import { defineStack, type Place, type StackProps, ZoneStack } from "@landfall/stack";
import { type Construct } from "constructs";
import { deliveryContract } from "./contract";
import { HomePipeline } from "./home-pipeline";

const isHome = (zone: Zone, { account, region }: Place): boolean =>
  account.id === homeAccount(zone).id && region === zone.regions.home;

/**
 * The pipeline that delivers the zones, in the home account, and, where it signs, in every account and region what has
 * functions take signed code alone: apps such as `sentinel` run in all of them. An administrator applies it: a pipeline must not be able to change what guards its own deploys.
 */
export class DeliveryStack extends ZoneStack {
  constructor(scope: Construct, props: StackProps) {
    super(scope, props);
    const { zone } = props;
    const home = isHome(zone, props) ? new HomePipeline(this, "Home") : undefined;
    this.publish(deliveryContract, {
      pipelineName: home?.pipeline.pipelineName ?? "",
      codeSigningConfigArn: signsFunctions(zone) ? this.signing(home?.profile).configArn : "",
    });
  }

  /** Elsewhere, the profile is looked up by name: what a contract says could be changed by whoever deploys. */
  private signing(profile: SigningProfile | undefined): CodeSigning {
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
  only: (zone, place) => zone.delivery !== undefined && (isHome(zone, place) || signsFunctions(zone)),
  appliedBy: "administrator",
  contract: deliveryContract,
  build: (scope, props) => new DeliveryStack(scope, props),
});
